using System.Collections.Immutable;

namespace SnpLive.Grains.Agendas;

/// <summary>What each kind of event does to the state. It checks what must hold whatever was decided: the last line inside the process.</summary>
internal static class AgendaEventFold
{
    internal static AgendaState Apply(AgendaState state, AgendaEvent e, DateTimeOffset at) => e switch
    {
        AgendaConfigured c => state with { Definition = c.Definition },
        SlotsPublished p => Publish(state, p),
        SlotWithdrawn w => Withdraw(state, w),
        SlotHeld h => Hold(state, h, at),
        HoldExtended x => Extend(state, x),
        HoldReleased r => Release(state, r),
        SlotBooked b => Book(state, b, at),
        BookingCancelled c => Change(state, c.BookingId,
            b => b with { Booking = b.Booking with { Status = AppointmentStatus.Cancelled, CancelReason = c.Reason }, ClaimUntil = null }),
        OutcomeRecorded o => Change(state, o.BookingId,
            b => b with { Booking = b.Booking with { Status = o.Status }, ClaimUntil = o.Status == AppointmentStatus.NoShow ? null : b.ClaimUntil }),
        BookingToReplace r => Change(state, r.BookingId,
            b => b with { Booking = b.Booking with { Status = AppointmentStatus.ToReplace, ToReplaceSince = at, ToReplaceBecause = r.Cause }, ClaimUntil = null }),
        BookingReplaced r => Change(state, r.BookingId, b => b with { Booking = b.Booking with { Status = AppointmentStatus.Replaced, ReplacedBy = r.By } }),
        SlotOverbooked o => Overbook(state, o.SlotId),
        LocumSet l => StandIn(state, l),
        TemplateSet t => With(state, s => s with { Plan = t.Plan }),
        AbsenceStarted a => StartAbsence(state, a.Absence),
        AbsenceEnded a => EndAbsence(state, a.AbsenceId),
        OverbookAllowed o => With(state, s => s with { Overbook = o.Allowed }),
        DelegatesSet d => With(state, s => s with { Delegation = d.Delegation.Professionals.IsEmpty ? null : d.Delegation }),
        _ => throw new EventRejectedException($"Unknown event {e.GetType().Name}."),
    };

    private static AgendaState Publish(AgendaState state, SlotsPublished published)
    {
        var agendaId = Defined(state).AgendaId;
        var (slots, count) = (state.Slots.ToBuilder(), state.SlotCount);
        foreach (var facts in published.Slots)
        {
            Require(facts.SlotId == AgendaIds.Slot(agendaId, ++count), facts.SlotId, "is not the next slot");
            Require(facts.Capacity >= 1 && facts.Start < facts.End, facts.SlotId, "makes no sense");
            slots.Insert(PlaceFor(slots, facts), new(facts, published.Through is not null, Withdrawal.None, [], []));
        }
        return state with { Slots = slots.DrainToImmutable(), SlotCount = count, PublishedThrough = published.Through ?? state.PublishedThrough };
    }

    private static int PlaceFor(ImmutableArray<AgendaSlot>.Builder slots, SlotFacts facts)
    {
        var i = slots.Count;
        while (i > 0 && slots[i - 1].Facts.Start > facts.Start) i--;
        return i;
    }

    private static AgendaState Withdraw(AgendaState state, SlotWithdrawn withdrawn)
    {
        var slot = Slot(state, withdrawn.SlotId);
        Require(slot.Withdrawal == Withdrawal.None, withdrawn.SlotId, "is withdrawn already");
        Require(!slot.Bookings.Any(b => b.TakesPlace() && b.Booking.Status != AppointmentStatus.ToReplace), withdrawn.SlotId, "is booked");
        return Put(state, slot, slot with { Withdrawal = withdrawn.Superseded ? Withdrawal.Superseded : Withdrawal.ByHand, Holds = [] });
    }

    private static AgendaState Hold(AgendaState state, SlotHeld held, DateTimeOffset at)
    {
        var slot = Slot(state, held.SlotId);
        Require(slot.Withdrawal == Withdrawal.None, held.SlotId, "is withdrawn");
        Require(slot.CountTaken() + slot.LiveHolds(at).Count() < slot.Facts.Capacity, held.SlotId, "has no free place to hold");
        Require(held.Hold.HoldId == AgendaIds.Hold(slot.Facts.AgendaId, state.HoldCount + 1), held.Hold.HoldId, "is not the next hold");
        Require(held.Hold.Until > at, held.Hold.HoldId, "ends before it begins");
        return Put(state, slot, slot with { Holds = slot.Holds.Add(new(held.Hold, held.HoldPlace, false)) }) with { HoldCount = state.HoldCount + 1 };
    }

    private static AgendaState Extend(AgendaState state, HoldExtended extended)
    {
        var (slot, hold) = Known(state.FindHold(extended.HoldId), extended.HoldId);
        Require(!hold.Extended && extended.Until > hold.Picture.Until, extended.HoldId, "cannot be extended so");
        var longer = hold with { Picture = hold.Picture with { Until = extended.Until }, Extended = true };
        return Put(state, slot, slot with { Holds = slot.Holds.Replace(hold, longer) });
    }

    private static AgendaState Release(AgendaState state, HoldReleased released)
    {
        var (slot, hold) = Known(state.FindHold(released.HoldId), released.HoldId);
        return Put(state, slot, slot with { Holds = slot.Holds.Remove(hold) });
    }

