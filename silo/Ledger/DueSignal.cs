namespace SnpLive.Silo.Ledger;

/// <summary>Wakes the sweeper of this process before its next round.</summary>
internal sealed class DueSignal : IDisposable
{
    private readonly SemaphoreSlim signal = new(0, 1);

    /// <summary>Something is due now. Many nudges before the sweeper looks count as one.</summary>
    public void Nudge()
    {
        try
        {
            if (signal.CurrentCount == 0) signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // Two nudges at the same instant: one is enough.
        }
    }

    /// <summary>Returns at the next nudge (true), or after <paramref name="limit"/> (false).</summary>
    public Task<bool> Wait(TimeSpan limit, CancellationToken stop) => signal.WaitAsync(limit, stop);

    public void Dispose() => signal.Dispose();
}
