using System.Collections.Immutable;

namespace SnpLive.Grains.People.AccessRequests;

/// <summary>Somebody without an account asks a territory's coordination for access. What they say of themselves is their word only.</summary>
/// <param name="Id">Technical id.</param>
/// <param name="Name">As they write it.</param>
/// <param name="Role">The role they want.</param>
/// <param name="Structure">Where they work, in their words.</param>
/// <param name="Email">Lower case.</param>
/// <param name="Rpps">11 digits with a valid key; null when they gave none.</param>
/// <param name="At">UTC.</param>
[GenerateSerializer, Immutable, Alias("snp.AccessRequest")]
public sealed record AccessRequest(
    [property: Id(0)] string Id, [property: Id(1)] string Name, [property: Id(2)] Role Role, [property: Id(3)] string Structure, [property: Id(4)] string Email,
    [property: Id(5)] string? Rpps, [property: Id(6)] DateTimeOffset At);

/// <summary>What a territory's document of requests holds: those that wait, and nothing of those that were answered.</summary>
[GenerateSerializer, Immutable, Alias("snp.AccessRequestsState")]
public sealed record AccessRequestsState
{
    /// <summary>In the order they came.</summary>
    [Id(0)] public ImmutableArray<AccessRequest> Open { get; init; } = [];

    /// <summary>One that waits; null: it does not, or not any more.</summary>
    public AccessRequest? Find(string id) => Open.FirstOrDefault(one => one.Id == id);
}

/// <summary>Bounds of requests for access. Section <c>AccessRequests</c>.</summary>
public sealed class AccessRequestLimits
{
    /// <summary>Requests that wait at once, per territory: with one more nobody is heard until the coordination has answered some. Default: 200.</summary>
    public int MostOpen { get; set; } = 200;
    /// <summary>A request that nobody answered is forgotten after this time. Default: 60 days.</summary>
    public TimeSpan Keep { get; set; } = TimeSpan.FromDays(60);
}

/// <summary>What becomes of requests for access: pure functions over their state.</summary>
public static class AccessRequestDecider
{
    /// <summary>Takes a request; the same state when there are too many. Whoever asks again under the same address replaces what they asked before.</summary>
    public static AccessRequestsState Ask(AccessRequestsState state, AccessRequest request, AccessRequestLimits limits, DateTimeOffset now)
    {
        var others = Waiting(state, limits, now).Open.RemoveAll(one => one.Email == request.Email);
        return others.Length >= limits.MostOpen ? state : state with { Open = others.Add(request with { At = now }) };
    }

    /// <summary>Forgets one that was answered.</summary>
    public static AccessRequestsState Settle(AccessRequestsState state, string id) => state.Find(id) is { } one ? state with { Open = state.Open.Remove(one) } : state;

    /// <summary>Without those that waited for too long.</summary>
    public static AccessRequestsState Waiting(AccessRequestsState state, AccessRequestLimits limits, DateTimeOffset now) =>
        state.Open.Any(one => now - one.At > limits.Keep) ? state with { Open = state.Open.RemoveAll(one => now - one.At > limits.Keep) } : state;
}
