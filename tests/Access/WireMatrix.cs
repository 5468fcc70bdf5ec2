using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.Access;

/// <summary>
/// Territories whose grants spell the matrix out, and what the domain reference (§2.2, §2.3, §3.5) says of each cell. It shares no code with the product: roles, streams and
/// audiences are words, and a right is a sentence about them.
/// </summary>
internal static class WireMatrix
{
    internal const int DrawnTerritories = 2;
    private const int DrawnGrants = 60;
    private static readonly ImmutableArray<string> Desk = ["regulator", "osnp", "dispatchAssistant"];
    private static readonly ImmutableArray<string> Health = ["generalPractitioner", "radiologist", "physiotherapist", "nurse", "midwife", "medicalBiologist"];
    private static readonly ImmutableArray<string> Structures = ["pharmacist", "teleSecretary", "emergencyDesk", "secretary"];

    internal static readonly ImmutableArray<string> Roles = [.. Desk, .. Health, .. Structures, "coordinator"];
    internal static readonly ImmutableArray<string> Streams = ["gp", "imaging.mri", "physio", "nursing", "biology"];
    internal static readonly ImmutableArray<string> Actions = ["seeFreeSlots", "hold", "book"];
    internal static readonly ImmutableArray<ImmutableArray<string>> Audiences = [["SNP"], ["CPTS"], ["PRO"], ["PUBLIC"], ["SNP", "CPTS"], ["CPTS", "PRO"]];
    /// <summary>First and last day of a grant, counted from today: it holds on both.</summary>
    internal static readonly ImmutableArray<(int? From, int? To)> Edges = [(null, null), (0, null), (1, null), (null, 0), (null, -1), (0, 0), (-1, 1)];

    internal sealed record Given(string Role, string Stream, string Action, string Condition, int? From, int? To);

    internal sealed record Shown(string Agenda, string Stream, ImmutableArray<string> Audience);

    /// <summary>
    /// Grants by territory. The first, one for each edge, are a Latin square: every role has every action on every stream, at another edge in each. The last are drawn: with
    /// conditions, groups of streams, several grants on one stream, or none.
    /// </summary>
    internal static ImmutableArray<(string Id, ImmutableArray<Given> Grants)> Territories(Random random) =>
        [.. Enumerable.Range(0, Edges.Length).Select(n => ($"mx{n}", Square(n))), .. Enumerable.Range(Edges.Length, DrawnTerritories).Select(n => ($"mx{n}", Draw(random)))];

    /// <summary>The edge at which a role's grant stands in a territory of the square.</summary>
    internal static (int? From, int? To) EdgeOf(int territory, string role, string stream, string action) =>
        Edges[(territory + Roles.IndexOf(role) + 2 * Streams.IndexOf(stream) + 3 * Actions.IndexOf(action)) % Edges.Length];

    internal static IEnumerable<Shown> SlotsOf(string id) =>
        from s in Enumerable.Range(0, Streams.Length)
        from a in Enumerable.Range(0, Audiences.Length)
        select new Shown($"{id}-{s}-{a}", Streams[s], Audiences[a]);

    /// <summary>Whether a member, or a person of the SAS, has a right there today.</summary>
    internal static bool Allows(string role, Shown slot, IEnumerable<Given> grants, string action) => Enters(role, slot.Audience) && grants.Any(g =>
        g.Role == role && g.Action == action
        && (g.Stream == "*" || g.Stream == slot.Stream || (g.Stream == "imaging" && slot.Stream == "imaging.mri"))
        && g.From is null or <= 0 && g.To is null or >= 0
        && (g.Condition.Length == 0 || (g.Condition == "onBehalfOf" && action != "book"))); // for whom is asked at the booking; nobody here names one or owns an agenda

