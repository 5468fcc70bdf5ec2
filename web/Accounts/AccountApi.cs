using Microsoft.AspNetCore.Http.HttpResults;
using SnpLive.Grains.People;
using SnpLive.Web.Hosting;
using SnpLive.Web.Live;
using SnpLive.Web.Problems;
using SnpLive.Web.Sessions;
using SnpLive.Web.Validation;

namespace SnpLive.Web.Accounts;

/// <summary>One's own account.</summary>
internal static class AccountApi
{
    internal static void MapAccount(this IEndpointRouteBuilder api)
    {
        var account = api.MapGroup("/account").WithTags("Accounts").AddEndpointFilter(LocalOnly);
        account.MapGet("", Read);
        account.MapPost("/password", ChangePassword);
        account.MapPost("/factor", ProposeFactor);
        account.MapPost("/factor/confirm", ConfirmFactor);
        account.MapPost("/sessions/end-others", EndOthers);
    }

    private static async ValueTask<object?> LocalOnly(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        SignedIn.Of(context.HttpContext) is { Proof.Method: SignInMethod.Password } ? await next(context) : Problem.Result(AccountProblems.AccountUnknown);

    private static async Task<Ok<AccountView>> Read(SignedIn me, AccountDesk desk, Clock clock)
    {
        var state = await desk.Read(me);
        return TypedResults.Ok(new AccountView(state.Login ?? "", state.RecoveryHashes.Length,
            [.. state.Sessions.Where(one => one.Ends > clock.Now).Reverse().Select(one => new OwnSessionView(one.Since, one.Device, one.Id == me.SessionId))]));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ChangePassword(
        ChangePasswordBody body, SignedIn me, HttpContext context, AccountDesk desk, SignInGate gate, LiveLifetimeManager screens)
    {
        var fields = new Fields();
        var requestId = fields.RequestId(body.RequestId);
        var (password, code) = ReadProof(fields, body.Password, body.Code);
        var next = PasswordRules.Normal(body.NewPassword);
        if (PasswordRules.Fault(next, (await desk.Read(me)).Login ?? "") is { } fault) fields.Fault("newPassword", fault);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        if (!Admits(gate, context, me)) return Problem.Result(AccountProblems.TooManySignIns);
        var answer = await desk.ChangePassword(me, password, code, next, requestId);
        if (answer.Refusal != AccountRefusal.None) return Problem.Result(AccountProblems.ProofWrong);
        await GoOn(context, me, answer.State, screens);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<ProvisioningView>, ProblemHttpResult>> ProposeFactor(
        ProposeFactorBody body, SignedIn me, HttpContext context, AccountDesk desk, SignInGate gate)
    {
        var fields = new Fields();
        var requestId = fields.RequestId(body.RequestId);
        var (password, code) = ReadProof(fields, body.Password, body.Code);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        if (!Admits(gate, context, me)) return Problem.Result(AccountProblems.TooManySignIns);
        return await desk.ProposeFactor(me, password, code, requestId) is { } shown ? TypedResults.Ok(shown) : Problem.Result(AccountProblems.ProofWrong);
    }

    private static async Task<Results<Ok<RecoveryView>, ProblemHttpResult>> ConfirmFactor(
        ConfirmFactorBody body, SignedIn me, HttpContext context, AccountDesk desk, SignInGate gate, LiveLifetimeManager screens)
    {
        var fields = new Fields();
        var requestId = fields.RequestId(body.RequestId);
        var code = fields.RequiredText("code", body.Code, AccountBounds.Code);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        if (!Admits(gate, context, me)) return Problem.Result(AccountProblems.TooManySignIns);
        var (answer, codes) = await desk.ConfirmFactor(me, code, requestId);
        if (answer.Refusal != AccountRefusal.None) return Problem.Result(AccountProblems.CodeWrong);
        await GoOn(context, me, answer.State, screens);
        return TypedResults.Ok(new RecoveryView(codes));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> EndOthers(AccountCommandBody body, SignedIn me, AccountDesk desk, LiveLifetimeManager screens)
    {
        var fields = new Fields();
        var requestId = fields.RequestId(body.RequestId);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        await desk.EndOthers(me, requestId);
        screens.LookUpAgain(me.Actor.Id);
        return TypedResults.NoContent();
    }

    // The stamp is another one: this session goes on with a new cookie, all others end.
    private static async Task GoOn(HttpContext context, SignedIn me, AccountState state, LiveLifetimeManager screens)
    {
        await SessionCookie.SignIn(context, me.Actor.Id, SignInMethod.Password, state.Stamp, me.SessionId);
        screens.LookUpAgain(me.Actor.Id);
    }

    private static (string Password, string Code) ReadProof(Fields fields, string? password, string? code)
    {
        if (string.IsNullOrEmpty(password)) fields.Fault("password", Messages.Required);
        return (PasswordRules.Normal(password), fields.RequiredText("code", code, AccountBounds.Code));
    }

    private static bool Admits(SignInGate gate, HttpContext context, SignedIn me) => gate.Admits(context.Connection.RemoteIpAddress, $"account {me.Actor.Id}");
}
