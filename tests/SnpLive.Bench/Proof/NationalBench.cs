using System.Collections.Concurrent;
using System.Diagnostics;
using SnpLive.Tests.Ledger;

namespace SnpLive.Bench.Proof;

/// <summary>
/// One peak day of all of France by the envelope of the domain reference, §12: every call asks for a slot in its territory, in the order of the day, as fast as one
/// process can. Callers pick from what they saw a moment ago, so that many lose a race and try the next; who finds none stays unserved.
/// </summary>
internal static class NationalBench
{
    private const int AgendasPerTerritory = 4;
    private const int SlotsPerAgenda = 45; // 60 a day for each CPTS, three days ahead
    private const int CallersAtOnce = 128;
    private const int Tries = 4;
    private const int SeenFree = 5;
    private const int OpeningHour = 8;
    private const int CrisisHour = 18;
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);
    // Calls of each hour, of 100: quiet nights, the opening, 8 % in the peak hour.
    private static readonly double[] Hours = [1.5, 1.2, 1, 1, 1, 1.3, 2.2, 4, 8, 7.5, 7, 6, 5.2, 5, 5.2, 5.4, 5.8, 6.4, 6.6, 6, 5, 4, 2.2, 1.5];

    public static async Task Run(ProofOptions options, PostgresServer postgres, Report report)
    {
        var (territories, calls, crisis) = (options.Whole("--territories", 800, 1, 2000), options.Whole("--calls", 80_000, 100, 10_000_000), options.Whole("--crisis", 3, 1, 20));
        var land = new Territory(territories * AgendasPerTerritory, SlotsPerAgenda);
        var clock = Stopwatch.StartNew();
        await using var system = (IBookingSystem)new OwnSystem();
        await system.Open(await postgres.NewDatabase(), land);
        report.Say($"{territories} territories, {land.Agendas:N0} agendas, {land.Slots:N0} live slots, published in {clock.Elapsed.TotalSeconds:F1} s");

        var markets = Enumerable.Range(0, territories).Select(t => new Market(land, t)).ToArray();
        var day = new DayResult();
        var (cpu, began) = (Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
        for (var hour = 0; hour < Hours.Length; hour++)
        {
            var asked = (int)(calls * Hours[hour] / Hours.Sum() * (hour == CrisisHour ? crisis : 1));
            var hourly = Stopwatch.StartNew();
            await Parallel.ForEachAsync(Enumerable.Range(0, asked), new ParallelOptions { MaxDegreeOfParallelism = CallersAtOnce }, async (n, _) => await Call(system, markets, hour * 1_000_000 + n, day));
            if (hour is OpeningHour or CrisisHour)
                report.Say($"  {hour}:00, {asked:N0} calls{(hour == CrisisHour && crisis > 1 ? $" (crisis, × {crisis})" : "")}: {asked / hourly.Elapsed.TotalSeconds:N0} calls/s, {TimeSpan.FromHours(1) / hourly.Elapsed:N0} times real time");
        }
        var (elapsed, used) = (began.Elapsed, Environment.CpuUsage.TotalTime - cpu);
        var stored = await system.Stored();
        if (stored.Bookings != day.Booked || stored.SoldTwice > 0 || stored.Fault is not null || day.Unexpected > 0)
            throw new BrokenRoundException($"{day.Booked} bookings acknowledged, {stored.Bookings} stored, {stored.SoldTwice} sold twice, {day.Unexpected} answers nobody should get; {stored.Fault}");
        var times = day.Times.Order().ToArray();
        report.Add($"one day in {elapsed.TotalSeconds:F1} s: {Day / elapsed:N0} times real time; {day.Calls:N0} calls, {day.Booked:N0} booked, {day.Lost:N0} races lost on the way, {day.Unserved:N0} without a slot; "
            + $"answer p50 {Statistics.Percentile(times, 50):F1} p99 {Statistics.Percentile(times, 99):F1} max {times[^1]:F1} ms with {CallersAtOnce} callers at once; {used.TotalMicroseconds / day.Calls:F0} µs of CPU here a call; every invariant audited: clean",
            new { seconds = elapsed.TotalSeconds, speedUp = Day / elapsed, day.Calls, day.Booked, day.Lost, day.Unserved, p50 = Statistics.Percentile(times, 50), p99 = Statistics.Percentile(times, 99), max = times[^1] });
    }

    private static async Task Call(IBookingSystem system, Market[] markets, int n, DayResult day)
    {
        var random = new Random(n);
        // Some territories have many times the calls of others.
        var market = markets[(int)(Math.Pow(random.NextDouble(), 1.6) * markets.Length)];
        Interlocked.Increment(ref day.Calls);
        for (var attempt = 1; attempt <= Tries; attempt++)
        {
            if (market.Pick(random.Next(SeenFree)) is not { } slot) break;
            var sent = Stopwatch.GetTimestamp();
            var outcome = await system.Book(n % 1000, slot);
            day.Times.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            if (outcome == Outcome.Booked)
            {
                market.Gone(slot);
                Interlocked.Increment(ref day.Booked);
                return;
            }
            if (outcome != Outcome.Taken) Interlocked.Increment(ref day.Unexpected);
            market.Gone(slot);
            Interlocked.Increment(ref day.Lost);
        }
        Interlocked.Increment(ref day.Unserved);
    }

    private sealed class DayResult
    {
        public int Calls, Booked, Lost, Unserved, Unexpected;
        public ConcurrentBag<double> Times { get; } = [];
    }

    /// <summary>What callers believe to be free in a territory, soonest first: true a moment ago.</summary>
    private sealed class Market
    {
        private readonly Lock gate = new();
        private readonly LinkedList<string> free = new();
        private readonly Dictionary<string, LinkedListNode<string>> places = [];

        public Market(Territory land, int territory)
        {
            for (var n = 0; n < SlotsPerAgenda; n++)
                for (var agenda = 0; agenda < AgendasPerTerritory; agenda++)
                {
                    var slot = land.SlotId((territory * AgendasPerTerritory + agenda) * SlotsPerAgenda + n);
                    places[slot] = free.AddLast(slot);
                }
        }

        public string? Pick(int among)
        {
            lock (gate)
            {
                var node = free.First;
                for (var n = 0; n < among && node?.Next is not null; n++) node = node.Next;
                return node?.Value;
            }
        }

        public void Gone(string slot)
        {
            lock (gate)
                if (places.Remove(slot, out var node)) free.Remove(node);
        }
    }
}
