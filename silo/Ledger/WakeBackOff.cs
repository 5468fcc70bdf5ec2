using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using SnpLive.Grains.Ledger;

namespace SnpLive.Silo.Ledger;

/// <summary>Remembers which wake-ups failed and when they may be tried again. Memory is bounded by the rows that are due.</summary>
internal sealed class WakeBackOff(LedgerOptions options)
{
    // Beyond this many failing rows new failures are not remembered: they are then repeated at each round, which the sweep batch bounds.
    private const int Limit = 10_000;

    private readonly ConcurrentDictionary<DueRow, (int Failures, long Since, TimeSpan Pause)> failed = [];

    public int Count => failed.Count;

    public bool IsReady(DueRow row) => !failed.TryGetValue(row, out var last) || Stopwatch.GetElapsedTime(last.Since) >= last.Pause;

    public TimeSpan Failed(DueRow row)
    {
        var failures = failed.TryGetValue(row, out var last) ? last.Failures + 1 : 1;
        var pause = PauseAfter(failures);
        if (failures > 1 || failed.Count < Limit) failed[row] = (failures, Stopwatch.GetTimestamp(), pause);
        return pause;
    }

    public void Forget(DueRow row) => failed.TryRemove(row, out _);

    /// <summary>Forgets rows that are no longer due: cleared or set anew by someone else.</summary>
    public void KeepOnly(ImmutableArray<DueRow> due)
    {
        if (failed.IsEmpty) return;
        var present = due.ToHashSet();
        foreach (var row in failed.Keys)
            if (!present.Contains(row)) failed.TryRemove(row, out _);
    }

    public TimeSpan PauseAfter(int failures)
    {
        var doubled = options.WakeBackOff * Math.Pow(2, Math.Min(failures - 1, 30));
        return doubled < options.WakeBackOffLimit ? doubled : options.WakeBackOffLimit;
    }
}
