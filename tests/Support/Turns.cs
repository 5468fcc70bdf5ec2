namespace SnpLive.Tests.Support;

/// <summary>One thread's turns, taken when the test says so: what awaits goes on in the order in which it became ready, the same in every run.</summary>
internal sealed class Turns : SynchronizationContext, IDisposable
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> ready = new();
    private readonly SynchronizationContext? outer = Current;

    public Turns() => SetSynchronizationContext(this);

    public override void Post(SendOrPostCallback d, object? state) => ready.Enqueue((d, state));

    /// <summary>At most so many turns.</summary>
    public void Take(int count = int.MaxValue)
    {
        while (count-- > 0 && ready.TryDequeue(out var turn)) turn.Callback(turn.State);
    }

    public void Dispose() => SetSynchronizationContext(outer);
}
