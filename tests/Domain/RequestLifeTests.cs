using SnpLive.Grains.Agendas;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;
using SnpLive.Grains.Requests;
using SnpLive.Grains.Rules;

namespace SnpLive.Tests.Domain;

/// <summary>Examples of a request's life; the interleavings are <see cref="RequestPropertyTests"/>'s.</summary>
public sealed class RequestLifeTests
{
    internal static readonly DateTimeOffset Now = Sample.Utc("2026-06-08T14:00:00Z"); // a Monday, 16:00 in Paris
    internal static readonly RequestSettings Settings = new(Sample.Cpts, Sample.Sas, Sample.Zone, 24, Sample.Weekdays);
    internal static readonly Actor Desk2 = Sample.Secretary with { Id = "tele-2" };
    internal static readonly Actor Emergency = new("ed", Role.EmergencyDesk, "chu", null, [Sample.Cpts], [], []);
    private static readonly Guid Opening = Guid.NewGuid();

    internal static OpenRequest Open(Actor? by = null, Guid? id = null) => new(
        Settings, CareStreams.Gp, Eligibility.RegisteredGpAbsent, RegisteredGpContact.Absent, "M03.14", null, true, null, Sample.Patient("ann"), "surrogate-ann")
    { RequestId = id ?? Guid.NewGuid(), Actor = by ?? Sample.PharmacistA, NotAfter = DateTimeOffset.MaxValue };

    internal static T By<T>(T command, Actor actor, DateTimeOffset? notAfter = null) where T : CareRequestCommand =>
        command with { RequestId = Guid.NewGuid(), Actor = actor, NotAfter = notAfter ?? DateTimeOffset.MaxValue };

    private static readonly CareRequestCommand Nobody = new ReleaseRequest { RequestId = Guid.Empty, Actor = Actor.System, NotAfter = DateTimeOffset.MaxValue };
    internal static TakeRequest Take(Actor by, string? from = null) => new(from) { RequestId = Guid.NewGuid(), Actor = by, NotAfter = DateTimeOffset.MaxValue };
    internal static ReleaseRequest Release(Actor by) => (ReleaseRequest)(Nobody with { RequestId = Guid.NewGuid(), Actor = by });
    internal static EndUnserved Unserved(Actor by, UnservedReason reason = UnservedReason.TooFar) => new(reason) { RequestId = Guid.NewGuid(), Actor = by, NotAfter = DateTimeOffset.MaxValue };
    internal static CancelRequest Cancel(Actor by) => new(RequestCancelReason.Mistake) { RequestId = Guid.NewGuid(), Actor = by, NotAfter = DateTimeOffset.MaxValue };
    internal static ServeRequest Serve(Actor by, ServedBy how = ServedBy.RegisteredGp, string? booking = null) =>
        new(how, booking) { RequestId = Guid.NewGuid(), Actor = by, NotAfter = DateTimeOffset.MaxValue };

    private static Refusal? Code(CareRequestAnswer? answer) => (answer as CareRequestRefused)?.Code;

    [Fact]
    public void Opening_is_one_commit_with_its_patient_and_its_wakeups()
    {
        var one = new OneRequest(Now);
        var request = Assert.IsType<CareRequestChanged>(one.Do(Open())).Request;
        Assert.Equal((CareRequestStatus.Open, Now.AddHours(24), "surrogate-ann", (string?)null), (request.Status, request.Deadline, request.Surrogate, request.Owner));
        var commit = one.Commits.Single();
        Assert.Equal(("request-opened", "pharmacist", Sample.Cpts, "gp"), (commit.Kind, commit.Channel, commit.TerritoryId, commit.CareStream));
        Assert.Equal(("surrogate-ann", Sample.Sas, "hash-ann", "need-1"), (commit.Person!.Surrogate, commit.Person.SasId, commit.Person.TraitHash, commit.Person.NoteId));
        Assert.Equal(
            [(RequestWakes.Deadline, Now.AddHours(24)), (RequestWakes.OpeningAt(Sample.Utc("2026-06-09T06:00:00Z")), Sample.Utc("2026-06-09T06:00:00Z"))],
            commit.SetDue.Select(due => (due.Cause, due.At)));
        foreach (var secret in (string[])["hash-ann", "sealed-ann", "content-ann"]) Assert.DoesNotContain(secret, commit.Payload, StringComparison.Ordinal);
    }

