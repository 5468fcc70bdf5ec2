using SnpLive.Grains.Agendas;
using SnpLive.Grains.Territories;
using SnpLive.Web.Live;
using SnpLive.Web.Territories;

namespace SnpLive.Web.Agendas;

/// <summary>Slots of an agenda with the names that a reader needs.</summary>
internal static class SlotViews
{
    /// <summary>The slot as it is now.</summary>
    internal static SlotView Of(SlotPicture slot, TerritorySetView territories, DateTimeOffset now)
    {
        var state = SlotStates.Of(slot, now);
        var holds = slot.Holds.Where(hold => hold.Until > now).OrderBy(hold => hold.Until).ToList();
        var held = state == SlotState.Held && holds.Count > 0 ? holds[0] : null;
        return Of(slot.Facts, territories, state, slot.Taken) with
        {
            HeldBy = held is null ? null : territories.OrganizationName(held.OrganizationId) ?? held.OrganizationId,
            HeldUntil = held?.Until,
        };
    }

    /// <summary>Published facts with a state said from outside.</summary>
    internal static SlotView Of(SlotFacts facts, TerritorySetView territories, SlotState state, int taken)
    {
        var agenda = territories.Agenda(facts.AgendaId);
        var practitioner = agenda is null ? null : territories.Professional(agenda.Entry.PractitionerId);
        return new(
            facts.SlotId, facts.AgendaId, facts.Start, facts.End, facts.CareStream, Codes.Modes.Write(facts.Mode), Codes.SlotStates.Write(state),
            facts.Capacity, taken, facts.MinNoticeMinutes, Codes.Write(facts.Audience), null, null, null,
            practitioner is null ? null : new(practitioner.Name, practitioner.Speciality), Place(territories.Place(facts.PlaceId), agenda?.Territory))
        {
            TakeBackBefore = facts.TakeBackMinutes,
            Locum = facts.Locum is { } id && territories.Professional(id) is { } locum ? new(locum.Name, locum.Speciality) : null,
        };
    }

    internal static PlaceView Place(Place? place, TerritoryDocument? territory) => place is null
        ? new("", "", "", "", "", 0, 0)
        : new(place.Name, place.Address, territory?.Communes.FirstOrDefault(one => one.Code == place.CommuneCode)?.Name ?? "", place.PostalCode, place.Phone, place.Lat, place.Lon);
}
