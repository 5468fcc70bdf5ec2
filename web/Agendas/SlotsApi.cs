using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using SnpLive.Grains.Agendas;
using SnpLive.Web.Commands;
using SnpLive.Web.Problems;
using SnpLive.Web.Sessions;
using SnpLive.Web.Territories;
using SnpLive.Web.Validation;

namespace SnpLive.Web.Agendas;

/// <summary>A command with nothing but its id.</summary>
internal sealed record CommandBody
{
    [Required] public string? RequestId { get; init; }
}

/// <summary>Takes a slot back.</summary>
internal sealed record WithdrawBody
{
    [Required] public string? RequestId { get; init; }
    /// <summary>Also when somebody holds it; the first refusal is the warning.</summary>
    public bool? EvenIfHeld { get; init; }
    /// <summary>Also when it is booked: each booking is then to replace.</summary>
    public bool? ReplaceBookings { get; init; }
}

/// <summary>Moves or resizes a free slot.</summary>
internal sealed record ResizeBody
{
    [Required] public string? RequestId { get; init; }
    [Required] public string? Start { get; init; }
    [Required] public string? End { get; init; }
}

/// <summary>The slot that stands in the place of the one that was moved.</summary>
internal sealed record ResizedView(string RequestId, string SlotId);

/// <summary>A hold in force.</summary>
internal sealed record HoldView(string HoldId, string SlotId, DateTimeOffset Until, string RequestId);

/// <summary>An accepted command with nothing more to say.</summary>
internal sealed record DoneView(string RequestId);

/// <summary>Slots: withdraw, hold; holds: extend, release.</summary>
internal static class SlotsApi
{
    internal static void MapSlots(this IEndpointRouteBuilder api)
    {
        var slots = api.MapGroup("/slots").WithTags("Slots");
        slots.MapPost("/{id}/withdraw", Withdraw);
        slots.MapPost("/{id}/hold", Hold);
        slots.MapPost("/{id}/overbook", Overbook);
        slots.MapPost("/{id}/resize", Resize);
        var holds = api.MapGroup("/holds").WithTags("Holds");
        holds.MapPost("/{id}/extend", Extend);
        holds.MapPost("/{id}/release", Release);
    }

    private static async Task<Results<Ok<DoneView>, ProblemHttpResult>> Withdraw(
        string id, WithdrawBody body, SignedIn me, TerritoryCatalogue catalogue, AgendaCommands commands, Refusals refusals)
    {
        var fields = new Fields();
        var requestId = fields.RequestId(body.RequestId);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        if (await AgendaOf(id, catalogue) is not { } agenda) return Problem.Result(RefusalTable.Of(Refusal.SlotUnknown));
        var answer = await commands.Send(agenda, new WithdrawSlot(id, body.EvenIfHeld ?? false, body.ReplaceBookings) { RequestId = requestId, Actor = me.Actor, NotAfter = commands.NotAfter });
        return answer is Done ? TypedResults.Ok(new DoneView(requestId.ToString())) : await refusals.Problem(answer, me.Actor);
    }

    private static async Task<Results<Ok<DoneView>, ProblemHttpResult>> Overbook(
        string id, CommandBody body, SignedIn me, TerritoryCatalogue catalogue, AgendaCommands commands, Refusals refusals)
    {
        var fields = new Fields();
        var requestId = fields.RequestId(body.RequestId);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        if (await AgendaOf(id, catalogue) is not { } agenda) return Problem.Result(RefusalTable.Of(Refusal.SlotUnknown));
        return await SettingsApi.Done(await commands.Send(agenda, new OverbookSlot(id) { RequestId = requestId, Actor = me.Actor, NotAfter = commands.NotAfter }), requestId, me, refusals);
    }

