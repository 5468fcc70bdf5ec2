using System.Collections.Immutable;

namespace SnpLive.Grains.Territories.Import;

/// <summary>Reads <c>sas</c>, <c>communes</c>, <c>organizations</c> and <c>places</c>.</summary>
internal static class PlacesReader
{
    internal static Sas Sas(Value sas)
    {
        var f = sas.Fields("id", "name", "calls");
        return new(f.Id("id"), f.Text("name", ImportLimits.Name), f.Optional("calls") is { } calls ? CallsReader.Read(calls) : null);
    }

    internal static ImmutableArray<Commune> Communes(List<Value> items) =>
        [.. items.Select(item =>
        {
            var f = item.Fields("code", "name", "postalCode", "population", "lat", "lon");
            return new Commune(
                Insee(f.Required("code")), f.Text("name", ImportLimits.Name), PostalCode(f), f.Whole("population", 0, 5_000_000), Lat(f), Lon(f));
        })];

    internal static ImmutableArray<Organization> Organizations(List<Value> items) =>
        [.. items.Select(item =>
        {
            var f = item.Fields("id", "kind", "name", "communeCode", "phone");
            return new Organization(
                f.Id("id"),
                f.Required("kind")?.Choice(Words.Kinds) ?? default,
                f.Text("name", ImportLimits.Name),
                f.Optional("communeCode")?.Form(Forms.IsInsee, "insee", ImportMessages.Insee),
                Phone(f.Optional("phone")));
        })];

    internal static ImmutableArray<Place> Places(List<Value> items) =>
        [.. items.Select(item =>
        {
            var f = item.Fields("id", "organizationId", "name", "address", "communeCode", "postalCode", "phone", "lat", "lon");
            return new Place(
                f.Id("id"), f.Id("organizationId"), f.Text("name", ImportLimits.Name), f.Text("address", ImportLimits.Address),
                Insee(f.Required("communeCode")), PostalCode(f), Phone(f.Required("phone")) ?? "", Lat(f), Lon(f));
        })];

    private static string Insee(Value? value) => value?.Form(Forms.IsInsee, "insee", ImportMessages.Insee) ?? "";

    private static string PostalCode(Fields f) => f.Required("postalCode")?.Form(Forms.IsPostalCode, "postal-code", ImportMessages.PostalCode) ?? "";

    private static string? Phone(Value? value) => value?.Form(Forms.IsPhone, "phone", ImportMessages.Phone);

    private static double Lat(Fields f) => f.Required("lat")?.Number(-90, 90) ?? 0;

    private static double Lon(Fields f) => f.Required("lon")?.Number(-180, 180) ?? 0;
}
