using System.Diagnostics;
using System.Globalization;
using SnpLive.Bench.Proof;
using SnpLive.Tests.Ledger;
using SnpLive.Tests.Live;

namespace SnpLive.Bench.Push;

/// <summary>Every screen loses its line and is back within two seconds, while people go on clicking: how long until each shows the present, and what it costs.</summary>
internal static class StormBench
{
    private const int OpenedAtOnce = 64;
    private const double ClicksPerSecond = 50;
    private const int Witnesses = 20;
    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan After = TimeSpan.FromSeconds(3);
    // From the cut: two seconds to come back, one to be right.
    private static readonly TimeSpan Goal = TimeSpan.FromSeconds(3);
    // Asked by the clicks themselves, and by the leases of boards; none of it grows with connections.
    private static readonly string[] OfClicks = ["Append", "FindAnswer"];

    public static async Task Run(ProofOptions options, PostgresServer postgres, Report report)
    {
        var boards = options.Whole("--boards", 50, 1, 1000);
        var sizes = options.Text("--connections", "1000,5000").Split(',').Select(c => int.Parse(c, CultureInfo.InvariantCulture)).ToArray();
        await using var site = await PushSite.Start(PushServer.Ours, boards);
        foreach (var connections in sizes)
            foreach (var knows in (bool[])[true, false])
                await Storm(site, connections, knows, report);
    }

    private static async Task Storm(PushSite site, int connections, bool knows, Report report)
    {
        var screens = Enumerable.Range(0, connections).Select(n => new StormScreen(site, site.Boards[n % site.Boards.Count])).ToArray();
        await Parallel.ForEachAsync(screens, new ParallelOptions { MaxDegreeOfParallelism = OpenedAtOnce }, async (screen, _) => await screen.Open(fromWhereItWas: false));
        var clicker = new Clicker(site.Boards);
        var clicking = clicker.Run(ClicksPerSecond, Before + Spread + After);
        await Task.Delay(Before);
        await site.Mark();
        var began = Stopwatch.GetTimestamp();
        foreach (var screen in screens) screen.Drop();
        var times = await Task.WhenAll(screens.Select(async (screen, n) =>
        {
            await Task.Delay(Spread * n / connections);
            var asked = Stopwatch.GetTimestamp();
            await screen.Open(knows);
            return (Own: Stopwatch.GetElapsedTime(asked).TotalMilliseconds, Storm: Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }));
        var reading = await site.Report();
        await clicking;
        await Right(site);
        foreach (var screen in screens) await screen.DisposeAsync();

        var own = times.Select(t => t.Own).Order().ToArray();
        var last = times.Max(t => t.Storm);
        var reads = reading.Reads.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(r => r.Split('=')).Where(r => !OfClicks.Contains(r[0])).ToDictionary(r => r[0], r => int.Parse(r[1], CultureInfo.InvariantCulture));
        report.Add($"{connections} connections on {site.Boards.Count} boards, {(knows ? "back with their cursors" : "new pages")}: each right after p50 {Statistics.Percentile(own, 50):F0} p99 {Statistics.Percentile(own, 99):F0} max {own[^1]:F0} ms; "
            + $"all right {last:F0} ms after the cut, {(last <= Goal.TotalMilliseconds ? "within" : "over")} the goal of {Goal.TotalMilliseconds:F0} ({last - Spread.TotalMilliseconds:F0} ms after the last came back); {screens.Sum(s => s.Bytes) / 1024 / 1024:N0} MiB, {reading.Effort.Cpu.TotalMicroseconds / connections:F0} µs of CPU each; "
            + $"ledger reads besides those of {clicker.Answers.Count()} clicks: {(reads.Count == 0 ? "none" : string.Join(", ", reads.Select(r => $"{r.Key} {r.Value}")))}; server {reading.Memory / 1024 / 1024} MiB; load {Surroundings.LoadAverage()}",
            new { connections, boards = site.Boards.Count, knows, p50 = Statistics.Percentile(own, 50), p99 = Statistics.Percentile(own, 99), max = own[^1], all = last, reads, cpuMicroseconds = reading.Effort.Cpu.TotalMicroseconds, reading.Memory });
        if (reads.Values.Sum() > connections / 10) throw new BrokenRoundException($"the ledger was read {reads.Values.Sum()} times for {connections} connections");
    }

    /// <summary>Some full screens, and what HTTP says, after quiet: the same states, slot by slot.</summary>
    private static async Task Right(PushSite site)
    {
        foreach (var board in site.Boards.Take(Witnesses))
        {
            await using var witness = await LiveClient.ConnectAsync(site.Address, [new("Cookie", board.Cookie)]);
            await witness.WatchAsync(board.Id);
            await witness.UntilAsync(w => w.Picture(board.Id) is not null, "the picture");
            var said = (await board.People[0].Slots(board.Id)).ToDictionary(s => (string)s["id"]!, s => (string)s["state"]!);
            foreach (var (slot, state) in said)
                if (witness.Picture(board.Id)!.StateOf(slot) != state) throw new BrokenRoundException($"{slot} is {state}, a screen shows {witness.Picture(board.Id)!.StateOf(slot)}");
        }
    }
}
