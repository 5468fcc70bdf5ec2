using System.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using SnpLive.Grains.People;
using SnpLive.Web.Hosting;
using SnpLive.Web.Problems;
using SnpLive.Web.Sessions;
using SnpLive.Web.Traffic;
using SnpLive.Web.Validation;

namespace SnpLive.Web.Accounts;

/// <summary>Sign-in with a local account, and the way there from an invitation: for people who are nobody yet.</summary>
internal static class SignInApi
{
    internal static void MapSignIn(this IEndpointRouteBuilder api)
    {
        api.MapPost("/session/password", SignIn).WithTags("Sessions").AllowAnonymous();
        var invitations = api.MapGroup("/invitations").WithTags("Accounts");
        invitations.MapPost("/look", Look).AllowAnonymous();
        invitations.MapPost("/accept", Accept).AllowAnonymous();
        invitations.MapPost("/activate", Activate).AllowAnonymous();
    }

    private static async Task<Results<Ok<SessionView>, ProblemHttpResult>> SignIn(
        PasswordSignInBody body, HttpContext context, AccountDesk desk, SignInGate gate, SessionEnding before, Identities identities, AccountOptions options,
        ServerOptions server, TrafficOptions traffic, ProviderOnly provider, ProfessionalDirectory people)
    {
        var started = Stopwatch.GetTimestamp();
        var fields = new Fields();
        var login = InviteeReader.Normal(fields.RequiredText("login", body.Login, AccountBounds.Email));
        if (string.IsNullOrEmpty(body.Password)) fields.Fault("password", Messages.Required);
        var code = fields.RequiredText("code", body.Code, AccountBounds.Code);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        if (!gate.Admits(context.Connection.RemoteIpAddress, AccountSecrets.LoginKey(login))) return Problem.Result(AccountProblems.TooManySignIns);
        var signedIn = await desk.SignIn(login, PasswordRules.Normal(body.Password), code, Devices.Of(context.Request));
        if (signedIn is not var (id, state, session) || await identities.Find(id) is not { } identity)
        {
            if (options.RefusalTakes - Stopwatch.GetElapsedTime(started) is { Ticks: > 0 } rest) await Task.Delay(rest);
            return Problem.Result(AccountProblems.SignInRefused);
        }
        if (await people.Find(id) is { } person && await provider.Refuses(person, state))
        {
            await desk.Send(id, new EndAccountSessions(Only: session.Id, Keep: null) { RequestId = Guid.NewGuid(), By = id });
            return Problem.Result(AccountProblems.ProviderOnly); // after a right proof: nobody else learns it
        }
        await before.GiveWay(context);
        await SessionCookie.SignIn(context, id, SignInMethod.Password, state.Stamp, session.Id);
        return TypedResults.Ok(SessionsApi.View(identity, SignInMethod.Password, server, traffic));
    }

    private static async Task<Results<Ok<InvitationView>, ProblemHttpResult>> Look(
        InvitationBody body, HttpContext context, AccountDesk desk, SignInGate gate, Identities identities, ProviderOnly provider, ProfessionalDirectory people)
    {
        if (Token(body.Token, context, gate) is not { } token || await desk.Invited(token) is not { Login: { } login, Invitation: { } link } account
            || await identities.Find(token.AccountId) is not { } who) return Problem.Result(AccountProblems.InvitationInvalid);
        return TypedResults.Ok(new InvitationView(who.Name, login, who.Role, who.Organization, link.Expires)
        {
            ProviderOnly = await people.Find(token.AccountId) is { } person && await provider.Refuses(person, account) ? true : null,
        });
    }

    private static async Task<Results<Ok<ProvisioningView>, ProblemHttpResult>> Accept(
        AcceptInvitationBody body, HttpContext context, AccountDesk desk, SignInGate gate, ProviderOnly provider, ProfessionalDirectory people)
    {
        var fields = new Fields();
        var requestId = fields.RequestId(body.RequestId);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        if (Token(body.Token, context, gate) is not { } token || await desk.Invited(token) is not { Login: { } login } account) return Problem.Result(AccountProblems.InvitationInvalid);
        if (await people.Find(token.AccountId) is { } person && await provider.Refuses(person, account)) return Problem.Result(AccountProblems.ProviderOnly);
        var password = PasswordRules.Normal(body.Password);
        if (PasswordRules.Fault(password, login) is { } fault) return Problem.Invalid("password", fault);
        return await desk.Accept(token, password, requestId) is { } shown ? TypedResults.Ok(shown) : Problem.Result(AccountProblems.InvitationInvalid);
    }

    private static async Task<Results<Ok<RecoveryView>, ProblemHttpResult>> Activate(
        ActivateBody body, HttpContext context, AccountDesk desk, SignInGate gate, SessionEnding before)
    {
        var fields = new Fields();
        var requestId = fields.RequestId(body.RequestId);
        var code = fields.RequiredText("code", body.Code, AccountBounds.Code);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        if (Token(body.Token, context, gate) is not { } token) return Problem.Result(AccountProblems.InvitationInvalid);
        var (answer, codes, session) = await desk.Activate(token, code, Devices.Of(context.Request), requestId);
        if (answer.Refusal == AccountRefusal.CodeWrong) return Problem.Result(AccountProblems.CodeWrong);
        if (answer.Refusal != AccountRefusal.None) return Problem.Result(AccountProblems.InvitationInvalid);
        if (SignedIn.Of(context)?.SessionId != session) await before.GiveWay(context); // not the one that the lost answer opened
        await SessionCookie.SignIn(context, token.AccountId, SignInMethod.Password, answer.State.Stamp, session);
        return TypedResults.Ok(new RecoveryView(codes));
    }

    // Too many tries, a text that is no token, a token that is not valid: one answer for all.
    private static InvitationToken? Token(string? text, HttpContext context, SignInGate gate) =>
        InvitationToken.Read(text) is { } token && gate.Admits(context.Connection.RemoteIpAddress, $"invitation {token.AccountId}") ? token : null;
}
