using System.Collections.Concurrent;

namespace SnpLive.Web.Sessions;

/// <summary>Answers of grains, remembered for a few seconds: a burst of requests is one question.</summary>
internal sealed class ShortMemory<T>(TimeProvider time, TimeSpan keep, Func<string, Task<T>> ask)
{
    private const int MaxKept = 10_000;
    private readonly ConcurrentDictionary<string, Kept> kept = new(StringComparer.Ordinal);

    internal async ValueTask<T> Find(string id)
    {
        if (!kept.TryGetValue(id, out var found) || time.GetUtcNow() >= found.Until)
        {
            if (kept.Count >= MaxKept) kept.Clear();
            found = new(new(() => ask(id)), time.GetUtcNow() + keep);
            kept[id] = found;
        }
        try { return await found.Answer.Value; }
        catch
        {
            kept.TryRemove(new(id, found));
            throw;
        }
    }

    /// <summary>Asks again next time: something is known to have changed.</summary>
    internal void Forget(string id) => kept.TryRemove(id, out _);

    private sealed record Kept(Lazy<Task<T>> Answer, DateTimeOffset Until);
}