    private static async Task<Results<Ok<ResizedView>, ProblemHttpResult>> Resize(
        string id, ResizeBody body, SignedIn me, TerritoryCatalogue catalogue, AgendaCommands commands, Refusals refusals)
    {
        var fields = new Fields();
        var requestId = fields.RequestId(body.RequestId);
        var (start, end) = (fields.RequiredInstant("start", body.Start), fields.RequiredInstant("end", body.End));
        if (fields.Valid && end <= start) fields.Fault("end", Messages.BadRange);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        if (await AgendaOf(id, catalogue) is not { } agenda) return Problem.Result(RefusalTable.Of(Refusal.SlotUnknown));
        var answer = await commands.Send(agenda, new ResizeSlot(id, start, end) { RequestId = requestId, Actor = me.Actor, NotAfter = commands.NotAfter });
        return answer is SlotsOpened opened ? TypedResults.Ok(new ResizedView(requestId.ToString(), opened.SlotIds[0])) : await refusals.Problem(answer, me.Actor);
    }

    private static async Task<Results<Ok<HoldView>, ProblemHttpResult>> Hold(
        string id, CommandBody body, SignedIn me, TerritoryCatalogue catalogue, AgendaCommands commands, Refusals refusals, SessionRegister register, HoldRelease holds)
    {
        var fields = new Fields();
        var requestId = fields.RequestId(body.RequestId);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        if (await AgendaOf(id, catalogue) is not { } agenda) return Problem.Result(RefusalTable.Of(Refusal.SlotUnknown));
        var answer = await commands.Send(agenda, new HoldSlot(id) { RequestId = requestId, Actor = me.Actor, NotAfter = commands.NotAfter });
        if (answer is not HoldGranted granted) return await refusals.Problem(answer, me.Actor, id);
        // Signed out while the hold was on its way: nobody is left to use it.
        if (!register.Granted(me, granted.HoldId)) await holds.Release(me, granted.HoldId);
        return TypedResults.Ok(View(granted, requestId));
    }

    private static async Task<Results<Ok<HoldView>, ProblemHttpResult>> Extend(
        string id, CommandBody body, SignedIn me, TerritoryCatalogue catalogue, AgendaCommands commands, Refusals refusals)
    {
        var fields = new Fields();
        var requestId = fields.RequestId(body.RequestId);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        if (await AgendaOf(id, catalogue) is not { } agenda) return Problem.Result(RefusalTable.Of(Refusal.HoldUnknown));
        var answer = await commands.Send(agenda, new ExtendHold(id) { RequestId = requestId, Actor = me.Actor, NotAfter = commands.NotAfter });
        return answer is HoldGranted granted ? TypedResults.Ok(View(granted, requestId)) : await refusals.Problem(answer, me.Actor);
    }

    private static async Task<Results<Ok<DoneView>, ProblemHttpResult>> Release(
        string id, CommandBody body, SignedIn me, TerritoryCatalogue catalogue, AgendaCommands commands, Refusals refusals, SessionRegister register)
    {
        var fields = new Fields();
        var requestId = fields.RequestId(body.RequestId);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        if (await AgendaOf(id, catalogue) is not { } agenda) return Problem.Result(RefusalTable.Of(Refusal.HoldUnknown));
        var answer = await commands.Send(agenda, new ReleaseHold(id) { RequestId = requestId, Actor = me.Actor, NotAfter = commands.NotAfter });
        if (answer is not Done) return await refusals.Problem(answer, me.Actor);
        register.Spent(me.SessionId, id);
        return TypedResults.Ok(new DoneView(requestId.ToString()));
    }

    /// <summary>The known agenda of a slot, hold or booking; no grain is woken for an id that nobody gave out.</summary>
    internal static async ValueTask<string?> AgendaOf(string id, TerritoryCatalogue catalogue) =>
        Ids.AgendaOf(id) is { } agenda && (await catalogue.Agenda(agenda)).Agenda is not null ? agenda : null;

    internal static HoldView View(HoldGranted granted, Guid requestId) => new(granted.HoldId, granted.SlotId, granted.Until, requestId.ToString());
}
