using System.Runtime.InteropServices;

namespace SnpLive.Silo.Ledger;

/// <summary>
/// Keeps commits with a common key in their order of arrival, and apart: one becomes ready when the earlier ones with any of its keys are finished.
/// Only what follows a commit in its stream, and has nothing else in its way, may go right behind it in one batch.
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
                if (key.Kind == CommitKeys.Stream && before.Answer == pending.Commit.Follows) before.Follower = pending;
            }
            before = pending;
        }
        if (pending.Blockers == 0) ready.Enqueue(pending);
    }

    /// <summary>
    /// The next commit that has not expired, or null: the one that follows <paramref name="previous"/> if it may, else one that is ready. Commits handed
    /// out and not finished share no key, but for the stream of such a chain.
    /// </summary>
    /// <param name="previous">The last one taken for the same batch; null: none.</param>
    public PendingCommit? Take(PendingCommit? previous)
    {
        // One thing in its way: its stream. What shares more with the one before, or anything with another, has more.
        if (previous?.Follower is { Blockers: 1 } follower && follower.TryTake())
        {
            follower.Blockers = 0;
            previous.Successors!.Remove(follower);
            return follower;
        }
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
