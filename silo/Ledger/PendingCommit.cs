using System.Diagnostics;
using SnpLive.Grains.Ledger;

namespace SnpLive.Silo.Ledger;

/// <summary>A commit on its way: waiting, then either taken for sending or expired, never both.</summary>
internal sealed class PendingCommit(Commit commit)
{
    private const int Waiting = 0, Taken = 1, Expired = 2;

    // Callers resume on the pool: a caller's continuation must never run inside the writer.
    private readonly TaskCompletionSource<CommitResult> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long since = Stopwatch.GetTimestamp();
    private int state;

    public Commit Commit { get; } = commit;
    public Task<CommitResult> Answer => answer.Task;
    public TimeSpan Age => Stopwatch.GetElapsedTime(since);
    public bool IsWaiting => Volatile.Read(ref state) == Waiting;

    /// <summary>Earlier commits with a common key that are not finished; kept by <see cref="ConflictGraph"/>.</summary>
    public int Blockers { get; set; }
    /// <summary>Its keys, as <see cref="ConflictGraph"/> sees them.</summary>
    public List<CommitKey> Keys { get; } = new(6);
    /// <summary>Later commits that wait for this one; null when none.</summary>
    public List<PendingCommit>? Successors { get; set; }
    /// <summary>The next commit of its stream, when that one was decided on this one's being appended.</summary>
    public PendingCommit? Follower { get; set; }

    /// <summary>Whether it was decided on another's being appended that has not been.</summary>
    /// <param name="before">What is written just before it, in one batch with it; null: nothing.</param>
    public bool IsOrphan(PendingCommit? before) =>
        Commit.Follows is { } followed && followed != before?.Answer && followed is not { IsCompletedSuccessfully: true, Result: CommitResult.Appended };

    /// <summary>From here on it may reach the database.</summary>
    public bool TryTake() => Interlocked.CompareExchange(ref state, Taken, Waiting) == Waiting;

    /// <summary>From here on it will never reach the database.</summary>
    public bool TryExpire() => Interlocked.CompareExchange(ref state, Expired, Waiting) == Waiting;

    public void Complete(CommitResult result) => answer.TrySetResult(result);
}
