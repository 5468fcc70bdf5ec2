using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using SnpLive.Grains;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;
using SnpLive.Grains.Requests;
using SnpLive.Grains.Rules;
using SnpLive.Grains.Territories.Grants;

namespace SnpLive.Tests.Domain;

/// <summary>Stored events must stay readable for ever: a test that fails here means that a migration is needed, not a new golden text.</summary>
public sealed class GoldenEventTests
{
    private static readonly DateTimeOffset At = Sample.Utc("2026-06-08T07:00:00.5Z");
    private static readonly SlotFacts Facts = new("gp-1.s1", "gp-1", At, At.AddMinutes(20), "gp", VisitMode.Surgery, Audience.Snp | Audience.Cpts, 1, 15, "place-1");
    private static readonly CareRequest Need = new("need-1", "cpts", "gp", "p1", Role.Pharmacist, "pharm-a", Eligibility.RegisteredGpAbsent, "M03.14", At, At.AddHours(24),
        CareRequestStatus.Unserved, UnservedReason.TooFar, null);

    private static readonly Dictionary<AgendaEvent, string> Golden = new()
    {
        [new AgendaConfigured(new("gp-1", "sas-44", "cpts", ["cpts"], "dr-x", "place-1", "gp",
            [new("t", [DayOfWeek.Monday], [new(11, 40)], 20, VisitMode.Surgery, Audience.None, 1, new(2026, 1, 1), null)],
            new(Sample.Zone, 24, 3, 2, 2, 15, 14, new([new(DayOfWeek.Monday, new(8, 0), new(20, 0))], false, [new(2026, 5, 15)])),
            [new("cpts", Role.EmergencyDesk, "imaging", GrantAction.SeeFreeSlots, GrantCondition.InGroup, "imaging-trial", new(2026, 1, 1), new(2026, 12, 31), "seed 2")]))] =
            """{"type":"agenda-configured","definition":{"agendaId":"gp-1","sasId":"sas-44","territoryId":"cpts","shownIn":["cpts"],"practitionerId":"dr-x","placeId":"place-1","careStream":"gp","templates":[{"id":"t","days":["monday"],"times":["11:40:00"],"minutes":20,"mode":"surgery","audience":"none","capacity":1,"validFrom":"2026-01-01"}],"rules":{"timeZone":"Europe/Paris","windowHours":24,"holdMinutes":3,"holdExtensionMinutes":2,"maxHoldsPerPerson":2,"minNoticeMinutes":15,"publishAheadDays":14,"daytime":{"ranges":[{"day":"monday","opens":"08:00:00","closes":"20:00:00"}],"alsaceMoselle":false,"closedDays":["2026-05-15"]}},"grants":[{"tenant":"cpts","role":"emergencyDesk","careStream":"imaging","action":"seeFreeSlots","condition":"inGroup","group":"imaging-trial","validFrom":"2026-01-01","validTo":"2026-12-31","source":"seed 2"}]}}""",
        [new SlotsPublished([Facts], new(2026, 6, 22))] =
            """{"type":"slots-published","slots":[{"slotId":"gp-1.s1","agendaId":"gp-1","start":"2026-06-08T07:00:00.5+00:00","end":"2026-06-08T07:20:00.5+00:00","careStream":"gp","mode":"surgery","audience":"snp, cpts","capacity":1,"minNoticeMinutes":15,"placeId":"place-1"}],"through":"2026-06-22"}""",
        [new SlotWithdrawn("gp-1.s1", true)] = """{"type":"slot-withdrawn","slotId":"gp-1.s1","superseded":true}""",
        [new SlotHeld("gp-1.s1", new("gp-1.h1", "p1", "pharm-a", At), 2)] =
            """{"type":"slot-held","slotId":"gp-1.s1","hold":{"holdId":"gp-1.h1","actorId":"p1","organizationId":"pharm-a","until":"2026-06-08T07:00:00.5+00:00"},"holdPlace":2}""",
        [new HoldExtended("gp-1.h1", At)] = """{"type":"hold-extended","holdId":"gp-1.h1","until":"2026-06-08T07:00:00.5+00:00"}""",
        [new HoldReleased("gp-1.h1")] = """{"type":"hold-released","holdId":"gp-1.h1"}""",
        [new SlotBooked(new("gp-1.b1", "gp-1.s1", 1, "s1", "p1", Role.Pharmacist, "pharm-a", null, "gp-1.r1", Eligibility.NoRegisteredGp, "M03.14", At, At.AddHours(24), At, false,
            AppointmentStatus.Booked, null), "gp-1.h1", At.AddHours(24), true)] =
            """{"type":"slot-booked","booking":{"bookingId":"gp-1.b1","slotId":"gp-1.s1","place":1,"surrogate":"s1","bookedBy":"p1","bookedByRole":"pharmacist","organizationId":"pharm-a","careRequestId":"gp-1.r1","eligibility":"noRegisteredGp","reason":"M03.14","decidedAt":"2026-06-08T07:00:00.5+00:00","deadline":"2026-06-09T07:00:00.5+00:00","bookedAt":"2026-06-08T07:00:00.5+00:00","override":false,"status":"booked"},"holdId":"gp-1.h1","claimUntil":"2026-06-09T07:00:00.5+00:00","newRequest":true}""",
        [new BookingCancelled("gp-1.b1", CancelReason.PatientRequest)] = """{"type":"booking-cancelled","bookingId":"gp-1.b1","reason":"patientRequest"}""",
        [new BookingCancelled("gp-1.b1", CancelReason.Other, true)] = """{"type":"booking-cancelled","bookingId":"gp-1.b1","reason":"other","patientInformed":true}""",
        [new TemplateSet(new([new("t", [DayOfWeek.Monday], [new(11, 40)], 20, VisitMode.Surgery, Audience.None, 1, null, null)], 120, true))] =
            """{"type":"template-set","plan":{"templates":[{"id":"t","days":["monday"],"times":["11:40:00"],"minutes":20,"mode":"surgery","audience":"none","capacity":1}],"takeBackMinutes":120,"skipHolidays":true}}""",
        [new SlotsPublished([Facts with { TakeBackMinutes = 120, Locum = "dr-z" }], null)] =
            """{"type":"slots-published","slots":[{"slotId":"gp-1.s1","agendaId":"gp-1","start":"2026-06-08T07:00:00.5+00:00","end":"2026-06-08T07:20:00.5+00:00","careStream":"gp","mode":"surgery","audience":"snp, cpts","capacity":1,"minNoticeMinutes":15,"placeId":"place-1","takeBackMinutes":120,"locum":"dr-z"}]}""",
        [new AbsenceStarted(new("gp-1.a1", At, At.AddDays(2), "dr-z", false))] =
            """{"type":"absence-started","absence":{"absenceId":"gp-1.a1","from":"2026-06-08T07:00:00.5+00:00","to":"2026-06-10T07:00:00.5+00:00","locum":"dr-z","ended":false}}""",
        [new AbsenceEnded("gp-1.a1")] = """{"type":"absence-ended","absenceId":"gp-1.a1"}""",
        [new LocumSet(["gp-1.s1"], "dr-z")] = """{"type":"locum-set","slotIds":["gp-1.s1"],"locum":"dr-z"}""",
        [new BookingToReplace("gp-1.b1", ReplaceCause.Absence)] = """{"type":"booking-to-replace","bookingId":"gp-1.b1","cause":"absence"}""",
        [new BookingReplaced("gp-1.b1", "gp-2.b7")] = """{"type":"booking-replaced","bookingId":"gp-1.b1","by":"gp-2.b7"}""",
        [new OverbookAllowed(true)] = """{"type":"overbook-allowed","allowed":true}""",
        [new SlotOverbooked("gp-1.s1")] = """{"type":"slot-overbooked","slotId":"gp-1.s1"}""",
        [new DelegatesSet(new(["coord"], Role.GeneralPractitioner))] = """{"type":"delegates-set","delegation":{"professionals":["coord"],"givenBy":"generalPractitioner"}}""",
        [new OutcomeRecorded("gp-1.b1", AppointmentStatus.NoShow)] = """{"type":"outcome-recorded","bookingId":"gp-1.b1","status":"noShow"}""",
    };

