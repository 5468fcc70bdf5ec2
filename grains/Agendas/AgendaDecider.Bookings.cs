using SnpLive.Grains.People;
using SnpLive.Grains.Rules;

namespace SnpLive.Grains.Agendas;

public static partial class AgendaDecider
{
    private static Outcome Book(Asked asked, BookSlot command)
    {
        if (command.Surrogate is not { Length: > 0 } surrogate)
            throw new ArgumentException("The shell sets the surrogate before it asks for a decision.", nameof(command));
        if (asked.State.FindSlot(command.SlotId) is not { } slot) return Refuse(Refusal.SlotUnknown);
        var decidedAt = CivilTime.Milliseconds(command.DecidedAt ?? asked.Now);
        if (WhyNotBookable(asked, command, slot, decidedAt) is { } refusal) return Refuse(refusal);

        var live = slot.LiveHolds(asked.Now).ToArray();
        var own = live.FirstOrDefault(h => h.Picture.ActorId == asked.Actor.Id);
        if (command.HoldId is { } holdId && holdId != own?.Picture.HoldId)
        {
            // A hold that has ended is no obstacle while a place is free; somebody else's, or one on another slot, is a mistake.
            if (LiveHold(asked, holdId) is not null || !WasIssued(asked, holdId)) return Refuse(Refusal.HoldUnknown);
        }
        if (slot.CountTaken() >= slot.Facts.Capacity) return RefuseTaken(asked, slot);
        if (own is null && slot.CountTaken() + live.Length >= slot.Facts.Capacity) return RefuseHeld(live);
        if (!Overrides(command) && ClaimInForce(asked, surrogate, slot.Facts.CareStream) is { } until)
            return new([], new Refused(Refusal.PatientAlreadyBooked, until));

        var booked = NewBooking(asked, command, slot, surrogate, decidedAt);
        return Accept(
            new BookingConfirmed(booked.BookingId, booked.CareRequestId, slot.Facts, booked.Deadline),
            new SlotBooked(booked, own?.Picture.HoldId, Later(slot.Facts.End, booked.Deadline), command.CareRequestId is null));
    }

    /// <summary>A patient who is to replace gets one other booking, not two: the claim decides whatever the form says.</summary>
    private static bool Overrides(BookSlot command) => command.Override && command.Replaces is null;

    /// <summary>Every reason that does not depend on who else wants the slot; rights first, so that a stranger learns nothing more.</summary>
    private static Refusal? WhyNotBookable(Asked asked, BookSlot command, AgendaSlot slot, DateTimeOffset decidedAt)
    {
        var (facts, rules, now) = (slot.Facts, asked.Rules, asked.Now);
        if (Rights.AsksOnly(asked.Actor.Role, asked.Scope)) return Refusal.RequestOnly;
        switch (Rights.MayBook(asked.Actor, asked.Scope, facts.CareStream, facts.Audience, asked.Today, command.OnBehalfOf))
        {
            case Verdict.Denied: return Refusal.NotAllowed;
            case Verdict.OnBehalfOfRequired: return Refusal.OnBehalfOfRequired;
        }
        if (ReasonRules.Check(facts.CareStream, command.Reason, asked.Actor.Role, command.VitalSignsExcluded) is { } reason) return reason;
        if (facts.Mode == VisitMode.Home && !command.Patient.HasAddress) return Refusal.AddressRequired;
        if (slot.IsOff(now)) return Refusal.SlotWithdrawn;
        if (SlotStates.LastBookable(facts) <= now) return Refusal.TooLate;
        if (Daytime.Freezes(rules.Daytime, now, facts.End, rules.TimeZone)) return Refusal.OutsideDaytime;
        if (!Windows.IsOpen(decidedAt, rules.WindowHours, now)) return Refusal.InvalidDecisionTime;
        if (facts.Start > Windows.Deadline(decidedAt, rules.WindowHours)) return Refusal.OutsideWindow;
        return null;
    }

