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
        Require(slot.CountTaken() == 0, withdrawn.SlotId, "is booked");
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
        Require(!slot.Bookings.Any(b => b.Booking.Status != AppointmentStatus.Cancelled && b.Booking.Place == booked.Booking.Place), id, "has a place that is taken");
        Require(slot.CountTaken() + holds.Count(h => h.Picture.Until > at) < slot.Facts.Capacity, id, "takes a place that somebody holds");
        var booking = new SlotBooking(booked.Booking, booked.Booking.Override ? null : booked.ClaimUntil);
        return Put(state, slot, slot with { Holds = holds, Bookings = slot.Bookings.Add(booking) }) with { BookingCount = state.BookingCount + 1 };
    }

    private static AgendaState Change(AgendaState state, string bookingId, Func<SlotBooking, SlotBooking> change)
    {
        var (slot, booking) = Known(state.FindBooking(bookingId), bookingId);
        Require(booking.Booking.Status != AppointmentStatus.Cancelled, bookingId, "is cancelled");
        var changed = change(booking);
        Require(changed.Booking.Status != AppointmentStatus.Cancelled || booking.Booking.Status == AppointmentStatus.Booked, bookingId, "has an outcome");
        Require(changed.Booking.Status != AppointmentStatus.Booked, bookingId, "cannot be booked again");
        return Put(state, slot, slot with { Bookings = slot.Bookings.Replace(booking, changed) });
    }

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
