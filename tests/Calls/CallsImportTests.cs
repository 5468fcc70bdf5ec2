using System.Text;
using System.Text.Json.Nodes;
using SnpLive.Grains.Calls;
using SnpLive.Grains.Territories.Import;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.Calls;

/// <summary>Flows are dated data, checked on import; the demonstration runs the pilot's order in one SAS and the decree's in another.</summary>
public sealed class CallsImportTests
{
    [Fact]
    public void The_demonstration_has_both_orders()
    {
        string[] Levels(string file) => [.. Demo(file).FlowOn(new(2026, 11, 24))!.Levels.Select(l => l.Id)];
        Assert.Equal(["osnp", "arm", "regulation"], Levels("pays-de-quimper.json"));
        Assert.Equal(["arm", "osnp", "regulation"], Levels("sud-loire-vignoble.json"));
        Assert.Single(Demo("pays-de-quimper.json").ProtocolsOn(new(2026, 11, 24)));
        Assert.Empty(Demo("pays-de-quimper.json").ProtocolsOn(new(2028, 1, 1)));
    }

    [Fact]
    public void A_flow_in_force_until_yesterday_is_followed_by_the_next_and_moves_no_call_under_way()
    {
        var territory = Territory(calls =>
        {
            var next = calls["flows"]![0]!.DeepClone();
            (next["id"], next["from"]) = ("suite", "2026-06-09");
            next["levels"]!.AsArray().RemoveAt(0);
            foreach (var level in next["levels"]!.AsArray()) level!["transferTo"] = new JsonArray();
            calls["flows"]![0]!["to"] = "2026-06-08";
            calls["flows"]!.AsArray().Add(next);
        });
        var settings = Read(territory).Document!.Sas.Calls!;
        // Midnight in Paris, to the second.
        Assert.Equal("pilote", settings.RulesAt("s", CallSample.Utc("2026-06-08T21:59:59Z"))!.FlowId);
        Assert.Equal("suite", settings.RulesAt("s", CallSample.Utc("2026-06-08T22:00:00Z"))!.FlowId);
    }

    public static TheoryData<string, string, Action<JsonObject>> Mistakes => new()
    {
        { "flow-overlap", "$.sas.calls.flows[1]", c => { var copy = c["flows"]![0]!.DeepClone(); copy["id"] = "autre"; c["flows"]!.AsArray().Add(copy); } },
        { "duplicate-id", "$.sas.calls.flows[0].levels[1]", c => c["flows"]![0]!["levels"]![1]!["id"] = "osnp" },
        { "unknown-level", "$.sas.calls.flows[0].levels[0]", c => c["flows"]![0]!["levels"]![0]!["transferTo"] = new JsonArray("ailleurs") },
        { "own-level", "$.sas.calls.flows[0].levels[0]", c => c["flows"]![0]!["levels"]![0]!["transferTo"] = new JsonArray("osnp") },
        { "nobody-at-night", "$.sas.calls.flows[0].levels", c => { foreach (var l in c["flows"]![0]!["levels"]!.AsArray()) l!["daytimeOnly"] = true; } },
        { "no-doctor", "$.sas.calls.flows[0].levels", c => c["flows"]![0]!["levels"]![2]!["roles"] = new JsonArray("osnp") },
        { "choice", "$.sas.calls.flows[0].levels[0].roles[0]", c => c["flows"]![0]!["levels"]![0]!["roles"] = new JsonArray("pharmacist") },
        { "choice", "$.sas.calls.flows[0].levels[0].exits[0]", c => c["flows"]![0]!["levels"]![0]!["exits"] = new JsonArray("emergency") },
        { "choice", "$.sas.calls.protocols[0].roles[0]", c => c["protocols"]![0]!["roles"] = new JsonArray("regulator") },
        { "vital-protocol", "$.sas.calls.protocols[0].reasons[0]", c => c["protocols"]![0]!["reasons"] = new JsonArray("M01.03") },
        { "reason", "$.sas.calls.protocols[0].reasons[0]", c => c["protocols"]![0]!["reasons"] = new JsonArray("M99") },
        { "date-order", "$.sas.calls.flows[0].to", c => (c["flows"]![0]!["from"], c["flows"]![0]!["to"]) = ("2026-02-01", "2026-01-01") },
        { "range", "$.sas.calls.repeatMinutes", c => c["repeatMinutes"] = 0 },
        { "time-zone", "$.sas.calls.timeZone", c => c["timeZone"] = "Europe/Nantes" },
        { "window-hours", "$.sas.calls.windowHours", c => c["windowHours"] = 36 },
        { "unknown-property", "$.sas.calls.flow", c => c["flow"] = 1 },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public void What_is_wrong_is_said_where_it_is(string code, string path, Action<JsonObject> mistake)
    {
        var read = Read(Territory(mistake));
        Assert.Null(read.Document);
        Assert.Contains(read.Errors, e => e.Code == code && e.Path == path && e.Message.Length > 20);
    }

    private static CallSettings Demo(string file) =>
        TerritoryReader.Read(file, File.ReadAllBytes(Path.Combine(Repository.Web, "demo", file))).Document?.Sas.Calls ?? throw new InvalidOperationException($"{file} has no calls.");

    private static JsonObject Territory(Action<JsonObject> change)
    {
        var territory = CallTerritory.Of("t", "sas-t", 1);
        change(territory["sas"]!["calls"]!.AsObject());
        return territory;
    }

    private static TerritoryRead Read(JsonObject territory) => TerritoryReader.Read("t.json", Encoding.UTF8.GetBytes(territory.ToJsonString()));
}
