using SnpLive.Grains.Agendas;

namespace SnpLive.Tests.Domain;

public sealed class HoldTests
{
    private static readonly DateTimeOffset Morning = Sample.Utc("2026-06-08T07:00:00Z");
    private readonly Agenda agenda = new(Morning);

    private HoldGranted Held(string slot, SnpLive.Grains.People.Actor? by = null) => Assert.IsType<HoldGranted>(agenda.Hold(slot, by));

    [Fact]
    public void A_hold_keeps_others_away_until_exactly_its_instant()
    {
        var slot = agenda.Open(Morning.AddHours(3));
        var hold = Held(slot);
        Assert.Equal(Morning.AddMinutes(3), hold.Until);

        agenda.Now = hold.Until.AddMilliseconds(-1);
        var refused = Assert.IsType<Refused>(agenda.Book(slot, by: Sample.PharmacistB));
        Assert.Equal(new Refused(Refusal.SlotHeld, hold.Until, "pharm-a"), refused);
        Assert.Equal(refused, agenda.Hold(slot, Sample.PharmacistB));

        agenda.Now = hold.Until;
        Assert.IsType<BookingConfirmed>(agenda.Book(slot, by: Sample.PharmacistB));
    }

    [Fact]
    public void A_hold_is_extended_once_from_its_end()
    {
        var hold = Held(agenda.Open(Morning.AddHours(3)));
        agenda.Now = hold.Until.AddMilliseconds(-1);
        Assert.Equal(hold.Until.AddMinutes(2), Assert.IsType<HoldGranted>(agenda.Extend(hold.HoldId)).Until);
        Agenda.Refused(Refusal.HoldAlreadyExtended, agenda.Extend(hold.HoldId));
        Agenda.Refused(Refusal.HoldUnknown, agenda.Extend(hold.HoldId, Sample.PharmacistB));
        agenda.Now = hold.Until.AddMinutes(2);
        Agenda.Refused(Refusal.HoldExpired, agenda.Extend(hold.HoldId));
    }

    [Fact]
    public void Releasing_frees_the_slot_at_once_and_twice_is_no_mistake()
    {
        var slot = agenda.Open(Morning.AddHours(3));
        var hold = Held(slot);
        Agenda.Refused(Refusal.HoldUnknown, agenda.Release(hold.HoldId, Sample.PharmacistB));
        Assert.IsType<Done>(agenda.Release(hold.HoldId));
        Assert.IsType<Done>(agenda.Release(hold.HoldId));
        Assert.IsType<HoldGranted>(agenda.Hold(slot, Sample.PharmacistB));
        Agenda.Refused(Refusal.HoldUnknown, agenda.Release("gp-1.h99"));
    }

    [Fact]
    public void The_same_person_holding_again_gets_the_same_hold()
    {
        var slot = agenda.Open(Morning.AddHours(3), capacity: 3);
        var first = Held(slot);
        var version = agenda.State.Version;
        Assert.Equal(first, Held(slot));
        Assert.Equal(version, agenda.State.Version);
    }

    [Fact]
    public void A_person_holds_two_slots_of_an_agenda_and_the_places_differ()
    {
        Held(agenda.Open(Morning.AddHours(3)));
        Held(agenda.Open(Morning.AddHours(4)));
        Agenda.Refused(Refusal.TooManyHolds, agenda.Hold(agenda.Open(Morning.AddHours(5))));
        Assert.Equal(["hold-1", "hold-2"], agenda.Steps.SelectMany(s => s.Commit.TakeClaims).Select(c => c.Key));
        Assert.All(agenda.Steps.SelectMany(s => s.Commit.TakeClaims), c => Assert.Equal("actor:p1", c.Holder));
    }

    [Fact]
    public void The_shell_asks_for_the_next_place_when_another_agenda_uses_the_first()
    {
        var slot = agenda.Open(Morning.AddHours(3));
        Agenda.Refused(Refusal.TooManyHolds, agenda.Hold(slot, place: 3));
        Assert.IsType<HoldGranted>(agenda.Hold(slot, place: 2));
        Assert.Equal("hold-2", agenda.Steps[^1].Commit.TakeClaims.Single().Key);
    }

    [Fact]
    public void Holds_and_bookings_share_the_capacity()
    {
        var slot = agenda.Open(Morning.AddHours(3), capacity: 2);
        Held(slot);
        Assert.IsType<BookingConfirmed>(agenda.Book(slot, by: Sample.PharmacistB));
        Agenda.Refused(Refusal.SlotHeld, agenda.Hold(slot, Sample.Regulator));
        Agenda.Refused(Refusal.SlotHeld, agenda.Book(slot, "s2", Sample.Regulator));
        Assert.IsType<BookingConfirmed>(agenda.Book(slot, "s3")); // under one's own hold, even without naming it
        Agenda.Refused(Refusal.SlotTaken, agenda.Book(slot, "s4", Sample.Regulator));
    }

