using SnpLive.Grains.Agendas;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;

namespace SnpLive.Tests.Domain;

/// <summary>What practitioners decide: own template, taking back, absences, “en sus”, moved slots, delegates.</summary>
public sealed class SettingsTests
{
    private static readonly DateTimeOffset Morning = Sample.Utc("2026-06-08T06:00:00Z"); // Monday, 08:00 in Paris
    private static readonly Guid Any = Guid.Empty;
    private readonly Agenda agenda = new(Morning, Sample.Definition(templates: Sample.Template("imported", 20, "11:40")));

    private static SetTemplate Template(int? takeBack, bool skipHolidays, params string[] times) =>
        new(new([Sample.Template("own", 20, times)], takeBack, skipHolidays)) { RequestId = Any, Actor = Sample.Gp, NotAfter = Morning };

    private static RecordAbsence Away(DateTimeOffset from, DateTimeOffset to, string? locum = null) => new(from, to, locum) { RequestId = Any, Actor = Sample.Gp, NotAfter = Morning };

    private static EndAbsence End(string id) => new(id) { RequestId = Any, Actor = Sample.Gp, NotAfter = Morning };

    private AgendaSlot Slot(string id) => agenda.State.FindSlot(id)!;

    private string Published(string time) => agenda.State.Slots.First(s => s.Withdrawal == Withdrawal.None && s.Facts.Start == Sample.Utc(time)).Facts.SlotId;

    private AppointmentStatus StatusOf(string bookingId) => agenda.State.FindBooking(bookingId)!.Value.Booking.Booking.Status;

    [Fact]
    public void The_own_template_replaces_the_imported_one_and_survives_a_new_import()
    {
        var booked = Published("2026-06-08T09:40:00Z");
        Assert.IsType<BookingConfirmed>(agenda.Book(booked));
        Assert.Equal(new TemplatePublished(4, 3), agenda.Ask(Template(null, true, "15:00"), Sample.Gp));
        Assert.Equal(Withdrawal.None, Slot(booked).Withdrawal);
        Assert.Equal(new TemplatePublished(0, 0), agenda.Ask(Template(null, true, "15:00"), Sample.Gp)); // said already
        var before = agenda.State.Slots.Length;
        Assert.IsType<Done>(agenda.Configure(Sample.Definition(templates: Sample.Template("imported", 20, "09:00", "11:40"))));
        Assert.Equal(before, agenda.State.Slots.Length);
        agenda.Now = Morning.AddDays(1);
        agenda.Publish();
        Assert.Equal(Sample.Utc("2026-06-12T13:00:00Z"), agenda.State.Slots[^1].Facts.Start);
    }

    [Fact]
    public void A_template_without_times_of_its_own_or_by_a_stranger_is_refused()
    {
        Agenda.Refused(Refusal.InvalidTemplate, agenda.Ask(Template(null, true), Sample.Gp));
        Agenda.Refused(Refusal.InvalidTemplate, agenda.Ask(Template(0, true, "15:00"), Sample.Gp));
        Agenda.Refused(Refusal.InvalidTemplate, agenda.Ask(Template(48 * 60 + 1, true, "15:00"), Sample.Gp));
        foreach (var stranger in (Actor[])[Sample.PharmacistA, Sample.Regulator, Sample.Coordinator, Sample.Radiologist])
            Agenda.Refused(Refusal.NotAllowed, agenda.Ask(Template(null, true, "15:00"), stranger));
    }

    [Fact]
    public void Holidays_are_skipped_unless_the_practitioner_works_on_them()
    {
        var may = new Agenda(Sample.Utc("2026-05-13T06:00:00Z"), Sample.Definition()); // the 14th is Ascension
        may.Ask(Template(null, true, "15:00"), Sample.Gp);
        Assert.DoesNotContain(may.State.Slots, s => s.Facts.Start == Sample.Utc("2026-05-14T13:00:00Z"));
        may.Ask(Template(null, false, "15:00"), Sample.Gp);
        Assert.Contains(may.State.Slots, s => s.Facts.Start == Sample.Utc("2026-05-14T13:00:00Z"));
    }

