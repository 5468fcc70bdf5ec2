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
    internal bool Granted(SignedIn me, string holdId)
    {
        var entry = sessions.GetOrAdd(me.SessionId, _ => New());
        lock (entry)
        {
            if (entry.Ended) return false;
            entry.Holder = me;
            if (entry.Holds.Count == MaxHoldsPerSession) entry.Holds.RemoveAt(0);
            if (entry.Holds.TrueForAll(hold => hold.Id != holdId)) entry.Holds.Add(new(holdId, time.GetUtcNow()));
            return true;
        }
    }

    /// <summary>Forgets a hold that was released or used.</summary>
    internal void Spent(string sessionId, string holdId)
    {
        if (!sessions.TryGetValue(sessionId, out var entry)) return;
        lock (entry) entry.Holds.RemoveAll(hold => hold.Id == holdId);
    }

    /// <summary>Ends a session; answers with the holds it still had.</summary>
    internal IReadOnlyList<string> End(string sessionId)
    {
        var entry = sessions.GetOrAdd(sessionId, _ => New());
        lock (entry)
        {
            entry.Ended = true;
            string[] holds = [.. entry.Holds.Select(hold => hold.Id)];
            entry.Holds.Clear();
            return holds;
        }
    }

    /// <summary>The holds that a session was granted until an instant and still has.</summary>
    internal IReadOnlyList<string> GrantedUntil(string sessionId, DateTimeOffset until)
    {
        if (!sessions.TryGetValue(sessionId, out var entry)) return [];
        lock (entry) return [.. entry.Holds.Where(hold => hold.At <= until).Select(hold => hold.Id)];
    }

    /// <summary>Who holds something through this node.</summary>
    internal IReadOnlyList<SignedIn> Holders()
    {
        var holders = new List<SignedIn>();
        foreach (var (_, entry) in sessions)
            lock (entry)
                if (entry is { Ended: false, Holder: { } holder, Holds.Count: > 0 }) holders.Add(holder);
        return holders;
    }

    /// <summary>Who holds something in this session through this node; null: nobody.</summary>
    internal SignedIn? HolderOf(string sessionId)
    {
        if (!sessions.TryGetValue(sessionId, out var entry)) return null;
        lock (entry) return entry is { Ended: false, Holds.Count: > 0 } ? entry.Holder : null;
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

    private readonly record struct Hold(string Id, DateTimeOffset At);

    private sealed class Entry
    {
        internal List<Hold> Holds { get; } = [];
        internal bool Ended { get; set; }
        /// <summary>Whose holds they are; null before the first.</summary>
        internal SignedIn? Holder { get; set; }
        internal required DateTimeOffset Until { get; init; }
    }
}
