using System.Collections.Concurrent;

namespace SnpLive.Web.Sessions;

/// <summary>
/// What this node remembers of sessions: the holds each was granted, so that signing out gives them back at once, and which have ended,
/// so that a copied cookie is worth nothing after sign-out. Bounded; what it forgets ends by its own time.
/// </summary>
internal sealed class SessionRegister(TimeProvider time, SignInLimits limits)
{
    private const int MaxSessions = 20_000;
    private const int MaxHoldsPerSession = 8;
    private readonly ConcurrentDictionary<string, Entry> sessions = new(StringComparer.Ordinal);

    /// <summary>Remembers a hold that was granted; false when the session ended meanwhile.</summary>
    internal bool Granted(string sessionId, string holdId)
    {
        var entry = sessions.GetOrAdd(sessionId, _ => New());
        lock (entry)
        {
            if (entry.Ended) return false;
            if (entry.Holds.Count == MaxHoldsPerSession) entry.Holds.RemoveAt(0);
            if (!entry.Holds.Contains(holdId)) entry.Holds.Add(holdId);
            return true;
        }
    }

    /// <summary>Forgets a hold that was released or used.</summary>
    internal void Spent(string sessionId, string holdId)
    {
        if (!sessions.TryGetValue(sessionId, out var entry)) return;
        lock (entry) entry.Holds.Remove(holdId);
    }

    /// <summary>Ends a session; answers with the holds it still had.</summary>
    internal IReadOnlyList<string> End(string sessionId)
    {
        var entry = sessions.GetOrAdd(sessionId, _ => New());
        lock (entry)
        {
            entry.Ended = true;
            string[] holds = [.. entry.Holds];
            entry.Holds.Clear();
            return holds;
        }
    }

    internal bool HasEnded(string sessionId) => sessions.TryGetValue(sessionId, out var entry) && entry.Ended;

    private Entry New()
    {
        if (sessions.Count >= MaxSessions) Shrink();
        return new() { Until = time.GetUtcNow() + limits.Absolute };
    }

    private void Shrink()
    {
        var now = time.GetUtcNow();
        foreach (var (id, entry) in sessions)
            if (entry.Until <= now) sessions.TryRemove(id, out _);
        foreach (var (id, entry) in sessions)
        {
            if (sessions.Count < MaxSessions * 9 / 10) return;
            if (!entry.Ended) sessions.TryRemove(id, out _);
        }
    }

    private sealed class Entry
    {
        internal List<string> Holds { get; } = [];
        internal bool Ended { get; set; }
        internal required DateTimeOffset Until { get; init; }
    }
}
