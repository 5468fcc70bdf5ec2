using System.Diagnostics;

namespace SnpLive.Tests.History;

public enum Verdict { Linearizable, Violated, Undecided }

/// <summary>What the check of a history came to.</summary>
/// <param name="Verdict">Undecided: the search met its bound.</param>
/// <param name="Slot">Of the violation.</param>
/// <param name="Explained">Operations that the longest attempt could put in an order.</param>
/// <param name="Stuck">Operations of which one had to come next there, and none could.</param>
public sealed record CheckResult(Verdict Verdict, string? Slot, IReadOnlyList<SlotOperation> Explained, IReadOnlyList<SlotOperation> Stuck)
{
    private const int LinesTold = 12;

    public override string ToString() => Verdict == Verdict.Linearizable
        ? "linearizable"
        : $"{Slot} is {Verdict}: after\n  {string.Join("\n  ", Explained.TakeLast(LinesTold))}\none of these had to come next, and none could:\n  {string.Join("\n  ", Stuck.Take(LinesTold))}";
}

/// <summary>
/// Whether there is one order of all operations that respects real time and the model: Wing and Gong's search with Lowe's memory of (operations done, state),
/// one slot at a time, which is as good as all together (linearizability is compositional).
/// </summary>
public static class Linearizability
{
    /// <param name="history">All operations, any order.</param>
    /// <param name="limit">Of time for one slot.</param>
    public static CheckResult Check(IEnumerable<SlotOperation> history, TimeSpan? limit = null)
    {
        CheckResult? undecided = null;
        foreach (var slot in history.GroupBy(o => o.Slot).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var result = new Search([.. slot.OrderBy(o => o.Invoked)], limit ?? TimeSpan.FromSeconds(20)).Run();
            if (result.Verdict == Verdict.Violated) return result;
            if (result.Verdict == Verdict.Undecided) undecided ??= result;
        }
        return undecided ?? new(Verdict.Linearizable, null, [], []);
    }

    /// <summary>A call or a return in the list of those not yet explained, by time.</summary>
    private sealed class Entry(int operation, bool isCall)
    {
        public int Operation => operation;
        public bool IsCall => isCall;
        public Entry? Return { get; set; }
        public Entry? Before { get; set; }
        public Entry? Next { get; set; }

        public void Lift()
        {
            Before!.Next = Next;
            if (Next is not null) Next.Before = Before;
        }

        public void PutBack()
        {
            Before!.Next = this;
            if (Next is not null) Next.Before = this;
        }
    }

    private sealed class Search(SlotOperation[] operations, TimeSpan limit)
    {
        private readonly record struct Step(Entry Call, SlotModel Before);

        private const int LookAtClockEvery = 1024;
        private readonly Entry head = new(-1, false);
        private readonly HashSet<string> doubted =
            [.. operations.Where(o => o is { Accepted: false, RequestId: not null }).Select(o => o.RequestId!)];
        private readonly HashSet<(UInt128 Done, string State)> seen = [];
        private readonly UInt128[] marks = Marks(operations.Length);
        private List<int> longest = [];
        private List<int> stuck = [];

        public CheckResult Run()
        {
            Link();
            var (path, state, done) = (new List<Step>(), SlotModel.Free, UInt128.Zero);
            var left = operations.Count(o => !o.IsOpen);
            var (clock, steps) = (Stopwatch.StartNew(), 0);
            var entry = head.Next;
            while (left > 0)
            {
                if (++steps % LookAtClockEvery == 0 && clock.Elapsed > limit) return Result(Verdict.Undecided);
                if (entry is { IsCall: true })
                {
                    var operation = operations[entry.Operation];
                    if (state.After(operation, doubted) is { } after && seen.Add((done ^ marks[entry.Operation], after.Key)))
                    {
                        path.Add(new(entry, state));
                        (state, done) = (after, done ^ marks[entry.Operation]);
                        if (!operation.IsOpen) left--;
                        Lift(entry);
                        entry = head.Next;
                    }
                    else
                    {
                        entry = entry.Next;
                    }
                    continue;
                }
                // Somebody had his answer before all that could still come first: not this way.
                if (path.Count >= longest.Count) Remember(path, entry);
                if (path.Count == 0) return Result(Verdict.Violated);
                var back = path[^1];
                path.RemoveAt(path.Count - 1);
                (state, done) = (back.Before, done ^ marks[back.Call.Operation]);
                if (!operations[back.Call.Operation].IsOpen) left++;
                PutBack(back.Call);
                entry = back.Call.Next;
            }
            return Result(Verdict.Linearizable);
        }

        private CheckResult Result(Verdict verdict) =>
            new(verdict, operations[0].Slot, [.. longest.Select(i => operations[i])], [.. stuck.Select(i => operations[i])]);

        private void Remember(List<Step> path, Entry? end)
        {
            longest = [.. path.Select(s => s.Call.Operation)];
            stuck = [];
            for (var one = head.Next; one is not null && one != end; one = one.Next) stuck.Add(one.Operation);
        }

        private void Link()
        {
            var entries = new List<(long At, int Order, Entry Entry)>();
            for (var i = 0; i < operations.Length; i++)
            {
                var call = new Entry(i, true);
                entries.Add((operations[i].Invoked, 0, call)); // at the same instant calls come first: they then overlap
                if (operations[i].IsOpen) continue;
                call.Return = new(i, false);
                entries.Add((operations[i].Returned, 1, call.Return));
            }
            var last = head;
            foreach (var (_, _, entry) in entries.OrderBy(e => e.At).ThenBy(e => e.Order))
            {
                (entry.Before, last.Next) = (last, entry);
                last = entry;
            }
        }

        private static void Lift(Entry call)
        {
            call.Lift();
            call.Return?.Lift();
        }

        private static void PutBack(Entry call)
        {
            call.Return?.PutBack();
            call.PutBack();
        }

        // A set of operations is the sum of their marks (Zobrist): 128 random bits make two sets with one sum as good as impossible.
        private static UInt128[] Marks(int count)
        {
            var random = new Random(count);
            return [.. Enumerable.Range(0, count).Select(_ => new UInt128((ulong)random.NextInt64(), (ulong)random.NextInt64()))];
        }
    }
}