    [Fact]
    public void A_repeat_gets_the_first_answer_and_another_command_under_its_id_none()
    {
        var one = new OneRequest(Now);
        var open = Open(id: Opening);
        var first = one.Do(open);
        var take = Take(Sample.Secretary);
        var taken = one.Do(take);
        one.Do(Release(Sample.Secretary));
        Assert.Equal(first, one.Do(open with { NotAfter = Now.AddDays(1), Surrogate = "another", Patient = Sample.Patient("ann"), Settings = Settings with { WindowHours = 48 } }));
        Assert.Equal(taken, one.Do(take with { NotAfter = Now.AddDays(1) }));
        Assert.Equal(Refusal.RequestIdReused, Code(one.Do(open with { Reason = "M03.11" })));
        Assert.Equal(Refusal.RequestIdReused, Code(one.Do(open with { Patient = Sample.Patient("eve") })));
        Assert.Equal(Refusal.RequestIdReused, Code(one.Do(take with { From = "tele-2" })));
        Assert.Equal(Refusal.RequestIdReused, Code(one.Do(Open(Sample.PharmacistB))));
        Assert.Equal(3, one.Commits.Count);
    }

    [Fact]
    public void What_must_not_be_opened_is_refused()
    {
        void Refused(Refusal code, OpenRequest command) => Assert.Equal(code, Code(new OneRequest(Now).Do(command)));
        Refused(Refusal.CommandExpired, Open() with { NotAfter = Now.AddMilliseconds(-1) });
        Refused(Refusal.NotAllowed, Open(Sample.PharmacistA with { Memberships = [] }));
        Refused(Refusal.NotAllowed, Open(Sample.Stranger)); // a regulator of another SAS
        Refused(Refusal.NotAllowed, Open(Actor.System));
        Refused(Refusal.VitalSign, Open() with { Reason = "M03.06" });
        Refused(Refusal.VitalSignsNotExcluded, Open() with { VitalSignsExcluded = false });
        Refused(Refusal.ReasonNotAllowed, Open() with { Reason = "M99.00" });
        Refused(Refusal.ReasonNotAllowed, Open() with { CareStream = CareStreams.Nursing });
        Refused(Refusal.RegisteredGpNotStated, Open() with { RegisteredGp = null });
        Refused(Refusal.InvalidDecisionTime, Open() with { DecidedAt = Now.AddMinutes(3) });
        Refused(Refusal.InvalidDecisionTime, Open() with { DecidedAt = Now.AddHours(-24) });
        Assert.IsType<CareRequestChanged>(new OneRequest(Now).Do(Open() with { DecidedAt = Now.AddHours(-24).AddSeconds(1) }));
        Assert.IsType<CareRequestChanged>(new OneRequest(Now).Do(Open() with { Eligibility = Eligibility.NoRegisteredGp, RegisteredGp = null }));
        Assert.IsType<CareRequestChanged>(new OneRequest(Now).Do(Open(Sample.Regulator) with { VitalSignsExcluded = false }));
    }

    public static TheoryData<string, bool, bool, bool, bool, bool> Roles => new()
    {
        // who, sees, patient, takes, ends while nobody's, calls off while in somebody's hands
        { "requester", true, true, true, true, true },
        { "colleague", true, true, true, true, true },
        { "telesecretary", true, true, true, true, false },
        { "coordinator", true, false, true, true, false },
        { "otherPharmacy", false, false, false, false, false },
        { "gp", false, false, false, false, false },
        { "regulator", false, false, false, false, false },
        { "otherTerritoryDesk", false, false, false, false, false },
        { "system", false, false, false, false, false },
    };

