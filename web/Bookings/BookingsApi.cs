using Microsoft.AspNetCore.Http.HttpResults;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;
using SnpLive.Web.Agendas;
using SnpLive.Web.Commands;
using SnpLive.Web.Hosting;
using SnpLive.Web.Problems;
using SnpLive.Web.Sessions;
using SnpLive.Web.Territories;
using SnpLive.Web.Validation;

namespace SnpLive.Web.Bookings;

/// <summary>Bookings: make, look at, cancel, record the outcome.</summary>
internal static class BookingsApi
{
    internal static void MapBookings(this IEndpointRouteBuilder api)
    {
        var bookings = api.MapGroup("").WithTags("Bookings");
        bookings.MapPost("/slots/{id}/bookings", Book);
        bookings.MapGet("/bookings/{id}", Get);
        bookings.MapPost("/bookings/{id}/cancel", Cancel);
        bookings.MapPost("/bookings/{id}/outcome", RecordOutcome);
    }

    private static async Task<Results<Created<BookingMade>, ProblemHttpResult>> Book(
        string id, BookBody body, SignedIn me, BookingDesk desk, SessionRegister register, Refusals refusals)
    {
        var order = desk.Read(body);
        if (!order.Fields.Valid) return Problem.Invalid(order.Fields.Errors);
        if (await desk.Prepare(id, order, me.Actor) is not { } prepared) return Problem.Result(RefusalTable.Of(Refusal.SlotUnknown));
        if (prepared.Problem is { } problem) return problem;

        var answer = await desk.Send(prepared);
        if (answer is not BookingConfirmed confirmed) return await refusals.Problem(answer, me.Actor, id);
        if (order.HoldId is { } hold) register.Spent(me.SessionId, hold);
        return TypedResults.Created($"/api/bookings/{confirmed.BookingId}", desk.View(confirmed, order.RequestId, prepared.Territories));
    }

    private static async Task<Results<Ok<BookingDetail>, ProblemHttpResult>> Get(
        string id, SignedIn me, TerritoryCatalogue catalogue, IGrainFactory grains, IPersonVault vault, Clock clock)
    {
        if (await Find(id, catalogue, grains) is not { } found) return Unknown();
        var (booking, definition, territories) = found;
        var today = CivilTime.Day(clock.Now, definition.Rules.TimeZone);
        // Whoever may not see it learns nothing, not even that it exists.
        if (!Rights.MaySeeBooking(me.Actor, RightsScope.Of(definition), definition.CareStream, booking, today)) return Unknown();

        var identity = await vault.OpenIdentity(booking.Surrogate);
        var note = await vault.OpenNote(booking.BookingId);
        // The slot lies between the decision and the deadline.
        var around = await grains.GetGrain<IAgendaGrain>(definition.AgendaId).Look(booking.DecidedAt.AddDays(-1), booking.Deadline.AddDays(1));
        var slot = around.Slots.FirstOrDefault(one => one.Facts.SlotId == booking.SlotId);
        return TypedResults.Ok(new BookingDetail(
            booking.BookingId, definition.AgendaId, booking.CareRequestId, Codes.Statuses.Write(booking.Status),
            slot is null ? null : SlotViews.Of(slot, territories, clock.Now),
            identity is null ? null : PatientView.Of(identity, note), note?.Note, note?.OverrideReason, BookingSummary.Of(booking, territories)));
    }

    private static async Task<Results<Ok<DoneView>, ProblemHttpResult>> Cancel(
        string id, CancelBody body, SignedIn me, TerritoryCatalogue catalogue, AgendaCommands commands, Refusals refusals)
    {
        var fields = new Fields();
        var requestId = fields.RequestId(body.RequestId);
        var reason = fields.RequiredCode("reason", body.Reason, Codes.CancelReasons);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        if (await SlotsApi.AgendaOf(id, catalogue) is not { } agenda) return Unknown();
        var answer = await commands.Send(agenda, new CancelBooking(id, reason) { RequestId = requestId, Actor = me.Actor, NotAfter = commands.NotAfter });
        return answer is Done ? TypedResults.Ok(new DoneView(requestId.ToString())) : await refusals.Problem(answer, me.Actor);
    }

    private static async Task<Results<Ok<DoneView>, ProblemHttpResult>> RecordOutcome(
        string id, OutcomeBody body, SignedIn me, TerritoryCatalogue catalogue, AgendaCommands commands, Refusals refusals)
    {
        var fields = new Fields();
        var requestId = fields.RequestId(body.RequestId);
        var status = fields.RequiredCode("status", body.Status, Codes.Outcomes);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        if (await SlotsApi.AgendaOf(id, catalogue) is not { } agenda) return Unknown();
        var answer = await commands.Send(agenda, new RecordOutcome(id, status) { RequestId = requestId, Actor = me.Actor, NotAfter = commands.NotAfter });
        return answer is Done ? TypedResults.Ok(new DoneView(requestId.ToString())) : await refusals.Problem(answer, me.Actor);
    }

    private static async Task<(Booking, AgendaDefinition, TerritorySetView)?> Find(string id, TerritoryCatalogue catalogue, IGrainFactory grains)
    {
        if (Ids.AgendaOf(id) is not { } agendaId) return null;
        var (territories, agenda) = await catalogue.Agenda(agendaId);
        if (agenda is null) return null;
        var grain = grains.GetGrain<IAgendaGrain>(agendaId);
        return await grain.Booking(id) is { } booking && await grain.Definition() is { } definition ? (booking, definition, territories) : null;
    }

    private static ProblemHttpResult Unknown() => Problem.Result(RefusalTable.Of(Refusal.BookingUnknown));
}
