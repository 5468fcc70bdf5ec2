namespace SnpLive.Grains;

/// <summary>A grain that is one document: the next state is decided first, and kept before anybody is answered.</summary>
/// <typeparam name="TState">Immutable.</typeparam>
/// <param name="document">Where it is kept.</param>
public abstract class DocumentGrain<TState>(IPersistentState<TState> document) : Grain where TState : class
{
    /// <summary>As it is kept.</summary>
    protected TState State => document.State;

    /// <summary>Keeps the next state; the very same one writes nothing.</summary>
    protected Task Keep(TState next)
    {
        if (ReferenceEquals(document.State, next)) return Task.CompletedTask;
        document.State = next;
        return OrLeave(document.WriteStateAsync());
    }

    /// <summary>Forgets the document.</summary>
    protected Task Forget() => OrLeave(document.ClearStateAsync());

    private async Task OrLeave(Task written)
    {
        try { await written; }
        catch
        {
            // Whether it was written is not known: the next question reads the truth.
            DeactivateOnIdle();
            throw;
        }
    }
}
