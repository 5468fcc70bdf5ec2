using System.Diagnostics;
using SnpLive.Silo.Ledger;
using SnpLive.Tests.Ledger;

namespace SnpLive.Bench;

/// <summary>
/// One system, one number of callers, one round. Closed-loop times in ms. Processor times in µs per booking: of this process (load generator, and at grain level the
/// system), of the system's own process (HTTP only), of PostgreSQL. Bytes per booking: allocated here (grain level), and of write-ahead log.
/// </summary>
internal sealed record BookingsRound(
    string Level, string System, string Spread, int Callers, int Round, double PerSecond, double P50, double P99, double CpuHere, double CpuServer, double CpuPostgres,
    double Allocated, double Wal, LedgerFigures? Ledger, long Bookings, double Seconds, string Load);

/// <summary>Durable bookings per second: each caller books the next free slot as soon as its last booking is confirmed.</summary>
internal sealed class BookingsBench(PostgresServer postgres, BenchOptions options)
{
    private const int Agendas = 1000;
    private const int LeastSlots = 24;
    private const int MostSlots = 120;
    // Enough that no system runs out on a machine like ours; who sells all ends the round early, and its rate is still right.
    private const int SlotsPerSecond = 14;
    // In each trial, for its connections, plans and caches.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);
    private const int CompilationCallers = 64;

    private bool WithLimit => options.Storage == LedgerStorage.Postgres && (options.Systems.Count == 0 || options.Systems.Contains(Contestant.Limit));

    public async Task<IReadOnlyList<BookingsRound>> Run(string level)
    {
        var contestants = Contestant.At(level, options);
        // A server of its own is compiled anew in each trial; that is what the trial's warm-up is for.
        foreach (var contestant in contestants.Where(c => !c.OwnProcess))
            Print(await Measure(level, contestant, Demand.Uniform, CompilationCallers, 0, WarmUp, compile: true), " (warming up, not counted)");
        var rounds = new List<BookingsRound>();
        foreach (var spread in options.Spreads)
            foreach (var callers in options.Callers)
                for (var round = 1; round <= options.Rounds; round++)
                {
                    // A B C, then C B A: who goes first in one round goes last in the next, so that a drift of the machine favours nobody.
                    foreach (var contestant in round % 2 == 1 ? contestants : contestants.Reverse())
                    {
                        var result = await Measure(level, contestant, spread, callers, round, TimeSpan.FromSeconds(options.Seconds), compile: contestant.OwnProcess);
                        rounds.Add(result);
                        Print(result, "");
                    }
                    if (!WithLimit || level != "grain" || spread != Demand.Uniform) continue;
                    rounds.Add(await MachineLimit.Measure(postgres, spread.Name, callers, round, TimeSpan.FromSeconds(options.Seconds)));
                    Print(rounds[^1], "");
                }
        return rounds;
    }

    public static void Summarise(IReadOnlyList<BookingsRound> rounds)
    {
        Console.WriteLine("\nlevel | spread | callers | system | bookings/s median (min–max) | p50 ms | p99 ms | µs of CPU: here, its server, PostgreSQL | WAL bytes | ours ÷ it, by round: median (min–max)");
        foreach (var group in rounds.GroupBy(r => (r.Level, r.Spread, r.Callers)))
        {
            var own = group.Where(r => r.System == "ours").ToDictionary(r => r.Round);
            foreach (var its in group.GroupBy(r => r.System))
            {
                var rate = Spread.Of(its.Select(r => r.PerSecond));
                var ratio = own.Count > 0 && Spread.Of(its.Select(r => own[r.Round].PerSecond / r.PerSecond)) is var s ? $"{s.Median:N2} ({s.Min:N2}–{s.Max:N2})" : "";
                Console.WriteLine($"{group.Key.Level} | {group.Key.Spread} | {group.Key.Callers,5} | {its.Key,6} | {rate.Median,7:N0} ({rate.Min:N0}–{rate.Max:N0}) | {Median(its, r => r.P50):N2} | "
                    + $"{Median(its, r => r.P99):N2} | {Median(its, r => r.CpuHere):N0}, {Median(its, r => r.CpuServer):N0}, {Median(its, r => r.CpuPostgres):N0} | {Median(its, r => r.Wal):N0} | {ratio}");
            }
        }
    }

    private static double Median(IEnumerable<BookingsRound> rounds, Func<BookingsRound, double> of) => Spread.Of(rounds.Select(of)).Median;

