using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using SnpLive.Grains.Calls;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.Notifications;
using SnpLive.Grains.Requests;
using SnpLive.Grains.Rules;

namespace SnpLive.Grains.Agendas;

/// <summary>What a decision's events change besides the stream: rows of the ledger, slots of the boards.</summary>
public sealed record AgendaEffects
{
    /// <summary>What happened, in one word: the first event's name.</summary>
    public required string Kind { get; init; }
    /// <summary>Claims to take or extend.</summary>
    public ImmutableArray<ClaimRow> TakeClaims { get; init; } = [];
    /// <summary>Claims to give back.</summary>
    public ImmutableArray<ClaimKey> DropClaims { get; init; } = [];
    /// <summary>Places to occupy.</summary>
    public ImmutableArray<OccupancyRow> Occupy { get; init; } = [];
    /// <summary>Bookings whose place becomes free.</summary>
    public ImmutableArray<string> VacateBookings { get; init; } = [];
    /// <summary>Slots published or withdrawn.</summary>
    public ImmutableArray<SlotRow> Slots { get; init; } = [];
    /// <summary>Wake-ups to set.</summary>
    public ImmutableArray<DueRow> SetDue { get; init; } = [];
    /// <summary>Wake-ups that are done.</summary>
    public ImmutableArray<DueKey> ClearDue { get; init; } = [];
    /// <summary>Slots that look different now, as they are after the events.</summary>
    public ImmutableArray<SlotPicture> Changed { get; init; } = [];

    /// <summary>Derives them.</summary>
    /// <param name="before">The state before.</param>
    /// <param name="events">What happened; not empty.</param>
    /// <param name="after">The state after.</param>
    public static AgendaEffects Of(AgendaState before, ImmutableArray<AgendaEvent> events, AgendaState after)
    {
        var effects = new AgendaEffects { Kind = KindOf(events[0]) };
        var (changed, written) = (new List<string>(), new List<string>());
        foreach (var e in events) effects = effects.And(e, before, after, changed, written);
        if (events.Any(e => e is AgendaConfigured or TemplateSet or SlotsPublished { Through: not null })) effects = effects.AndNextPublishing(after);
        effects = effects with { SetDue = effects.SetDue.AddRange(NoticeStreams.DueFor(after.Definition!.AgendaId, events, after.LastAt)) };
        return effects with
        {
            Slots = [.. written.Distinct().Select(id => after.FindSlot(id)!).Select(s => Row(s.Facts, s.Withdrawal != Withdrawal.None, after.Version))],
            Changed = [.. changed.Concat(written).Distinct().Select(after.FindSlot).OfType<AgendaSlot>().Select(s => s.ToPicture())],
        };
    }

    /// <param name="e">What happened.</param>
    /// <param name="before">The state before.</param>
    /// <param name="after">The state after.</param>
    /// <param name="changed">Gets slots that look different.</param>
    /// <param name="written">Gets slots whose published facts or withdrawal changed: one row each, however often.</param>
    private AgendaEffects And(AgendaEvent e, AgendaState before, AgendaState after, List<string> changed, List<string> written)
    {
        switch (e)
        {
            case SlotsPublished p:
                written.AddRange(p.Slots.Select(s => s.SlotId));
                return this;
            case SlotWithdrawn w:
                written.Add(w.SlotId);
                return this with { DropClaims = DropClaims.AddRange(before.FindSlot(w.SlotId)!.Holds.Select(h => Key(h.Picture, h.Place))) };
            case SlotOverbooked o:
                written.Add(o.SlotId);
                return this;
            case LocumSet l:
                written.AddRange(l.SlotIds);
                return this;
            case BookingToReplace r:
                changed.Add(before.FindBooking(r.BookingId)!.Value.Slot.Facts.SlotId);
                return this with { DropClaims = DropClaims.AddRange(ClaimOf(before, r.BookingId)) };
            case BookingReplaced r:
                changed.Add(before.FindBooking(r.BookingId)!.Value.Slot.Facts.SlotId);
                return this with { VacateBookings = VacateBookings.Add(r.BookingId) };
            case SlotHeld h:
                changed.Add(h.SlotId);
                return this with { TakeClaims = TakeClaims.Add(Claim(h.Hold, h.HoldPlace)) };
            case HoldExtended x:
                var (extendedSlot, extended) = after.FindHold(x.HoldId)!.Value;
                changed.Add(extendedSlot.Facts.SlotId);
                return this with { TakeClaims = TakeClaims.Add(Claim(extended.Picture, extended.Place)) };
            case HoldReleased r:
                var (releasedSlot, released) = before.FindHold(r.HoldId)!.Value;
                changed.Add(releasedSlot.Facts.SlotId);
                return this with { DropClaims = DropClaims.Add(Key(released.Picture, released.Place)) };
            case SlotBooked b:
                changed.Add(b.Booking.SlotId);
                return AndBooking(b, before, after);
            case BookingCancelled c:
                var (freed, cancelled) = before.FindBooking(c.BookingId)!.Value;
                changed.Add(freed.Facts.SlotId);
                return this with
                {
                    VacateBookings = VacateBookings.Add(c.BookingId),
                    DropClaims = DropClaims.AddRange(ClaimOf(before, c.BookingId)),
                    // a need first told by a booking ends with it
                    SetDue = AgendaIds.AgendaOf(cancelled.Booking.CareRequestId) is not null
                        ? SetDue
                        : SetDue.Add(new(CareRequestStreams.Stream(cancelled.Booking.CareRequestId), Wakes.Lost(c.BookingId), after.LastAt)),
                };
            case OutcomeRecorded { Status: AppointmentStatus.NoShow } o:
                return this with { DropClaims = DropClaims.AddRange(ClaimOf(before, o.BookingId)) };
            default:
                return this;
        }
    }

