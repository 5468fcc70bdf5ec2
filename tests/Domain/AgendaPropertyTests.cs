using System.Diagnostics;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.People;

namespace SnpLive.Tests.Domain;

/// <summary>Any sequence of commands, from any doors: the core does what the naive model says, and the invariants of design §7 hold after each step.</summary>
public sealed class AgendaPropertyTests(ITestOutputHelper output)
{
    private const int Scripts = 400;
    private const int MostRounds = 4;
    /// <summary>Refusals that these scripts cannot come to, with examples of their own.</summary>
    private static readonly Refusal[] NeverHere =
        [Refusal.AgendaUnknown, Refusal.OnBehalfOfRequired, Refusal.AddressRequired, Refusal.LedgerUnavailable, Refusal.OutcomeUnknown, Refusal.CallInEmergency,
        Refusal.CareRequestUnknown, Refusal.CareRequestTaken, Refusal.CareRequestEnded, Refusal.RegisteredGpNotStated, Refusal.RequestOnly];
    private int commands, accepted;
    private readonly Dictionary<string, int> answered = [];

    [Fact]
    public void Any_sequence_of_commands_keeps_the_invariants_and_equals_the_naive_model()
    {
        var seed = ulong.TryParse(Environment.GetEnvironmentVariable("SNP_SEED"), CultureInfo.InvariantCulture, out var given) ? given : (ulong)Random.Shared.NextInt64();
        var clock = Stopwatch.StartNew();
        // The rarest refusal comes some five times in a round: by chance, once in some hundred rounds, not at all.
        for (var round = 0; round < MostRounds && (round == 0 || Unmet().Any()); round++) Check(seed + (ulong)round);
        var summary = string.Join(", ", answered.OrderByDescending(a => a.Value).Select(a => $"{a.Key} {a.Value}"));
        output.WriteLine($"SNP_SEED={seed}: {commands} commands, {accepted} accepted, {clock.Elapsed.TotalSeconds:F1} s. {summary}");
        Assert.True(commands >= 100_000, $"Only {commands} commands.");
        Assert.All(Unmet(), r => Assert.Fail($"No script came to {r}."));
        Assert.True(accepted > commands / 5, $"Only {accepted} of {commands} commands were accepted: the scripts have become senseless.");
    }

    private IEnumerable<Refusal> Unmet() => Enum.GetValues<Refusal>().Except(NeverHere).Where(r => !answered.ContainsKey(r.ToString()));

