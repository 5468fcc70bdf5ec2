using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using SnpLive.Grains.Ledger;
using SnpLive.Silo.Ledger;

namespace SnpLive.Tests.Ledger;

/// <summary>
/// A quick measurement, not a test: bookings per second at 64 callers, each with event, claim and occupancy.
/// Run with <c>-explicit only -class 'SnpLive.Tests.Ledger.LedgerThroughput' -showLiveOutput</c>.
/// </summary>
public sealed class LedgerThroughput(PostgresServer server)
{
    private const int Callers = 64;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(5);

    [Fact(Explicit = true)]
    public async Task Postgres()
    {
        var store = new PostgresStore(await server.NewDatabase());
        await Measure(store.Options, () => CpuOf(store));
    }

    [Fact(Explicit = true)]
    public async Task Sqlite()
    {
        using var store = new SqliteStore();
        await Measure(store.Options, () => TimeSpan.Zero);
    }

    private static async Task Measure(LedgerOptions options, Func<TimeSpan> serverCpu)
    {
        await using var ledger = new DurableLedger(DurableLedger.Backend(options, NullLogger.Instance), options, new(), TimeProvider.System, NullLogger.Instance);
        await ledger.Open();
        for (var round = 0; round < 4; round++)
        {
            var latencies = new List<double>[Callers];
            var (mine, kernel, server) = (Environment.CpuUsage.TotalTime, Environment.CpuUsage.PrivilegedTime, serverCpu());
            var began = Stopwatch.StartNew();
            await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => Book(ledger, $"{round}-{caller}", began, latencies[caller] = []))));
            var (seconds, cpu, serverUsed) = (began.Elapsed.TotalSeconds, Environment.CpuUsage.TotalTime - mine, serverCpu() - server);
            var all = latencies.SelectMany(l => l).Order().ToArray();
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{options.Storage}: {all.Length / seconds:N0} bookings/s, p50 {all[all.Length / 2]:N2} ms, p99 {all[all.Length * 99 / 100]:N2} ms"
                + $", CPU per booking {cpu.TotalMicroseconds / all.Length:N0} µs here ({(Environment.CpuUsage.PrivilegedTime - kernel).TotalMicroseconds / all.Length:N0} in the kernel), {serverUsed.TotalMicroseconds / all.Length:N0} µs in the writer's server process"
                + (round == 0 ? " (warming up)" : ""));
        }
    }

    /// <summary>On a busy machine CPU per booking says more than bookings per second.</summary>
    private static TimeSpan CpuOf(PostgresStore store)
    {
        var pid = store.Scalar("SELECT max(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'WITH c AS%'").GetAwaiter().GetResult();
        if (pid is not int process || !OperatingSystem.IsLinux()) return TimeSpan.Zero;
        var fields = File.ReadAllText($"/proc/{process}/stat").Split(')')[1].Split(' ');
        const int ticksPerSecond = 100;
        return TimeSpan.FromSeconds((double.Parse(fields[12], CultureInfo.InvariantCulture) + double.Parse(fields[13], CultureInfo.InvariantCulture)) / ticksPerSecond);
    }

    private static async Task Book(DurableLedger ledger, string agenda, Stopwatch clock, List<double> latencies)
    {
        var payload = $$"""{"events":[{"type":"slot-booked","text":"{{new string('x', 300)}}"}]}""";
        for (var version = 1; clock.Elapsed < Duration; version++)
        {
            // As in the application: bookings have time-ordered ids, patients and requests random ones, slots those of their agenda.
            var booking = Guid.CreateVersion7().ToString("N");
            var commit = Sample.Plain($"agenda/{agenda}", version) with
            {
                Payload = payload,
                TakeClaims = [Sample.Claim(Guid.NewGuid().ToString("N"), booking)],
                Occupy = [new($"{agenda}-{version}", 1, booking)],
            };
            var sent = Stopwatch.GetTimestamp();
            Assert.IsType<CommitResult.Appended>(await ledger.Append(commit));
            latencies.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
        }
    }
}
