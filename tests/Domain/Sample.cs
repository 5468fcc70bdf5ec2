using System.Collections.Immutable;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;

namespace SnpLive.Tests.Domain;

/// <summary>A small territory for tests: two GPs' agendas and an X-ray room, with the people who use them.</summary>
internal static class Sample
{
    public const string Zone = "Europe/Paris";
    public const string Cpts = "cpts-test";
    public const string Sas = "sas-44";

    public static readonly Actor PharmacistA = new("p1", Role.Pharmacist, "pharm-a", null, [Cpts], [], []);
    public static readonly Actor PharmacistB = new("p2", Role.Pharmacist, "pharm-b", null, [Cpts], [], []);
    public static readonly Actor Regulator = new("reg", Role.Regulator, Sas, Sas, [], [], []);
    public static readonly Actor Stranger = new("reg29", Role.Regulator, "sas-29", "sas-29", [], [], []);
    public static readonly Actor Gp = new("gp", Role.GeneralPractitioner, "cab", null, [Cpts], ["imaging-trial"], ["gp-1", "gp-2"]);
    public static readonly Actor Radiologist = new("rad", Role.Radiologist, "img", null, [Cpts], [], ["xr-1"]);
    public static readonly Actor Coordinator = new("coord", Role.Coordinator, Cpts, null, [Cpts], [], []);
    public static readonly Actor Secretary = new("tele", Role.TeleSecretary, "telesec", null, [Cpts], [], []);

    public static readonly DaytimeHours Weekdays = new(
        [.. new[] { DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday }
            .Select(d => new DaytimeRange(d, new(8, 0), new(20, 0)))],
        false, []);

    public static readonly DaytimeHours Always = new([.. Enum.GetValues<DayOfWeek>().Select(d => new DaytimeRange(d, new(0, 0), new(23, 59, 59)))], false, []);

    public static readonly BookingRules Rules = new(Zone, 24, 3, 2, 2, 15, 3, Weekdays);

    public static readonly ImmutableArray<Grant> Grants =
    [
        .. Give(Role.Pharmacist, "gp", GrantAction.SeeFreeSlots, GrantAction.Hold, GrantAction.Book, GrantAction.Cancel),
        .. Give(Role.Regulator, "gp", GrantAction.SeeFreeSlots, GrantAction.Hold, GrantAction.Book, GrantAction.Cancel),
        .. Give(Role.GeneralPractitioner, "gp", GrantAction.SeeFreeSlots, GrantAction.Hold, GrantAction.Book, GrantAction.Cancel),
        .. Give(Role.GeneralPractitioner, "imaging", GrantCondition.InGroup, "imaging-trial",
            GrantAction.SeeFreeSlots, GrantAction.Hold, GrantAction.Book, GrantAction.Cancel),
        .. Give(Role.GeneralPractitioner, "gp", GrantCondition.OwnAgenda, null, GrantAction.OpenSlot, GrantAction.CloseSlot, GrantAction.RecordOutcome),
        .. Give(Role.Radiologist, "imaging", GrantCondition.OwnAgenda, null, GrantAction.OpenSlot, GrantAction.CloseSlot, GrantAction.RecordOutcome),
        .. Give(Role.TeleSecretary, "*", GrantCondition.OnBehalfOf, null, GrantAction.SeeFreeSlots, GrantAction.Hold, GrantAction.Book, GrantAction.Cancel),
    ];

    public static IEnumerable<Grant> Give(Role role, string stream, params GrantAction[] actions) => Give(role, stream, GrantCondition.None, null, actions);

    public static IEnumerable<Grant> Give(Role role, string stream, GrantCondition condition, string? group, params GrantAction[] actions) =>
        actions.Select(a => new Grant(Cpts, role, stream, a, condition, group, null, null, "test"));

    public static AgendaDefinition Definition(string agendaId = "gp-1", string stream = CareStreams.Gp, BookingRules? rules = null, params WeeklyTemplate[] templates) =>
        new(agendaId, Sas, Cpts, [Cpts], stream == CareStreams.Gp ? Gp.Id : Radiologist.Id, "place-1", stream, [.. templates], rules ?? Rules, Grants);

    public static WeeklyTemplate Template(string id, int minutes, params string[] times) => new(
        id, [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday],
        [.. times.Select(t => TimeOnly.Parse(t, System.Globalization.CultureInfo.InvariantCulture))], minutes, VisitMode.Surgery, Audience.None, 1, null, null);

    public static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    public static SealedPatient Patient(string who, bool address = false) => new("hash-" + who, "sealed-" + who + Guid.NewGuid(), "note" + Guid.NewGuid(), address, "content-" + who);
}

/// <summary>Drives one agenda as its shell does, without a ledger.</summary>
internal sealed class Agenda
{
    public AgendaState State { get; private set; } = AgendaState.Empty;
    public DateTimeOffset Now { get; set; }
    public List<AgendaStep> Steps { get; } = [];