    private void Check(ulong seed)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(Scripts).WithReplay(new Replay(new Rnd(seed), null)).WithQuietOnSuccess(true);
        try
        {
            Prop.ForAll(Script.Arbitrary, Run).Check(config);
        }
        catch (Exception failure)
        {
            throw new Xunit.Sdk.XunitException($"SNP_SEED={seed} replays this.\n{failure.Message}");
        }
    }

    private void Run(Script script)
    {
        var (model, ledger, log) = (new NaiveModel(), new NaiveLedger(), new List<string>());
        var source = new Commands(model);
        var now = Script.Starts[script.Start];
        foreach (var agenda in model.Agendas)
            Step(agenda.Id, new ConfigureAgenda(Commands.Definition(agenda, 1)) { RequestId = Guid.NewGuid(), Actor = Actor.System, NotAfter = now });
        foreach (var op in script.Ops)
        {
            now += Script.Waits[op.Wait];
            var (agendaId, command) = source.From(op, now);
            Step(agendaId, command);
            if (op.Flags % 3 == 0) // the sweeper comes by now and then; what it served it may serve again
                foreach (var (elsewhere, follow) in ledger.FollowUps(now).ToList()) Step(elsewhere, follow);
        }
        // Whatever was not served yet is served at last, as the sweeper does: then nobody waits any more who has another booking.
        foreach (var (agendaId, follow) in ledger.FollowUps(now).ToList()) Step(agendaId, follow);
        foreach (var booking in ledger.States.Values.SelectMany(s => s.Slots).SelectMany(s => s.Bookings))
            if (booking.Booking.Replaces is { } old && ledger.Find(old) is { } replaced)
                Assert.True(replaced.Status is AppointmentStatus.Replaced or AppointmentStatus.Cancelled, $"{old} was forgotten: {replaced.Status}");
        ledger.Audit(now, script.Ops.Length == 0 ? 0 : script.Ops[0].Pick);

        void Step(string agendaId, AgendaCommand command)
        {
            commands++;
            var expected = model.Execute(agendaId, command, now);
            string actual;
            try
            {
                actual = Text(ledger.Execute(agendaId, command, now));
                Assert.Equal(expected, actual);
                if (!actual.StartsWith("no ", StringComparison.Ordinal)) // a refusal changes nothing: the next acceptance would show it
                {
                    Compare(model, ledger, agendaId, now);
                    Invariants(ledger, model, now);
                }
            }
            catch (Exception e)
            {
                log.Add($"{now:O} {agendaId} {command} FAILED, expected: {expected}");
                throw new InvalidOperationException($"{e.Message}\n{string.Join('\n', log.TakeLast(40))}", e);
            }
            log.Add($"{now:O} {agendaId} {command.Actor.Id} {Short(command)} → {actual}");
            if (!actual.StartsWith("no ", StringComparison.Ordinal)) accepted++;
            var kind = actual.StartsWith("no ", StringComparison.Ordinal) ? actual.Split(' ')[1] : actual.Split(' ')[0];
            answered[kind] = answered.GetValueOrDefault(kind) + 1;
        }
    }

    private static string Short(AgendaCommand c) => c switch
    {
        BookSlot b => $"Book {b.SlotId} hold {b.HoldId} patient {b.Surrogate} decided {b.DecidedAt:O} override {b.Override} ({c.RequestId})",
        ConfigureAgenda d => $"Configure {string.Join(',', d.Definition.Templates.Select(t => t.Id))}",
        OpenSlots o => $"Open {string.Join("; ", o.Slots)}",
        _ => c.ToString()[..c.ToString().IndexOf("Actor", StringComparison.Ordinal)] + c switch
        {
            HoldSlot h => h.SlotId, ExtendHold h => h.HoldId, ReleaseHold h => h.HoldId, CancelBooking b => b.BookingId,
            SetTemplate t => $"{string.Join(',', t.Plan.Templates.Select(x => x.Id))} {t.Plan.TakeBackMinutes} {t.Plan.SkipHolidays}", RecordAbsence a => $"{a.From:O} {a.To:O} {a.Locum}",
            EndAbsence a => a.AbsenceId, MarkReplaced r => $"{r.BookingId} {r.By}", AllowOverbook a => $"{a.Allowed}", OverbookSlot o => o.SlotId,
            ResizeSlot r => $"{r.SlotId} {r.Start:O} {r.End:O}", SetDelegates d => string.Join(',', d.Professionals),
            RecordOutcome b => $"{b.BookingId} {b.Status}", WithdrawSlot w => $"{w.SlotId} {w.EvenIfHeld}", _ => "",
        },
    };

    private static string Text(AgendaAnswer answer) => answer switch
    {
        Done => "done",
        SlotsOpened o => "opened " + string.Join(',', o.SlotIds),
        HoldGranted h => $"hold {h.HoldId} {Iso(h.Until)}",
        BookingConfirmed b => $"booked {b.BookingId} {b.CareRequestId} {Iso(b.Deadline)}",
        TemplatePublished t => $"template {t.Opened} {t.Withdrawn}",
        AbsenceRecorded a => $"absent {a.AbsenceId} {a.Withdrawn} {string.Join(',', a.ToReplace)}",
        Refused { Until: { } until } r => $"no {r.Code} {Iso(until)} {r.HeldBy}",
        Refused r => $"no {r.Code}",
        _ => throw new InvalidOperationException(),
    };

    private static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>The agenda's picture is the model's, slot by slot.</summary>
    private static void Compare(NaiveModel model, NaiveLedger ledger, string agendaId, DateTimeOffset now)
    {
        if (!ledger.States.TryGetValue(agendaId, out var state)) return;
        var expected = model.Agendas.Single(a => a.Id == agendaId).Known.OrderBy(s => s.Start).ThenBy(s => s.Id.Length).ThenBy(s => s.Id, StringComparer.Ordinal).ToList();
        Assert.Equal(expected.Count, state.Slots.Length);
        for (var i = 0; i < expected.Count; i++)
        {
            var (e, a) = (expected[i], state.Slots[i]);
            var live = a.LiveHolds(now).ToList();
            var same = e.Id == a.Facts.SlotId && e.Start == a.Facts.Start && e.End == a.Facts.End && e.Taken == a.CountTaken() && e.Withdrawn == (a.Withdrawal != Withdrawal.None)
                && (e.Capacity, e.TakeBack, e.Locum) == (a.Facts.Capacity, a.Facts.TakeBackMinutes, a.Facts.Locum) && e.Off(now) == a.IsOff(now)
                && e.Bookings.Select(b => (b.Id, b.Status, b.Replaces)).SequenceEqual(a.Bookings.Select(b => (b.Booking.BookingId, b.Booking.Status, b.Booking.Replaces)))
                && e.Live(now).Select(h => (h.Id, h.Until, h.Extended)).SequenceEqual(live.Select(h => (h.Picture.HoldId, h.Picture.Until, h.Extended)));
            Assert.True(same, $"{e.Id} differs: {a}");
        }
    }

    /// <summary>Invariants 1, 3 and 4 (5 is the comparison of answers), said of the ledger's tables and the states.</summary>
    private static void Invariants(NaiveLedger ledger, NaiveModel model, DateTimeOffset now)
    {
        var patients = new HashSet<(string, string)>();
        var holds = new Dictionary<string, int>();
        foreach (var slot in ledger.States.Values.SelectMany(s => s.Slots))
        {
            Assert.True(slot.CountTaken() + slot.LiveHolds(now).Count() <= slot.Facts.Capacity, $"{slot.Facts.SlotId} is sold twice");
            foreach (var b in slot.Bookings)
                if (b.ClaimUntil > now) Assert.True(patients.Add((b.Booking.Surrogate, slot.Facts.CareStream)), $"{b.Booking.Surrogate} has two bookings");
            foreach (var h in slot.LiveHolds(now))
            {
                Assert.True(h.Picture.Until <= now.AddMinutes(h.Extended ? 5 : 3), $"{h.Picture.HoldId} lasts too long");
                holds[h.Picture.ActorId] = holds.GetValueOrDefault(h.Picture.ActorId) + 1;
            }
        }
        Assert.All(holds, h => Assert.True(h.Value <= 2, $"{h.Key} holds {h.Value} slots"));
        Assert.Equal(model.Agendas.Sum(a => a.Slots.Sum(s => s.Taken)), ledger.Occupancy.Count);
    }
}
