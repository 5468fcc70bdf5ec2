using SnpLive.Grains.Ledger;

namespace SnpLive.Silo.Ledger.Postgres;

/// <summary>What a batch touches beside the log; a statement holds only the parts it needs.</summary>
[Flags]
internal enum BatchParts
{
    Log = 0,
    Claims = 1,
    Places = 2,
    Slots = 4,
    Due = 8,
    Persons = 16,
}

/// <summary>The arrays of one batch, each table's rows sorted by key so that all processes lock in the same order. Reused from batch to batch.</summary>
internal sealed class BatchInput
{
    public CommitInput Commits { get; } = new();
    public TakeInput Takes { get; } = new();
    public DropInput Drops { get; } = new();
    public PlaceInput Places { get; } = new();
    public VacateInput Vacates { get; } = new();
    public SlotInput Slots { get; } = new();
    public DueInput SetDue { get; } = new();
    public DueInput ClearDue { get; } = new();
    public PersonInput Persons { get; } = new();

    private readonly InputTable[] all;

    public BatchInput() => all = [Commits, Takes, Drops, Places, Vacates, Slots, SetDue, ClearDue, Persons];

    public BatchParts Parts =>
        (Takes.Count + Drops.Count > 0 ? BatchParts.Claims : 0) | (Places.Count + Vacates.Count > 0 ? BatchParts.Places : 0)
        | (Slots.Count > 0 ? BatchParts.Slots : 0) | (SetDue.Count + ClearDue.Count > 0 ? BatchParts.Due : 0)
        | (Persons.Count > 0 ? BatchParts.Persons : 0);

    /// <summary>Takes over a batch that is ordered by stream.</summary>
    public void Fill(IReadOnlyList<Commit> batch)
    {
        foreach (var table in all) table.Clear();
        for (var n = 0; n < batch.Count; n++) Commits.Add(n, batch[n]);
        foreach (var (n, row) in Sorted(batch, c => c.TakeClaims.AsSpan(), r => r.Holder, r => r.Key)) Takes.Add(n, batch[n], row);
        foreach (var (n, row) in Sorted(batch, c => c.DropClaims.AsSpan(), r => r.Holder, r => r.Key)) Drops.Add(n, row);
        foreach (var (n, row) in Sorted(batch, c => c.Occupy.AsSpan(), r => r.SlotId, r => r.BookingId)) Places.Add(n, batch[n], row);
        foreach (var (n, row) in Sorted(batch, c => c.VacateBookings.AsSpan(), r => r, r => "")) Vacates.Add(n, row);
        foreach (var (n, row) in Sorted(batch, c => c.Slots.AsSpan(), r => r.SlotId, r => "")) Slots.Add(n, batch[n], row);
        foreach (var (n, row) in Sorted(batch, c => LastPerKey(c.SetDue).AsSpan(), r => r.Stream, r => r.Cause)) SetDue.Add(n, row.Stream, row.Cause, row.At);
        foreach (var (n, row) in Sorted(batch, Cleared, r => r.Stream, r => r.Cause)) ClearDue.Add(n, row.Stream, row.Cause, batch[n].OccurredAt);
        foreach (var (n, row) in Sorted(batch, c => c.Person is null ? [] : new[] { c.Person }.AsSpan(), r => r.Surrogate, r => "")) Persons.Add(n, batch[n], row);
    }

    private delegate ReadOnlySpan<T> RowsOf<T>(Commit commit);

    private static List<(int N, T Row)> Sorted<T>(IReadOnlyList<Commit> batch, RowsOf<T> rowsOf, Func<T, string> first, Func<T, string> second)
    {
        var rows = new List<(int N, T Row)>();
        for (var n = 0; n < batch.Count; n++)
            foreach (var row in rowsOf(batch[n])) rows.Add((n, row));
        if (rows.Count > 1) rows.Sort((a, b) => string.CompareOrdinal(first(a.Row), first(b.Row)) is var order and not 0 ? order : string.CompareOrdinal(second(a.Row), second(b.Row)));
        return rows;
    }

    /// <summary>A statement cannot write one row twice: within one command the last wake-up of a cause counts.</summary>
    private static DueRow[] LastPerKey(IReadOnlyList<DueRow> rows)
    {
        if (rows.Count < 2) return [.. rows];
        var last = new Dictionary<(string, string), DueRow>(rows.Count);
        foreach (var row in rows) last[(row.Stream, row.Cause)] = row;
        return [.. last.Values];
    }

    /// <summary>What the same command sets anew is not cleared.</summary>
    private static ReadOnlySpan<DueKey> Cleared(Commit commit) => commit.SetDue.IsEmpty
        ? commit.ClearDue.AsSpan()
        : commit.ClearDue.Where(k => !commit.SetDue.Any(r => r.Stream == k.Stream && r.Cause == k.Cause)).ToArray();
}
