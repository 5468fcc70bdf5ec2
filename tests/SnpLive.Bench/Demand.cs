namespace SnpLive.Bench;

/// <summary>Which slots are asked for, in which order. It depends on the round only: every system sells the same ones in the same order.</summary>
internal sealed record Demand(string Name, double Exponent)
{
    public static readonly Demand Uniform = new("uniform", 0);
    /// <summary>Few agendas are asked for by nearly everybody. One that is sold out passes its callers on to the next in rank.</summary>
    public static readonly Demand Zipf = new("zipf-1.1", 1.1);

    // The same order for every system matters, not its secrecy.
#pragma warning disable CA5394
    public string[] Slots(Territory territory, int round)
    {
        var random = new Random(round);
        if (Exponent > 0) return Skewed(territory, random);
        var slots = Enumerable.Range(0, territory.Slots).Select(territory.SlotId).ToArray();
        random.Shuffle(slots);
        return slots;
    }

    private string[] Skewed(Territory territory, Random random)
    {
        var agendas = Enumerable.Range(0, territory.Agendas).ToArray();
        random.Shuffle(agendas);
        var upTo = new double[agendas.Length];
        for (var rank = 0; rank < upTo.Length; rank++) upTo[rank] = (rank > 0 ? upTo[rank - 1] : 0) + 1 / Math.Pow(rank + 1, Exponent);
        var (sold, after) = (new int[agendas.Length], Enumerable.Range(0, agendas.Length + 1).ToArray());
        var slots = new string[territory.Slots];
        for (var n = 0; n < slots.Length; n++)
        {
            var at = Array.BinarySearch(upTo, random.NextDouble() * upTo[^1]);
            var rank = NotSoldOut(after, at < 0 ? ~at : at);
            if (rank == agendas.Length) rank = NotSoldOut(after, 0);
            slots[n] = territory.SlotId(agendas[rank] * territory.SlotsPerAgenda + sold[rank]);
            if (++sold[rank] == territory.SlotsPerAgenda) after[rank] = rank + 1;
        }
        return slots;
    }
#pragma warning restore CA5394

    /// <summary>The first rank from here on with a slot left; each look shortens the way of the next.</summary>
    private static int NotSoldOut(int[] after, int rank)
    {
        var found = rank;
        while (after[found] != found) found = after[found];
        while (after[rank] != found) (rank, after[rank]) = (after[rank], found);
        return found;
    }
}