    /// <summary>§2.3: SNP is for the desk of the SAS, CPTS for a structure or professional of the territory, PRO for health professionals; PUBLIC opens to nobody here.</summary>
    private static bool Enters(string role, ImmutableArray<string> audience) =>
        Desk.Contains(role) ? audience.Contains("SNP")
        : Structures.Contains(role) ? audience.Contains("CPTS")
        : Health.Contains(role) && (audience.Contains("PRO") || audience.Contains("CPTS"));

    private static ImmutableArray<Given> Square(int territory) =>
        [.. from role in Roles from stream in Streams from action in Actions
            let edge = EdgeOf(territory, role, stream, action)
            select new Given(role, stream, action, "", edge.From, edge.To)];

    private static ImmutableArray<Given> Draw(Random random) =>
        [.. Enumerable.Range(0, DrawnGrants).Select(_ =>
        {
            var (from, to) = Edges[random.Next(Edges.Length)];
            return new Given(Any(random, [.. Roles]), Any(random, "gp", "imaging", "imaging.mri", "physio", "*"), Any(random, [.. Actions]), Any(random, "", "", "", "onBehalfOf", "ownAgenda"), from, to);
        })];

    private static T Any<T>(Random random, params T[] of) => of[random.Next(of.Length)];

    internal static string PersonOf(string id, string role) => $"{id}-{role.ToLowerInvariant()}";

    /// <summary>A territory's file.</summary>
    internal static JsonObject File(string id, IEnumerable<Given> grants, DateOnly today)
    {
        var territory = TestTerritory.Of(id, $"sas-{id}", doctors: 0);
        territory["agendas"] = new JsonArray([.. SlotsOf(id).Select(slot => (JsonNode)new JsonObject
        {
            ["id"] = slot.Agenda, ["practitionerId"] = $"{id}-owner", ["placeId"] = $"{id}-place", ["careStream"] = slot.Stream,
            ["templates"] = new JsonArray(new JsonObject
            {
                ["id"] = "t", ["days"] = Words(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]), ["minutes"] = 10,
                ["times"] = Words(Enumerable.Range(0, 12).Select(n => $"{2 * n:D2}:00")), ["audience"] = Words(slot.Audience),
            }),
        })]);
        var people = territory["professionals"]!.AsArray();
        people.Add((JsonNode)new JsonObject
        {
            ["id"] = $"{id}-owner", ["name"] = "Dr Tout", ["role"] = "midwife", ["organizationId"] = $"{id}-msp", ["memberships"] = new JsonArray(id), ["agendas"] = Words(SlotsOf(id).Select(one => one.Agenda)),
        });
        foreach (var role in Roles)
        {
            var person = new JsonObject { ["id"] = PersonOf(id, role), ["name"] = role, ["role"] = role, ["organizationId"] = OrganizationOf(id, role), ["demo"] = true };
            if (Desk.Contains(role)) person["sasId"] = $"sas-{id}";
            else person["memberships"] = new JsonArray(id);
            people.Add((JsonNode)person);
        }
        territory["grants"] = new JsonArray([.. grants.GroupBy(g => g with { Role = "" }).Select(alike =>
        {
            var g = alike.Key;
            var grant = new JsonObject { ["roles"] = Words(alike.Select(one => one.Role).Distinct()), ["streams"] = new JsonArray(g.Stream), ["actions"] = new JsonArray(g.Action), ["source"] = "essai" };
            if (g.Condition.Length > 0) grant["condition"] = g.Condition;
            if (g.From is { } from) grant["from"] = Day(from);
            if (g.To is { } to) grant["to"] = Day(to);
            return (JsonNode)grant;
        })]);
        return territory;

        string Day(int offset) => today.AddDays(offset).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    private static JsonArray Words(IEnumerable<string> words) => new([.. words.Select(one => JsonValue.Create(one))]);

    private static string OrganizationOf(string id, string role) =>
        Desk.Contains(role) ? $"{id}-sas" : role switch { "pharmacist" => $"{id}-pha", "teleSecretary" => $"{id}-tele", "coordinator" => $"{id}-cpts", _ => $"{id}-msp" };
}
