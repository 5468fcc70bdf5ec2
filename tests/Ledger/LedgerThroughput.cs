using System.Diagnostics;
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
    public async Task Postgres() => await Measure(new PostgresStore(await server.NewDatabase()).Options);

    [Fact(Explicit = true)]
    public async Task Sqlite()
    {
        using var store = new SqliteStore();
        await Measure(store.Options);
    }

    private static async Task Measure(LedgerOptions options)
    {
        await using var ledger = new DurableLedger(DurableLedger.Backend(options, NullLogger.Instance), options, new(), TimeProvider.System, NullLogger.Instance);
        await ledger.Open();
        for (var round = 0; round < 4; round++)
        {
            var latencies = new List<double>[Callers];
            var began = Stopwatch.StartNew();
            await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => Book(ledger, $"{round}-{caller}", began, latencies[caller] = []))));
            var all = latencies.SelectMany(l => l).Order().ToArray();
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{options.Storage}: {all.Length / began.Elapsed.TotalSeconds:N0} bookings/s, p50 {all[all.Length / 2]:N2} ms, p99 {all[all.Length * 99 / 100]:N2} ms"
                + (round == 0 ? " (warming up)" : ""));
        }
    }

    private static async Task Book(DurableLedger ledger, string agenda, Stopwatch clock, List<double> latencies)
    {
        var payload = $$"""{"events":[{"type":"slot-booked","text":"{{new string('x', 300)}}"}]}""";
        for (var version = 1; clock.Elapsed < Duration; version++)
        {
            var id = Guid.NewGuid().ToString("N");
            var commit = Sample.Plain($"agenda/{agenda}", version) with
            {
                Payload = payload,
                TakeClaims = [Sample.Claim(id, id)],
                Occupy = [new(id, 1, id)],
            };
            var sent = Stopwatch.GetTimestamp();
            Assert.IsType<CommitResult.Appended>(await ledger.Append(commit));
            latencies.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
        }
    }
}
