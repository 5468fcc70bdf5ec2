using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using SnpLive.Grains.People;
using SnpLive.Grains.People.Devices;
using SnpLive.Web.Accounts;
using SnpLive.Web.Hosting;
using SnpLive.Web.Live;
using SnpLive.Web.Problems;
using SnpLive.Web.Traffic;
using SnpLive.Web.Validation;

namespace SnpLive.Web.Sessions.Lock;

/// <summary>Chooses one's PIN.</summary>
internal sealed record PinBody
{
    [Required] public string? RequestId { get; init; }
    [Required, MaxLength(LockApi.MostDigits)] public string? Pin { get; init; }
}

/// <summary>Unlocks as one of the shift.</summary>
internal sealed record UnlockBody
{
    /// <summary>Id of the person chosen.</summary>
    [Required, MaxLength(64)] public string? Person { get; init; }
    [Required, MaxLength(LockApi.MostDigits)] public string? Pin { get; init; }
}

/// <summary>One's PIN, of which nothing is told.</summary>
/// <param name="Set">Whether there is one.</param>
/// <param name="MayChange">Whether the sign-in is recent enough.</param>
/// <param name="Digits">How many it has.</param>
/// <param name="Shared">Whether this computer is a shared one.</param>
internal sealed record PinView(bool Set, bool MayChange, int Digits, bool Shared);

/// <summary>A shared computer's screen.</summary>
/// <param name="Shared">Whether it is one.</param>
/// <param name="People">The people of the shift, by name.</param>
/// <param name="Last">Who was in front of it last; left out when nobody was.</param>
/// <param name="Digits">Digits of a PIN.</param>
internal sealed record LockView(bool Shared, IReadOnlyList<LockPersonView> People, string? Last, int Digits);

/// <summary>Somebody of the shift.</summary>
internal sealed record LockPersonView(string Id, string Name, string Role);

/// <summary>A shared computer: one signs in once a shift, then locks and unlocks by name and PIN. Never a shared account.</summary>
internal static class LockApi
{
    internal const int MostDigits = 8;

    internal static void MapLock(this IEndpointRouteBuilder api)
    {
        var session = api.MapGroup("/session").WithTags("Sessions");
        session.MapGet("/lock", Look).AllowAnonymous();
        session.MapPost("/unlock", Unlock).AllowAnonymous();
        session.MapPost("/lock", Lock);
        session.MapPost("/share", Share);
        session.MapPost("/unshare", Unshare);
        var pin = api.MapGroup("/account/pin").WithTags("Accounts");
        pin.MapGet("", ReadPin);
        pin.MapPost("", ChoosePin);
    }

    private static async Task<Ok<LockView>> Look(HttpContext context, SharedPcs pcs, Identities identities, SharedPcOptions options, Clock clock)
    {
        var state = SharedPcs.KeyOf(context) is { } key ? await pcs.Find(key) : new();
        var people = new List<LockPersonView>();
        foreach (var one in state.People.Where(one => clock.Now < one.Until))
            if (await identities.Find(one.PersonId) is { } known) people.Add(new(known.Id, known.Name, known.Role));
        var last = state.People.FirstOrDefault(one => one.SessionId == state.Last)?.PersonId;
        return TypedResults.Ok(new LockView(
            state.SharedSince is not null, [.. people.OrderBy(one => one.Name, StringComparer.InvariantCultureIgnoreCase)], people.Exists(one => one.Id == last) ? last : null, options.PinDigits));
    }