    [Fact]
    public void Booking_uses_the_hold_up_and_gives_its_claim_back()
    {
        var slot = agenda.Open(Morning.AddHours(3));
        var hold = Held(slot);
        Assert.IsType<BookingConfirmed>(agenda.Book(slot, holdId: hold.HoldId));
        Assert.Equal(hold.HoldId, agenda.Steps[^1].Commit.DropClaims.Single().Owner);
        Assert.Equal(hold.HoldId, ((SlotBooked)AgendaDeciderEvents(agenda)).HoldId);
    }

    [Fact]
    public void An_ended_hold_does_not_stand_in_the_way_of_its_owner()
    {
        var slot = agenda.Open(Morning.AddHours(3));
        var hold = Held(slot);
        agenda.Now = hold.Until;
        Assert.IsType<BookingConfirmed>(agenda.Book(slot, holdId: hold.HoldId));
    }

    [Fact]
    public void An_ended_hold_helps_no_more_once_somebody_else_came()
    {
        var slot = agenda.Open(Morning.AddHours(3));
        var hold = Held(slot);
        agenda.Now = hold.Until;
        var other = Held(slot, Sample.PharmacistB);
        Assert.Equal(new Refused(Refusal.SlotHeld, other.Until, "pharm-b"), agenda.Book(slot, holdId: hold.HoldId));
        Agenda.Refused(Refusal.HoldUnknown, agenda.Book(slot, holdId: other.HoldId));
        Agenda.Refused(Refusal.HoldUnknown, agenda.Book(slot, holdId: "gp-1.h99"));
    }

    [Fact]
    public void A_slot_that_no_window_can_reach_while_held_is_not_held()
    {
        var agenda = new Agenda(Morning, Sample.Definition(rules: Sample.Rules with { WindowHours = 2, Daytime = Sample.Always }));
        Assert.IsType<HoldGranted>(agenda.Hold(agenda.Open(Morning.AddHours(2).AddMinutes(3))));
        Agenda.Refused(Refusal.OutsideWindow, agenda.Hold(agenda.Open(Morning.AddHours(3)), Sample.PharmacistB));
    }

    [Fact]
    public void A_practitioner_is_warned_before_a_held_slot_goes()
    {
        var slot = agenda.Open(Morning.AddHours(3));
        var hold = Held(slot);
        Assert.Equal(new Refused(Refusal.SlotHeld, hold.Until, "pharm-a"), agenda.Withdraw(slot));
        Assert.IsType<Done>(agenda.Withdraw(slot, evenIfHeld: true));
        Assert.Equal(hold.HoldId, agenda.Steps[^1].Commit.DropClaims.Single().Owner);
        Agenda.Refused(Refusal.SlotWithdrawn, agenda.Book(slot, holdId: hold.HoldId));
        Agenda.Refused(Refusal.HoldExpired, agenda.Extend(hold.HoldId));
    }

    [Fact]
    public void Time_never_runs_backwards_in_a_stream()
    {
        var slot = agenda.Open(Morning.AddHours(3));
        agenda.Now = Morning.AddMinutes(10);
        var hold = Held(slot);
        agenda.Now = Morning;
        // A clock that was set back set NotAfter, too: the command is not too old, and is not decided in the past.
        var stale = new ReleaseHold(hold.HoldId) { RequestId = Guid.NewGuid(), Actor = Sample.PharmacistA, NotAfter = Morning.AddMilliseconds(-1) };
        Assert.Equal(new Refused(Refusal.CommandExpired), AgendaDecider.Decide(agenda.State, stale, Morning).Answer);
        Assert.Equal(Morning.AddMinutes(10), AgendaDecider.Decide(agenda.State, stale with { NotAfter = Morning }, Morning).At);
        var decision = AgendaDecider.Decide(agenda.State, new ReleaseHold(hold.HoldId) { RequestId = Guid.NewGuid(), Actor = Sample.PharmacistA, NotAfter = Morning.AddHours(1) }, Morning);
        Assert.Equal(Morning.AddMinutes(10), decision.At);
        Assert.Single(decision.Events);
    }

    private static AgendaEvent AgendaDeciderEvents(Agenda agenda) =>
        System.Text.Json.JsonSerializer.Deserialize<System.Collections.Immutable.ImmutableArray<AgendaEvent>>(agenda.Steps[^1].Commit.Payload, SnpLive.Grains.SnpJson.Options)[0];
}
