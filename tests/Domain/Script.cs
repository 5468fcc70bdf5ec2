using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;

namespace SnpLive.Tests.Domain;

/// <summary>One step of a script: small numbers that become a command once the world they meet is known.</summary>
internal sealed record Op(int Kind, int Agenda, int Actor, int Pick, int Patient, int Wait, int Flags);

/// <summary>A random list of steps and the instant at which it starts.</summary>
internal sealed record Script(int Start, ImmutableArray<Op> Ops)
{
    public const int Length = 250;

    /// <summary>Before the March change of clocks and Easter, before the October one, and an ordinary week.</summary>
    public static readonly DateTimeOffset[] Starts = [Sample.Utc("2026-03-27T06:10:00Z"), Sample.Utc("2026-10-23T06:10:00Z"), Sample.Utc("2026-06-08T06:10:00Z")];

    public static Arbitrary<Script> Arbitrary { get; } = Arb.From(
        from start in Gen.Choose(0, Starts.Length - 1)
        from ops in Gen.ArrayOf(OpGen(), Length)
        select new Script(start, [.. ops]),
        Shrink);

    /// <summary>Mostly anything; sometimes one person who grabs slot after slot and extends, so that the bounds on holds are met.</summary>
    private static Gen<Op> OpGen() => Gen.Frequency((4, AnyOp()), (1,
        from agenda in Gen.Choose(0, 1)
        from pick in Gen.Choose(0, 99)
        from kind in Gen.Elements(20, 20, 41)
        select new Op(kind, agenda, 0, pick, 0, 0, 1)));

    private static Gen<Op> AnyOp() =>
        from kind in Gen.Choose(0, 119)
        from agenda in Gen.Elements(0, 0, 0, 1, 1, 2)
        from actor in Gen.Elements(0, 0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 5, 6)
        from pick in Gen.Choose(0, 99)
        from patient in Gen.Choose(0, 4)
        from wait in Gen.Frequency((10, Gen.Choose(0, 2)), (6, Gen.Choose(3, 4)), (4, Gen.Constant(5)), (2, Gen.Constant(6)), (1, Gen.Choose(7, 8)))
        from flags in Gen.Choose(0, 4095)
        select new Op(kind, agenda, actor, pick, patient, wait, flags);

    /// <summary>Waiting times; those of holds are hit to the millisecond.</summary>
    public static readonly TimeSpan[] Waits =
    [
        TimeSpan.Zero, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(3) - TimeSpan.FromMilliseconds(1),
        TimeSpan.FromMinutes(17), TimeSpan.FromMinutes(95), TimeSpan.FromHours(7), TimeSpan.FromHours(31),
    ];

    /// <summary>Shorter scripts first: halves, quarters, … then single steps left out.</summary>
    private static IEnumerable<Script> Shrink(Script script)
    {
        for (var size = script.Ops.Length / 2; size >= 1; size /= 2)
            for (var i = 0; i + size <= script.Ops.Length; i += size)
                yield return script with { Ops = script.Ops.RemoveRange(i, size) };
    }
}

/// <summary>Turns steps into commands, with what exists by then: mostly sensible, sometimes not.</summary>
internal sealed class Commands(NaiveModel model)
{
    private readonly List<(string AgendaId, AgendaCommand Command)> sent = [];
    private int requests;

    private static readonly Actor[] Actors =
        [Sample.PharmacistA, Sample.PharmacistB, Sample.Regulator, Sample.Gp, Sample.Radiologist, Sample.Coordinator, Sample.Stranger];

    private static readonly WeeklyTemplate[][] Templates =
    [
        [], [Sample.Template("a", 20, "11:40", "17:20")], [Sample.Template("b", 20, "11:50", "17:20", "17:30")], [Sample.Template("c", 30, "09:00", "02:30", "19:40")],
    ];