    private static readonly Dictionary<CareRequestEvent, string> GoldenNeeds = new()
    {
        [new NeedRecorded(Need, Sample.Zone)] =
            """{"type":"need-recorded","request":{"careRequestId":"need-1","territoryId":"cpts","careStream":"gp","requestedBy":"p1","role":"pharmacist","organizationId":"pharm-a","eligibility":"registeredGpAbsent","reason":"M03.14","decidedAt":"2026-06-08T07:00:00.5+00:00","deadline":"2026-06-09T07:00:00.5+00:00","status":"unserved","unserved":"tooFar"},"timeZone":"Europe/Paris"}""",
        [new EmergencyRaised(new("e-1", "cpts", "p1", Role.Pharmacist, "pharm-a", EmergencyExit.Call15, At, At.AddSeconds(6)), Sample.Zone)] =
            """{"type":"emergency-raised","emergency":{"emergencyId":"e-1","territoryId":"cpts","raisedBy":"p1","role":"pharmacist","organizationId":"pharm-a","exit":"call15","raisedAt":"2026-06-08T07:00:00.5+00:00","recordedAt":"2026-06-08T07:00:06.5+00:00"},"timeZone":"Europe/Paris"}""",
        [new BookingLost("gp-1.b1", CancelReason.PractitionerUnavailable)] = """{"type":"booking-lost","bookingId":"gp-1.b1","reason":"practitionerUnavailable"}""",
        [new NeedServed("gp-1.b1")] = """{"type":"need-served","bookingId":"gp-1.b1"}""",
        [new RequestOpened(Need with { Status = CareRequestStatus.Open, Unserved = UnservedReason.None, RegisteredGp = RegisteredGpContact.No, Surrogate = "s-1", OpenedAt = At, OnBehalfOf = "gp" }, Sample.Zone, [At.AddHours(23)])] =
            """{"type":"request-opened","request":{"careRequestId":"need-1","territoryId":"cpts","careStream":"gp","requestedBy":"p1","role":"pharmacist","organizationId":"pharm-a","eligibility":"registeredGpAbsent","reason":"M03.14","decidedAt":"2026-06-08T07:00:00.5+00:00","deadline":"2026-06-09T07:00:00.5+00:00","status":"open","unserved":"none","registeredGp":"no","surrogate":"s-1","openedAt":"2026-06-08T07:00:00.5+00:00","onBehalfOf":"gp"},"timeZone":"Europe/Paris","openings":["2026-06-09T06:00:00.5+00:00"]}""",
        [new RequestTaken("tele", "telesec")] = """{"type":"request-taken","by":"tele","organizationId":"telesec"}""",
        [new RequestReleased()] = """{"type":"request-released"}""",
        [new RequestReturned(At)] = """{"type":"request-returned","opening":"2026-06-08T07:00:00.5+00:00"}""",
        [new RequestSettled(ServedBy.RegisteredGp)] = """{"type":"request-settled","by":"registeredGp"}""",
        [new RequestUnserved(UnservedReason.DeadlinePassed)] = """{"type":"request-unserved","reason":"deadlinePassed"}""",
        [new RequestCancelled(RequestCancelReason.NoLongerNeeded)] = """{"type":"request-cancelled","reason":"noLongerNeeded"}""",
    };

