using Microsoft.AspNetCore.Http.HttpResults;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.People;
using SnpLive.Grains.Territories;
using SnpLive.Web.Live;
using SnpLive.Web.Problems;
using SnpLive.Web.Sessions;
using SnpLive.Web.Territories;

namespace SnpLive.Web.Bookings;

/// <summary>A booking that is to replace, without its patient.</summary>
/// <param name="BookingId">The booking.</param>
/// <param name="TerritoryId">The CPTS of its agenda.</param>
/// <param name="AgendaId">The agenda.</param>
/// <param name="SlotId">The slot that was lost.</param>
/// <param name="Start">When it would have begun, UTC.</param>
/// <param name="Practitioner">Who would have seen the patient.</param>
/// <param name="Stream">Care stream.</param>
/// <param name="Reason">National reason code.</param>
/// <param name="Because"><c>absence</c> or <c>withdrawal</c>.</param>
/// <param name="BookedBy">The organisation that booked.</param>
/// <param name="Owner"><c>teleSecretary</c> or <c>requester</c>: whose task it is.</param>
/// <param name="Since">Since when, UTC.</param>
/// <param name="WantedBefore">End of the patient's window, UTC.</param>
internal sealed record ReplacementView(
    string BookingId, string TerritoryId, string AgendaId, string SlotId, DateTimeOffset Start, PractitionerView? Practitioner, string Stream, string Reason,
    string Because, string BookedBy, string Owner, DateTimeOffset Since, DateTimeOffset WantedBefore);

/// <summary>The list “à replacer”.</summary>
internal static class ReplacementsApi
{
    internal static void MapReplacements(this IEndpointRouteBuilder api) => api.MapGroup("/replacements").WithTags("Bookings").MapGet("", List);

    private static async Task<Results<Ok<IReadOnlyList<ReplacementView>>, ProblemHttpResult>> List(
        string? territory, SignedIn me, TerritoryCatalogue catalogue, Replacements replacements)
    {
        var territories = await catalogue.Read();
        if (territory is not null && territories.Territory(territory, me.Actor) is null) return Problem.Result(Problem.TerritoryUnknown);
        var agendas = territories.SeenBy(me.Actor).Where(one => territory is null || one.Id == territory)
            .SelectMany(one => one.Agendas.Select(entry => new KnownAgenda(one, entry))).ToList();
        var open = await replacements.Open(agendas, me.Actor);
        return TypedResults.Ok<IReadOnlyList<ReplacementView>>([.. open.Select(one => View(one.Agenda, one.Booking, one.Start, territories))]);
    }

    private static ReplacementView View(KnownAgenda agenda, Booking booking, DateTimeOffset start, TerritorySetView territories) => new(
        booking.BookingId, agenda.Territory.Id, agenda.Entry.Id, booking.SlotId, start,
        territories.Professional(agenda.Entry.PractitionerId) is { } practitioner ? new(practitioner.Name, practitioner.Speciality) : null,
        agenda.Entry.CareStream, booking.Reason, Codes.ReplaceCauses.Write(booking.ToReplaceBecause!.Value),
        territories.OrganizationName(booking.OrganizationId) ?? booking.OrganizationId,
        HasTeleSecretary(agenda.Territory) ? "teleSecretary" : "requester", booking.ToReplaceSince!.Value, booking.Deadline);

    /// <summary>A telesecretariat of the tenant takes the task over; a requester without one keeps it.</summary>
    private static bool HasTeleSecretary(TerritoryDocument territory) =>
        territory.Professionals.Any(one => one.Role == Role.TeleSecretary && one.Memberships.Contains(territory.Id));
}