    private static void Print(BookingsRound r, string remark) => Console.WriteLine(
        $"{r.Level} {r.Spread} {r.Callers,4} callers, round {r.Round}, {r.System}: {r.PerSecond,7:N0} bookings/s, p50 {r.P50,7:N2} ms, p99 {r.P99,7:N2} ms, "
        + $"µs of CPU: here {r.CpuHere,4:N0}, its server {r.CpuServer:N0}, PostgreSQL {r.CpuPostgres,4:N0}; allocated {r.Allocated:N0} B, WAL {r.Wal:N0} B"
        + (r.Ledger is { } l ? $"; batch {l.BatchSize:N1}, queue {l.QueueWait:N2} ms, commit {l.CommitTime:N2} ms" : "")
        + $" ({r.Bookings:N0} in {r.Seconds:N1} s, load {r.Load}){remark}");

    private async Task<BookingsRound> Measure(string level, Contestant contestant, Demand demand, int callers, int round, TimeSpan duration, bool compile)
    {
        var perAgenda = compile ? MostSlots : Math.Clamp((int)((duration + WarmUp).TotalSeconds * SlotsPerSecond), LeastSlots, MostSlots);
        var territory = new Territory(Agendas, perAgenda, callers);
        await using var trial = await Trial.Begin(postgres, contestant, territory);
        await using var meter = await PostgresMeter.Open(trial.Database);
        var counter = new Counter(trial.System, demand.Slots(territory, round));
        await counter.Loop(callers, WarmUp);
        if (compile) await Compilation.UntilQuiet(trial.System, counter.Works(callers));
        counter.Forget();
        await trial.System.Use();
        var (server, use, bytes) = (await trial.System.Use(), await meter.Read(), GC.GetTotalAllocatedBytes());
        var (began, cpuBefore) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        await counter.Loop(callers, duration);
        var (seconds, cpu) = (began.Elapsed.TotalSeconds, Environment.CpuUsage.TotalTime - cpuBefore);
        bytes = GC.GetTotalAllocatedBytes() - bytes;
        use = await meter.Read() - use;
        var after = await trial.System.Use();
        var load = Surroundings.LoadAverage();
        await trial.Verify(counter.Acknowledged, counter.Unexpected);
        var times = counter.Times.Order().ToArray();
        var n = (double)Math.Max(1, times.Length);
        return new(level, contestant.Letter, demand.Name, callers, round, times.Length / seconds, Statistics.Percentile(times, 50), Statistics.Percentile(times, 99),
            cpu.TotalMicroseconds / n, (after.Cpu - server.Cpu).TotalMicroseconds / n, use.Cpu.TotalMicroseconds / n, contestant.OwnProcess ? 0 : bytes / n, use.Wal / n,
            after.Ledger, times.Length, seconds, load);
    }

    private sealed class Counter(IBookingSystem system, string[] slots)
    {
        private int next = -1;
        private long acknowledged;
        private long unexpected;
        private List<double>[] times = [];

        public long Acknowledged => acknowledged;
        public long Unexpected => unexpected;
        public IEnumerable<double> Times => times.SelectMany(t => t);

        /// <summary>Books for a time, as long as at least half of the slots are still to sell: the measurement needs them.</summary>
        public Func<TimeSpan, Task<bool>> Works(int callers) => async duration =>
        {
            if (next >= slots.Length / 2) return false;
            await Loop(callers, duration);
            return true;
        };

        /// <summary>The warm-up's times do not count; its bookings do, for the proof.</summary>
        public void Forget() => times = [];

        public async Task Loop(int callers, TimeSpan duration)
        {
            times = [.. Enumerable.Range(0, callers).Select(_ => new List<double>())];
            var began = Stopwatch.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => Caller(caller, began, duration))));
        }

        private async Task Caller(int caller, long began, TimeSpan duration)
        {
            while (Stopwatch.GetElapsedTime(began) < duration && Interlocked.Increment(ref next) is var n && n < slots.Length)
            {
                var sent = Stopwatch.GetTimestamp();
                // Nobody else wants this slot, so any answer but a booking breaks the round.
                if (await system.Book(caller, slots[n]) == Outcome.Booked) Interlocked.Increment(ref acknowledged);
                else Interlocked.Increment(ref unexpected);
                times[caller].Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            }
        }
    }
}
