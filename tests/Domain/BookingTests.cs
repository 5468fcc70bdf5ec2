using SnpLive.Grains.Agendas;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;

namespace SnpLive.Tests.Domain;

public sealed class BookingTests
{
    private static readonly DateTimeOffset Morning = Sample.Utc("2026-06-08T07:00:00Z");
    private readonly Agenda agenda = new(Morning);

    [Theory]
    [InlineData("2026-06-09T07:00:00Z", 24, "2026-06-10T07:00:00Z")]
    [InlineData("2026-06-09T07:00:00Z", 48, "2026-06-11T07:00:00Z")]
    [InlineData("2026-03-28T09:00:00Z", 24, "2026-03-29T09:00:00Z")] // clocks go forward: 10:00 → 11:00 on the wall
    [InlineData("2026-03-28T09:00:00Z", 48, "2026-03-30T09:00:00Z")]
    [InlineData("2026-10-24T09:00:00Z", 24, "2026-10-25T09:00:00Z")] // clocks go back: 11:00 → 10:00 on the wall
    [InlineData("2026-10-24T09:00:00Z", 48, "2026-10-26T09:00:00Z")]
    public void The_window_is_in_real_hours_and_right_to_the_second(string decided, int hours, string lastStart)
    {
        var (at, last) = (Sample.Utc(decided), Sample.Utc(lastStart));
        var rules = Sample.Rules with { WindowHours = hours, Daytime = Sample.Always };
        foreach (var (offset, fits) in new[] { (-1, true), (0, true), (1, false) })
        {
            var agenda = new Agenda(at, Sample.Definition(rules: rules));
            var answer = agenda.Book(agenda.Open(last.AddSeconds(offset)), decidedAt: at);
            if (fits) Assert.Equal(last, Assert.IsType<BookingConfirmed>(answer).Deadline);
            else Agenda.Refused(Refusal.OutsideWindow, answer);
        }
    }

    [Fact]
    public void A_decision_may_be_two_minutes_ahead_of_our_clock_and_not_older_than_its_window()
    {
        var slot = agenda.Open(Morning.AddHours(1));
        Agenda.Refused(Refusal.InvalidDecisionTime, agenda.Book(slot, decidedAt: Morning.AddMinutes(2).AddSeconds(1)));
        Agenda.Refused(Refusal.InvalidDecisionTime, agenda.Book(slot, decidedAt: Morning.AddHours(-24)));
        Agenda.Refused(Refusal.OutsideWindow, agenda.Book(slot, decidedAt: Morning.AddHours(-24).AddSeconds(1)));
        Assert.IsType<BookingConfirmed>(agenda.Book(slot, decidedAt: Morning.AddMinutes(2)));
    }

    [Fact]
    public void Nobody_books_from_the_last_bookable_instant_on()
    {
        var slot = agenda.Open(Morning.AddMinutes(20));
        agenda.Now = Morning.AddMinutes(5);
        Agenda.Refused(Refusal.TooLate, agenda.Book(slot));
        Agenda.Refused(Refusal.TooLate, agenda.Hold(slot));
        var later = agenda.Open(Morning.AddMinutes(60));
        agenda.Now = Morning.AddMinutes(45).AddMilliseconds(-1);
        Assert.IsType<BookingConfirmed>(agenda.Book(later));
    }

    [Theory]
    [InlineData("M03.14", true, nameof(Role.Pharmacist), null)]
    [InlineData("M03.06", true, nameof(Role.Pharmacist), Refusal.VitalSign)]
    [InlineData("M03.06", true, nameof(Role.Regulator), Refusal.VitalSign)]
    [InlineData("M01.03", false, nameof(Role.Pharmacist), Refusal.VitalSign)]
    [InlineData("M99.99", true, nameof(Role.Pharmacist), Refusal.ReasonNotAllowed)]
    [InlineData("M03.14", false, nameof(Role.Pharmacist), Refusal.VitalSignsNotExcluded)]
    [InlineData("M03.14", false, nameof(Role.GeneralPractitioner), Refusal.VitalSignsNotExcluded)]
    [InlineData("M03.14", false, nameof(Role.Regulator), null)]
    public void A_vital_sign_never_ends_in_a_booking(string reason, bool excluded, string role, Refusal? expected)
    {
        var by = role switch { nameof(Role.Regulator) => Sample.Regulator, nameof(Role.GeneralPractitioner) => Sample.Gp, _ => Sample.PharmacistA };
        var answer = agenda.Book(agenda.Open(Morning.AddHours(1)), by: by, reason: reason, excluded: excluded);
        if (expected is { } code) Agenda.Refused(code, answer);
        else Assert.IsType<BookingConfirmed>(answer);
    }