    private static AgendaState Book(AgendaState state, SlotBooked booked, DateTimeOffset at)
    {
        var (id, slot) = (booked.Booking.BookingId, Slot(state, booked.Booking.SlotId));
        var holds = slot.Holds;
        if (booked.HoldId is { } used)
        {
            var (heldSlot, hold) = Known(state.FindHold(used), used);
            Require(ReferenceEquals(heldSlot, slot), used, "is on another slot");
            holds = holds.Remove(hold);
        }
        Require(id == AgendaIds.Booking(slot.Facts.AgendaId, state.BookingCount + 1), id, "is not the next booking");
        Require(slot.Withdrawal == Withdrawal.None, id, "is on a withdrawn slot");
        Require(booked.Booking.Place >= 1 && booked.Booking.Place <= slot.Facts.Capacity, id, "has a place that does not exist");
        Require(!slot.Bookings.Any(b => b.TakesPlace() && b.Booking.Place == booked.Booking.Place), id, "has a place that is taken");
        Require(slot.CountTaken() + holds.Count(h => h.Picture.Until > at) < slot.Facts.Capacity, id, "takes a place that somebody holds");
        var booking = new SlotBooking(booked.Booking, booked.Booking.Override ? null : booked.ClaimUntil);
        return Put(state, slot, slot with { Holds = holds, Bookings = slot.Bookings.Add(booking) }) with { BookingCount = state.BookingCount + 1 };
    }

    private static AgendaState Change(AgendaState state, string bookingId, Func<SlotBooking, SlotBooking> change)
    {
        var (slot, booking) = Known(state.FindBooking(bookingId), bookingId);
        var changed = change(booking);
        var (from, to) = (booking.Booking.Status, changed.Booking.Status);
        Require(MayBecome(from, to), bookingId, $"is {from} and cannot become {to}");
        return Put(state, slot, slot with { Bookings = slot.Bookings.Replace(booking, changed) });
    }

    private static bool MayBecome(AppointmentStatus from, AppointmentStatus to) => to switch
    {
        AppointmentStatus.Cancelled => from is AppointmentStatus.Booked or AppointmentStatus.ToReplace,
        AppointmentStatus.Fulfilled or AppointmentStatus.NoShow => from is AppointmentStatus.Booked or AppointmentStatus.Fulfilled or AppointmentStatus.NoShow,
        AppointmentStatus.ToReplace => from is AppointmentStatus.Booked,
        AppointmentStatus.Replaced => from is AppointmentStatus.ToReplace,
        _ => false, // nothing is booked again
    };

    private static AgendaState Overbook(AgendaState state, string slotId)
    {
        var slot = Slot(state, slotId);
        Require(slot.Withdrawal == Withdrawal.None, slotId, "is withdrawn");
        // Changed by hand from now on: a template does not ask for it in this form, and must not take it away.
        return Put(state, slot, slot with
        {
            Facts = slot.Facts with { Capacity = slot.Facts.Capacity + 1 }, FromTemplate = false, Overbooked = (slot.Overbooked ?? 0) + 1,
        });
    }

    private static AgendaState StandIn(AgendaState state, LocumSet set)
    {
        foreach (var id in set.SlotIds)
        {
            var slot = Slot(state, id);
            state = Put(state, slot, slot with { Facts = slot.Facts with { Locum = set.Locum } });
        }
        return state;
    }

    private static AgendaState StartAbsence(AgendaState state, Absence absence)
    {
        var settings = state.SettingsOrNone();
        Require(absence.AbsenceId == AgendaIds.Absence(Defined(state).AgendaId, settings.AbsenceCount + 1), absence.AbsenceId, "is not the next absence");
        Require(absence.From < absence.To && !absence.Ended, absence.AbsenceId, "makes no sense");
        return With(state, s => s with { Absences = s.Absences.Add(absence), AbsenceCount = s.AbsenceCount + 1 });
    }

    private static AgendaState EndAbsence(AgendaState state, string absenceId)
    {
        var absence = state.SettingsOrNone().Absences.FirstOrDefault(a => a.AbsenceId == absenceId) ?? throw new EventRejectedException($"{absenceId} is unknown.");
        Require(!absence.Ended, absenceId, "has ended already");
        return With(state, s => s with { Absences = s.Absences.Replace(absence, absence with { Ended = true }) });
    }

    private static AgendaState With(AgendaState state, Func<AgendaSettings, AgendaSettings> change) => state with { Settings = change(state.SettingsOrNone()) };

    private static AgendaState Put(AgendaState state, AgendaSlot old, AgendaSlot changed)
    {
        // By reference: records compare by value, which is slow and would not tell twins apart.
        for (var i = 0; i < state.Slots.Length; i++)
            if (ReferenceEquals(state.Slots[i], old)) return state with { Slots = state.Slots.SetItem(i, changed) };
        throw new EventRejectedException($"{old.Facts.SlotId} is not in the state.");
    }

    private static AgendaDefinition Defined(AgendaState state) => state.Definition ?? throw new EventRejectedException("The agenda was never configured.");

    private static AgendaSlot Slot(AgendaState state, string slotId) => state.FindSlot(slotId) ?? throw new EventRejectedException($"{slotId} is unknown.");

    private static T Known<T>(T? found, string id) where T : struct => found ?? throw new EventRejectedException($"{id} is unknown.");

    private static void Require(bool holds, string id, string problem)
    {
        if (!holds) throw new EventRejectedException($"{id} {problem}.");
    }
}