    private static async Task<Results<Ok<SessionView>, ProblemHttpResult>> Unlock(
        UnlockBody body, HttpContext context, SharedPcs pcs, IGrainFactory grains, AccountSecrets secrets, SignInGate gate, ActorSource actors, Identities identities, SharedPcOptions options,
        ServerOptions server, TrafficOptions traffic, Clock clock)
    {
        var fields = new Fields();
        var person = fields.RequiredId("person", body.Person, Ids.IsKey);
        var pin = fields.RequiredText("pin", body.Pin, MostDigits);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        if (SharedPcs.KeyOf(context) is not { } key) return Problem.Result(LockProblems.NotShared);
        if (!gate.Admits(context.Connection.RemoteIpAddress, $"pc {key} {person}")) return Problem.Result(AccountProblems.TooManySignIns);
        var before = await grains.GetGrain<ISharedDeviceGrain>(key).Get();
        if (before.Find(person, clock.Now) is not { } shift || SessionProof.Of(shift, key) is not { } proof) return Problem.Result(LockProblems.FullSignIn);
        var account = await grains.GetGrain<IAccountGrain>(person).Get();
        if (account.PinHash is not { } hash) return await Leave(); // revoked or invited anew since
        var answer = await pcs.Send(key, new UnlockDevice(person, await secrets.IsRight(hash, pin)));
        if (answer.Refusal == DeviceRefusal.PinWrong) return Problem.Result(LockProblems.PinWrong);
        if (answer.Refusal != DeviceRefusal.None) return Problem.Result(LockProblems.FullSignIn);
        // Revoked since, signed out elsewhere, another password: then a PIN is worth nothing.
        if (await actors.FindEvenLocked(proof) is null || await identities.Find(person) is not { } identity) return await Leave();
        await pcs.GiveWay(before, proof.SessionId);
        await SessionCookie.Reopen(context, proof, shift.Since);
        return TypedResults.Ok(SessionsApi.View(identity, proof, server, traffic, options));

        async Task<ProblemHttpResult> Leave()
        {
            await pcs.Send(key, new LeaveShift(person));
            return Problem.Result(LockProblems.FullSignIn);
        }
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Lock(SignedIn me, SharedPcs pcs, LiveLifetimeManager screens)
    {
        if (me.Proof.Device is not { } key) return Problem.Result(LockProblems.NotShared);
        await pcs.Send(key, new LockDevice(me.SessionId));
        screens.LookUpAgain(me.Actor.Id);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Share(SignedIn me, HttpContext context, SharedPcs pcs, IGrainFactory grains)
    {
        if ((await grains.GetGrain<IAccountGrain>(me.Actor.Id).Get()).PinHash is null) return Problem.Result(LockProblems.PinMissing);
        var key = pcs.Mark(context);
        await pcs.Send(key, new ShareDevice(me.Actor.Id));
        await SessionCookie.Reopen(context, me.Proof with { Device = await pcs.Join(context, me.Proof, me.Since, key) }, me.Since);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Unshare(SignedIn me, HttpContext context, SharedPcs pcs)
    {
        if (me.Proof.Device is not { } key) return Problem.Result(LockProblems.NotShared);
        await pcs.Send(key, new UnshareDevice());
        pcs.Unmark(context);
        await SessionCookie.Reopen(context, me.Proof with { Device = null }, me.Since);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<PinView>> ReadPin(SignedIn me, IGrainFactory grains, AccountOptions accounts, SharedPcOptions options, Clock clock)
    {
        var set = (await grains.GetGrain<IAccountGrain>(me.Actor.Id).Get()).PinHash is not null;
        return TypedResults.Ok(new PinView(set, IsFresh(me, accounts, clock), options.PinDigits, me.Proof.Device is not null));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ChoosePin(
        PinBody body, SignedIn me, AccountDesk desk, AccountSecrets secrets, AccountOptions accounts, SharedPcOptions options, Clock clock)
    {
        var fields = new Fields();
        var requestId = fields.RequestId(body.RequestId);
        if (PinRules.Fault(body.Pin, options.PinDigits) is { } fault) fields.Fault("pin", fault);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        if (!IsFresh(me, accounts, clock)) return Problem.Result(LockProblems.PinTooLate);
        var answer = await desk.Send(me.Actor.Id, new SetPin(await secrets.HashPin(body.Pin!)) { RequestId = requestId, By = me.Actor.Id });
        return answer.Refusal == AccountRefusal.None ? TypedResults.NoContent() : Problem.Result(LockProblems.PinTooLate);
    }

    // An unlocked screen is not enough to give oneself a way back in.
    private static bool IsFresh(SignedIn me, AccountOptions accounts, Clock clock) => clock.Now - me.Since <= accounts.PinAfterSignIn;
}