    [Fact]
    public void The_52_national_reasons_are_there_with_the_vital_signs_of_the_reference()
    {
        Assert.Equal(52, ReasonCodes.All.Length);
        Assert.Equal(
            ["M01.00", "M01.01", "M01.02", "M01.03", "M02.02", "M02.04", "M02.08", "M02.09", "M02.10", "M03.01", "M03.06", "M03.08", "M03.10", "M03.19"],
            ReasonCodes.All.Where(r => r.VitalSign).Select(r => r.Code));
        Assert.Equal(Refusal.ReasonNotAllowed, ReasonRules.Check(CareStreams.Nursing, "M03.14", Role.Regulator, true));
    }

    [Fact]
    public void A_home_visit_needs_an_address()
    {
        var slot = agenda.Open(Morning.AddHours(1), mode: VisitMode.Home);
        Agenda.Refused(Refusal.AddressRequired, agenda.Book(slot));
        Assert.IsType<BookingConfirmed>(agenda.Book(slot, address: true));
    }

    [Fact]
    public void One_patient_one_booking_per_stream_unless_overridden()
    {
        var (a, b) = (agenda.Open(Morning.AddHours(1)), agenda.Open(Morning.AddHours(2)));
        var first = Assert.IsType<BookingConfirmed>(agenda.Book(a));
        Assert.Equal(new Refused(Refusal.PatientAlreadyBooked, first.Deadline), agenda.Book(b, by: Sample.Regulator));
        var second = Assert.IsType<BookingConfirmed>(agenda.Book(b, by: Sample.Regulator, isOverride: true));
        Assert.Empty(agenda.Steps[^1].Commit.TakeClaims);
        Assert.True(agenda.State.FindBooking(second.BookingId)!.Value.Booking.Booking.Override);
    }

    [Fact]
    public void A_booking_is_one_commit_with_place_claim_person_and_request()
    {
        var slot = agenda.Open(Morning.AddHours(5), capacity: 2);
        var booked = Assert.IsType<BookingConfirmed>(agenda.Book(slot, careRequestId: "need-7"));
        var commit = agenda.Steps[^1].Commit;
        Assert.Equal(new("gp-1.s1", 1, booked.BookingId), commit.Occupy.Single());
        Assert.Equal(new("s1", CareStreams.Gp, booked.BookingId, booked.Deadline), commit.TakeClaims.Single());
        Assert.Equal(("s1", Sample.Sas, "hash-s1", booked.BookingId), (commit.Person!.Surrogate, commit.Person.SasId, commit.Person.TraitHash, commit.Person.NoteId));
        Assert.Equal(new("request/need-7", "served:" + booked.BookingId, Morning), commit.SetDue.Single(d => d.Stream == "request/need-7"));
        Assert.Equal(("slot-booked", "pharmacist", Sample.Cpts, "gp"), (commit.Kind, commit.Channel, commit.TerritoryId, commit.CareStream));
        Assert.Equal(new(2026, 6, 8), commit.LocalDate);
        Assert.Equal(1, agenda.Steps[^1].Change.Slots.Single().Taken);
        Assert.DoesNotContain("sealed", commit.Payload, StringComparison.Ordinal);
        Assert.Equal("gp-1.r2", Assert.IsType<BookingConfirmed>(agenda.Book(slot, "s2")).CareRequestId);
    }

    [Fact]
    public void The_claim_lasts_until_the_slot_ends_when_that_is_later_than_the_window()
    {
        var decided = Morning.AddHours(-22);
        var slot = agenda.Open(Morning.AddHours(2), minutes: 30);
        agenda.Book(slot, decidedAt: decided);
        Assert.Equal(Morning.AddHours(2.5), agenda.Steps[^1].Commit.TakeClaims.Single().Until);
    }

    [Fact]
    public void Who_was_first_is_told_to_the_loser_of_the_race_and_to_nobody_later()
    {
        var slot = agenda.Open(Morning.AddHours(2));
        Assert.IsType<BookingConfirmed>(agenda.Book(slot, by: Sample.PharmacistB));
        Refused Lost(AgendaAnswer answer) => Assert.IsType<Refused>(answer);
        agenda.Now = Morning.AddMinutes(10).AddMilliseconds(-1);
        Assert.Equal("pharm-b", Lost(agenda.Book(slot, "s2")).HeldBy);
        Assert.Equal("pharm-b", Lost(agenda.Hold(slot)).HeldBy);
        agenda.Now = Morning.AddMinutes(10);
        Assert.Equal(new Refused(Refusal.SlotTaken), agenda.Book(slot, "s2"));
        Assert.Equal(new Refused(Refusal.SlotTaken), agenda.Hold(slot));
    }

