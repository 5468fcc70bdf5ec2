using System.Text.Json;
using SnpLive.Grains;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Ledger;
using SnpLive.Tests.Domain;

namespace SnpLive.Tests.Agendas;

/// <summary>Drawn commands, looks, answers and strangers, interleaved; then what each caller was told is compared with the log.</summary>
internal sealed class LineScript(LineStage stage, Random random)
{
    private const int Steps = 120;
    private const int Patients = 10;

    private sealed record Asked(AgendaCommand Command, Task<AgendaAnswer> Answer, int From);

    private readonly List<Asked> asked = [];
    private readonly List<(Task<AgendaState> Look, long AtLeast)> looks = [];
    private readonly List<AgendaCommand> sent = [];
    private readonly HashSet<Task<AgendaAnswer>> seen = [];
    private readonly HashSet<Guid> elsewhere = [];
    private long acknowledged;

    public void Run()
    {
        stage.Ledger.Faults = random.Next(3) * 8;
        if (random.Next(2) == 0) stage.Ledger.ClaimElsewhere("patient-0", Sample.PharmacistB.Id);
        for (var step = 0; step < Steps; step++)
        {
            stage.Clock.Now = stage.Clock.Now.AddMilliseconds(random.Next(3));
            switch (random.Next(20))
            {
                case < 10: Ask(Command()); break;
                case < 15: stage.Ledger.GoOn(); break;
                case < 17: looks.Add((stage.Line.Settled(), acknowledged)); break;
                case 17 when random.Next(4) == 0: Elsewhere(); break;
                default: stage.Turns.Take(random.Next(6)); break;
            }
            Check();
        }
        stage.Ledger.Faults = 0;
        for (var turn = 0; stage.Ledger.UnderWay > 0 || asked.Any(one => !one.Answer.IsCompleted); turn++)
        {
            Assert.True(turn < 10 * Steps * Steps, "Somebody waits for ever.");
            stage.GoOn();
            Check();
        }
        stage.Turns.Take();
        CheckTold();
        CheckLooks();
    }

    private AgendaCommand Command()
    {
        var actor = random.Next(2) == 0 ? Sample.PharmacistA : Sample.PharmacistB;
        var slot = stage.Slots[random.Next(stage.Slots.Length)];
        return random.Next(10) switch
        {
            0 when sent.Count > 0 => sent[random.Next(sent.Count)], // a repeat
            1 when sent.Count > 0 && sent[random.Next(sent.Count)] is { } old => stage.Book(slot, "reuse", old.Actor) with { RequestId = old.RequestId },
            2 or 3 => new HoldSlot(slot, 1) { RequestId = Guid.NewGuid(), Actor = actor, NotAfter = stage.Clock.Now.AddHours(1) },
            4 or 5 when Known<BookingConfirmed>() is { } booked => new CancelBooking(booked.BookingId, CancelReason.PatientRequest) { RequestId = Guid.NewGuid(), Actor = actor, NotAfter = stage.Clock.Now.AddHours(1) },
            6 when Known<HoldGranted>() is { } held => new ReleaseHold(held.HoldId) { RequestId = Guid.NewGuid(), Actor = actor, NotAfter = stage.Clock.Now.AddHours(1) },
            _ => stage.Book(slot, $"patient-{random.Next(Patients)}", actor),
        };
    }

    private T? Known<T>() where T : AgendaAnswer => asked.Where(one => one.Answer.IsCompletedSuccessfully).Select(one => one.Answer.Result).OfType<T>().LastOrDefault();

    private void Ask(AgendaCommand command)
    {
        sent.Add(command);
        asked.Add(new(command, stage.Line.Execute(command), stage.Ledger.KnownHere));
    }