    [Fact]
    public void A_slot_that_is_still_free_goes_back_to_its_practitioner_to_the_second()
    {
        agenda.Ask(Template(120, true, "15:00", "16:00"), Sample.Gp);
        var (free, booked) = (Published("2026-06-08T13:00:00Z"), Published("2026-06-08T14:00:00Z"));
        Assert.IsType<BookingConfirmed>(agenda.Book(booked));
        agenda.Now = Sample.Utc("2026-06-08T11:00:00Z").AddMilliseconds(-1);
        Assert.Equal(SlotState.Free, SlotStates.Of(Slot(free).ToPicture(), agenda.Now));
        Assert.Equal(Sample.Utc("2026-06-08T11:00:00Z"), SlotStates.NextChange(Slot(free).ToPicture(), agenda.Now));
        var hold = Assert.IsType<HoldGranted>(agenda.Hold(free, Sample.PharmacistB)).HoldId;

        agenda.Now = Sample.Utc("2026-06-08T11:00:00Z");
        Assert.Equal(SlotState.Withdrawn, SlotStates.Of(Slot(free).ToPicture(), agenda.Now));
        Agenda.Refused(Refusal.SlotWithdrawn, agenda.Book(free, "s2"));
        Agenda.Refused(Refusal.SlotWithdrawn, agenda.Book(free, "s2", Sample.PharmacistB, holdId: hold));
        Agenda.Refused(Refusal.SlotWithdrawn, agenda.Hold(free));
        agenda.Now = Sample.Utc("2026-06-08T12:30:00Z");
        Assert.Equal(SlotState.Booked, SlotStates.Of(Slot(booked).ToPicture(), agenda.Now));
        Assert.IsType<SlotsOpened>(agenda.TryOpen(Sample.Utc("2026-06-08T13:00:00Z"))); // the time is the practitioner's again
    }

    [Fact]
    public void An_absence_drops_no_booking_and_withdraws_what_is_free_or_held()
    {
        var (booked, held) = (agenda.Open(Morning.AddHours(2)), agenda.Open(Morning.AddHours(4)));
        var booking = Assert.IsType<BookingConfirmed>(agenda.Book(booked)).BookingId;
        agenda.Hold(held, Sample.PharmacistB);
        var answer = Assert.IsType<AbsenceRecorded>(agenda.Ask(Away(Morning, Morning.AddHours(12)), Sample.Gp));
        Assert.Equal([booking], answer.ToReplace);
        Assert.Equal(3, answer.Withdrawn); // both, and the template's of 11:40
        Assert.Equal(AppointmentStatus.ToReplace, StatusOf(booking));
        Assert.Equal(1, Slot(booked).CountTaken());
        Assert.Empty(Slot(held).Holds);
        var commit = agenda.Steps[^1].Commit;
        Assert.Contains(commit.DropClaims, c => c.Holder == "s1" && c.Owner == booking);
        Assert.Empty(commit.VacateBookings);
        Agenda.Refused(Refusal.AbsenceOverlap, agenda.Ask(Away(Morning.AddHours(3), Morning.AddDays(2)), Sample.Gp));

        // The patient can be booked elsewhere at once, and only once.
        var other = agenda.Open(Morning.AddHours(12).AddMinutes(-30));
        var again = agenda.Booking(other, "s1") with { Replaces = booking };
        var made = Assert.IsType<BookingConfirmed>(agenda.Do(again)).BookingId;
        var due = Assert.Single(agenda.Steps[^1].Commit.SetDue, d => d.Stream.StartsWith(LedgerNames.AgendaStreams, StringComparison.Ordinal));
        Assert.Equal(("agenda/gp-1", Wakes.Replaced(booking, made)), (due.Stream, due.Cause));
        Agenda.Refused(Refusal.PatientAlreadyBooked, agenda.Do(agenda.Booking(agenda.Open(Morning.AddHours(11)), "s1", isOverride: true) with { Replaces = booking }));
        var follow = MarkReplaced.Of(booking, made, agenda.Now);
        Assert.IsType<Done>(agenda.Do(follow));
        Assert.Equal(AppointmentStatus.Replaced, StatusOf(booking));
        Assert.Equal([booking], agenda.Steps[^1].Commit.VacateBookings);
        var steps = agenda.Steps.Count;
        Assert.IsType<Done>(agenda.Do(follow));
        Assert.Equal(steps, agenda.Steps.Count);
        Agenda.Refused(Refusal.NotAllowed, agenda.Do(follow with { Actor = Sample.Gp, RequestId = Guid.NewGuid() }));
    }

    [Fact]
    public void Ending_an_absence_publishes_again_what_the_template_asks()
    {
        var slot = Published("2026-06-09T09:40:00Z");
        var id = Assert.IsType<AbsenceRecorded>(agenda.Ask(Away(Morning.AddDays(1), Morning.AddDays(2)), Sample.Gp)).AbsenceId;
        Assert.Equal(Withdrawal.Superseded, Slot(slot).Withdrawal);
        Agenda.Refused(Refusal.AbsenceUnknown, agenda.Ask(End("gp-1.a2"), Sample.Gp));
        Agenda.Refused(Refusal.NotAllowed, agenda.Ask(End(id), Sample.PharmacistA));
        Assert.IsType<Done>(agenda.Ask(End(id), Sample.Gp));
        Assert.NotEqual(slot, Published("2026-06-09T09:40:00Z"));
        Assert.IsType<Done>(agenda.Ask(End(id), Sample.Gp)); // ended: nothing more to do
    }

