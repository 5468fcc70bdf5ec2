using Microsoft.AspNetCore.Http.HttpResults;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;
using SnpLive.Web.Agendas;
using SnpLive.Web.Hosting;
using SnpLive.Web.Live;
using SnpLive.Web.Problems;
using SnpLive.Web.Sessions;
using SnpLive.Web.Territories;
using SnpLive.Web.Validation;

namespace SnpLive.Web.Bookings;

/// <summary>A booking of one's organisation, without its patient.</summary>
/// <param name="Booking">The booking.</param>
/// <param name="AgendaId">Its agenda.</param>
/// <param name="TerritoryId">The agenda's territory, whose time zone is the slot's.</param>
/// <param name="Slot">When, where, with whom.</param>
internal sealed record OwnBooking(BookingSummary Booking, string AgendaId, string TerritoryId, SlotView Slot);

/// <summary>Bookings of one's organisation, by the slot's start.</summary>
/// <param name="AsOf">UTC.</param>
/// <param name="Bookings">Of slots that touch the range.</param>
internal sealed record OwnBookingsView(DateTimeOffset AsOf, IReadOnlyList<OwnBooking> Bookings);

/// <summary>“Mes réservations”: what the requester's organisation booked.</summary>
/// <remarks>
/// The ledger names the agendas in which people of the organisation booked, by an index; those agendas alone are asked, so that the answer is
/// theirs and no state is kept twice. They remember a slot until <see cref="AgendaState.SlotMemory"/> after its end.
/// </remarks>
internal static class OwnBookingsApi
{
    /// <summary>The widest window in which one may book (domain reference §4): a booking is made at most this long before its slot.</summary>
    private static readonly TimeSpan WidestWindow = TimeSpan.FromHours(48);
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(3);

    internal static void MapOwnBookings(this IEndpointRouteBuilder api) => api.MapGroup("").WithTags("Bookings").MapGet("/bookings", List);

    private static async Task<Results<Ok<OwnBookingsView>, ProblemHttpResult>> List(
        string? from, string? to, SignedIn me, TerritoryCatalogue catalogue, ILedger ledger, IGrainFactory grains, Clock clock)
    {
        var fields = new Fields();
        var range = InstantRange.Read(fields, from, to);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        var now = clock.Now;
        var start = range.From ?? now - AgendaState.SlotMemory;
        var end = range.To ?? (range.From ?? now) + Ahead;

        var territories = await catalogue.Read();
        var colleagues = territories.Professionals.Where(one => one.OrganizationId == me.Actor.OrganizationId).Select(one => one.Id).Append(me.Actor.Id).Distinct();
        var streams = await ledger.ReadBookedStreams([.. colleagues], start - WidestWindow);
        var agendas = streams.Select(stream => territories.Agenda(stream[LedgerNames.AgendaStreams.Length..])).OfType<KnownAgenda>();
        var found = await Task.WhenAll(agendas.Select(agenda => Of(agenda, me.Actor, territories, grains, start, end, now)));
        return TypedResults.Ok(new OwnBookingsView(now, [.. found.SelectMany(one => one)
            .OrderBy(one => one.Slot.Start).ThenBy(one => one.Booking.Id, StringComparer.Ordinal)]));
    }

    private static async Task<IEnumerable<OwnBooking>> Of(
        KnownAgenda agenda, Actor actor, TerritorySetView territories, IGrainFactory grains, DateTimeOffset start, DateTimeOffset end, DateTimeOffset now)
    {
        var grain = grains.GetGrain<IAgendaGrain>(agenda.Entry.Id);
        if (await grain.Definition() is not { } definition) return [];
        var today = CivilTime.Day(now, definition.Rules.TimeZone);
        var scope = RightsScope.Of(definition);
        var bookings = (await grain.Bookings(start, end)).Where(one => one.OrganizationId == actor.OrganizationId
            && Rights.MaySeeBooking(actor, scope, definition.CareStream, one, today)).ToList();
        if (bookings.Count == 0) return [];
        var slots = (await grain.Look(start, end)).Slots.ToDictionary(one => one.Facts.SlotId);
        return bookings.Where(one => slots.ContainsKey(one.SlotId)).Select(one => new OwnBooking(
            BookingSummary.Of(one, territories), definition.AgendaId, agenda.Territory.Id, SlotViews.Of(slots[one.SlotId], territories, now)));
    }
}