    private AgendaEffects AndBooking(SlotBooked booked, AgendaState before, AgendaState after)
    {
        var booking = booked.Booking;
        var effects = this with { Occupy = Occupy.Add(new(booking.SlotId, booking.Place, booking.BookingId)) };
        if (!booking.Override)
        {
            var careStream = before.FindSlot(booking.SlotId)!.Facts.CareStream;
            effects = effects with { TakeClaims = effects.TakeClaims.Add(new(booking.Surrogate, careStream, booking.BookingId, booked.ClaimUntil)) };
        }
        if (booked.HoldId is { } used && before.FindHold(used) is { } found)
            effects = effects with { DropClaims = effects.DropClaims.Add(Key(found.Hold.Picture, found.Hold.Place)) };
        if (booking.Replaces is { } old && AgendaIds.AgendaOf(old) is { } elsewhere) // the other agenda must learn of it, too
            effects = effects with { SetDue = effects.SetDue.Add(new(AgendaIds.Stream(elsewhere), Wakes.Replaced(old, booking.BookingId), after.LastAt)) };
        if (booking.CallId is { } call) // refused by the emergency exit's claim, in the way of nothing itself; and the call must learn of it
        {
            var (holder, key, owner) = CallStreams.Booking(call, booking.BookingId);
            effects = effects with
            {
                TakeClaims = effects.TakeClaims.Add(new(holder, key, owner, DateTimeOffset.UnixEpoch)),
                SetDue = effects.SetDue.Add(new(CallStreams.Stream(call), CallStreams.ServedBy(booking.BookingId), after.LastAt)),
            };
        }
        if (!booked.NewRequest) // the request must learn of it even if this process dies at once
            effects = effects with { SetDue = effects.SetDue.Add(new(CareRequestStreams.Stream(booking.CareRequestId), Wakes.Served(booking.BookingId), after.LastAt)) };
        return effects;
    }

    /// <summary>The next wake-up is for the day on which the horizon moves: waking earlier would find nothing to do and set no further one.</summary>
    private AgendaEffects AndNextPublishing(AgendaState after)
    {
        var definition = after.Definition!;
        var stream = AgendaIds.Stream(definition.AgendaId);
        if (after.Templates().IsEmpty) return this with { ClearDue = ClearDue.Add(new(stream, Wakes.Publish)) };
        var day = after.PublishedThrough!.Value.AddDays(1 - definition.Rules.PublishAheadDays);
        var at = CivilTime.InstantOf(day, Wakes.PublishTime(definition.AgendaId), definition.Rules.TimeZone);
        return this with { SetDue = SetDue.Add(new(stream, Wakes.Publish, at)) };
    }

    private static IEnumerable<ClaimKey> ClaimOf(AgendaState state, string bookingId)
    {
        var (slot, booking) = state.FindBooking(bookingId)!.Value;
        if (booking.ClaimUntil is not null) yield return new(booking.Booking.Surrogate, slot.Facts.CareStream, bookingId);
    }

