using System.Collections.Concurrent;
using System.Security.Claims;
using SnpLive.Grains.People;

namespace SnpLive.Web.Sessions;

/// <summary>People as their grains know them, remembered for a few seconds: a burst of requests is one question.</summary>
internal sealed class ProfessionalDirectory(IGrainFactory grains, TimeProvider time, SignInLimits limits)
{
    private const int MaxKept = 10_000;
    private readonly ConcurrentDictionary<string, Kept> kept = new(StringComparer.Ordinal);

    internal async ValueTask<Professional?> Find(string id)
    {
        if (!Ids.IsKey(id)) return null;
        if (!kept.TryGetValue(id, out var found) || found.IsStale(time.GetUtcNow()))
        {
            if (kept.Count >= MaxKept) kept.Clear();
            found = new(new(() => grains.GetGrain<IProfessionalGrain>(id).Get()), time.GetUtcNow() + limits.ActorCache);
            kept[id] = found;
        }
        try { return await found.Answer.Value; }
        catch
        {
            kept.TryRemove(new(id, found));
            throw;
        }
    }

    private sealed record Kept(Lazy<Task<Professional?>> Answer, DateTimeOffset Until)
    {
        internal bool IsStale(DateTimeOffset now) => now >= Until;
    }
}

/// <summary>The signed-in person as an actor: role and memberships come from the grain, the session proves only who.</summary>
internal sealed class ActorSource(ProfessionalDirectory people, SessionRegister register) : IActorSource
{
    public async ValueTask<Actor?> Find(ClaimsPrincipal user)
    {
        // Who signed out is nobody, also on a live connection that is still open.
        if (SessionCookie.IdOf(user) is not { } session || register.HasEnded(session)) return null;
        if (user.FindFirstValue(ClaimTypes.NameIdentifier) is not { } id) return null;
        return await people.Find(id) is { Demo: true } professional ? professional.ToActor() : null;
    }
}