    private static readonly Grant Given = new("cpts", Role.GeneralPractitioner, "*", GrantAction.ReviewBreakGlass, GrantCondition.NamedPerson, null, null, new(2026, 12, 31), "bureau", "dr-x");

    private static readonly Dictionary<GrantEvent, string> GoldenGrants = new()
    {
        [new GrantAdded("g1", Given, "coord", true)] =
            """{"type":"grant-added","grantId":"g1","grant":{"tenant":"cpts","role":"generalPractitioner","careStream":"*","action":"reviewBreakGlass","condition":"namedPerson","validTo":"2026-12-31","source":"bureau","person":"dr-x"},"decidedBy":"coord","fromFile":true}""",
        [new GrantCorrected("g1", Given with { ValidTo = null }, "coord")] =
            """{"type":"grant-corrected","grantId":"g1","grant":{"tenant":"cpts","role":"generalPractitioner","careStream":"*","action":"reviewBreakGlass","condition":"namedPerson","source":"bureau","person":"dr-x"},"decidedBy":"coord"}""",
        [new GrantEnded("g1", new(2026, 6, 30), "coord")] = """{"type":"grant-ended","grantId":"g1","lastDay":"2026-06-30","decidedBy":"coord"}""",
        [new GrantLeftFile("g1", true)] = """{"type":"grant-left-file","grantId":"g1","ended":true}""",
    };

    [Fact]
    public void Events_of_grants_keep_their_json() => Check(GoldenGrants);

    [Fact]
    public void Events_of_agendas_keep_their_json() => Check(Golden);

    [Fact]
    public void Events_of_care_requests_keep_their_json() => Check(GoldenNeeds);

