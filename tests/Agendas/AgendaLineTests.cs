using Microsoft.Extensions.Logging.Abstractions;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;
using SnpLive.Tests.Domain;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.Agendas;

/// <summary>Commits of one agenda under way together, before a ledger that answers when and as the test says.</summary>
public sealed class AgendaLineTests(ITestOutputHelper output)
{
    private const int Runs = 150;
    private const int Slots = 12;

    [Fact]
    public void Forty_slots_are_sold_at_once_and_shown_and_refused_only_when_they_are_durable()
    {
        using var stage = new LineStage(new(1), slots: 40);
        var sold = stage.Slots.Select((slot, n) => stage.Ask(stage.Book(slot, $"patient-{n}"))).ToArray();
        var refused = stage.Ask(stage.Book(stage.Slots[0], "late"));
        var look = stage.Line.Settled();
        stage.Turns.Take();
        Assert.Equal(40, stage.Ledger.UnderWay);
        Assert.False(look.IsCompleted || refused.IsCompleted || sold.Any(one => one.IsCompleted));

        while (stage.Ledger.UnderWay > 0) stage.GoOn();

        Assert.All(sold, one => Assert.IsType<BookingConfirmed>(LineStage.Told(one)));
        Assert.Equal(Refusal.SlotTaken, Assert.IsType<Refused>(LineStage.Told(refused)).Code);
        Assert.Equal(stage.Ledger.Log.Count, LineStage.Told(look).Version);
        Assert.Equal(Enumerable.Range(3, 40).Select(v => (long)v), stage.Published.Select(change => change.Version));
    }

    [Fact]
    public void Who_was_refused_for_a_booking_that_was_not_made_gets_the_slot()
    {
        using var stage = new LineStage(new(1), slots: 2);
        var first = stage.Ask(stage.Book(stage.Slots[0], "known"));
        stage.Finish();
        Assert.IsType<BookingConfirmed>(LineStage.Told(first));
        // Only the ledger knows who this patient is.
        var claimed = stage.Ask(stage.Book(stage.Slots[1], "known"));
        var behind = stage.Ask(stage.Book(stage.Slots[1], "new"));
        Assert.Equal(1, stage.Ledger.UnderWay);
        Assert.False(behind.IsCompleted);

        stage.Finish();

        Assert.Equal(Refusal.PatientAlreadyBooked, Assert.IsType<Refused>(LineStage.Told(claimed)).Code);
        Assert.IsType<BookingConfirmed>(LineStage.Told(behind));
    }

    [Fact]
    public void After_one_that_was_not_made_nothing_is_decided_before_all_under_way_is_answered()
    {
        using var stage = new LineStage(new(1), slots: 5);
        stage.Ledger.ClaimElsewhere("busy", Sample.PharmacistB.Id);
        string[] patients = ["first", "busy", "third", "fourth"];
        var asked = patients.Select((patient, n) => stage.Ask(stage.Book(stage.Slots[n], patient))).ToList();
        stage.Ledger.GoOn(2); // the second is known under another name: decided again
        stage.Turns.Take();
        Assert.IsType<BookingConfirmed>(LineStage.Told(asked[0]));
        asked.Add(stage.Ask(stage.Book(stage.Slots[4], "fifth")));
        Assert.Equal(2, stage.Ledger.UnderWay);

        stage.Ledger.GoOn(2);
        stage.Turns.Take();
        Assert.Equal(4, stage.Ledger.UnderWay);
        stage.Finish();

        Assert.Equal(Refusal.PatientAlreadyBooked, Assert.IsType<Refused>(LineStage.Told(asked[1])).Code);
        // The others in their order, each once.
        Assert.Equal(Enumerable.Range(1, 4).Select(n => AgendaIds.Booking("gp-1", n)),
            asked.Where(one => one != asked[1]).Select(one => Assert.IsType<BookingConfirmed>(LineStage.Told(one)).BookingId));
    }

    [Fact]
    public void No_more_than_the_bound_is_under_way_and_the_rest_keeps_its_order()
    {
        using var stage = new LineStage(new(1), slots: 100);
        var asked = stage.Slots.Select((slot, n) => stage.Ask(stage.Book(slot, $"patient-{n}"))).ToArray();
        stage.Turns.Take();
        Assert.Equal(AgendaLine.MostUnderWay, stage.Ledger.UnderWay);
        var rest = stage.Line.Rest();
        stage.Finish();
        Assert.Equal(Enumerable.Range(1, 100).Select(n => AgendaIds.Booking("gp-1", n)), asked.Select(one => Assert.IsType<BookingConfirmed>(LineStage.Told(one)).BookingId));
        Assert.True(rest.IsCompletedSuccessfully);
    }

