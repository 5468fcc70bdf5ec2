using System.Diagnostics;
using SnpLive.Tests.EndToEnd;
using SnpLive.Tests.Faults;
using SnpLive.Tests.Ledger;
using SnpLive.Tests.Support;

namespace SnpLive.Bench.Proof;

/// <summary>Every fault, again and again: see <see cref="FaultScenarios"/>.</summary>
internal static class CrashBench
{
    private const int Doctors = 12;
    private const int Cuts = 12;

    public static async Task Run(ProofOptions options, PostgresServer postgres, Report report)
    {
        var cycles = options.Whole("--cycles", 1, 1, 10_000);
        var outage = TimeSpan.FromSeconds(options.Whole("--outage", 30, 1, 600));
        var freeze = TimeSpan.FromSeconds(options.Whole("--freeze", 20, 1, 600));
        for (var cycle = 1; cycle <= cycles; cycle++)
        {
            var faults = new FaultScenarios(Doctors, line => report.Add($"cycle {cycle}: {line}", new { cycle, line }));
            await Timed("server killed, SQLite", () => faults.ServerKilled(Backends.Sqlite, postgres));
            await Timed("server killed, PostgreSQL", () => faults.ServerKilled(Backends.Postgres, postgres));
            await Timed("PostgreSQL killed", faults.PostgresKilled);
            await Timed("PostgreSQL stopped", () => faults.PostgresStopped(outage));
            await Timed("connections cut", () => faults.ConnectionsCutDuringCommit(postgres, Cuts));
            await Timed("server frozen", () => faults.ServerFrozen(Backends.Postgres, postgres, freeze));
            await Timed("zombie", () => faults.Zombie(postgres));
            using (var disk = SmallDisk.TryMount())
                if (disk is null) report.Add("disk full: skipped, a small disk may not be mounted here", new { skipped = "disk full" });
                else await Timed("disk full", () => faults.DiskFull(disk));
            foreach (var backend in (string[])[Backends.Sqlite, Backends.Postgres])
            {
                var line = await Crowd.Race(backend, postgres, callers: 500, slots: 20, tries: 20, screens: 200, Seeds.Next());
                report.Add($"cycle {cycle}: {line}", new { cycle, line });
            }
        }

        async Task Timed(string what, Func<Task> fault)
        {
            var clock = Stopwatch.StartNew();
            await fault();
            report.Say($"  {what}: {clock.Elapsed.TotalSeconds:F0} s in all");
        }
    }
}
