using Microsoft.AspNetCore.Http.HttpResults;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;
using SnpLive.Web.Agendas;
using SnpLive.Web.Audit;
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
        string id, BookBody body, SignedIn me, BookingDesk desk, Replacements replacements, SessionRegister register, Refusals refusals)
    {
        var replaced = await replacements.Find(body, id, me);
        if (replaced.Problem is { } no) return no;
        var order = desk.Read(body, replaced.From);
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
        if (await ConcernedBooking.Known(id, catalogue, grains) is not { } found) return Unknown();
        var (booking, definition, territories) = (found.Booking, found.Definition, found.Territories);
        var today = CivilTime.Day(clock.Now, definition.Rules.TimeZone);
        // Whoever may not see it learns nothing, not even that it exists.
        if (!Rights.MaySeeBooking(me.Actor, RightsScope.Of(definition), definition.CareStream, booking, today)) return Unknown();

        var opened = await vault.Open(booking.Surrogate, booking.BookingId, me.Because(AccessAction.Read, definition, AccessWhy.Booking, booking.BookingId));
        return TypedResults.Ok(await BookingDetails.Of(booking, definition, territories, opened, grains, clock));
    }

    private static async Task<Results<Ok<DoneView>, ProblemHttpResult>> Cancel(
        string id, CancelBody body, SignedIn me, TerritoryCatalogue catalogue, AgendaCommands commands, Refusals refusals)
    {
        var fields = new Fields();
        var requestId = fields.RequestId(body.RequestId);
        var reason = fields.RequiredCode("reason", body.Reason, Codes.CancelReasons);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        if (await SlotsApi.AgendaOf(id, catalogue) is not { } agenda) return Unknown();
        var answer = await commands.Send(agenda, new CancelBooking(id, reason, body.PatientInformed) { RequestId = requestId, Actor = me.Actor, NotAfter = commands.NotAfter });
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

    private static ProblemHttpResult Unknown() => Problem.Result(RefusalTable.Of(Refusal.BookingUnknown));
}

/// <summary>One booking with its patient, once the vault has opened.</summary>
internal static class BookingDetails
{
    internal static async Task<BookingDetail> Of(
        Booking booking, AgendaDefinition definition, TerritorySetView territories, OpenedPatient opened, IGrainFactory grains, Clock clock)
    {
        // The slot lies between the decision and the deadline.
        var around = await grains.GetGrain<IAgendaGrain>(definition.AgendaId).Look(booking.DecidedAt.AddDays(-1), booking.Deadline.AddDays(1));
        var slot = around.Slots.FirstOrDefault(one => one.Facts.SlotId == booking.SlotId);
        var (identity, note, objects) = opened;
        return new(
            booking.BookingId, definition.AgendaId, booking.CareRequestId, Codes.Statuses.Write(booking.Status),
            slot is null ? null : SlotViews.Of(slot, territories, clock.Now),
            identity is null ? null : PatientView.Of(identity, note, objects), note?.Note, note?.OverrideReason, BookingSummary.Of(booking, territories));
    }
}
