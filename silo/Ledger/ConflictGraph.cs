using System.Runtime.InteropServices;

namespace SnpLive.Silo.Ledger;

/// <summary>
/// Keeps commits with a common key in their order of arrival, and apart: one becomes ready when the earlier ones with any of its keys are finished.
/// Costs a few dictionary look-ups per commit however many wait. Used by one writer at a time.
/// </summary>
internal sealed class ConflictGraph
{
    private readonly Dictionary<CommitKey, PendingCommit> last = [];
    private readonly Queue<PendingCommit> ready = new();

    public int ReadyCount => ready.Count;

    public void Add(PendingCommit pending)
    {
        CommitKeys.Collect(pending.Commit, pending.Keys);
        foreach (var key in pending.Keys)
        {
            ref var before = ref CollectionsMarshal.GetValueRefOrAddDefault(last, key, out _);
            if (before is not null && before != pending)
            {
                (before.Successors ??= []).Add(pending);
                pending.Blockers++;
            }
            before = pending;
        }
        if (pending.Blockers == 0) ready.Enqueue(pending);
    }

    /// <summary>The next ready commit that has not expired, or null. Commits handed out and not finished share no key.</summary>
    public PendingCommit? Take()
    {
        while (ready.TryDequeue(out var pending))
        {
            if (pending.TryTake()) return pending;
            Finish(pending);
        }
        return null;
    }

    /// <summary>The commit was answered: those behind it may go.</summary>
    public void Finish(PendingCommit pending)
    {
        foreach (var key in pending.Keys)
            if (last.TryGetValue(key, out var holder) && holder == pending) last.Remove(key);
        if (pending.Successors is null) return;
        foreach (var successor in pending.Successors)
            if (--successor.Blockers == 0) ready.Enqueue(successor);
    }
}