    private static ClaimRow Claim(HoldPicture hold, int place) => new(HoldClaims.Holder(hold.ActorId), HoldClaims.Key(place), hold.HoldId, hold.Until);
    private static ClaimKey Key(HoldPicture hold, int place) => new(HoldClaims.Holder(hold.ActorId), HoldClaims.Key(place), hold.HoldId);

    private static SlotRow Row(SlotFacts facts, bool withdrawn, long version) =>
        new(facts.SlotId, facts.AgendaId, facts.Start, facts.End, withdrawn, version, JsonSerializer.Serialize(facts, SnpJson.Options));

    private static string KindOf(AgendaEvent e) => e switch
    {
        AgendaConfigured => "agenda-configured",
        SlotsPublished => "slots-published",
        SlotWithdrawn => "slot-withdrawn",
        SlotHeld => LedgerNames.SlotHeldKind, // boards look for it
        HoldExtended => "hold-extended",
        HoldReleased => "hold-released",
        SlotBooked => LedgerNames.SlotBookedKind,
        BookingCancelled => "booking-cancelled",
        OutcomeRecorded => "outcome-recorded",
        TemplateSet => "template-set",
        AbsenceStarted => "absence-started",
        AbsenceEnded => "absence-ended",
        LocumSet => "locum-set",
        BookingToReplace => "booking-to-replace",
        BookingReplaced => "booking-replaced",
        OverbookAllowed => "overbook-allowed",
        SlotOverbooked => "slot-overbooked",
        DelegatesSet => "delegates-set",
        _ => throw new ArgumentException($"Unknown event {e.GetType().Name}.", nameof(e)),
    };
}

/// <summary>The claims that bound how many slots one person holds, over all agendas.</summary>
public static class HoldClaims
{
    /// <summary>The claim's holder.</summary>
    public static string Holder(string actorId) => "actor:" + actorId;

    /// <summary>The claim's key for one of the person's places for holds (1…max).</summary>
    public static string Key(int place) => string.Create(CultureInfo.InvariantCulture, $"hold-{place}");

    /// <summary>Whether a claim that was refused is one of these and not a patient's.</summary>
    public static bool Is(ClaimRow claim) => claim.Holder.StartsWith("actor:", StringComparison.Ordinal);
}

/// <summary>Causes of wake-ups, understood by the grains of the streams that they name.</summary>
public static class Wakes
{
    /// <summary>To an agenda: publish what templates ask for.</summary>
    public const string Publish = "publish";

    /// <summary>To an agenda: a booking, perhaps on another agenda, has taken the place of one of its own that was to replace.</summary>
    public static string Replaced(string bookingId, string by) => $"replaced:{bookingId}:{by}";

    /// <summary>The bookings named by <see cref="Replaced"/>; null for another cause.</summary>
    public static (string BookingId, string By)? ReplacedBooking(string cause) =>
        cause.Split(':') is ["replaced", var booking, var by] ? (booking, by) : null;

    /// <summary>To an agenda: the call of one of its bookings went to the emergency branch.</summary>
    public static string EndedInEmergency(string bookingId) => "emergency:" + bookingId;

    /// <summary>The booking named by <see cref="EndedInEmergency"/>; null for another cause.</summary>
    public static string? EmergencyBooking(string cause) => cause.StartsWith("emergency:", StringComparison.Ordinal) ? cause["emergency:".Length..] : null;

    /// <summary>To a care request: a booking serves it.</summary>
    public static string Served(string bookingId) => "served:" + bookingId;

    /// <summary>The booking named by <see cref="Served"/>; null for another cause.</summary>
    public static string? ServedBooking(string cause) => cause.StartsWith("served:", StringComparison.Ordinal) ? cause["served:".Length..] : null;

    /// <summary>To a care request: a booking that served it was cancelled.</summary>
    public static string Lost(string bookingId) => "lost:" + bookingId;

    /// <summary>The booking named by <see cref="Lost"/>; null for another cause.</summary>
    public static string? LostBooking(string cause) => cause.StartsWith("lost:", StringComparison.Ordinal) ? cause["lost:".Length..] : null;

    /// <summary>Local time of the daily publishing: between 03:00 and 04:00, spread by the agenda's name so that agendas do not wake all at once.</summary>
    public static TimeOnly PublishTime(string agendaId)
    {
        var hash = 17u;
        foreach (var c in agendaId) hash = unchecked(hash * 31 + c);
        return new TimeOnly(3, 0).Add(TimeSpan.FromSeconds(hash % 3600));
    }
}