    [Theory, MemberData(nameof(Roles))]
    public void Default_deny(string who, bool sees, bool patient, bool takes, bool ends, bool cancels)
    {
        var actor = who switch
        {
            "requester" => Sample.PharmacistA, "colleague" => Sample.PharmacistA with { Id = "p1b" }, "telesecretary" => Desk2, "coordinator" => Sample.Coordinator,
            "otherPharmacy" => Sample.PharmacistB, "gp" => Sample.Gp, "regulator" => Sample.Regulator,
            "otherTerritoryDesk" => Desk2 with { Memberships = ["elsewhere"] }, _ => Actor.System,
        };
        var request = Assert.IsType<CareRequestChanged>(new OneRequest(Now).Do(Open())).Request;
        Assert.Equal((sees, patient), (RequestRights.MaySee(actor, request), RequestRights.MaySeePatient(actor, request)));
        var no = sees ? (Refusal?)Refusal.NotAllowed : Refusal.CareRequestUnknown;

        Refusal? On(CareRequestCommand command, params CareRequestCommand[] before)
        {
            var one = new OneRequest(Now);
            one.Do(Open());
            foreach (var earlier in before) Assert.IsType<CareRequestChanged>(one.Do(earlier));
            return Code(one.Do(command));
        }
        Assert.Equal(takes ? null : no, On(Take(actor)));
        Assert.Equal(ends ? null : no, On(Unserved(actor)));
        Assert.Equal(ends ? null : no, On(Serve(actor)));
        Assert.Equal(ends ? null : no, On(Cancel(actor)));
        Assert.Equal(sees ? null : no, On(Release(actor))); // nothing to give back

        var inHand = Take(Sample.Secretary);
        var taken = sees ? (Refusal?)Refusal.CareRequestTaken : Refusal.CareRequestUnknown;
        Assert.Equal(taken, On(Take(actor), inHand));
        Assert.Equal(takes ? null : taken, On(Take(actor, Sample.Secretary.Id), inHand));
        Assert.Equal(taken, On(Take(actor, "somebody"), inHand));
        Assert.Equal(taken, On(Release(actor), inHand));
        Assert.Equal(taken, On(Unserved(actor), inHand));
        Assert.Equal(taken, On(Serve(actor), inHand));
        Assert.Equal(cancels ? null : taken, On(Cancel(actor), inHand));
    }