    public (string AgendaId, AgendaCommand Command) From(Op op, DateTimeOffset now)
    {
        if (op.Kind is >= 92 and < 100 && sent.Count > 0)
        {
            // Somebody sends again: the same, or under a used id something else.
            var (agendaId, old) = sent[Math.Max(0, sent.Count - 1 - op.Pick % 12)];
            return (agendaId, (op.Flags & 7) == 0 ? new ReleaseHold($"{agendaId}.h1") { RequestId = old.RequestId, Actor = old.Actor, NotAfter = now } : Again(old, now));
        }
        var agenda = model.Agendas[op.Agenda];
        var actor = Actors[op.Actor];
        var command = Make(op, agenda, actor, now);
        var late = (op.Flags & 1023) == 1023 ? now.AddMilliseconds(-1) : now;
        command = command with { RequestId = new Guid(++requests, 0, 0, new byte[8]), NotAfter = late };
        sent.Add((agenda.Id, command));
        return (agenda.Id, command);
    }

    /// <summary>As a browser repeats it: other sealing, other not-after, other surrogate made by the shell.</summary>
    private static AgendaCommand Again(AgendaCommand command, DateTimeOffset now) => command switch
    {
        BookSlot b => b with { NotAfter = now, Patient = b.Patient with { SealedIdentity = "sealed again", SealedNote = "and again" } },
        HoldSlot h => h with { NotAfter = now, HoldPlace = 1 },
        _ => command with { NotAfter = now },
    };

    private AgendaCommand Make(Op op, NaiveAgenda agenda, Actor actor, DateTimeOffset now)
    {
        var owner = op.Flags % 16 == 0 ? actor : agenda.Stream == "gp" ? Sample.Gp : Sample.Radiologist;
        var (by, end) = (new { RequestId = Guid.Empty, NotAfter = now }, op.Pick);
        // Where nothing can be booked, somebody opens slots: a script must not run dry.
        var kind = op.Kind is >= 14 and < 76 && Near(agenda, now).Count == 0 ? 5 : op.Kind;
        return kind switch
        {
            < 2 => new ConfigureAgenda(Definition(agenda, op.Pick)) { RequestId = by.RequestId, Actor = Actor.System, NotAfter = now },
            < 4 => new PublishAhead { RequestId = by.RequestId, Actor = Actor.System, NotAfter = now },
            < 14 => new OpenSlots([.. Enumerable.Range(0, op.Flags % 3 + (op.Flags % 64 == 0 ? 0 : 1)).Select(i => ToOpen(op, i, now))]) { RequestId = by.RequestId, Actor = owner, NotAfter = now },
            < 38 => new HoldSlot(Slot(agenda, op, now)) { RequestId = by.RequestId, Actor = actor, NotAfter = now },
            < 44 => new ExtendHold(Hold(agenda, end % 3)) { RequestId = by.RequestId, Actor = Holder(agenda, Hold(agenda, end % 3), op, actor), NotAfter = now },
            < 50 => new ReleaseHold(Hold(agenda, end)) { RequestId = by.RequestId, Actor = Holder(agenda, Hold(agenda, end), op, actor), NotAfter = now },
            < 76 => Book(op, agenda, actor, now),
            < 82 => new CancelBooking(Booking(agenda, end), CancelReason.Other, (op.Flags % 3) switch { 0 => true, 1 => false, _ => null }) { RequestId = by.RequestId, Actor = actor, NotAfter = now },
            < 88 => new RecordOutcome(Booking(agenda, end), (AppointmentStatus)(op.Flags % 6)) { RequestId = by.RequestId, Actor = owner, NotAfter = now },
            < 100 => new WithdrawSlot(Slot(agenda, op, now), op.Flags % 2 == 0) { RequestId = by.RequestId, Actor = owner, NotAfter = now },
            _ => Decide(op, agenda, owner, now),
        };
    }

