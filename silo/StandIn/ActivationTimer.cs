using Orleans.Runtime;

namespace SnpLive.StandIn;

/// <summary>
/// A grain timer. Its ticks take turns like calls; the next one is measured from the end of the callback, so that ticks never
/// pile up. All but the firing itself happens within the activation's turns.
/// </summary>
internal sealed class ActivationTimer : IGrainTimer
{
    private readonly Activation owner;
    private readonly Func<CancellationToken, Task> callback;
    private readonly bool keepAlive;
    private readonly CancellationTokenSource disposal = new();
    private readonly Timer timer;
    private TimeSpan dueTime;
    private TimeSpan period;
    private bool ticking;
    private bool changedByTick;
    private int generation;

    public ActivationTimer(Activation owner, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        this.owner = owner;
        this.callback = callback;
        keepAlive = options.KeepAlive;
        using (ExecutionContext.SuppressFlow()) timer = new(_ => owner.PostTick(this, Volatile.Read(ref generation)));
        Change(options.DueTime, options.Period);
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Validate(dueTime, nameof(dueTime));
        Validate(period, nameof(period));
        ObjectDisposedException.ThrowIf(disposal.IsCancellationRequested, this);
        (this.dueTime, this.period) = (dueTime, period);
        changedByTick = ticking;
        if (ticking) return; // it counts from the end of the callback
        Interlocked.Increment(ref generation); // a tick that already waits for its turn is void
        timer.Change(dueTime, Timeout.InfiniteTimeSpan);
    }

    public async Task TickAsync(int firedIn)
    {
        if (disposal.IsCancellationRequested || firedIn != generation) return;
        if (keepAlive) owner.Touch();
        (ticking, changedByTick) = (true, false);
        try
        {
            await callback(disposal.Token);
        }
        finally
        {
            ticking = false;
            if (!disposal.IsCancellationRequested) timer.Change(changedByTick ? dueTime : period, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        if (disposal.IsCancellationRequested) return;
        timer.Dispose();
        disposal.Cancel();
        owner.Forget(this);
    }

    private static void Validate(TimeSpan value, string name)
    {
        if (value != Timeout.InfiniteTimeSpan) ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero, name);
    }
}