    /// <summary>Another activation does something of its own, or what was asked here, for a caller who came again.</summary>
    private void Elsewhere()
    {
        var command = sent.Count > 0 && random.Next(2) == 0 ? sent[^random.Next(1, Math.Min(sent.Count, 8) + 1)] : stage.Book(stage.Slots[random.Next(stage.Slots.Length)], $"patient-{random.Next(Patients)}");
        elsewhere.Add(command.RequestId);
        stage.Ledger.WriteElsewhere(command, stage.Clock.Now);
    }

    private void Check()
    {
        Assert.True(stage.Ledger.UnderWay <= AgendaLine.MostUnderWay);
        foreach (var one in asked)
            if (one.Answer.IsCompleted && seen.Add(one.Answer)) CheckAnswer(one);
    }

    private void CheckAnswer(Asked one)
    {
        var log = stage.Ledger.Log;
        if (one.Answer.IsFaulted)
        {
            Assert.True(one.Answer.Exception!.InnerException is InvalidOperationException or LedgerUnavailableException, $"{one.Answer.Exception}");
            return;
        }
        var (command, answer) = (one.Command, one.Answer.Result);
        var recorded = stage.Ledger.Find(command.Actor.Id, command.RequestId);
        if (answer is Refused refused) CheckRefusal(one, refused, recorded is not null);
        else if (recorded?.Answer == JsonSerializer.Serialize(answer, SnpJson.Options)) acknowledged = Math.Max(acknowledged, recorded.Version);
        // Nothing is acknowledged that is not there, but what needed no event.
        else Assert.True(MayAnswer(one, answer), $"{command} was told {answer}, which no state in its time says.");
    }

    private void CheckRefusal(Asked one, Refused refused, bool recorded)
    {
        switch (refused.Code)
        {
            case Refusal.OutcomeUnknown:
                return;
            case Refusal.LedgerUnavailable or Refusal.PatientAlreadyBooked or Refusal.HoldExpired: // the ledger's own, not the state's
                Assert.True(!recorded || elsewhere.Contains(one.Command.RequestId) || sent.Count(c => c.RequestId == one.Command.RequestId) > 1, $"{refused} to what is in the log.");
                return;
            default:
                Assert.True(MayAnswer(one, refused), $"{one.Command} was refused with {refused}, which no state in its time says.");
                return;
        }
    }

    /// <summary>Whether some durable state between asking and answer gives this answer without an event: no slot is refused that stayed free.</summary>
    private bool MayAnswer(Asked one, AgendaAnswer answer)
    {
        // A person's holds elsewhere are the ledger's to know: then the next place is tried.
        AgendaCommand[] asked = one.Command is HoldSlot hold ? [hold, hold with { HoldPlace = 2 }, hold with { HoldPlace = 3 }]
            : [one.Command is BookSlot book ? book with { Surrogate = "nobody" } : one.Command];
        for (var version = stage.Ledger.Log.Count; version >= one.From; version--)
        foreach (var command in asked)
        {
            var decision = AgendaDecider.Decide(stage.Ledger.StateAt(version), command, stage.Clock.Now);
            if (decision.Events.IsEmpty && (decision.Answer is Refused said ? answer is Refused { Code: var code } && code == said.Code : decision.Answer == answer)) return true;
        }
        return false;
    }

    private void CheckTold()
    {
        Assert.All(stage.Published, one => Assert.True(one.From == one.Version - 1 && one.Version <= one.Durable, $"{one}"));
        Assert.Equal(stage.Published.Select(one => one.Version).Distinct().Order(), stage.Published.Select(one => one.Version));
    }

    private void CheckLooks()
    {
        foreach (var (look, atLeast) in looks)
        {
            Assert.True(look.IsCompleted, "Somebody looks for ever.");
            if (look.IsFaulted)
            {
                Assert.IsType<LedgerUnavailableException>(look.Exception!.InnerException);
                continue;
            }
            Assert.True(look.Result.Version >= atLeast, "What was acknowledged is not shown.");
            Assert.Equal(AgendaFold.ToSnapshot(stage.Ledger.StateAt((int)look.Result.Version)), AgendaFold.ToSnapshot(look.Result));
        }
    }
}
