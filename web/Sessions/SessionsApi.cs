using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using SnpLive.Web.Hosting;
using SnpLive.Web.Problems;
using SnpLive.Web.Sessions.Lock;
using SnpLive.Web.Sessions.Oidc;
using SnpLive.Web.Traffic;
using SnpLive.Web.Validation;

namespace SnpLive.Web.Sessions;

/// <summary>A person one can be in the demonstration.</summary>
internal sealed record IdentityView(string Id, string Name, string Role, string Organization, IReadOnlyList<string> Territories);

/// <summary>Who is signed in.</summary>
/// <param name="Identity">The person.</param>
/// <param name="Demo">Made-up people and no real data.</param>
/// <param name="Traffic">Demonstration people act by themselves.</param>
internal sealed record SessionView(IdentityView Identity, bool Demo, bool Traffic)
{
    /// <summary>How the session was opened: <c>pwd+otp</c>, <c>oidc</c>; left out for a demonstration identity.</summary>
    public string? Method { get; init; }
    /// <summary>Seconds without a touch after which this shared computer locks; left out when it is none.</summary>
    public int? LocksAfter { get; init; }
}

/// <summary>The ways to sign in that this server has.</summary>
/// <param name="Demo">Choosing a demonstration identity.</param>
/// <param name="Password">A local account's password and code.</param>
/// <param name="Provider">A provider to go to; null: none.</param>
internal sealed record SignInWays(bool Demo, bool Password, SignInProvider? Provider);

/// <summary>A provider at which one signs in.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Path">Where the page goes to sign in there.</param>
/// <param name="EndPath">Where the page goes to end the session, here and there.</param>
internal sealed record SignInProvider(string Name, string Path, string EndPath);

/// <summary>Signs in, in the demonstration.</summary>
internal sealed record SignInBody
{
    /// <summary>Id of a demonstration identity.</summary>
    [Required, MaxLength(64)]
    public string? Identity { get; init; }
}

/// <summary>Sign-in and sign-out.</summary>
internal static class SessionsApi
{
    internal static void MapSessions(this IEndpointRouteBuilder api)
    {
        var sessions = api.MapGroup("").WithTags("Sessions");
        sessions.MapGet("/identities", ListDemo).AllowAnonymous();
        sessions.MapGet("/session/ways", Ways).AllowAnonymous();
        sessions.MapPost("/session", SignIn).AllowAnonymous();
        sessions.MapGet("/session", Current);
        sessions.MapDelete("/session", SignOut).AllowAnonymous();
    }

    private static async Task<Ok<IReadOnlyList<IdentityView>>> ListDemo(Identities identities) => TypedResults.Ok(await identities.Demo());

    private static Ok<SignInWays> Ways(ServerOptions server, OpenIdOptions openId) => TypedResults.Ok(new SignInWays(
        server.Demo, Password: true, openId.Authority is null ? null : new(openId.Name, OpenIdSignIn.StartPath, OpenIdSignIn.EndPath)));

    private static async Task<Results<Ok<SessionView>, ProblemHttpResult>> SignIn(SignInBody body, HttpContext context, Identities identities, SessionEnding before, ServerOptions server, TrafficOptions traffic)
    {
        var fields = new Fields();
        var id = fields.RequiredId("identity", body.Identity, Ids.IsKey);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        if (await identities.Demo(id) is not { } identity) return Problem.Result(Problem.IdentityUnknown);
        await before.GiveWay(context);
        await SessionCookie.SignIn(context, identity.Id, SignInMethod.Demo, stamp: null);
        return TypedResults.Ok(View(identity, SignInMethod.Demo, server, traffic));
    }

    private static async Task<Results<Ok<SessionView>, ProblemHttpResult>> Current(
        SignedIn me, Identities identities, ServerOptions server, TrafficOptions traffic, SharedPcOptions shared) =>
        await identities.Find(me.Actor.Id) is { } identity ? TypedResults.Ok(View(identity, me.Proof, server, traffic, shared)) : Problem.Result(Problem.NotSignedIn);

    private static async Task<NoContent> SignOut(HttpContext context, SessionEnding present)
    {
        await present.End(context);
        await context.SignOutAsync();
        return TypedResults.NoContent();
    }

    internal static SessionView View(IdentityView identity, SignInMethod method, ServerOptions server, TrafficOptions traffic) =>
        new(identity, server.Demo, traffic.Enabled) { Method = method == SignInMethod.Demo ? null : SessionProof.Write(method) };

    internal static SessionView View(IdentityView identity, SessionProof proof, ServerOptions server, TrafficOptions traffic, SharedPcOptions shared) =>
        View(identity, proof.Method, server, traffic) with { LocksAfter = proof.Device is null ? null : (int)shared.LockAfter.TotalSeconds };
}