    [Fact]
    public void A_telesecretary_too_excludes_vital_signs()
    {
        var slot = agenda.Open(Morning.AddHours(2));
        var doctor = new OnBehalfOf("dr-y", Role.GeneralPractitioner, [Sample.Cpts], []);
        var booking = agenda.Booking(slot, by: Sample.Secretary) with { OnBehalfOf = doctor };
        Agenda.Refused(Refusal.VitalSignsNotExcluded, agenda.Do(booking with { RequestId = Guid.NewGuid(), VitalSignsExcluded = false }));
        Assert.IsType<BookingConfirmed>(agenda.Do(booking));
    }

    [Fact]
    public void A_cancelled_place_is_free_again_and_the_lowest_free_place_is_taken()
    {
        var slot = agenda.Open(Morning.AddHours(2), capacity: 2);
        var first = Assert.IsType<BookingConfirmed>(agenda.Book(slot));
        Assert.IsType<BookingConfirmed>(agenda.Book(slot, "s2"));
        Agenda.Refused(Refusal.SlotTaken, agenda.Book(slot, "s3"));
        Agenda.Refused(Refusal.NotAllowed, agenda.Cancel(first.BookingId, Sample.PharmacistB));
        Assert.IsType<Done>(agenda.Cancel(first.BookingId));
        Assert.Equal(first.BookingId, agenda.Steps[^1].Commit.VacateBookings.Single());
        Assert.Equal(first.BookingId, agenda.Steps[^1].Commit.DropClaims.Single().Owner);
        Agenda.Refused(Refusal.BookingEnded, agenda.Cancel(first.BookingId));
        var again = Assert.IsType<BookingConfirmed>(agenda.Book(slot, "s1"));
        Assert.Equal(1, agenda.State.FindBooking(again.BookingId)!.Value.Booking.Booking.Place);
    }

    [Fact]
    public void Outcomes_come_from_the_slots_start_on_and_can_be_corrected()
    {
        var slot = agenda.Open(Morning.AddHours(1));
        var id = Assert.IsType<BookingConfirmed>(agenda.Book(slot)).BookingId;
        agenda.Now = Morning.AddHours(1).AddMilliseconds(-1);
        Agenda.Refused(Refusal.InvalidOutcome, agenda.Record(id, AppointmentStatus.Fulfilled));
        agenda.Now = Morning.AddHours(1);
        Agenda.Refused(Refusal.InvalidOutcome, agenda.Record(id, AppointmentStatus.Cancelled));
        Agenda.Refused(Refusal.NotAllowed, agenda.Record(id, AppointmentStatus.NoShow, Sample.PharmacistA));
        Assert.IsType<Done>(agenda.Record(id, AppointmentStatus.NoShow));
        Assert.Equal(id, agenda.Steps[^1].Commit.DropClaims.Single().Owner);
        Agenda.Refused(Refusal.BookingEnded, agenda.Cancel(id));
        Assert.IsType<Done>(agenda.Record(id, AppointmentStatus.Fulfilled));
        agenda.Now = Morning.AddHours(1).AddMinutes(20).AddDays(4);
        Assert.IsType<Done>(agenda.Record(id, AppointmentStatus.NoShow));
        agenda.Now = agenda.Now.AddMilliseconds(1);
        agenda.Publish();
        agenda.Open(agenda.Now.AddHours(1));
        Agenda.Refused(Refusal.BookingUnknown, agenda.Record(id, AppointmentStatus.Fulfilled));
    }

    [Fact]
    public void A_repeat_gets_the_first_answer_and_another_command_under_its_id_is_refused()
    {
        var slot = agenda.Open(Morning.AddHours(1), capacity: 2);
        var command = agenda.Booking(slot);
        var first = agenda.Do(command);
        var version = agenda.State.Version;
        agenda.Now = Morning.AddMinutes(10);
        var repeat = command with { NotAfter = Morning, Surrogate = "another", Patient = command.Patient with { SealedIdentity = "x", SealedNote = null } };
        Assert.Equal(first, agenda.Do(repeat));
        Agenda.Refused(Refusal.RequestIdReused, agenda.Do(command with { Reason = "M03.11" }));
        Assert.Equal(version, agenda.State.Version);
        // Another actor under the same id is another command.
        Agenda.Refused(Refusal.CommandExpired, agenda.Do(repeat with { Actor = Sample.PharmacistB }));
    }

    [Fact]
    public void A_command_after_its_not_after_instant_changes_nothing()
    {
        var slot = agenda.Open(Morning.AddHours(1));
        Agenda.Refused(Refusal.CommandExpired, agenda.Do(agenda.Booking(slot) with { NotAfter = Morning.AddMilliseconds(-1) }));
        Assert.IsType<BookingConfirmed>(agenda.Do(agenda.Booking(slot) with { NotAfter = Morning }));
    }

    [Fact]
    public void A_booking_without_a_surrogate_is_a_bug_of_the_shell() =>
        Assert.Throws<ArgumentException>(() => agenda.Do(agenda.Booking(agenda.Open(Morning.AddHours(1))) with { Surrogate = null }));
}