    [Fact]
    public void Any_outcomes_in_any_order_are_those_of_one_after_the_other()
    {
        var seed = Seeds.Next();
        output.WriteLine($"SNP_SEED={seed} replays this.");
        var outcomes = new List<string>();
        for (var run = 0; run < Runs; run++)
        {
            try
            {
                var random = new Random(HashCode.Combine(seed, run));
                using var stage = new LineStage(random, Slots);
                new LineScript(stage, random).Run();
                outcomes.AddRange(stage.Ledger.Outcomes);
            }
            catch (Exception e)
            {
                throw new Xunit.Sdk.XunitException($"SNP_SEED={seed}, run {run}: {e}");
            }
        }
        var counts = outcomes.CountBy(one => one).ToDictionary();
        output.WriteLine(string.Join(", ", counts.Select(one => $"{one.Key} {one.Value}")));
        Assert.All((string[])[nameof(CommitResult.Appended), nameof(CommitResult.Fenced), nameof(CommitResult.Duplicate), nameof(CommitResult.PersonKnown), nameof(CommitResult.ClaimTaken),
            nameof(CommitResult.Unknown), nameof(CommitResult.Unavailable)], one => Assert.True(counts.ContainsKey(one), $"No run came to {one}."));
    }

    [Fact]
    public void A_line_that_is_fenced_again_and_again_answers_everybody()
    {
        using var stage = new LineStage(new(1), slots: 40);
        var asked = stage.Slots.Select((slot, n) => stage.Ask(stage.Book(slot, $"patient-{n}"))).ToArray();
        for (var n = 0; n < 10; n++)
        {
            stage.Turns.Take();
            stage.Ledger.WriteElsewhere(stage.Book(stage.Slots[39 - n], $"elsewhere-{n}"), stage.Clock.Now);
            stage.GoOn();
        }
        stage.Finish();
        Assert.True(stage.Fenced > 0);
        Assert.All(asked, one => Assert.True(LineStage.Told(one) is BookingConfirmed or Refused { Code: Refusal.SlotTaken or Refusal.LedgerUnavailable }));
        Assert.Equal(asked.Count(one => LineStage.Told(one) is BookingConfirmed) + 10, stage.Ledger.StateAt(stage.Ledger.Log.Count).Slots.Count(slot => slot.CountTaken() == 1));
    }
}

/// <summary>A line on its stage: its turns, its ledger, its clock, and what it told.</summary>
internal sealed class LineStage : IDisposable
{
    public LineStage(Random random, int slots)
    {
        var rules = Sample.Rules with { Daytime = Sample.Always };
        var agenda = new Agenda(Clock.Now, Sample.Definition(rules: rules));
        var first = Clock.Now.AddHours(1);
        var opened = agenda.Do(new OpenSlots([.. Enumerable.Range(0, slots).Select(n => new SlotToOpen(first.AddMinutes(5 * n), first.AddMinutes(5 * n + 5), VisitMode.Surgery, null, 1, null))])
        {
            RequestId = Guid.NewGuid(), Actor = Sample.Gp, NotAfter = Clock.Now,
        });
        Slots = [.. Assert.IsType<SlotsOpened>(opened).SlotIds];
        Ledger = new(random, agenda.Steps);
        Line = new("gp-1", Ledger.Port, Clock, step => Published.Add(new(step.Change.FromVersion, step.Change.Version, Ledger.Log.Count)), () => Fenced++, NullLogger.Instance);
    }

    public Turns Turns { get; } = new();
    public SteppedClock Clock { get; } = new();
    public ScriptedLedger Ledger { get; }
    public AgendaLine Line { get; }
    public string[] Slots { get; }
    public List<(long From, long Version, int Durable)> Published { get; } = [];
    public int Fenced { get; private set; }

    public BookSlot Book(string slot, string patient, Actor? by = null) => new(slot, null, null, null, Sample.Patient(patient), null, Eligibility.Visitor, "M03.14", null, true, false)
    {
        RequestId = Guid.NewGuid(), Actor = by ?? Sample.PharmacistA, NotAfter = Clock.Now.AddHours(1),
    };

    public Task<AgendaAnswer> Ask(AgendaCommand command)
    {
        var asked = Line.Execute(command);
        Turns.Take();
        return asked;
    }

    public void GoOn()
    {
        Ledger.GoOn();
        Turns.Take();
    }

    /// <summary>Until nothing is under way.</summary>
    public void Finish()
    {
        Turns.Take();
        while (Ledger.UnderWay > 0) GoOn();
    }

    /// <summary>What somebody was told, who must have been by now.</summary>
    public static T Told<T>(Task<T> asked)
    {
        Assert.True(asked.IsCompleted, "Somebody still waits.");
        return asked.Result;
    }

    public void Dispose() => Turns.Dispose();

    internal sealed class SteppedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = Sample.Utc("2026-11-23T09:00:00Z");
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
