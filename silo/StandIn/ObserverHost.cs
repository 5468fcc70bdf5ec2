using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace SnpLive.StandIn;

/// <summary>
/// Runs an observer's calls one after another. It holds the observer weakly, as Orleans does; once the observer is gone or
/// deleted, calls are never answered: their callers time out.
/// </summary>
internal sealed class ObserverHost
{
    private readonly WeakReference<IGrainObserver> observer;
    private readonly ILogger log;
    private readonly Channel<Call> queue;
    private volatile bool deleted;

    public ObserverHost(IGrainObserver observer, int maxQueuedCalls, ILogger log)
    {
        this.observer = new(observer);
        this.log = log;
        queue = Channel.CreateBounded<Call>(new BoundedChannelOptions(maxQueuedCalls) { SingleReader = true });
        using (ExecutionContext.SuppressFlow()) _ = Task.Run(PumpAsync);
    }

    public GrainId Id { get; } = GrainId.Create("sys.client", $"stand-in+{Guid.NewGuid():N}");

    /// <returns>False when it had been deleted before.</returns>
    public bool Delete()
    {
        deleted = true;
        return queue.Writer.TryComplete();
    }

    public void Post(Call call)
    {
        if (!queue.Writer.TryWrite(call) && !deleted) throw new OrleansException($"{Id} is overloaded: {queue.Reader.Count} calls wait.");
    }

    private async Task PumpAsync()
    {
        await foreach (var call in queue.Reader.ReadAllAsync())
        {
            if (call.Expired) continue;
            if (!observer.TryGetTarget(out var target))
            {
                Delete();
                return;
            }

            if (await call.RunAsync(target) is { } error && call.Plan.OneWay)
                log.LogWarning(error, "One-way {Call} on {Observer} failed.", call.Plan.Name, Id);
        }
    }
}
