using SnpLive.Tests.Ledger;

namespace SnpLive.Bench;

/// <summary>One race. Times in ms since the start; transactions of the whole race, the winner's included.</summary>
internal sealed record HotSlotRound(string System, int Callers, int Round, int Winners, double FirstConfirmation, double P50, double P99, long Transactions)
{
    /// <summary>Null when nobody was refused.</summary>
    public double? TransactionsPerRefusal => Callers > 1 ? (Transactions - 1) / (double)(Callers - 1) : null;
}

/// <summary>Many callers, one slot: what losing costs them, and the database.</summary>
internal sealed class HotSlotBench(PostgresServer postgres, BenchOptions options)
{
    private const int WarmUps = 3;
    private const int WarmUpCallers = 64;

    public async Task<IReadOnlyList<HotSlotRound>> Run(IReadOnlyList<Contestant> contestants)
    {
        var rounds = new List<HotSlotRound>();
        for (var round = 1; round <= options.Rounds; round++)
            foreach (var contestant in round % 2 == 1 ? contestants : contestants.Reverse())
                rounds.AddRange(await Measure(contestant, round));
        return rounds;
    }

    public static void Summarise(IReadOnlyList<HotSlotRound> rounds, IReadOnlyList<Contestant> contestants)
    {
        Console.WriteLine("\ncallers | system | winners | first confirmation ms | refusals p50 ms | refusals p99 ms | transactions per refusal   (medians, min–max of the rounds)");
        foreach (var callers in rounds.GroupBy(r => r.Callers))
            foreach (var contestant in contestants)
            {
                var its = callers.Where(r => r.System == contestant.Letter).ToArray();
                var perRefusal = callers.Key > 1 ? Text(its.Select(r => r.TransactionsPerRefusal!.Value)) : "–";
                Console.WriteLine($"{callers.Key,7} | {contestant.Letter,6} | {its.Max(r => r.Winners)} | {Text(its.Select(r => r.FirstConfirmation))} | {Text(its.Select(r => r.P50))} | "
                    + $"{Text(its.Select(r => r.P99))} | {perRefusal}");
            }
    }

    private static string Text(IEnumerable<double> values) => Spread.Of(values) is var s ? $"{s.Median:N2} ({s.Min:N2}–{s.Max:N2})" : "";

    private async Task<List<HotSlotRound>> Measure(Contestant contestant, int round)
    {
        var territory = new Territory(1, WarmUps + options.Callers.Count);
        await using var trial = await Trial.Begin(postgres, contestant, territory);
        var slot = 0;
        for (; slot < WarmUps; slot++) await Race.Run(trial.System, territory.SlotId(slot), WarmUpCallers);

        var results = new List<HotSlotRound>();
        await trial.Transactions();
        var idle = await trial.Transactions();
        // What a count costs in itself: touching the connections, and whatever the system does in a second at rest.
        var ofCounting = await trial.Transactions() - idle;
        foreach (var callers in options.Callers)
        {
            var before = await trial.Transactions();
            var race = await Race.Run(trial.System, territory.SlotId(slot++), callers);
            var after = await trial.Transactions();
            if (race.Winners != 1) throw new BrokenRoundException($"{contestant.Letter}: {callers} callers on one slot gave {race.Winners} winners");
            await trial.Verify(slot, race.Unexpected);
            var refusals = race.Refusals.Order().ToArray();
            var result = new HotSlotRound(contestant.Letter, callers, round, race.Winners, race.FirstConfirmation,
                Statistics.Percentile(refusals, 50), Statistics.Percentile(refusals, 99), after - before - ofCounting);
            results.Add(result);
            Console.WriteLine($"round {round}, {callers,4} callers, {result.System}: {result.Winners} winner after {result.FirstConfirmation:N2} ms, refusals p50 {result.P50:N2} p99 {result.P99:N2} ms, "
                + $"{result.Transactions} transactions (load {Surroundings.LoadAverage()})");
        }
        return results;
    }
}
