using System.Reflection;
using Microsoft.AspNetCore.Authentication;
using SnpLive.Grains.People;

namespace SnpLive.Web.Sessions;

/// <summary>Who sent this request; endpoints take it as a parameter. Set when the cookie was validated.</summary>
/// <param name="Actor">As grains decide about them.</param>
/// <param name="SessionId">The session, known to this node only.</param>
internal sealed record SignedIn(Actor Actor, string SessionId) : IBindableFromHttpContext<SignedIn>
{
    private static readonly object Key = new();

    public static ValueTask<SignedIn?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        new(Of(context) ?? throw new AuthenticationFailureException("No actor."));

    internal static SignedIn? Of(HttpContext context) => context.Items.TryGetValue(Key, out var value) ? (SignedIn?)value : null;

    internal void Keep(HttpContext context) => context.Items[Key] = this;
}
