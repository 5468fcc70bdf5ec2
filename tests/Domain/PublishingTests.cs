using SnpLive.Grains.Agendas;
using SnpLive.Grains.Rules;

namespace SnpLive.Tests.Domain;

public sealed class PublishingTests
{
    private static readonly BookingRules AllDay = Sample.Rules with { Daytime = Sample.Always, PublishAheadDays = 1 };

    private static string[] Starts(Agenda agenda) =>
        [.. agenda.State.Slots.Where(s => s.Withdrawal == Withdrawal.None).Select(s => s.Facts.Start.ToString("MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture))];

    [Fact]
    public void A_time_that_the_clocks_skip_moves_forward_and_a_doubled_one_is_the_first()
    {
        // 29 March 2026, 02:00 → 03:00: 02:30 does not exist and becomes 03:30 summer time.
        var spring = new Agenda(Sample.Utc("2026-03-28T12:00:00Z"), Sample.Definition(rules: AllDay, templates: Sample.Template("t", 20, "02:30", "11:40")));
        Assert.Equal(["03-29 01:30", "03-29 09:40"], Starts(spring));
        // 25 October 2026, 03:00 → 02:00: 02:30 exists twice; the first is still summer time.
        var autumn = new Agenda(Sample.Utc("2026-10-24T12:00:00Z"), Sample.Definition(rules: AllDay, templates: Sample.Template("t", 20, "02:30", "11:40")));
        Assert.Equal(["10-25 00:30", "10-25 10:40"], Starts(autumn));
    }

    [Fact]
    public void Two_times_that_become_one_publish_one_slot()
    {
        var agenda = new Agenda(Sample.Utc("2026-03-28T12:00:00Z"), Sample.Definition(rules: AllDay, templates: Sample.Template("t", 20, "02:30", "03:30")));
        Assert.Equal(["03-29 01:30"], Starts(agenda));
    }

    [Fact]
    public void Wall_time_stays_the_same_over_a_change_of_clocks()
    {
        var rules = Sample.Rules with { Daytime = Sample.Always, PublishAheadDays = 3 };
        var agenda = new Agenda(Sample.Utc("2026-03-27T12:00:00Z"), Sample.Definition(rules: rules, templates: Sample.Template("t", 20, "11:40")));
        Assert.Equal(["03-28 10:40", "03-29 09:40", "03-30 09:40"], Starts(agenda));
    }

    [Fact]
    public void Holidays_closed_days_and_times_outside_daytime_hours_are_skipped()
    {
        var rules = Sample.Rules with { PublishAheadDays = 4, Daytime = Sample.Weekdays with { ClosedDays = [new(2026, 5, 15)] } };
        // Thursday 14 May is Ascension, Friday 15 a bridge day, Sunday 17 has no hours; 19:50 would end after 20:00.
        var agenda = new Agenda(Sample.Utc("2026-05-14T06:00:00Z"), Sample.Definition(rules: rules, templates: Sample.Template("t", 20, "11:40", "19:40", "19:50")));
        Assert.Equal(["05-16 09:40", "05-16 17:40", "05-18 09:40", "05-18 17:40"], Starts(agenda));
    }

    [Fact]
    public void Each_day_is_published_once_and_the_wake_up_is_for_the_day_the_horizon_moves()
    {
        var agenda = new Agenda(Sample.Utc("2026-06-08T12:00:00Z"), Sample.Definition(templates: Sample.Template("t", 20, "11:40")));
        Assert.Equal(["06-09 09:40", "06-10 09:40", "06-11 09:40"], Starts(agenda));
        var due = agenda.Steps[^1].Commit.SetDue.Single();
        Assert.Equal(("agenda/gp-1", "publish"), (due.Stream, due.Cause));
        Assert.InRange(due.At, Sample.Utc("2026-06-09T01:00:00Z"), Sample.Utc("2026-06-09T02:00:00Z").AddSeconds(-1));

        var version = agenda.State.Version;
        agenda.Publish();
        Assert.Equal(version, agenda.State.Version);

        agenda.Now = due.At;
        agenda.Publish();
        Assert.Equal(["06-09 09:40", "06-10 09:40", "06-11 09:40", "06-12 09:40"], Starts(agenda));
        Assert.Equal(due.At.AddDays(1), agenda.Steps[^1].Commit.SetDue.Single().At);
    }

    [Fact]
    public void A_day_without_a_slot_still_sets_the_next_wake_up()
    {
        // Sunday has no hours: nothing to publish, yet the chain of wake-ups must not break.
        var agenda = new Agenda(Sample.Utc("2026-06-11T00:30:00Z"), Sample.Definition(templates: Sample.Template("t", 20, "11:40")));
        agenda.Now = agenda.Steps[^1].Commit.SetDue.Single().At.AddDays(-1);
        Assert.Equal(new DateOnly(2026, 6, 14), agenda.State.PublishedThrough); // Sunday
        agenda.Now = Sample.Utc("2026-06-10T22:30:00Z").AddDays(1);
        var due = agenda.Steps[^1].Commit.SetDue.Single();
        agenda.Now = due.At;
        agenda.Publish();
        Assert.True(agenda.Steps[^1].Commit.SetDue.Single().At > due.At);
    }

    [Fact]
    public void After_days_of_sleep_nothing_is_published_into_the_past()
    {
        var agenda = new Agenda(Sample.Utc("2026-06-08T12:00:00Z"), Sample.Definition(templates: Sample.Template("t", 20, "11:40", "17:20")));
        agenda.Now = Sample.Utc("2026-06-17T10:00:00Z");
        agenda.Publish();
        Assert.Equal("06-17 15:20", Starts(agenda).First(s => string.CompareOrdinal(s, "06-12") > 0));
    }

    [Fact]
    public void Changed_templates_replace_free_slots_and_touch_nothing_else()
    {
        var agenda = new Agenda(Sample.Utc("2026-06-08T04:00:00Z"), Sample.Definition(templates: Sample.Template("t", 20, "11:40", "17:20")));
        var slots = agenda.State.Slots;
        agenda.Book(slots[0].Facts.SlotId);                                  // Monday 11:40 is booked
        agenda.Hold(slots[1].Facts.SlotId);                                  // Monday 17:20 is held
        agenda.Withdraw(slots[2].Facts.SlotId);                              // Tuesday 11:40 was taken back by hand
        var byHand = agenda.Open(Sample.Utc("2026-06-10T12:00:00Z"));        // Wednesday 14:00 was opened by hand

        agenda.Configure(Sample.Definition(templates: Sample.Template("t", 20, "11:50", "17:20")));
        Assert.Equal(["06-08 09:40", "06-08 15:20", "06-09 15:20", "06-10 09:50", "06-10 12:00", "06-10 15:20", "06-11 09:50", "06-11 15:20"], Starts(agenda));
        Assert.Equal(2, agenda.State.Slots.Count(s => s.Withdrawal == Withdrawal.Superseded));
        Assert.Equal(Withdrawal.None, agenda.State.FindSlot(byHand)!.Withdrawal);

        // And back: what a template replaced returns, what somebody took back does not.
        agenda.Configure(Sample.Definition(templates: Sample.Template("t", 20, "11:40", "17:20")));
        Assert.Equal(["06-08 09:40", "06-08 15:20", "06-09 15:20", "06-10 09:40", "06-10 12:00", "06-10 15:20", "06-11 09:40", "06-11 15:20"], Starts(agenda));
    }

    [Fact]
    public void An_equal_definition_changes_nothing_and_another_tenant_is_refused()
    {
        var agenda = new Agenda(Sample.Utc("2026-06-08T04:00:00Z"), Sample.Definition(templates: Sample.Template("t", 20, "11:40")));
        Assert.IsType<Done>(agenda.Configure(Sample.Definition(templates: Sample.Template("t", 20, "11:40"))));
        Assert.Equal(1, agenda.State.Version);
        Agenda.Refused(Refusal.NotAllowed, agenda.Configure(Sample.Definition() with { SasId = "sas-29" }));
        agenda.Configure(Sample.Definition());
        Assert.Equal(new("agenda/gp-1", "publish"), agenda.Steps[^1].Commit.ClearDue.Single());
        Assert.Empty(Starts(agenda));
    }

    [Theory]
    [InlineData("2026-06-08T06:00:00Z", 20, null)] // 08:00 local: the first
    [InlineData("2026-06-08T05:59:00Z", 20, Refusal.OutsideDaytime)]
    [InlineData("2026-06-08T17:40:00Z", 20, null)] // ends at 20:00
    [InlineData("2026-06-08T17:41:00Z", 20, Refusal.OutsideDaytime)]
    [InlineData("2026-06-14T10:00:00Z", 20, Refusal.OutsideDaytime)] // Sunday
    [InlineData("2026-07-14T10:00:00Z", 20, Refusal.OutsideDaytime)] // holiday
    [InlineData("2026-06-08T10:00:00Z", 240, null)]
    [InlineData("2026-06-08T10:00:00Z", 241, Refusal.InvalidSlot)]
    [InlineData("2026-06-08T10:00:00Z", 0, Refusal.InvalidSlot)]
    [InlineData("2026-06-08T04:00:00Z", 20, Refusal.TooLate)] // now
    [InlineData("2026-09-08T10:00:00Z", 20, Refusal.InvalidSlot)] // more than 60 days ahead
    public void Slots_are_opened_in_daytime_hours_only(string start, int minutes, Refusal? expected)
    {
        var answer = new Agenda(Sample.Utc("2026-06-08T04:00:00Z")).TryOpen(Sample.Utc(start), minutes);
        if (expected is { } code) Agenda.Refused(code, answer);
        else Assert.IsType<SlotsOpened>(answer);
    }

    [Fact]
    public void Slots_do_not_overlap_but_may_touch()
    {
        var now = Sample.Utc("2026-06-08T07:00:00Z");
        var agenda = new Agenda(now);
        var first = agenda.Open(now.AddHours(1));
        Agenda.Refused(Refusal.SlotOverlap, agenda.TryOpen(now.AddMinutes(79)));
        agenda.Open(now.AddMinutes(80));
        agenda.Withdraw(first);
        agenda.Open(now.AddMinutes(50), 30);
        Agenda.Refused(Refusal.InvalidSlot, agenda.TryOpen(now.AddHours(5), capacity: 21));
        Agenda.Refused(Refusal.InvalidSlot, agenda.TryOpen(now.AddHours(5), audience: Audience.None));
        Agenda.Refused(Refusal.NotAllowed, agenda.TryOpen(now.AddHours(5), by: Sample.PharmacistA));
    }
}