    public Agenda(DateTimeOffset now, AgendaDefinition? definition = null)
    {
        Now = now;
        Assert.IsType<Done>(Do(new ConfigureAgenda(definition ?? Sample.Definition()) { RequestId = Guid.NewGuid(), Actor = Actor.System, NotAfter = now }));
    }

    public AgendaAnswer Do(AgendaCommand command)
    {
        var decision = AgendaDecider.Decide(State, command, Now);
        if (decision.Events.IsEmpty) return decision.Answer;
        Steps.Add(AgendaCommit.Build(State, command, decision));
        State = Steps[^1].After;
        return decision.Answer;
    }

    public string Open(DateTimeOffset start, int minutes = 20, int capacity = 1, Audience? audience = null, VisitMode mode = VisitMode.Surgery, int? notice = null) =>
        Assert.IsType<SlotsOpened>(TryOpen(start, minutes, capacity, audience, mode, notice)).SlotIds[0];

    public AgendaAnswer TryOpen(DateTimeOffset start, int minutes = 20, int capacity = 1, Audience? audience = null, VisitMode mode = VisitMode.Surgery,
        int? notice = null, Actor? by = null) =>
        Do(new OpenSlots([new(start, start.AddMinutes(minutes), mode, audience, capacity, notice)])
        {
            RequestId = Guid.NewGuid(), Actor = by ?? (State.Definition!.CareStream == CareStreams.Gp ? Sample.Gp : Sample.Radiologist), NotAfter = Now,
        });

    public AgendaAnswer Hold(string slotId, Actor? by = null, int place = 1) =>
        Do(new HoldSlot(slotId, place) { RequestId = Guid.NewGuid(), Actor = by ?? Sample.PharmacistA, NotAfter = Now });

    public AgendaAnswer Extend(string holdId, Actor? by = null) =>
        Do(new ExtendHold(holdId) { RequestId = Guid.NewGuid(), Actor = by ?? Sample.PharmacistA, NotAfter = Now });

    public AgendaAnswer Release(string holdId, Actor? by = null) =>
        Do(new ReleaseHold(holdId) { RequestId = Guid.NewGuid(), Actor = by ?? Sample.PharmacistA, NotAfter = Now });

    public AgendaAnswer Withdraw(string slotId, bool evenIfHeld = false, Actor? by = null) =>
        Do(new WithdrawSlot(slotId, evenIfHeld) { RequestId = Guid.NewGuid(), Actor = by ?? Sample.Gp, NotAfter = Now });

    public AgendaAnswer Cancel(string bookingId, Actor? by = null) =>
        Do(new CancelBooking(bookingId, CancelReason.PatientRequest) { RequestId = Guid.NewGuid(), Actor = by ?? Sample.PharmacistA, NotAfter = Now });

    public AgendaAnswer Record(string bookingId, AppointmentStatus status, Actor? by = null) =>
        Do(new RecordOutcome(bookingId, status) { RequestId = Guid.NewGuid(), Actor = by ?? Sample.Gp, NotAfter = Now });

    public AgendaAnswer Configure(AgendaDefinition definition) =>
        Do(new ConfigureAgenda(definition) { RequestId = Guid.NewGuid(), Actor = Actor.System, NotAfter = Now });

    public AgendaAnswer Publish() => Do(new PublishAhead { RequestId = Guid.NewGuid(), Actor = Actor.System, NotAfter = Now });

    /// <summary>Any command of this person now.</summary>
    public AgendaAnswer Ask(AgendaCommand command, Actor by) => Do(command with { RequestId = Guid.NewGuid(), Actor = by, NotAfter = Now });

    public AgendaAnswer Book(string slotId, string patient = "s1", Actor? by = null, DateTimeOffset? decidedAt = null, string? holdId = null, string reason = "M03.14",
        bool excluded = true, bool isOverride = false, OnBehalfOf? onBehalfOf = null, string? careRequestId = null, bool address = false) =>
        Do(Booking(slotId, patient, by, decidedAt, holdId, reason, excluded, isOverride, onBehalfOf, careRequestId, address));

    public BookSlot Booking(string slotId, string patient = "s1", Actor? by = null, DateTimeOffset? decidedAt = null, string? holdId = null, string reason = "M03.14",
        bool excluded = true, bool isOverride = false, OnBehalfOf? onBehalfOf = null, string? careRequestId = null, bool address = false) =>
        new(slotId, holdId, careRequestId, onBehalfOf, Sample.Patient(patient, address), patient, Eligibility.NoRegisteredGp, reason, decidedAt, excluded, isOverride)
        {
            RequestId = Guid.NewGuid(), Actor = by ?? Sample.PharmacistA, NotAfter = Now,
        };

    public static void Refused(Refusal code, AgendaAnswer answer) => Assert.Equal(code, Assert.IsType<Refused>(answer).Code);
}
