using System.Globalization;
using System.Text.Json;
using Orleans.Storage;
using SnpLive.Grains.Ledger;

namespace SnpLive.Silo.Documents;

/// <summary>
/// Grain state as documents of the ledger's database. The ETag is the document's version: who writes without knowing the last one gets
/// <see cref="InconsistentStateException"/>, and its activation goes.
/// </summary>
/// <param name="store">Where documents live.</param>
/// <param name="json">How states are written.</param>
public sealed class LedgerGrainStorage(IDocumentStore store, JsonSerializerOptions json) : IGrainStorage
{
    /// <inheritdoc/>
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        if (await store.ReadDocument(stateName, grainId.ToString()) is { } document)
        {
            grainState.State = JsonSerializer.Deserialize<T>(document.Payload, json)
                ?? throw new JsonException($"The document {stateName} of {grainId} is null.");
            (grainState.ETag, grainState.RecordExists) = (ETag(document.Version), true);
        }
        else
        {
            Forget(grainState);
        }
    }

    /// <inheritdoc/>
    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        var expected = Version(grainState.ETag);
        var payload = JsonSerializer.Serialize(grainState.State, json);
        if (!await store.WriteDocument(stateName, grainId.ToString(), expected, payload)) throw await Conflict(stateName, grainId, grainState.ETag);
        (grainState.ETag, grainState.RecordExists) = (ETag(expected + 1), true);
    }

    /// <inheritdoc/>
    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        if (grainState.ETag is not null && !await store.ClearDocument(stateName, grainId.ToString(), Version(grainState.ETag)))
            throw await Conflict(stateName, grainId, grainState.ETag);
        Forget(grainState);
    }

    private static void Forget<T>(IGrainState<T> grainState)
    {
        grainState.State = Activator.CreateInstance<T>();
        (grainState.ETag, grainState.RecordExists) = (null, false);
    }

    private static string ETag(long version) => version.ToString(CultureInfo.InvariantCulture);

    private static long Version(string? etag) => etag is null ? 0 : long.Parse(etag, CultureInfo.InvariantCulture);

    private async Task<InconsistentStateException> Conflict(string stateName, GrainId grainId, string? known)
    {
        var stored = await store.ReadDocument(stateName, grainId.ToString());
        return new($"The document {stateName} of {grainId} was changed by another activation.", stored is null ? "none" : ETag(stored.Version), known ?? "none");
    }
}
