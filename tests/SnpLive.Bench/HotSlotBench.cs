using System.Diagnostics;
using SnpLive.Tests.Ledger;

namespace SnpLive.Bench;

/// <summary>One race. Times in ms since the start; transactions and bytes of write-ahead log of the whole race, the winners' included.</summary>
internal sealed record HotSlotRound(
    string Level, string System, int Slots, int Callers, int Round, int Winners, double FirstConfirmation, double P50, double P99, int Refusals, long Transactions, long Wal)
{
    /// <summary>Null when nobody was refused.</summary>
    public double? TransactionsPerRefusal => Refusals > 0 ? Math.Max(0, Transactions - Winners) / (double)Refusals : null;
}

/// <summary>Many callers, one slot or one agenda: what losing costs them, and the database.</summary>
internal sealed class HotSlotBench(PostgresServer postgres, BenchOptions options)
{
    private const int WarmUps = 6;
    private const int WarmUpCallers = 64;
    private const int SlotsOfAgenda = 40;
    private const int MostCounts = 20;
    private const int CountsAtRest = 3;
    // Sold in races that are not counted, until the compiler is quiet. Enough that none runs out on a machine like ours.
    private const int WarmUpAgendas = 40;

    public async Task<IReadOnlyList<HotSlotRound>> Run(string level)
    {
        var contestants = Contestant.At(level, options);
        var rounds = new List<HotSlotRound>();
        for (var round = 1; round <= options.Rounds; round++)
            foreach (var contestant in round % 2 == 1 ? contestants : contestants.Reverse())
                rounds.AddRange(await Measure(level, contestant, round));
        return rounds;
    }

    public static void Summarise(IReadOnlyList<HotSlotRound> rounds)
    {
        Console.WriteLine("\nlevel | slots | callers | system | winners | first confirmation ms | refusals p50 ms | refusals p99 ms | transactions per refusal | WAL bytes   (medians, min–max of the rounds)");
        foreach (var group in rounds.GroupBy(r => (r.Level, r.Slots, r.Callers, r.System)))
        {
            var perRefusal = group.All(r => r.TransactionsPerRefusal is not null) ? Text(group.Select(r => r.TransactionsPerRefusal!.Value)) : "–";
            Console.WriteLine($"{group.Key.Level} | {group.Key.Slots,2} | {group.Key.Callers,4} | {group.Key.System,6} | {group.Max(r => r.Winners)} | {Text(group.Select(r => r.FirstConfirmation))} | "
                + $"{Text(group.Select(r => r.P50))} | {Text(group.Select(r => r.P99))} | {perRefusal} | {Spread.Of(group.Select(r => (double)r.Wal)).Median:N0}");
        }
    }

    private static string Text(IEnumerable<double> values) => Spread.Of(values) is var s ? $"{s.Median:N2} ({s.Min:N2}–{s.Max:N2})" : "";

    /// <summary>
    /// What a count costs in itself: touching the connections, and whatever the system does in a second at rest. Counted until it falls no more: the warm-up's bookings
    /// leave work behind (notices), and taken for rest it would be subtracted from what refusals cost.
    /// </summary>
    private static async Task<long> CostOfCounting(Trial trial)
    {
        var (before, least, since) = (await trial.Transactions(), long.MaxValue, 0);
        for (var count = 0; count < MostCounts && since < CountsAtRest; count++)
        {
            var now = await trial.Transactions();
            (least, since, before) = now - before < least ? (now - before, 0, now) : (least, since + 1, now);
        }
        return least;
    }

    private async Task<List<HotSlotRound>> Measure(string level, Contestant contestant, int round)
    {
        // The first agenda is sold slot by slot, each of the others in one race; the last ones warm up.
        var measured = 1 + options.Callers.Count;
        var territory = new Territory(measured + WarmUpAgendas, SlotsOfAgenda, Math.Max(WarmUpCallers, options.Callers.Max()));
        await using var trial = await Trial.Begin(postgres, contestant, territory);
        await using var meter = await PostgresMeter.Open(trial.Database);
        var first = measured * SlotsOfAgenda;
        var next = first;
        await Compilation.UntilQuiet(trial.System, WarmUp);
        var slot = 0;
        for (; slot < WarmUps; slot++) await Race.Run(trial.System, [territory.SlotId(slot)], WarmUpCallers);
        var ofCounting = await CostOfCounting(trial);

        var (results, sold) = (new List<HotSlotRound>(), (long)WarmUps + next - first);
        foreach (var callers in options.Callers) await One([territory.SlotId(slot++)], callers, 1);
        foreach (var (n, callers) in options.Callers.Index())
            await One([.. Enumerable.Range((n + 1) * SlotsOfAgenda, SlotsOfAgenda).Select(territory.SlotId)], callers, Math.Min(callers, SlotsOfAgenda));
        return results;

        async Task<bool> WarmUp(TimeSpan duration)
        {
            var began = Stopwatch.GetTimestamp();
            while (next < territory.Slots && Stopwatch.GetElapsedTime(began) < duration) await Race.Run(trial.System, [territory.SlotId(next++)], WarmUpCallers);
            return next < territory.Slots;
        }

        async Task One(string[] slots, int callers, int winners)
        {
            var (before, use) = (await trial.Transactions(), await meter.Read());
            var race = await Race.Run(trial.System, slots, callers);
            use = await meter.Read() - use;
            var after = await trial.Transactions();
            if (race.Winners != winners) throw new BrokenRoundException($"{contestant.Letter}: {callers} callers on {slots.Length} slots gave {race.Winners} winners");
            await trial.Verify(sold += winners, race.Unexpected);
            var refusals = race.Refusals.Order().ToArray();
            var result = new HotSlotRound(level, contestant.Letter, slots.Length, callers, round, race.Winners, race.FirstConfirmation,
                Statistics.Percentile(refusals, 50), Statistics.Percentile(refusals, 99), refusals.Length, after - before - ofCounting, use.Wal);
            results.Add(result);
            Console.WriteLine($"{level}, round {round}, {slots.Length} slots, {callers,4} callers, {result.System}: {result.Winners} won, the first after {result.FirstConfirmation:N2} ms; {result.Refusals} refusals "
                + $"p50 {result.P50:N2} p99 {result.P99:N2} ms, {result.Transactions} transactions, WAL {result.Wal:N0} B (load {Surroundings.LoadAverage()})");
        }
    }
}