    private static void Check<T>(Dictionary<T, string> golden) where T : notnull
    {
        var kinds = typeof(T).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(a => a.DerivedType).ToHashSet();
        Assert.Equal(kinds, golden.Keys.Select(e => e.GetType()).ToHashSet());
        foreach (var (e, json) in golden)
        {
            Assert.Equal(json, JsonSerializer.Serialize(e, SnpJson.Options));
            Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<T>(json, SnpJson.Options), SnpJson.Options));
        }
    }

    [Fact]
    public void An_event_of_an_older_time_can_be_read()
    {
        // Written before "superseded" existed, and by a database that orders members in its own way.
        var read = JsonSerializer.Deserialize<ImmutableArray<AgendaEvent>>("""[{"slotId":"gp-1.s1","type":"slot-withdrawn"}]""", SnpJson.Options);
        Assert.Equal(new SlotWithdrawn("gp-1.s1"), Assert.Single(read));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<AgendaEvent>("""{"type":"hold-released"}""", SnpJson.Options));
    }

    [Fact]
    public void What_cannot_have_happened_is_not_folded()
    {
        var agenda = new Agenda(At);
        var slot = agenda.Open(At.AddHours(2));
        var envelope = new EventEnvelope(agenda.State.Version + 1, At, "p1", Guid.NewGuid(), "f", new Done());
        void Rejected(AgendaEvent e, EventEnvelope? around = null) => Assert.Throws<EventRejectedException>(() => AgendaFold.Apply(agenda.State, [e], around ?? envelope));
        var booked = (SlotBooked)Golden.Keys.Single(e => e is SlotBooked);
        Rejected(booked);                                                                        // its hold is unknown
        Rejected(booked with { HoldId = null, Booking = booked.Booking with { Place = 2 } });    // a place that does not exist
        Rejected(booked with { HoldId = null, Booking = booked.Booking with { BookingId = "gp-1.b2" } });
        Rejected(new SlotHeld(slot, new("gp-1.h1", "p1", "pharm-a", At), 1));                    // ended already
        Rejected(new HoldReleased("gp-1.h1"));
        Rejected(new SlotWithdrawn("gp-1.s9"));
        Rejected(new SlotsPublished([Facts], null));                                             // not the next number
        Rejected(new BookingCancelled("gp-1.b1", CancelReason.Other));
        Rejected(new BookingToReplace("gp-1.b1", ReplaceCause.Absence));
        Rejected(new LocumSet(["gp-1.s9"], null));
        Rejected(new SlotOverbooked("gp-1.s9"));
        Rejected(new AbsenceEnded("gp-1.a1"));
        Rejected(new AbsenceStarted(new("gp-1.a2", At, At.AddHours(1), null, false)));           // not the next number
        Rejected(new SlotWithdrawn(slot), envelope with { Version = 9 });
        Rejected(new SlotWithdrawn(slot), envelope with { OccurredAt = At.AddSeconds(-1) });
        var held = AgendaFold.Apply(agenda.State, [new SlotHeld(slot, new("gp-1.h1", "p1", "pharm-a", At.AddMinutes(3)), 1)], envelope);
        Assert.Throws<EventRejectedException>(() => AgendaFold.Apply(held, [booked with { HoldId = null }], envelope with { Version = held.Version + 1 }));
        var sold = AgendaFold.Apply(held, [booked], envelope with { Version = held.Version + 1 });
        Assert.Throws<EventRejectedException>(() => AgendaFold.Apply(sold,
            [booked with { HoldId = null, Booking = booked.Booking with { BookingId = "gp-1.b2" } }], envelope with { Version = sold.Version + 1 }));
        // A booking is never dropped with its slot, and one that stands is not replaced.
        Assert.Throws<EventRejectedException>(() => AgendaFold.Apply(sold, [new SlotWithdrawn(slot)], envelope with { Version = sold.Version + 1 }));
        Assert.Throws<EventRejectedException>(() => AgendaFold.Apply(sold, [new BookingReplaced("gp-1.b1", "gp-2.b1")], envelope with { Version = sold.Version + 1 }));
        var kept = AgendaFold.Apply(sold, [new BookingToReplace("gp-1.b1", ReplaceCause.Withdrawal), new SlotWithdrawn(slot)], envelope with { Version = sold.Version + 1 });
        Assert.Equal(1, kept.FindSlot(slot)!.CountTaken());
    }

    [Fact]
    public void The_audit_throws_on_a_stream_that_is_not_its_own()
    {
        var agenda = new Agenda(At);
        var c = agenda.Steps[0].Commit;
        RecordedCommand[] commands = [new(c.Version, c.ActorId, c.RequestId, c.Fingerprint, c.Answer, c.OccurredAt, c.Schema, c.Payload)];
        Assert.NotEmpty(new AgendaAudit().Fold("agenda/gp-1", commands, At).State);
        Assert.Throws<EventRejectedException>(() => new AgendaAudit().Fold("agenda/gp-2", commands, At));
        Assert.Throws<EventRejectedException>(() => new AgendaAudit().Fold("agenda/gp-1", [commands[0] with { Version = 2 }], At));
    }
}