    [Fact]
    public void With_a_locum_slots_and_bookings_stay_and_say_who_comes()
    {
        var slot = Published("2026-06-09T09:40:00Z");
        var answer = Assert.IsType<AbsenceRecorded>(agenda.Ask(Away(Morning.AddDays(1), Morning.AddDays(30), "dr-z"), Sample.Gp));
        Assert.Equal((0, 0), (answer.Withdrawn, answer.ToReplace.Length));
        Assert.Equal("dr-z", Slot(slot).Facts.Locum);
        Assert.Contains(agenda.Steps[^1].Commit.Slots, row => row.SlotId == slot && row.Facts.Contains("dr-z", StringComparison.Ordinal));
        agenda.Now = Morning.AddDays(1).AddHours(-1);
        agenda.Publish();
        Assert.Equal("dr-z", agenda.State.Slots[^1].Facts.Locum); // published later, under the absence
        Assert.IsType<Done>(agenda.Ask(End(answer.AbsenceId), Sample.Gp));
        Assert.All(agenda.State.Slots, s => Assert.Null(s.Facts.Locum));
    }

    [Fact]
    public void An_absence_must_make_sense()
    {
        Agenda.Refused(Refusal.InvalidAbsence, agenda.Ask(Away(Morning.AddHours(2), Morning.AddHours(1)), Sample.Gp));
        Agenda.Refused(Refusal.InvalidAbsence, agenda.Ask(Away(Morning.AddDays(-2), Morning), Sample.Gp));
        Agenda.Refused(Refusal.InvalidAbsence, agenda.Ask(Away(Morning, Morning.AddDays(367)), Sample.Gp));
        Agenda.Refused(Refusal.InvalidAbsence, agenda.Ask(Away(Morning, Morning.AddDays(1), Sample.Gp.Id), Sample.Gp));
        Agenda.Refused(Refusal.NotAllowed, agenda.Ask(Away(Morning, Morning.AddDays(1)), Sample.Coordinator));
    }

    [Fact]
    public void A_booked_slot_is_withdrawn_only_when_its_bookings_are_to_be_replaced()
    {
        var slot = agenda.Open(Morning.AddHours(2), capacity: 2);
        var (first, second) = (Assert.IsType<BookingConfirmed>(agenda.Book(slot)).BookingId, Assert.IsType<BookingConfirmed>(agenda.Book(slot, "s2")).BookingId);
        agenda.Cancel(second);
        Agenda.Refused(Refusal.SlotBooked, agenda.Withdraw(slot));
        Assert.IsType<Done>(agenda.Ask(new WithdrawSlot(slot, false, true) { RequestId = Any, Actor = Sample.Gp, NotAfter = Morning }, Sample.Gp));
        Assert.Equal((AppointmentStatus.ToReplace, AppointmentStatus.Cancelled), (StatusOf(first), StatusOf(second)));
        Assert.Equal(ReplaceCause.Withdrawal, agenda.State.FindBooking(first)!.Value.Booking.Booking.ToReplaceBecause);

        Agenda.Refused(Refusal.PatientNotInformed, agenda.Cancel(first));
        agenda.Now = Morning.AddHours(3);
        Agenda.Refused(Refusal.BookingEnded, agenda.Record(first, AppointmentStatus.NoShow));
        Assert.IsType<Done>(agenda.Ask(new CancelBooking(first, CancelReason.PractitionerUnavailable, true) { RequestId = Any, Actor = Sample.PharmacistA, NotAfter = Morning }, Sample.PharmacistA));
        Assert.Equal(0, Slot(slot).CountTaken());
    }

    [Fact]
    public void Places_en_sus_are_the_practitioners_to_allow_and_bounded()
    {
        var slot = agenda.Open(Morning.AddHours(2));
        OverbookSlot more = new(slot) { RequestId = Any, Actor = Sample.Gp, NotAfter = Morning };
        AllowOverbook allow = new(true) { RequestId = Any, Actor = Sample.Gp, NotAfter = Morning };
        agenda.Book(slot);
        Agenda.Refused(Refusal.OverbookNotAllowed, agenda.Ask(more, Sample.Gp));
        Agenda.Refused(Refusal.NotAllowed, agenda.Ask(allow, Sample.Gp with { Id = "manager" })); // manages the agenda, is not its practitioner
        Assert.IsType<Done>(agenda.Ask(allow, Sample.Gp));
        Agenda.Refused(Refusal.NotAllowed, agenda.Ask(more, Sample.PharmacistA));
        Agenda.Refused(Refusal.SlotTaken, agenda.Book(slot, "s2"));
        for (var n = 1; n <= AgendaDecider.MostOverbooked; n++)
        {
            Assert.IsType<Done>(agenda.Ask(more, Sample.Gp));
            Assert.IsType<BookingConfirmed>(agenda.Book(slot, "s" + (n + 1)));
        }
        Agenda.Refused(Refusal.OverbookLimit, agenda.Ask(more, Sample.Gp));
        Agenda.Refused(Refusal.SlotTaken, agenda.Book(slot, "s9"));
    }

