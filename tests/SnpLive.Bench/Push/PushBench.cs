using System.Globalization;
using SnpLive.Bench.Proof;
using SnpLive.Tests.Ledger;

namespace SnpLive.Bench.Push;

/// <summary>One system, one shape, one round. Times in ms; bytes of changes for each seen, of pictures and the rest for each screen.</summary>
internal sealed record PushRound(
    string System, string Shape, int Round, int Deliveries, double Complete, double ClickP50, double ClickP99, double ClickMax, double CommitP50, double CommitP99, double CommitMax,
    double BytesPerChange, double PictureBytes, double OtherBytes, double CpuPerDelivery, string Effort, long Compiled, double AnswerP50, int Failed, string Load);

/// <summary>From a click, and from its commit, to the screens. The server is one process, screens and clicks another.</summary>
internal static class PushBench
{
    private const int ConnectingAtOnce = 32;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);
    private const int WarmUps = 6;
    private const int FewCompiled = 100;
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1.2);
    private static readonly string[] Systems = [PushServer.Ours, PushOpponent.SignalR, PushOpponent.Polling];

    private sealed record Shape(int Boards, int Viewers, double PerSecond)
    {
        public static Shape Parse(string text)
        {
            var parts = text.Split('x', '@');
            if (parts.Length != 3) throw new FormatException($"'{text}' is no shape; say 50x20@500.");
            return new(int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture), double.Parse(parts[2], CultureInfo.InvariantCulture));
        }

        public override string ToString() => $"{Boards} boards × {Viewers} viewers at {PerSecond}/s";
    }

    public static async Task Run(ProofOptions options, PostgresServer postgres, Report report)
    {
        var (rounds, seconds, stalled) = (options.Whole("--rounds", 1, 1, 100), options.Whole("--seconds", 5, 1, 600), options.Whole("--stalled", 5, 0, 100));
        var shapes = options.Text("--shapes", "50x20@500,1x1000@30,250x20@500").Split(',').Select(Shape.Parse).ToArray();
        report.Say($"ours = SnpLive's live board; signalr = one group send per change; polling = each screen asks each second; {stalled} screens that never read are beside (not for polling)");
        var systems = options.Text("--systems", string.Join(',', Systems)).Split(',');
        if (systems.Except(Systems).FirstOrDefault() is { } stranger) throw new FormatException($"--systems: there is no '{stranger}'; there are {string.Join(", ", Systems)}.");
        var sites = await Task.WhenAll(systems.Select(s => PushSite.Start(s, shapes.Max(x => x.Boards))));
        try
        {
            var all = new List<PushRound>();
            foreach (var shape in shapes)
                for (var round = 0; round <= rounds; round++)
                    foreach (var site in round % 2 == 1 ? sites : [.. sites.Reverse()])
                    {
                        if (round == 0)
                        {
                            if (shape == shapes[0]) await Warm(site, shape);
                            continue;
                        }
                        var result = await Measure(site, shape, round, TimeSpan.FromSeconds(seconds), stalled);
                        all.Add(result);
                        report.Add($"{shape}, round {round}, {Line(result)}", result);
                    }
            foreach (var group in all.GroupBy(r => (r.Shape, r.System)).Where(_ => rounds > 1))
                report.Say($"median of {rounds}: {group.Key.Shape}, {group.Key.System}: click → frame p99 {Spread.Of(group.Select(r => r.ClickP99))}, commit → frame p99 {Spread.Of(group.Select(r => r.CommitP99))}");
        }
        finally
        {
            foreach (var site in sites) await site.DisposeAsync();
        }
    }

    private static string Line(PushRound r) =>
        $"{r.System,7}: click → frame p50 {r.ClickP50:F1} p99 {r.ClickP99:F1} max {r.ClickMax:F1} ms; commit → frame p50 {r.CommitP50:F1} p99 {r.CommitP99:F1} max {r.CommitMax:F1} ms; "
        + $"{r.Deliveries:N0} seen ({r.Complete:P1}), {r.BytesPerChange:N0} B and {r.CpuPerDelivery:N0} µs of the server's CPU each (clicks included), {r.PictureBytes / 1024:N0} KiB of pictures and {r.OtherBytes / 1024:N1} of the rest a screen; {r.Effort}; click → answer p50 {r.AnswerP50:F1} ms, {r.Failed} failed; load {r.Load}";

    /// <summary>Until the server's compiler rests: in its first half minute it takes a third of the server's CPU, and what runs is slow code that counts calls.</summary>
    private static async Task Warm(PushSite site, Shape shape)
    {
        for (var n = 0; n < WarmUps; n++)
            if ((await Measure(site, shape, 0, WarmUp, stalled: 0)).Compiled < FewCompiled) return;
    }

    private static async Task<PushRound> Measure(PushSite site, Shape shape, int round, TimeSpan duration, int stalled)
    {
        var boards = site.Boards.Take(shape.Boards).ToArray();
        var clicker = new Clicker(boards);
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 512 });
        var screens = boards.SelectMany(b => Enumerable.Range(0, shape.Viewers).Select(_ => new Screen(site, b, clicker))).ToArray();
        var asleep = site.System == PushOpponent.Polling ? [] : Enumerable.Range(0, stalled).Select(n => new Screen(site, boards[n % boards.Length], clicker)).ToArray();
        await Parallel.ForEachAsync(screens.Select((s, n) => (s, n, false)).Concat(asleep.Select((s, n) => (s, n, true))), new ParallelOptions { MaxDegreeOfParallelism = ConnectingAtOnce },
            async (one, _) => await one.Item1.Open(one.Item3, http, TimeSpan.FromSeconds((double)one.n / screens.Length)));
        await site.Mark();
        using var pool = new QueueWatch();
        var before = Effort.Now();
        await clicker.Run(shape.PerSecond, duration);
        await Task.Delay(Quiet);
        var (effort, waits) = (Effort.Now() - before, pool.Waits);
        var reading = await site.Report();
        foreach (var screen in screens.Concat(asleep)) await screen.DisposeAsync();

        var commits = reading.Commits.GroupBy(c => c.Slot).ToDictionary(g => g.Key, g => g.Select(c => c.At).ToArray());
        var sights = screens.SelectMany(s => s.Sights).ToArray();
        var fromClick = sights.Select(s => Milliseconds(s.Seen - s.Clicked)).Order().ToArray();
        var fromCommit = sights.Where(s => commits.TryGetValue(s.Slot, out var at) && s.Number <= at.Length).Select(s => Milliseconds(s.Seen - commits[s.Slot][s.Number - 1])).Order().ToArray();
        if (sights.Length == 0) throw new BrokenRoundException($"no screen of {site.System} saw anything ({clicker.Failed} clicks failed)");
        return new(site.System, $"{shape}", round, sights.Length, sights.Length / (double)(reading.Commits.Count * shape.Viewers),
            Statistics.Percentile(fromClick, 50), Statistics.Percentile(fromClick, 99), fromClick[^1],
            Statistics.Percentile(fromCommit, 50), Statistics.Percentile(fromCommit, 99), fromCommit.LastOrDefault(),
            screens.Sum(s => s.ChangeBytes) / (double)sights.Length, screens.Average(s => s.PictureBytes), screens.Average(s => s.OtherBytes),
            reading.Effort.Cpu.TotalMicroseconds / sights.Length, $"server {reading.Effort}, {reading.Pool}; screens {effort}, {waits}", reading.Effort.Compiled, Statistics.Percentile([.. clicker.Answers.Order()], 50), clicker.Failed, Surroundings.LoadAverage());
    }

    private static double Milliseconds(long ticks) => ticks * 1000.0 / global::System.Diagnostics.Stopwatch.Frequency;
}