    [Fact]
    public void A_professional_for_whom_a_secretary_asks_is_a_party()
    {
        var one = new OneRequest(Now);
        one.Do(Open(Sample.Secretary) with { OnBehalfOf = Sample.Gp.Id });
        Assert.Null(Code(one.Do(Take(Sample.Gp))));
        Assert.Null(Code(one.Do(Unserved(Sample.Gp))));
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public void The_deadline_ends_a_request_to_the_second_wakeup_or_not(int seconds, bool open)
    {
        var one = new OneRequest(Now);
        one.Do(Open());
        one.Now = Now.AddHours(24).AddSeconds(seconds);
        var seen = one.State.Request!.At(one.Now);
        Assert.Equal(open ? (CareRequestStatus.Open, UnservedReason.None) : (CareRequestStatus.Unserved, UnservedReason.DeadlinePassed), (seen.Status, seen.Unserved));
        Assert.Equal(open, one.Wake(RequestWakes.Deadline) is null); // too early: it must come again
        Assert.Equal(open ? CareRequestStatus.Open : CareRequestStatus.Unserved, one.State.Request.Status);
        Assert.Equal(open ? null : Refusal.CareRequestEnded, Code(one.Do(Take(Sample.Secretary))));
        Assert.Equal(open ? null : Refusal.CareRequestEnded, Code(one.Do(Serve(Sample.Secretary))));
    }

    [Theory]
    [InlineData("2026-06-09T05:59:59Z", false, null)]
    [InlineData("2026-06-09T06:00:00Z", true, null)]
    [InlineData("2026-06-09T06:00:01Z", true, null)]
    public void At_the_next_opening_it_comes_back_to_all(string at, bool back, string? owner)
    {
        var one = new OneRequest(Now);
        one.Do(Open());
        one.Do(Take(Sample.Secretary));
        var opening = Sample.Utc("2026-06-09T06:00:00Z"); // 08:00 in Paris
        one.Now = Sample.Utc(at);
        one.Wake(RequestWakes.OpeningAt(opening));
        Assert.Equal((back ? owner : Sample.Secretary.Id, back ? opening : null), (one.State.Request!.Owner, one.State.Request.ReturnedAt));
        var written = one.Commits.Count;
        one.Wake(RequestWakes.OpeningAt(opening)); // served twice
        Assert.Equal(written, one.Commits.Count);
    }

    [Fact]
    public void Who_took_it_after_the_opening_keeps_it_when_the_wakeup_comes_late()
    {
        var one = new OneRequest(Now);
        one.Do(Open());
        one.Now = Sample.Utc("2026-06-09T06:00:00Z");
        one.Do(Take(Sample.Secretary));
        one.Now = one.Now.AddMinutes(5);
        one.Wake(RequestWakes.OpeningAt(Sample.Utc("2026-06-09T06:00:00Z")));
        Assert.Equal(Sample.Secretary.Id, one.State.Request!.Owner);
    }

    [Fact]
    public void Whatever_ends_it_calls_its_wakeups_off_and_a_booking_serves_it_in_every_state()
    {
        foreach (var end in (CareRequestCommand[])[Serve(Sample.Secretary), Serve(Sample.Secretary, ServedBy.OutOfHours), Unserved(Sample.Secretary), Cancel(Sample.Secretary)])
        {
            var one = new OneRequest(Now);
            one.Do(Open());
            one.Do(end);
            Assert.Equal(one.Commits[0].SetDue.Select(due => new DueKey(due.Stream, due.Cause)), one.Commits[^1].ClearDue);
            Assert.Null(one.Wake(RequestWakes.Deadline)!.Answer);
            one.Told(BookingOf("gp-1.b1")); // its commit was under way
            Assert.Equal((CareRequestStatus.Served, ServedBy.Booking, "gp-1.b1"), (one.State.Request!.Status, one.State.Request.ServedBy, one.State.Request.BookingId));
        }
    }

    internal static Booking BookingOf(string bookingId, CancelReason? cancelled = null) => new(
        bookingId, "gp-1.s1", 1, "surrogate-ann", "p1", Role.Pharmacist, "pharm-a", null, "need-1", Eligibility.Visitor, "M03.14", Now, Now.AddHours(24), Now, false,
        cancelled is null ? AppointmentStatus.Booked : AppointmentStatus.Cancelled, cancelled);

    [Theory]
    [InlineData(CancelReason.PractitionerUnavailable, CareRequestStatus.Open, null)]
    [InlineData(CancelReason.BookedByMistake, CareRequestStatus.Open, null)]
    [InlineData(CancelReason.Other, CareRequestStatus.Open, null)]
    [InlineData(CancelReason.PatientRequest, CareRequestStatus.Cancelled, null)]
    [InlineData(CancelReason.Emergency, CareRequestStatus.Served, ServedBy.Elsewhere)]
    public void A_cancelled_booking_gives_the_request_back_unless_the_patient_needs_it_no_more(CancelReason reason, CareRequestStatus status, ServedBy? by)
    {
        var one = new OneRequest(Now);
        one.Do(Open());
        one.Do(Take(Sample.Secretary));
        one.Told(BookingOf("gp-1.b1"));
        one.Told(BookingOf("gp-1.b2", reason)); // another's cancel is none of this one's
        Assert.Equal("gp-1.b1", one.State.Request!.BookingId);
        one.Now += TimeSpan.FromMinutes(5);
        one.Told(BookingOf("gp-1.b1", reason));
        one.Told(BookingOf("gp-1.b1", reason));
        var request = one.State.Request!;
        Assert.Equal((status, by, (string?)null, (string?)null), (request.Status, request.ServedBy, request.BookingId, request.Owner));
        Assert.Equal(4, one.Commits.Count);
        Assert.Equal(status == CareRequestStatus.Open ? one.Now : null, request.ReopenedAt);
        if (status != CareRequestStatus.Open) return;
        Assert.Equal(one.Commits[0].SetDue, one.Commits[^1].SetDue);
        Assert.IsType<CareRequestChanged>(one.Do(Take(Desk2)));
        one.Now = Now.AddHours(24);
        one.Wake(RequestWakes.Deadline);
        Assert.Equal((CareRequestStatus.Unserved, UnservedReason.DeadlinePassed), (one.State.Request.Status, one.State.Request.Unserved));
    }

    [Fact]
    public void Told_of_a_booking_after_its_cancel_it_stays_open()
    {
        var one = new OneRequest(Now);
        one.Do(Open());
        one.Told(BookingOf("gp-1.b1", CancelReason.Other)); // the wake-up of the cancel came first, or the booking's so late
        Assert.Equal(CareRequestStatus.Open, one.State.Request!.Status);
        Assert.Single(one.Commits);
    }

    [Fact]
    public void Only_a_standing_booking_of_the_same_patient_serves_it()
    {
        Booking Of(string surrogate, AppointmentStatus status) => BookingOf("gp-1.b1") with { Surrogate = surrogate, Status = status };
        CareRequestAnswer With(Booking? booking)
        {
            var one = new OneRequest(Now);
            one.Do(Open());
            return one.Do(Serve(Sample.Secretary, ServedBy.Booking, "gp-1.b1"), booking);
        }
        Assert.Equal(Refusal.BookingUnknown, Code(With(null)));
        Assert.Equal(Refusal.BookingUnknown, Code(With(Of("surrogate-eve", AppointmentStatus.Booked))));
        Assert.Equal(Refusal.BookingUnknown, Code(With(Of("surrogate-ann", AppointmentStatus.Cancelled))));
        Assert.Equal("gp-1.b1", Assert.IsType<CareRequestChanged>(With(Of("surrogate-ann", AppointmentStatus.Booked))).Request.BookingId);
    }

    [Fact]
    public void That_a_deadline_has_passed_only_the_system_says()
    {
        var one = new OneRequest(Now);
        one.Do(Open());
        Assert.Equal(Refusal.NotAllowed, Code(one.Do(Unserved(Sample.Secretary, UnservedReason.DeadlinePassed))));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(EmergencyDeskMode.Book, null)]
    [InlineData(EmergencyDeskMode.RequestOnly, Refusal.RequestOnly)]
    public void A_territory_says_whether_its_emergency_desks_book_and_somebody_else_may_for_them(EmergencyDeskMode? mode, Refusal? refusal)
    {
        var definition = Sample.Definition(rules: Sample.Rules with { EmergencyDesk = mode });
        definition = definition with { Grants = [.. definition.Grants, .. Sample.Give(Role.EmergencyDesk, "gp", GrantAction.SeeFreeSlots, GrantAction.Hold, GrantAction.Book)] };
        var agenda = new Agenda(Now, definition);
        var slot = agenda.Open(Now.AddHours(2), capacity: 3);
        Refusal? Said(AgendaAnswer answer) => (answer as Refused)?.Code;
        Assert.Equal(refusal, Said(agenda.Hold(slot, Emergency)));
        Assert.Equal(refusal, Said(agenda.Book(slot, "ann", by: Emergency)));
        Assert.Null(Said(agenda.Book(slot, "eve", by: Sample.Secretary, onBehalfOf: new(Emergency.Id, Emergency.Role, Emergency.Memberships, []))));
        var bookers = Rights.BookersOf(RightsScope.Of(definition), CareStreams.Gp, Audience.Cpts, new(2026, 6, 8)).Select(one => one.Role);
        Assert.Equal(refusal is null, bookers.Contains(Role.EmergencyDesk));
    }

    [Theory]
    [InlineData("2026-03-28T19:00:00Z", "2026-03-30T06:00:00Z")] // Saturday evening, Sunday is closed, and clocks go forward meanwhile
    [InlineData("2026-10-24T17:00:00Z", "2026-10-26T07:00:00Z")] // the same when they go back
    [InlineData("2026-07-13T17:00:00Z", "2026-07-15T06:00:00Z")] // the national day is closed
    public void Openings_are_those_of_the_territorys_clocks(string from, string expected) =>
        Assert.Equal([Sample.Utc(expected)], Daytime.Openings(Sample.Weekdays, Sample.Utc(from), Sample.Utc(from).AddHours(48), Sample.Zone));
}

/// <summary>Drives one request as its shell does, without a ledger.</summary>
internal sealed class OneRequest(DateTimeOffset now)
{
    public DateTimeOffset Now { get; set; } = now;
    public CareRequestState State { get; private set; } = CareRequestState.Empty;
    public List<Commit> Commits { get; } = [];

    public CareRequestAnswer Do(CareRequestCommand command, Booking? booking = null) =>
        Write(CareRequestDecider.Decide(State, "need-1", command, Now, booking), command as OpenRequest).Answer!;

    /// <summary>Null: too early.</summary>
    public CareRequestDecision? Wake(string cause) => CareRequestDecider.Woken(State, "need-1", cause, Now) is { } decision ? Write(decision, null) : null;

    /// <summary>A wake-up tells of a booking, which stands or is cancelled by now.</summary>
    public void Told(Booking booking) => Write(CareRequestDecider.Follow(State, booking.BookingId, booking, Now), null);

    private CareRequestDecision Write(CareRequestDecision decision, OpenRequest? open)
    {
        if (decision.Events.IsEmpty) return decision;
        var step = CareRequestFold.Build(State, "need-1", decision, open);
        Commits.Add(step.Commit);
        State = step.After;
        return decision;
    }
}
