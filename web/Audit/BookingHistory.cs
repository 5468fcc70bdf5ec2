using Microsoft.AspNetCore.Http.HttpResults;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;
using SnpLive.Web.Hosting;
using SnpLive.Web.Problems;
using SnpLive.Web.Sessions;
using SnpLive.Web.Territories;

namespace SnpLive.Web.Audit;

/// <summary>Who held, booked, cancelled a booking and what became of it: the business history, for those concerned, out of the log itself.</summary>
internal static class BookingHistory
{
    /// <summary>A hold lasts a few minutes: none that led to the booking is older.</summary>
    private static readonly TimeSpan HoldsBefore = TimeSpan.FromHours(1);

    internal static async Task<Results<Ok<BookingHistoryView>, ProblemHttpResult>> Get(
        string id, SignedIn me, TerritoryCatalogue catalogue, IGrainFactory grains, ILedger ledger, Clock clock)
    {
        if (await ConcernedBooking.Find(id, me.Actor, catalogue, grains, clock) is not { } found) return Problem.Result(RefusalTable.Of(Refusal.BookingUnknown));
        var booking = found.Booking;
        var commands = await ledger.ReadMentions(AgendaIds.Stream(found.Definition.AgendaId), [booking.SlotId, booking.BookingId], booking.BookedAt - HoldsBefore);
        return TypedResults.Ok(new BookingHistoryView(booking.BookingId, [.. commands.SelectMany(one => Of(one, booking, found.Territories))]));
    }

    private static IEnumerable<HistoryView> Of(RecordedCommand command, Booking booking, TerritorySetView territories)
    {
        foreach (var e in AgendaFold.Events(command))
            if (Told(e, booking) is var (what, detail)) yield return new(command.OccurredAt, what, Person(command.ActorId, territories), detail);
    }

    private static (string What, string? Detail)? Told(AgendaEvent e, Booking booking) => e switch
    {
        SlotHeld held when held.SlotId == booking.SlotId => ("held", null),
        SlotBooked booked when booked.Booking.BookingId == booking.BookingId => ("booked", booked.Booking.Override ? "override" : booked.Booking.Replaces is null ? null : "replaces"),
        BookingCancelled cancelled when cancelled.BookingId == booking.BookingId => ("cancelled", Codes.CancelReasons.Write(cancelled.Reason)),
        BookingToReplace lost when lost.BookingId == booking.BookingId => ("toReplace", Codes.ReplaceCauses.Write(lost.Cause)),
        BookingReplaced replaced when replaced.BookingId == booking.BookingId => ("replaced", null),
        OutcomeRecorded outcome when outcome.BookingId == booking.BookingId => (Codes.Statuses.Write(outcome.Status), null),
        _ => null,
    };

    private static AuditPersonView Person(string id, TerritorySetView territories) => territories.Professional(id) is { } known
        ? AuditPersonView.Of(known.Id, known.Role, known.OrganizationId, territories)
        : AuditPersonView.Of(id, Role.System, Actor.System.OrganizationId, territories);
}