    [Fact]
    public void A_free_slot_is_moved_and_no_template_brings_the_old_time_back()
    {
        var slot = Published("2026-06-08T09:40:00Z");
        ResizeSlot To(int minutes, int length) => new(slot, Sample.Utc("2026-06-08T09:40:00Z").AddMinutes(minutes), Sample.Utc("2026-06-08T09:40:00Z").AddMinutes(minutes + length))
        { RequestId = Any, Actor = Sample.Gp, NotAfter = Morning };
        Assert.Equal(slot, Assert.IsType<SlotsOpened>(agenda.Ask(To(0, 20), Sample.Gp)).SlotIds[0]);
        Agenda.Refused(Refusal.InvalidSlot, agenda.Ask(To(0, 241), Sample.Gp));
        Agenda.Refused(Refusal.OutsideDaytime, agenda.Ask(To(10 * 60, 20), Sample.Gp));
        Agenda.Refused(Refusal.NotAllowed, agenda.Ask(To(60, 20), Sample.PharmacistA));
        var moved = Assert.IsType<SlotsOpened>(agenda.Ask(To(60, 40), Sample.Gp)).SlotIds[0];
        Assert.Equal(TimeSpan.FromMinutes(40), Slot(moved).Facts.End - Slot(moved).Facts.Start);
        Agenda.Refused(Refusal.SlotWithdrawn, agenda.Ask(To(90, 20), Sample.Gp));
        agenda.Configure(Sample.Definition(templates: Sample.Template("imported", 20, "11:40", "18:00")));
        Assert.DoesNotContain(agenda.State.Slots, s => s.Withdrawal == Withdrawal.None && s.Facts.Start == Sample.Utc("2026-06-08T09:40:00Z"));
        agenda.Hold(moved);
        Agenda.Refused(Refusal.SlotHeld, agenda.Ask(To(90, 20) with { SlotId = moved }, Sample.Gp));
        agenda.Book(moved);
        Agenda.Refused(Refusal.SlotBooked, agenda.Ask(To(90, 20) with { SlotId = moved }, Sample.Gp));
    }

    [Fact]
    public void A_delegate_may_what_the_practitioner_may_pass_on_and_nothing_more()
    {
        SetDelegates named = new([Sample.Coordinator.Id, Sample.PharmacistA.Id]) { RequestId = Any, Actor = Sample.Gp, NotAfter = Morning };
        Agenda.Refused(Refusal.NotAllowed, agenda.TryOpen(Morning.AddHours(2), by: Sample.Coordinator));
        Agenda.Refused(Refusal.NotAllowed, agenda.Ask(named, Sample.Coordinator));
        Agenda.Refused(Refusal.InvalidDelegates, agenda.Ask(named with { Professionals = ["x", "x"] }, Sample.Gp));
        Assert.IsType<Done>(agenda.Ask(named, Sample.Gp));

        var slot = Assert.IsType<SlotsOpened>(agenda.TryOpen(Morning.AddHours(2), by: Sample.Coordinator)).SlotIds[0];
        var booking = Assert.IsType<BookingConfirmed>(agenda.Book(slot)).BookingId;
        Assert.IsType<SlotsOpened>(agenda.TryOpen(Morning.AddHours(7), by: Sample.Coordinator));
        Agenda.Refused(Refusal.NotAllowed, agenda.Cancel(booking, Sample.Coordinator));
        Agenda.Refused(Refusal.NotAllowed, agenda.Ask(named, Sample.Coordinator));
        Agenda.Refused(Refusal.NotAllowed, agenda.Ask(new AllowOverbook(true) { RequestId = Any, Actor = Sample.Gp, NotAfter = Morning }, Sample.Coordinator));
        agenda.Now = Morning.AddHours(3);
        Agenda.Refused(Refusal.NotAllowed, agenda.Record(booking, AppointmentStatus.Fulfilled, Sample.Coordinator));
        // Being named is not enough: the role must be one that may be, here and now in this territory.
        Agenda.Refused(Refusal.NotAllowed, agenda.TryOpen(Morning.AddHours(5), by: Sample.PharmacistA));
        Agenda.Refused(Refusal.NotAllowed, agenda.TryOpen(Morning.AddHours(5), by: Sample.Coordinator with { Memberships = ["elsewhere"] }));
        Assert.IsType<Done>(agenda.Ask(named with { Professionals = [] }, Sample.Gp));
        Agenda.Refused(Refusal.NotAllowed, agenda.TryOpen(Morning.AddHours(5), by: Sample.Coordinator));
    }
}
