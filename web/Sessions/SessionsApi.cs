using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using SnpLive.Web.Problems;
using SnpLive.Web.Validation;

namespace SnpLive.Web.Sessions;

/// <summary>A person one can be in the demonstration.</summary>
internal sealed record IdentityView(string Id, string Name, string Role, string Organization, IReadOnlyList<string> Territories);

/// <summary>Who is signed in.</summary>
internal sealed record SessionView(IdentityView Identity, bool Demo);

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
        sessions.MapGet("/identities", Identities).AllowAnonymous();
        sessions.MapPost("/session", SignIn).AllowAnonymous();
        sessions.MapGet("/session", Current);
        sessions.MapDelete("/session", SignOut).AllowAnonymous();
    }

    private static async Task<Ok<IReadOnlyList<IdentityView>>> Identities(DemoIdentities demo) => TypedResults.Ok(await demo.All());

    private static async Task<Results<Ok<SessionView>, ProblemHttpResult>> SignIn(SignInBody body, HttpContext context, DemoIdentities demo, HoldRelease holds)
    {
        var fields = new Fields();
        var id = fields.RequiredId("identity", body.Identity, Ids.IsKey);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        if (await demo.Find(id) is not { } identity) return Problem.Result(Problem.IdentityUnknown);
        await End(context, holds);
        await SessionCookie.SignIn(context, identity.Id);
        return TypedResults.Ok(new SessionView(identity, Demo: true));
    }

    private static async Task<Results<Ok<SessionView>, ProblemHttpResult>> Current(SignedIn me, DemoIdentities demo) =>
        await demo.Find(me.Actor.Id) is { } identity ? TypedResults.Ok(new SessionView(identity, Demo: true)) : Problem.Result(Problem.NotSignedIn);

    private static async Task<NoContent> SignOut(HttpContext context, HoldRelease holds)
    {
        await End(context, holds);
        await context.SignOutAsync();
        return TypedResults.NoContent();
    }

    private static Task End(HttpContext context, HoldRelease holds) =>
        SignedIn.Of(context) is { } me ? holds.EndSession(me) : Task.CompletedTask;
}
