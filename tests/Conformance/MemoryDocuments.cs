using System.Collections.Concurrent;
using System.Globalization;
using Orleans.Storage;

namespace SnpLive.Tests.Conformance;

/// <summary>A storage with ETags, and a second writer on demand.</summary>
public sealed class MemoryDocuments : IGrainStorage
{
    private readonly ConcurrentDictionary<string, Row> rows = new();
    private readonly ConcurrentDictionary<string, bool> failing = new();

    /// <summary>What another process would do: change what is stored, and so its ETag.</summary>
    public void ChangeElsewhere(string stateName, string grainKey)
    {
        foreach (var (key, row) in rows)
            if (key == $"{stateName}|{grainKey}")
                rows[key] = row with { Version = row.Version + 1 };
    }

    /// <summary>The next write of this document is lost with the connection: before it is done, or after.</summary>
    public void FailNext(string stateName, string grainKey, bool written) => failing[$"{stateName}|{grainKey}"] = written;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var found = rows.GetValueOrDefault(Key(stateName, grainId));
        grainState.RecordExists = found is not null;
        grainState.ETag = found?.ETag;
        if (found is not null) grainState.State = (T?)found.State;
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = Key(stateName, grainId);
        var found = rows.GetValueOrDefault(key);
        if (found?.ETag != grainState.ETag) throw new InconsistentStateException("Somebody else wrote.", found?.ETag, grainState.ETag);
        var written = new Row(grainState.State, (found?.Version ?? 0) + 1);
        var fails = failing.TryRemove(key, out var first);
        if (!fails || first) rows[key] = written;
        if (fails) throw new IOException("The connection is gone.");
        (grainState.ETag, grainState.RecordExists) = (written.ETag, true);
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        rows.TryRemove(Key(stateName, grainId), out _);
        (grainState.ETag, grainState.RecordExists) = (null, false);
        grainState.State = Activator.CreateInstance<T>(); // the storage's task: Orleans leaves it alone
        return Task.CompletedTask;
    }

    private static string Key(string stateName, GrainId grainId) => $"{stateName}|{grainId.Key}";

    private sealed record Row(object? State, int Version)
    {
        public string ETag => Version.ToString(CultureInfo.InvariantCulture);
    }
}