    private static Booking NewBooking(Asked asked, BookSlot command, AgendaSlot slot, string surrogate, DateTimeOffset decidedAt)
    {
        var (agendaId, n) = (asked.Definition.AgendaId, asked.State.BookingCount + 1);
        var taken = slot.Bookings.Where(b => b.TakesPlace()).Select(b => b.Booking.Place).ToHashSet();
        return new(
            AgendaIds.Booking(agendaId, n), slot.Facts.SlotId, Enumerable.Range(1, slot.Facts.Capacity).First(p => !taken.Contains(p)), surrogate,
            asked.Actor.Id, asked.Actor.Role, asked.Actor.OrganizationId, command.OnBehalfOf?.ProfessionalId,
            command.CareRequestId ?? AgendaIds.Request(agendaId, n), command.Eligibility, command.Reason,
            decidedAt, Windows.Deadline(decidedAt, asked.Rules.WindowHours), asked.Now, Overrides(command), AppointmentStatus.Booked, null,
            Replaces: command.Replaces, CallId: command.CallId);
    }

    /// <summary>The end of a claim that this very agenda knows of: spares the ledger a commit that must fail.</summary>
    private static DateTimeOffset? ClaimInForce(Asked asked, string surrogate, string careStream)
    {
        foreach (var slot in asked.State.Slots)
            foreach (var b in slot.Bookings)
                if (b.ClaimUntil > asked.Now && b.Booking.Surrogate == surrogate && slot.Facts.CareStream == careStream) return b.ClaimUntil;
        return null;
    }

    private static Outcome Cancel(Asked asked, CancelBooking command)
    {
        if (asked.State.FindBooking(command.BookingId) is not var (slot, booking)) return Refuse(Refusal.BookingUnknown);
        if (!Rights.MayCancel(asked.Actor, asked.Scope, slot.Facts.CareStream, booking.Booking, asked.Today)) return Refuse(Refusal.NotAllowed);
        switch (booking.Booking.Status)
        {
            case AppointmentStatus.Booked:
            case AppointmentStatus.ToReplace when command.PatientInformed == true:
                return Accept(new Done(), new BookingCancelled(command.BookingId, command.Reason, command.PatientInformed));
            case AppointmentStatus.ToReplace:
                return Refuse(Refusal.PatientNotInformed);
            default:
                return Refuse(Refusal.BookingEnded);
        }
    }

    /// <summary>Told by a wake-up, perhaps several times. One that was cancelled meanwhile, or forgotten, has nothing to learn.</summary>
    private static Outcome Replaced(Asked asked, MarkReplaced command)
    {
        if (asked.Actor.Role != Role.System) return Refuse(Refusal.NotAllowed);
        return asked.State.FindBooking(command.BookingId) is (_, { Booking.Status: AppointmentStatus.ToReplace })
            ? Accept(new Done(), new BookingReplaced(command.BookingId, command.By))
            : Accept(new Done());
    }

    /// <summary>Told by a wake-up, perhaps several times. One that ended otherwise meanwhile has nothing to learn.</summary>
    private static Outcome EndForEmergency(Asked asked, EndInEmergency command)
    {
        if (asked.Actor.Role != Role.System) return Refuse(Refusal.NotAllowed);
        return asked.State.FindBooking(command.BookingId) is (_, { Booking.Status: AppointmentStatus.Booked or AppointmentStatus.ToReplace })
            ? Accept(new Done(), new BookingCancelled(command.BookingId, CancelReason.Emergency, null))
            : Accept(new Done());
    }

    private static Outcome Record(Asked asked, RecordOutcome command)
    {
        if (asked.State.FindBooking(command.BookingId) is not var (slot, booking)) return Refuse(Refusal.BookingUnknown);
        if (!Rights.MayOnOwnAgenda(asked.Actor, GrantAction.RecordOutcome, asked.Scope, slot.Facts.CareStream, asked.Today)) return Refuse(Refusal.NotAllowed);
        if (command.Status is not (AppointmentStatus.Fulfilled or AppointmentStatus.NoShow)) return Refuse(Refusal.InvalidOutcome);
        if (booking.Booking.Status is not (AppointmentStatus.Booked or AppointmentStatus.Fulfilled or AppointmentStatus.NoShow)) return Refuse(Refusal.BookingEnded);
        if (asked.Now < slot.Facts.Start) return Refuse(Refusal.InvalidOutcome);
        return booking.Booking.Status == command.Status
            ? Accept(new Done())
            : Accept(new Done(), new OutcomeRecorded(command.BookingId, command.Status));
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
