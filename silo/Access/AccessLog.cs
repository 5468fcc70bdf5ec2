using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;

namespace SnpLive.Silo.Access;

/// <summary>
/// The one writer of this process. It takes what waits, has it written in one transaction, and lets each reader go on: no timer makes anyone wait, and under
/// load many reads share one commit. An entry whose outcome is not known counts as not written: the read is refused, and an entry without a read may remain.
/// </summary>
internal sealed partial class AccessLog : IAccessLog, IAsyncDisposable
{
    private readonly Func<IAccessStore> store;
    private readonly AccessChain chain;
    private readonly AccessOptions options;
    private readonly TimeProvider clock;
    private readonly ILogger log;
    private readonly Channel<Waiting> arrivals;
    private readonly Task loop;
    private volatile AccessHead? head;
    private int disposed;

    public AccessLog(Func<IAccessStore> store, AccessChain chain, AccessOptions options, TimeProvider clock, ILogger log)
    {
        (this.store, this.chain, this.options, this.clock, this.log) = (store, chain, options, clock, log);
        arrivals = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(options.QueueLimit) { SingleReader = true });
        loop = Task.Run(Run);
    }

    /// <summary>The newest entry that this process wrote; null: none yet.</summary>
    internal AccessHead? Head => head;

    public async Task Record(AccessReason reason, string subject)
    {
        var (actor, now) = (reason.Actor, clock.GetUtcNow());
        var waiting = new Waiting(new(
            0, now, actor.Id, actor.Role, actor.OrganizationId, reason.Session, reason.Action, subject, reason.TerritoryId, reason.SasId, reason.Why, reason.Object));
        if (!arrivals.Writer.TryWrite(waiting)) throw new AccessNotRecordedException("Too many entries wait for the access log.");
        try
        {
            await waiting.Written.Task.WaitAsync(options.WaitLimit);
        }
        catch (TimeoutException e)
        {
            waiting.GivenUp = true;
            throw new AccessNotRecordedException("The access log did not answer in time.", e);
        }
    }

    public Task<ImmutableArray<AccessEntry>> Find(AccessQuery query) => store().Find(query);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 1) return;
        arrivals.Writer.TryComplete();
        await Task.WhenAny(loop, Task.Delay(options.StopTimeout));
    }

    private async Task Run()
    {
        var batch = new List<Waiting>(options.MaxBatch);
        while (await arrivals.Reader.WaitToReadAsync())
        {
            while (batch.Count < options.MaxBatch && arrivals.Reader.TryRead(out var waiting))
                if (!waiting.GivenUp) batch.Add(waiting);
            if (batch.Count > 0) await Write(batch);
            batch.Clear();
        }
    }

    private async Task Write(List<Waiting> batch)
    {
        try
        {
            head = await store().Append([.. batch.Select(one => one.Entry)], chain);
            foreach (var one in batch) one.Written.TrySetResult();
        }
        catch (Exception e)
        {
            LogFailed(log, batch.Count, e.GetType().Name, e is LedgerUnavailableException ? null : e.StackTrace);
            foreach (var one in batch) one.Written.TrySetException(new AccessNotRecordedException("The access log could not be written.", e));
        }
    }

    [LoggerMessage(80, LogLevel.Error, "{Count} accesses to patients' data could not be recorded and were refused ({Kind}).\n{Stack}")]
    private static partial void LogFailed(ILogger logger, int count, string kind, string? stack);

    private sealed class Waiting(AccessEntry entry)
    {
        internal AccessEntry Entry { get; } = entry;
        // Readers resume on the pool, never inside the writer.
        internal TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        internal volatile bool GivenUp;
    }
}