    /// <summary>What practitioners and their delegates decide.</summary>
    private AgendaCommand Decide(Op op, NaiveAgenda agenda, Actor owner, DateTimeOffset now)
    {
        var manager = op.Flags % 5 == 0 ? Sample.Coordinator : op.Flags % 7 == 0 ? Sample.Secretary : owner;
        AgendaCommand command = op.Kind switch
        {
            < 102 => new SetTemplate(Plan(op)) { RequestId = Guid.Empty, Actor = manager, NotAfter = now },
            < 104 => Absence(op, manager, now),
            < 106 => new EndAbsence($"{agenda.Id}.a{Math.Max(1, agenda.Absences.Count - op.Pick % 3 + (op.Pick % 10 == 0 ? 2 : 0))}") { RequestId = Guid.Empty, Actor = manager, NotAfter = now },
            106 => new AllowOverbook(op.Pick % 4 > 0) { RequestId = Guid.Empty, Actor = owner, NotAfter = now },
            < 110 => new OverbookSlot(Fullest(agenda, op, now)) { RequestId = Guid.Empty, Actor = manager, NotAfter = now },
            < 112 => Resize(op, agenda, manager, now),
            112 => new SetDelegates((op.Pick % 6) switch { 0 => [], 1 => ["coord", "coord"], 2 => ["p1"], 3 => ["tele"], _ => ["coord", "tele"] }) { RequestId = Guid.Empty, Actor = owner, NotAfter = now },
            < 116 => new WithdrawSlot(Slot(agenda, op, now), op.Flags % 2 == 0, true) { RequestId = Guid.Empty, Actor = manager, NotAfter = now },
            _ => Again(op, agenda, now),
        };
        return command;
    }

    /// <summary>Mostly the slot that was overbooked most, or else the last one, which stays longest: scripts that chose freely would not reach the limit.</summary>
    private string Fullest(NaiveAgenda agenda, Op op, DateTimeOffset now) =>
        op.Flags % 4 > 0 && agenda.Slots.Where(s => s.Start > now && !s.Off(now)).MaxBy(s => (s.Extra, s.Start)) is { } fullest ? fullest.Id : Slot(agenda, op, now);

    /// <summary>Somebody finds another slot for a patient who is to replace.</summary>
    private BookSlot Again(Op op, NaiveAgenda agenda, DateTimeOffset now)
    {
        var waiting = model.Agendas.Where(a => a.Stream == agenda.Stream).SelectMany(a => a.Slots).SelectMany(s => s.Bookings).Where(b => b.Status == AppointmentStatus.ToReplace).ToList();
        var book = Book(op, agenda, Sample.PharmacistA, now);
        if (waiting.Count == 0) return book;
        var old = waiting[op.Pick % waiting.Count];
        return book with { Replaces = old.Id, Surrogate = old.Patient, Patient = Sample.Patient(old.Patient), DecidedAt = null, Reason = "M03.14", VitalSignsExcluded = true };
    }

    private static AgendaPlan Plan(Op op) => new([.. Templates[op.Pick % Templates.Length].Select(t => op.Flags % 31 == 3 ? t with { Times = [] } : t)],
        (op.Flags / 8 % 4) switch { 0 => 120, 1 => 30, 2 => op.Flags % 13 == 0 ? 0 : 480, _ => null }, op.Flags % 4 > 0);

    private static RecordAbsence Absence(Op op, Actor by, DateTimeOffset now)
    {
        var from = new DateTimeOffset(now.Ticks - now.Ticks % TimeSpan.FromMinutes(15).Ticks, TimeSpan.Zero).AddMinutes(15 * (op.Pick % 40) - 60);
        var locum = (op.Flags % 6) switch { 0 => "dr-locum", 1 => op.Flags % 5 == 0 ? "gp" : "dr-locum", _ => null };
        return new(from, from.AddHours(op.Flags % 17 == 0 ? -1 : 1 + op.Patient * 6), locum) { RequestId = Guid.Empty, Actor = by, NotAfter = now };
    }

