using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace SnpLive.StandIn;

/// <summary>A grain's state and its ETag; conflicts are the storage's to find.</summary>
internal sealed class PersistentState<T>(IGrainStorage storage, string name, GrainId grainId) : IPersistentState<T>
{
    // Where nothing is stored, the grain sees a new T, as in Orleans.
    private readonly GrainState<T> state = new(Activator.CreateInstance<T>());

    public T State
    {
        get => state.State!;
        set => state.State = value;
    }

    public string? Etag => state.ETag;

    public bool RecordExists => state.RecordExists;

    public async Task ReadStateAsync()
    {
        await storage.ReadStateAsync(name, grainId, state);
        state.State ??= Activator.CreateInstance<T>();
    }

    // Asynchronous also when the storage fails at once, as in Orleans: the grain meets the failure where it awaits.
    public async Task WriteStateAsync() => await storage.WriteStateAsync(name, grainId, state);

    /// <summary>Resetting <see cref="State"/> is the storage's task, as in Orleans.</summary>
    public async Task ClearStateAsync() => await storage.ClearStateAsync(name, grainId, state);
}
