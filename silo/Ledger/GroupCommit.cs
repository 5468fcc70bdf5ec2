using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using SnpLive.Grains.Ledger;

namespace SnpLive.Silo.Ledger;

/// <summary>
/// The writers of a process. Each takes what waits, has it written as one batch, answers each caller, and begins again: no timer makes anyone
/// wait, so a batch is one commit at low load and grows by itself under load. Batches under way together share no key, and a
/// batch holds several commits of one stream only as a chain of which each follows the one before. Every queue and every wait has a bound.
/// </summary>
internal sealed class GroupCommit : IAsyncDisposable
{
    // The wait limit is kept to within this; a commit is never sent after it was answered.
    private static readonly TimeSpan ExpiryTick = TimeSpan.FromMilliseconds(50);

    private readonly ILedgerBackend backend;
    private readonly LedgerOptions options;
    private readonly ILogger log;
    // Unbounded by type and bounded by `waiting`, which also counts what the conflict graph holds back.
    private readonly Channel<PendingCommit> arrivals = Channel.CreateUnbounded<PendingCommit>();
    // The same commits by age. All have the same limit, so the oldest is always the first to expire.
    private readonly ConcurrentQueue<PendingCommit> byAge = new();
    private readonly Lock expiring = new();
    private readonly Timer expiry;
    private readonly Lock ordering = new();
    private readonly ConflictGraph graph = new();
    private readonly PendingCommit[][] sent;
    private readonly Task loops;
    private int waiting;

    public GroupCommit(ILedgerBackend backend, LedgerOptions options, ILogger log)
    {
        (this.backend, this.options, this.log) = (backend, options, log);
        expiry = new Timer(_ => ExpireOld(options.QueueWait), null, ExpiryTick, ExpiryTick);
        sent = [.. Enumerable.Repeat<PendingCommit[]>([], backend.Writers)];
        loops = Task.WhenAll(Enumerable.Range(0, backend.Writers).Select(writer => Task.Run(() => Run(writer))));
    }

    public Task<CommitResult> Append(Commit commit)
    {
        if (CommitCheck.Fault(commit) is { } fault) return Refuse(new CommitResult.Rejected(fault));
        if (Interlocked.Increment(ref waiting) > options.QueueLimit)
        {
            Interlocked.Decrement(ref waiting);
            return Refuse(Results.Unavailable);
        }
        var pending = new PendingCommit(commit);
        byAge.Enqueue(pending);
        if (!arrivals.Writer.TryWrite(pending)) Expire(pending); // stopping
        return pending.Answer;
    }

    /// <summary>Takes no more, works off what waits, and gives up after <see cref="LedgerOptions.StopTimeout"/>: every caller gets an answer.</summary>
    public async ValueTask DisposeAsync()
    {
        arrivals.Writer.TryComplete();
        var stopped = await Task.WhenAny(loops, Task.Delay(options.StopTimeout)) == loops;
        await expiry.DisposeAsync();
        if (stopped) return;
        ExpireOld(TimeSpan.Zero);
        foreach (var pending in sent.SelectMany(batch => batch)) pending.Complete(Results.Unknown);
    }

    private static Task<CommitResult> Refuse(CommitResult result)
    {
        LedgerMetrics.Answered(result);
        return Task.FromResult(result);
    }

    private async Task Run(int writer)
    {
        var batch = new List<PendingCommit>(options.MaxBatch);
        do
        {
            while (Gather(batch))
            {
                await Send(writer, batch);
                Release(batch);
            }
        }
        while (await arrivals.Reader.WaitToReadAsync());
    }

    /// <summary>Takes what waits and is not behind a commit under way, in the order of arrival.</summary>
    private bool Gather(List<PendingCommit> batch)
    {
        lock (ordering)
        {
            while (graph.ReadyCount < options.MaxBatch && arrivals.Reader.TryRead(out var pending)) graph.Add(pending);
            while (batch.Count < options.MaxBatch && graph.Take(batch.LastOrDefault()) is { } next)
                if (next.IsOrphan(batch.LastOrDefault())) Orphan(next);
                else batch.Add(next);
        }
        Interlocked.Add(ref waiting, -batch.Count);
        return batch.Count > 0;
    }

    private void Orphan(PendingCommit pending)
    {
        Interlocked.Decrement(ref waiting);
        LedgerMetrics.Answered(Results.Fenced);
        pending.Complete(Results.Fenced);
        graph.Finish(pending);
    }

    /// <summary>What stood behind these may go, with this writer's next batch or another's.</summary>
    private void Release(List<PendingCommit> batch)
    {
        lock (ordering)
            foreach (var pending in batch) graph.Finish(pending);
        batch.Clear();
    }

    private async Task Send(int writer, List<PendingCommit> batch)
    {
        LedgerMetrics.Sent(batch.Count, batch[0].Age);
        // By stream: neighbours in the index, and the same lock order in every process. Chains within one keep their order.
        batch.Sort(static (a, b) => string.CompareOrdinal(a.Commit.Stream, b.Commit.Stream) is var order and not 0 ? order : a.Commit.Version.CompareTo(b.Commit.Version));
        Volatile.Write(ref sent[writer], [.. batch]);
        var began = Stopwatch.GetTimestamp();
        var results = await Write(writer, [.. batch.Select(pending => pending.Commit)]);
        LedgerMetrics.Committed(Stopwatch.GetElapsedTime(began));
        for (var i = 0; i < batch.Count; i++)
        {
            LedgerMetrics.Answered(results[i]);
            batch[i].Complete(results[i]);
        }
        Volatile.Write(ref sent[writer], []);
    }

    private async Task<CommitResult[]> Write(int writer, Commit[] commits)
    {
        try
        {
            return await backend.Write(writer, commits);
        }
        catch (Exception e)
        {
            // A backend answers its failures; whatever escapes it may have happened after sending.
            log.LogError(e, "Writing {Count} commits failed in an unforeseen way; their outcome is unknown.", commits.Length);
            var unknown = new CommitResult[commits.Length];
            Array.Fill(unknown, Results.Unknown);
            return unknown;
        }
    }

    private void ExpireOld(TimeSpan limit)
    {
        // One at a time: between the look and the removal the head must stay the same.
        lock (expiring)
        {
            while (byAge.TryPeek(out var oldest) && (!oldest.IsWaiting || oldest.Age >= limit))
            {
                byAge.TryDequeue(out _);
                Expire(oldest);
            }
        }
    }

    private void Expire(PendingCommit pending)
    {
        if (!pending.TryExpire()) return;
        Interlocked.Decrement(ref waiting);
        LedgerMetrics.Answered(Results.Unavailable);
        pending.Complete(Results.Unavailable);
    }
}