    private static ResizeSlot Resize(Op op, NaiveAgenda agenda, Actor by, DateTimeOffset now)
    {
        var id = Slot(agenda, op, now);
        var slot = agenda.Slots.Find(s => s.Id == id);
        var start = (slot?.Start ?? now).AddMinutes(5 * (op.Flags % 9 - 3));
        return new(id, start, start.AddMinutes(op.Flags % 37 == 0 ? -5 : 5 * (1 + op.Flags / 16 % 4))) { RequestId = Guid.Empty, Actor = by, NotAfter = now };
    }

    internal static AgendaDefinition Definition(NaiveAgenda agenda, int pick) =>
        Sample.Definition(agenda.Id, agenda.Stream, null, Templates[pick % Templates.Length]);

    private static SlotToOpen ToOpen(Op op, int i, DateTimeOffset now)
    {
        // On a grid of five minutes, from just past to beyond the window.
        var start = new DateTimeOffset(now.Ticks - now.Ticks % TimeSpan.FromMinutes(5).Ticks, TimeSpan.Zero).AddMinutes(op.Pick * op.Pick / 5 * 5 % 1750 + i * 15 - 5);
        Audience? audience = (op.Flags / 8 % 8) switch { 0 => Audience.Snp, 1 => Audience.Cpts, 2 => Audience.Pro, 3 => Audience.Public, 4 => Audience.None, _ => null };
        if (op.Flags % 8 > 2) audience = null;
        return new(start, start.AddMinutes(op.Flags % 128 == 5 ? 0 : 15), VisitMode.Surgery, audience, op.Flags % 5 == 0 ? op.Flags % 4 : null, op.Flags % 7 == 0 ? 0 : null);
    }

    private static BookSlot Book(Op op, NaiveAgenda agenda, Actor actor, DateTimeOffset now)
    {
        DateTimeOffset? decided = (op.Flags % 16) switch
        {
            0 => now.AddHours(-24), 1 => now.AddMinutes(2), 2 => now.AddMinutes(2).AddMilliseconds(1), 3 => now.AddHours(-5), 4 => now.AddHours(-24).AddMilliseconds(1), _ => null,
        };
        var reason = (op.Flags / 16 % 32) switch { 0 => "M03.06", 1 => "nonsense", 2 => "M01.00", _ => "M03.14" };
        var hold = op.Flags / 32 % 4 == 0 ? Hold(agenda, op.Pick) : null;
        return new(Slot(agenda, op, now), hold, op.Flags % 9 == 0 ? "request-" + op.Pick : null, null, Sample.Patient("s" + op.Patient), "s" + op.Patient,
            Eligibility.Visitor, reason, decided, op.Flags / 64 % 32 != 0, op.Flags / 128 % 16 == 0) { RequestId = Guid.Empty, Actor = actor, NotAfter = now };
    }

    private static string Slot(NaiveAgenda agenda, Op op, DateTimeOffset now)
    {
        var near = Near(agenda, now);
        if (op.Flags % 32 == 7 || near.Count == 0) return $"{agenda.Id}.s{op.Pick}";
        return near[op.Pick % near.Count].Id;
    }

    private static List<NaiveSlot> Near(NaiveAgenda agenda, DateTimeOffset now) =>
        [.. agenda.Slots.Where(s => s.Start > now.AddMinutes(-20) && s.Start < now.AddHours(25) && (!s.Withdrawn || s.Id.EndsWith('3'))).OrderBy(s => s.Start).Take(6)];

    /// <summary>Mostly the person whose hold it is.</summary>
    private static Actor Holder(NaiveAgenda agenda, string holdId, Op op, Actor otherwise) =>
        op.Flags % 4 != 0 && agenda.Slots.SelectMany(s => s.Holds).FirstOrDefault(h => h.Id == holdId) is { } hold ? Actors.First(a => a.Id == hold.Actor) : otherwise;

    private static string Hold(NaiveAgenda agenda, int pick) => $"{agenda.Id}.h{Math.Max(0, agenda.HoldCount + 1 - pick % 5)}";

    private static string Booking(NaiveAgenda agenda, int pick) => $"{agenda.Id}.b{Math.Max(0, agenda.BookingCount + 1 - pick % 8)}";
}
