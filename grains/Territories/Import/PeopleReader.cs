using System.Collections.Immutable;
using SnpLive.Grains.People;

namespace SnpLive.Grains.Territories.Import;

/// <summary>Reads <c>professionals</c>.</summary>
internal static class PeopleReader
{
    /// <summary>Numbers that exist for demonstrations only begin so.</summary>
    private const string DemonstrationRpps = "997";

    /// <param name="items">The list.</param>
    /// <param name="territoryId">The CPTS of the file: where people belong who name no other, regulation desks excepted.</param>
    internal static ImmutableArray<Professional> Read(List<Value> items, string territoryId) => [.. items.Select(item => Read(item, territoryId))];

    private static Professional Read(Value item, string territoryId)
    {
        var f = item.Fields("id", "rpps", "name", "speciality", "role", "organizationId", "sasId", "memberships", "groups", "agendas", "demo");
        var role = f.Required("role")?.Choice(Words.Roles);
        var sas = f.Optional("sasId")?.Id();
        if (role is { } known)
        {
            var regulates = known is Role.Regulator or Role.Osnp or Role.DispatchAssistant;
            if (regulates && f.Optional("sasId") is null) f.Report("sasId", "sas-needed", ImportMessages.SasNeeded);
            if (!regulates && f.Optional("sasId") is { } unexpected) unexpected.Report("sas-unexpected", ImportMessages.SasUnexpected);
        }
        var demo = f.Optional("demo")?.Flag() ?? false;
        return new(
            f.Id("id"),
            Rpps(f.Optional("rpps"), demo),
            f.Text("name", ImportLimits.Name),
            f.Optional("speciality")?.Text(ImportLimits.Name),
            role ?? default,
            f.Id("organizationId"),
            sas,
            f.Optional("memberships") is { } memberships ? Ids(memberships) : sas is null && territoryId.Length > 0 ? [territoryId] : [],
            Ids(f.Optional("groups")),
            Ids(f.Optional("agendas")),
            demo);
    }

    private static string? Rpps(Value? rpps, bool demo)
    {
        if (rpps is not { } value || value.Form(Forms.IsRppsForm, "rpps", ImportMessages.Rpps) is not { } number) return null;
        if (!Forms.HasLuhnKey(number)) value.Report("rpps-key", ImportMessages.RppsKey(number));
        if (demo && !number.StartsWith(DemonstrationRpps, StringComparison.Ordinal)) value.Report("rpps-demo", ImportMessages.RppsDemo);
        return number;
    }

    /// <summary>In one order, so that the same person written in two files is the same document.</summary>
    private static ImmutableArray<string> Ids(Value? value) =>
        [.. (value?.DistinctText(ImportLimits.ShortList, 0, v => v.Id()) ?? []).Order(StringComparer.Ordinal)];
}
