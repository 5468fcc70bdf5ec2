using System.Text.Json;
using SnpLive.Grains.Ledger;

namespace SnpLive.Grains.Agendas;

/// <summary>
/// What the derived tables must hold for an agenda, worked out from its events a second time and in another way than <see cref="AgendaEffects"/>
/// does, so that a mistake in one shows against the other.
/// </summary>
public sealed class AgendaAudit : IStreamAudit
{
    /// <inheritdoc/>
    public string Prefix => AgendaIds.StreamPrefix;

    /// <inheritdoc/>
    public StreamExpectation Fold(string stream, IReadOnlyList<RecordedCommand> commands, DateTimeOffset now)
    {
        var state = AgendaState.Empty;
        var tables = new Tables();
        foreach (var recorded in commands)
        {
            foreach (var e in AgendaFold.Events(recorded)) tables.Note(e, recorded.Version);
            state = AgendaFold.Apply(state, recorded);
        }
        if (state.Definition is { } definition && AgendaIds.Stream(definition.AgendaId) != stream)
            throw new EventRejectedException($"{definition.AgendaId} lies in {stream}.");
        return new(
            AgendaFold.ToSnapshot(state).State,
            [.. tables.Claims.Values.Where(c => c.Until > now).OrderBy(c => c.Owner, StringComparer.Ordinal)],
            [.. tables.Occupancy.Values.OrderBy(o => o.BookingId, StringComparer.Ordinal)],
            [.. tables.Slots.Values.OrderBy(s => s.SlotId, StringComparer.Ordinal)]);
    }

    private sealed class Tables
    {
        /// <summary>By owner: a hold or a booking has one claim at most.</summary>
        public Dictionary<string, ClaimRow> Claims { get; } = [];
        public Dictionary<string, OccupancyRow> Occupancy { get; } = [];
        public Dictionary<string, SlotRow> Slots { get; } = [];
        private readonly Dictionary<string, string> slotOfHold = [];
        private readonly Dictionary<string, SlotFacts> facts = [];

        public void Note(AgendaEvent e, long version)
        {
            switch (e)
            {
                case SlotsPublished p:
                    foreach (var slot in p.Slots)
                    {
                        facts[slot.SlotId] = slot;
                        Slots[slot.SlotId] = new(slot.SlotId, slot.AgendaId, slot.Start, slot.End, false, version, JsonSerializer.Serialize(slot, SnpJson.Options));
                    }
                    break;
                case SlotWithdrawn w:
                    Slots[w.SlotId] = Slots[w.SlotId] with { Withdrawn = true, Version = version };
                    foreach (var (hold, _) in slotOfHold.Where(h => h.Value == w.SlotId)) Claims.Remove(hold);
                    break;
                case SlotHeld h:
                    slotOfHold[h.Hold.HoldId] = h.SlotId;
                    Claims[h.Hold.HoldId] = new(HoldClaims.Holder(h.Hold.ActorId), HoldClaims.Key(h.HoldPlace), h.Hold.HoldId, h.Hold.Until);
                    break;
                case HoldExtended x:
                    Claims[x.HoldId] = Claims[x.HoldId] with { Until = x.Until };
                    break;
                case HoldReleased r:
                    Claims.Remove(r.HoldId);
                    break;
                case SlotBooked b:
                    var booking = b.Booking;
                    if (b.HoldId is { } used) Claims.Remove(used);
                    Occupancy[booking.BookingId] = new(booking.SlotId, booking.Place, booking.BookingId);
                    if (!booking.Override)
                        Claims[booking.BookingId] = new(booking.Surrogate, facts[booking.SlotId].CareStream, booking.BookingId, b.ClaimUntil);
                    break;
                case BookingToReplace r:
                    Claims.Remove(r.BookingId);
                    break;
                case BookingReplaced r:
                    Occupancy.Remove(r.BookingId);
                    break;
                case SlotOverbooked o:
                    Rewrite(o.SlotId, version, f => f with { Capacity = f.Capacity + 1 });
                    break;
                case LocumSet l:
                    foreach (var id in l.SlotIds) Rewrite(id, version, f => f with { Locum = l.Locum });
                    break;
                case BookingCancelled c:
                    Occupancy.Remove(c.BookingId);
                    Claims.Remove(c.BookingId);
                    break;
                case OutcomeRecorded { Status: AppointmentStatus.NoShow } o:
                    Claims.Remove(o.BookingId);
                    break;
            }
        }

        private void Rewrite(string slotId, long version, Func<SlotFacts, SlotFacts> change)
        {
            facts[slotId] = change(facts[slotId]);
            Slots[slotId] = Slots[slotId] with { Version = version, Facts = JsonSerializer.Serialize(facts[slotId], SnpJson.Options) };
        }
    }
}
