using System.Diagnostics;
using SnpLive.Tests.EndToEnd;
using SnpLive.Tests.Faults;
using SnpLive.Tests.Ledger;
using SnpLive.Tests.Support;

namespace SnpLive.Bench.Proof;

/// <summary>One server for a long time: people book and cancel without end, one fault a minute, its memory by the minute.</summary>
internal static class SoakBench
{
    private const string Territory = "endurance";
    private const int Doctors = 12;
    private const int WarmUpMinutes = 3;
    private const double MostGrowth = 1.5;
    private static readonly TimeSpan FaultLasts = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static async Task Run(ProofOptions options, PostgresServer surroundings, Report report)
    {
        var minutes = options.Whole("--minutes", 30, 1, 24 * 60);
        await using var postgres = new PostgresServer();
        using var proxy = new LossyProxy(await postgres.NewDatabase());
        await using var site = await TestSite.StartOn(["--storage", "postgres", "--connection", proxy.ConnectionString], TestTerritory.Of(Territory, "sas-e", Doctors));
        using var load = await FaultLoad.Begin(site, Territory, Doctors, cancels: true);
        var memory = new List<long>();
        for (var minute = 1; minute <= minutes; minute++)
        {
            var clock = Stopwatch.StartNew();
            await load.Flows(20, $"in minute {minute}");
            var fault = await Fault(minute, site, postgres, proxy);
            await load.Flows(20, $"after {fault}");
            if (Minute - clock.Elapsed is { Ticks: > 0 } rest) await Task.Delay(rest);
            memory.Add(site.Server.Memory);
            report.Add($"minute {minute}: {fault}; {load.Done:N0} bookings so far, {memory[^1] / (1024 * 1024)} MiB, load {Surroundings.LoadAverage()}",
                new { minute, fault, bookings = load.Done, memory = memory[^1] });
        }
        await load.Settle();
        report.Say(load.Answers);
        await site.Server.Terminate();
        var (code, audit) = await site.Verify();
        if (code != 0) throw new BrokenRoundException($"the audit found: {audit}");
        report.Say(audit.Trim());
        if (memory.Count > WarmUpMinutes && memory.Max() > memory[WarmUpMinutes - 1] * MostGrowth) throw new BrokenRoundException($"memory is not flat: {string.Join(' ', memory.Select(m => m / (1024 * 1024)))} MiB");
    }

    private static async Task<string> Fault(int minute, TestSite site, PostgresServer postgres, LossyProxy proxy)
    {
        switch (minute % 4)
        {
            case 1:
                await postgres.Stop();
                await Task.Delay(FaultLasts);
                await postgres.StartAgain();
                return "PostgreSQL away";
            case 2:
                site.Server.Freeze();
                await Task.Delay(FaultLasts);
                site.Server.Thaw();
                return "a standstill";
            case 3:
                proxy.SwallowAnswers();
                await Task.Delay(100);
                proxy.Cut();
                return "connections cut in COMMIT";
            default:
                await postgres.Crash();
                await postgres.StartAgain();
                return "PostgreSQL killed";
        }
    }
}
