using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SnpLive.Grains.Ledger;

namespace SnpLive.Silo.Ledger;

/// <summary>Everything the database holds for one stream.</summary>
internal sealed record StreamRows(string Stream, List<RecordedCommand> Commands, List<ClaimRow> Claims, List<OccupancyRow> Occupancy,
    List<SlotRow> Slots, List<SnapshotRow> Snapshots);

/// <summary>Compares one stream's rows with its log.</summary>
internal sealed class StreamCheck(StreamRows rows, DateTimeOffset now, FindingList findings)
{
    private const int ShownCharacters = 200;

    /// <summary>1, 2, 3, … and no snapshot beyond.</summary>
    public void Versions()
    {
        var expected = 1L;
        foreach (var command in rows.Commands)
        {
            if (command.Version != expected) Add("version", $"after {expected - 1}", Text(expected), Text(command.Version));
            expected = command.Version + 1;
        }
        foreach (var snapshot in rows.Snapshots)
            if (snapshot.Version >= expected) Add("snapshot", "version", $"at most {expected - 1}", Text(snapshot.Version));
    }

    /// <summary>Claims, places, slots and snapshot against what the fold expects.</summary>
    public void Rows(IStreamAudit audit)
    {
        if (Fold(audit, rows.Commands) is not { } expected) return;
        Compare("claim", expected.Claims.Where(InForce), rows.Claims.Where(InForce), c => $"{c.Holder} {c.Key}", c => $"{c.Owner} until {Text(c.Until)}");
        Compare("occupancy", expected.Occupancy, rows.Occupancy, o => $"{o.SlotId} place {o.Place}", o => o.BookingId);
        Compare("slot", expected.Slots, rows.Slots, s => s.SlotId,
            s => $"{s.AgendaId} {Text(s.Start)} {Text(s.End)} {(s.Withdrawn ? "withdrawn" : "published")} by {s.Version} {Canonical(s.Facts)}");
        foreach (var snapshot in rows.Snapshots) CompareSnapshot(audit, snapshot);
    }

    private bool InForce(ClaimRow claim) => claim.Until > now;

    private void CompareSnapshot(IStreamAudit audit, SnapshotRow snapshot)
    {
        var prefix = rows.Commands.FindAll(c => c.Version <= snapshot.Version);
        if (Fold(audit, prefix) is not { } expected || Canonical(expected.State) == Canonical(snapshot.State)) return;
        Add("snapshot", $"state at {snapshot.Version}", Shown(expected.State), Shown(snapshot.State));
    }

    private StreamExpectation? Fold(IStreamAudit audit, List<RecordedCommand> commands)
    {
        try
        {
            return audit.Fold(rows.Stream, commands, now);
        }
        catch (Exception e)
        {
            // An event that cannot be applied is itself the finding.
            Add("fold", $"{commands.Count} commands", "a state", $"{e.GetType().Name}: {Shown(e.Message)}");
            return null;
        }
    }

    private void Compare<T>(string kind, IEnumerable<T> expected, IEnumerable<T> found, Func<T, string> key, Func<T, string> content)
    {
        var left = new Dictionary<string, string>();
        foreach (var row in expected)
            if (!left.TryAdd(key(row), content(row))) Add(kind, key(row), "once", "expected twice by the fold");
        foreach (var row in found)
        {
            if (!left.Remove(key(row), out var wanted)) Add(kind, key(row), FindingList.Nothing, Shown(content(row)));
            else if (wanted != content(row)) Add(kind, key(row), Shown(wanted), Shown(content(row)));
        }
        foreach (var (missing, wanted) in left) Add(kind, missing, Shown(wanted), FindingList.Nothing);
    }

    private void Add(string kind, string what, string expected, string found) => findings.Add(kind, rows.Stream, what, expected, found);

    /// <summary>The same JSON in one spelling: members by name, no white space. What is no JSON stays as it is.</summary>
    private static string Canonical(string json)
    {
        try
        {
            return Sorted(JsonNode.Parse(json))?.ToJsonString() ?? "null";
        }
        catch (JsonException)
        {
            return json;
        }
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => KeyValuePair.Create(m.Key, Sorted(m.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    private static string Shown(string text) => text.Length <= ShownCharacters ? text : string.Concat(text.AsSpan(0, ShownCharacters), "…");
    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
    private static string Text(DateTimeOffset instant) => Instants.Kept(instant).ToString("O", CultureInfo.InvariantCulture);
}
