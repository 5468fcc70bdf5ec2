using System.Diagnostics;
using SnpLive.Tests.Ledger;

namespace SnpLive.Bench;

/// <summary>One system, one number of callers, one round. Closed-loop times in ms; CPU of this process (callers and system, not PostgreSQL) in µs per booking.</summary>
internal sealed record BookingsRound(
    string System, int Callers, int Round, double PerSecond, double P50, double P99, double Cpu, long Bookings, double Seconds, string Load);

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
    // Once per system, not counted: the just-in-time compiler needs some thousand bookings before it leaves the processor alone.
    private static readonly TimeSpan Compilation = TimeSpan.FromSeconds(5);
    private const int CompilationCallers = 64;

    public async Task<IReadOnlyList<BookingsRound>> Run(IReadOnlyList<Contestant> contestants)
    {
        foreach (var contestant in contestants) Print(await Measure(contestant, CompilationCallers, 0, Compilation), " (warming up, not counted)");
        var rounds = new List<BookingsRound>();
        foreach (var callers in options.Callers)
            for (var round = 1; round <= options.Rounds; round++)
                // A B C, then C B A: who goes first in one round goes last in the next, so that a drift of the machine favours nobody.
                foreach (var contestant in round % 2 == 1 ? contestants : contestants.Reverse())
                {
                    var result = await Measure(contestant, callers, round, TimeSpan.FromSeconds(options.Seconds));
                    rounds.Add(result);
                    Print(result, "");
                }
        return rounds;
    }

    public static void Summarise(IReadOnlyList<BookingsRound> rounds, IReadOnlyList<Contestant> contestants)
    {
        Console.WriteLine("\ncallers | system | bookings/s median (min–max) | p50 ms | p99 ms | CPU here µs | ours ÷ it, by round: median (min–max)");
        foreach (var callers in rounds.GroupBy(r => r.Callers))
            foreach (var contestant in contestants)
            {
                var own = callers.Where(r => r.System == contestants[0].Letter).ToDictionary(r => r.Round);
                var its = callers.Where(r => r.System == contestant.Letter).ToArray();
                var (rate, ratio) = (Spread.Of(its.Select(r => r.PerSecond)), Spread.Of(its.Select(r => own[r.Round].PerSecond / r.PerSecond)));
                Console.WriteLine($"{callers.Key,7} | {contestant.Letter,6} | {rate.Median,7:N0} ({rate.Min:N0}–{rate.Max:N0}) | {Spread.Of(its.Select(r => r.P50)).Median:N2} | "
                    + $"{Spread.Of(its.Select(r => r.P99)).Median:N2} | {Spread.Of(its.Select(r => r.Cpu)).Median:N0} | {ratio.Median:N2} ({ratio.Min:N2}–{ratio.Max:N2})");
            }
    }

    private static void Print(BookingsRound r, string remark) => Console.WriteLine(
        $"{r.Callers,4} callers, round {r.Round}, {r.System}: {r.PerSecond,7:N0} bookings/s, p50 {r.P50,7:N2} ms, p99 {r.P99,7:N2} ms, CPU here {r.Cpu,4:N0} µs"
        + $" ({r.Bookings:N0} in {r.Seconds:N1} s, load {r.Load}){remark}");

    private async Task<BookingsRound> Measure(Contestant contestant, int callers, int round, TimeSpan duration)
    {
        var perAgenda = Math.Clamp((int)((duration + WarmUp).TotalSeconds * SlotsPerSecond), LeastSlots, MostSlots);
        var territory = new Territory(Agendas, perAgenda);
        await using var trial = await Trial.Begin(postgres, contestant, territory);
        var counter = new Counter(trial.System, Shuffled(territory, round));
        await counter.Loop(callers, WarmUp);
        counter.Forget();
        var (began, cpuBefore) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        await counter.Loop(callers, duration);
        var (seconds, cpu) = (began.Elapsed.TotalSeconds, Environment.CpuUsage.TotalTime - cpuBefore);
        var load = Surroundings.LoadAverage();
        await trial.Verify(counter.Acknowledged, counter.Unexpected);
        var times = counter.Times.Order().ToArray();
        return new(contestant.Letter, callers, round, times.Length / seconds, Statistics.Percentile(times, 50), Statistics.Percentile(times, 99),
            cpu.TotalMicroseconds / Math.Max(1, times.Length), times.Length, seconds, load);
    }

    /// <summary>All slots in a random order that depends on the round only: every system sells the same ones in the same order.</summary>
    private static string[] Shuffled(Territory territory, int round)
    {
        var slots = Enumerable.Range(0, territory.Slots).Select(territory.SlotId).ToArray();
        // The same order for every system matters, not its secrecy.
#pragma warning disable CA5394
        new Random(round).Shuffle(slots);
#pragma warning restore CA5394
        return slots;
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
                var command = Territory.Booking(slots[n], caller);
                var sent = Stopwatch.GetTimestamp();
                // Nobody else wants this slot, so any answer but a booking breaks the round.
                if (await system.Book(command) == Outcome.Booked) Interlocked.Increment(ref acknowledged);
                else Interlocked.Increment(ref unexpected);
                times[caller].Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            }
        }
    }
}
