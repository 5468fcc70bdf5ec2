using SnpLive.Tests.EndToEnd;
using SnpLive.Tests.Ledger;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.History;

/// <summary>How hard a run is: hot slots on a few agendas, and load before, between and after the kills.</summary>
internal sealed record HistoryPlan(int Agendas, int SlotsPerAgenda, int Kills, TimeSpan Load);

/// <summary>A real server, killed and started again under a recorded load; then the history is checked, and the database audited.</summary>
internal static class HistoryRun
{
    private const string Territory = "hist";

    /// <returns>The check, and what was done.</returns>
    public static async Task<(CheckResult Check, string Summary)> Run(string backend, PostgresServer postgres, HistoryPlan plan, int seed, Action<string> log)
    {
        var random = new Random(seed);
        await using var site = await TestSite.Start(backend, postgres, TestTerritory.Of(Territory, "sas-h", plan.Agendas));
        var callers = await Task.WhenAll(Enumerable.Range(1, 4).SelectMany(n => new[] { $"{Territory}-reg-{n}", $"{Territory}-pha-{n}" }).Select(site.SignIn));
        var owners = await Task.WhenAll(Enumerable.Range(1, plan.Agendas).Select(n => site.SignIn($"{Territory}-gp-{n}")));
        var (from, to) = (DateTimeOffset.UtcNow.AddHours(4), DateTimeOffset.UtcNow.AddHours(40));
        var slots = (await callers[0].Slots(Territory, "free")).Where(s => (DateTimeOffset)s["start"]! > from && (DateTimeOffset)s["start"]! < to)
            .GroupBy(s => (string)s["agendaId"]!).SelectMany(agenda => agenda.Take(plan.SlotsPerAgenda)).Select(s => (string)s["id"]!).ToArray();
        var load = new HistoryLoad(Territory, seed);
        using var stop = new CancellationTokenSource();
        var running = load.Run(callers, owners, slots, stop.Token);
        for (var kill = 1; kill <= plan.Kills; kill++)
        {
            await Task.Delay(plan.Load + TimeSpan.FromMilliseconds(random.Next(300)));
            await site.Server.Kill();
            await site.Server.Start();
            log($"{backend}, kill {kill}: {load.History.Count} operations so far");
        }
        await Task.Delay(plan.Load);
        await stop.CancelAsync();
        await running;
        foreach (var one in callers.Concat(owners)) one.Dispose();
        await site.Server.Terminate();
        var (code, report) = await site.Verify();
        if (code != 0) throw new InvalidOperationException($"The audit found: {report}");
        if (load.Broken.Count > 0) throw new InvalidOperationException($"Answers that no server may give: {string.Join('\n', load.Broken)}");
        return (Linearizability.Check(load.History), load.Summary);
    }
}
