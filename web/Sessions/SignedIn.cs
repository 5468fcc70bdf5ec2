using System.Reflection;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using SnpLive.Grains.People;

namespace SnpLive.Web.Sessions;

/// <summary>Who sent this request; endpoints take it as a parameter. Set when the cookie was validated.</summary>
/// <param name="Actor">As grains decide about them.</param>
/// <param name="Proof">How their session was opened.</param>
/// <param name="User">What the cookie said, to be looked at again later.</param>
internal sealed record SignedIn(Actor Actor, SessionProof Proof, ClaimsPrincipal User) : IBindableFromHttpContext<SignedIn>
{
    private static readonly object Key = new();

    public static ValueTask<SignedIn?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        new(Of(context) ?? throw new AuthenticationFailureException("No actor."));

    /// <summary>When this person last signed in fully (UTC).</summary>
    internal DateTimeOffset Since { get; init; }

    /// <summary>The session.</summary>
    internal string SessionId => Proof.SessionId;

    internal static SignedIn? Of(HttpContext context) => context.Items.TryGetValue(Key, out var value) ? (SignedIn?)value : null;

    internal void Keep(HttpContext context) => context.Items[Key] = this;
}
