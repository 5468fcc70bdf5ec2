using Microsoft.AspNetCore.DataProtection;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Notifications;
using SnpLive.Grains.Rules;
using SnpLive.Tests.Domain;
using SnpLive.Web.Notifications.Channels;
using SnpLive.Web.Notifications.Weekly;

namespace SnpLive.Tests.Notifications;

/// <summary>When the weekly message leaves, what its links allow, and where one more slot goes.</summary>
public sealed class WeeklyTests
{
    private static readonly WeeklyOptions Sunday = new();

    [Theory]
    [InlineData("2026-06-07T15:59:59Z", null)]         // Sunday 17:59:59 in Paris
    [InlineData("2026-06-07T16:00:00Z", "2026-06-08")] // 18:00
    [InlineData("2026-06-08T03:00:00Z", "2026-06-08")] // Monday 05:00: the server was down
    [InlineData("2026-06-08T04:00:01Z", null)]         // more than 12 h late: the week has begun
    [InlineData("2026-10-25T16:59:59Z", null)]         // the night before clocks went back: 18:00 is 17:00 UTC
    [InlineData("2026-10-25T17:00:00Z", "2026-10-26")]
    public void It_leaves_on_sunday_evening_by_the_territorys_clocks(string now, string? monday) =>
        Assert.Equal(monday is null ? null : DateOnly.Parse(monday, System.Globalization.CultureInfo.InvariantCulture), WeeklyClock.WeekToTell(Sunday, "cpts", Sample.Zone, Sample.Utc(now)));

    [Fact]
    public void A_territory_may_have_its_own_moment()
    {
        var options = new WeeklyOptions { Territories = { ["cpts"] = new() { Day = DayOfWeek.Thursday, Time = new(9, 30) } } };
        Assert.Equal(new DateOnly(2026, 6, 15), WeeklyClock.WeekToTell(options, "cpts", Sample.Zone, Sample.Utc("2026-06-11T07:30:00Z")));
        Assert.Null(WeeklyClock.WeekToTell(options, "other", Sample.Zone, Sample.Utc("2026-06-11T07:30:00Z")));
        var monday = new WeeklyOptions { Day = DayOfWeek.Monday, Time = new(7, 0) };
        Assert.Equal(new DateOnly(2026, 6, 15), WeeklyClock.WeekToTell(monday, "cpts", Sample.Zone, Sample.Utc("2026-06-08T05:00:00Z")));
    }

    [Fact]
    public void It_is_queued_once_a_week_and_only_for_somebody()
    {
        var notices = new Notices();
        var week = new DateOnly(2026, 6, 15);
        Assert.Empty(NoticeDecider.Weekly(notices.State, Notices.Definition, week, [], notices.Now, notices.Options));
        Assert.NotEmpty(notices.Do(NoticeDecider.Weekly(notices.State, Notices.Definition, week, [Notices.Mail], notices.Now, notices.Options)));
        Assert.Empty(NoticeDecider.Weekly(notices.State, Notices.Definition, week, [Notices.Mail], notices.Now, notices.Options));
        Assert.Equal(week, NoticeDecider.WeekOf(notices.State.Entries.Single().Notice));
    }

    [Fact]
    public void A_link_is_one_answer_until_its_end_and_cannot_be_changed()
    {
        var clock = new SetClock { Now = Sample.Utc("2026-06-07T16:00:00Z") };
        var protection = new EphemeralDataProtectionProvider();
        var links = new WeeklyLinks(protection, new(), new(clock));
        var link = new WeeklyLink("gp-1", new(2026, 6, 8), "dr-x", WeeklyAnswer.Absent, Sample.Utc("2026-06-12T22:00:00Z"));
        var token = links.Write(link);
        Assert.Equal(link, links.Read(token));
        Assert.DoesNotContain("gp-1", token);
        for (var i = 0; i < token.Length - 4; i += 7) // the last characters may hold bits that count for nothing
            Assert.Null(links.Read(token[..i] + (token[i] == 'A' ? 'B' : 'A') + token[(i + 1)..]));
        Assert.Null(new WeeklyLinks(new EphemeralDataProtectionProvider(), new(), new(clock)).Read(token)); // another server's keys
        Assert.Null(new WeeklyLinks(new Other(protection), new(), new(clock)).Read(token));                   // another purpose: a session is no link
        clock.Now = link.Until;
        Assert.Null(links.Read(token));
        Assert.Equal(link.RequestId(), (link with { Until = clock.Now }).RequestId());
        Assert.NotEqual(link.RequestId(), (link with { Answer = WeeklyAnswer.OneMore }).RequestId());
    }

    [Fact]
    public void One_more_slot_follows_the_last_one_of_the_first_day_with_room()
    {
        var monday = Sample.Utc("2026-06-14T22:00:00Z");
        AgendaPicture Week(params (string Start, int Minutes)[] slots) => new("gp-1", 1, [.. slots.Select((s, i) => new SlotPicture(
            new($"gp-1.s{i}", "gp-1", Sample.Utc(s.Start), Sample.Utc(s.Start).AddMinutes(s.Minutes), "gp", VisitMode.Home, Audience.Snp, 1, 30, "place-1"), 0, false, []))]);
        SlotToOpen? Propose(AgendaPicture week, string now = "2026-06-14T16:00:00Z") => ExtraSlot.Propose(week, Sample.Rules, monday, monday.AddDays(7), Sample.Utc(now));

        var extra = Propose(Week(("2026-06-16T09:00:00Z", 20), ("2026-06-16T09:20:00Z", 20), ("2026-06-17T09:00:00Z", 20)))!;
        Assert.Equal((Sample.Utc("2026-06-16T09:40:00Z"), Sample.Utc("2026-06-16T10:00:00Z"), VisitMode.Home, Audience.Snp), (extra.Start, extra.End, extra.Mode, extra.Audience!.Value));
        // 20:00 in Paris is the end of daytime: before the first one of the day then.
        Assert.Equal(Sample.Utc("2026-06-16T17:20:00Z"), Propose(Week(("2026-06-16T17:40:00Z", 20)))!.Start);
        // The day has passed.
        Assert.Equal(Sample.Utc("2026-06-18T09:20:00Z"), Propose(Week(("2026-06-16T09:00:00Z", 20), ("2026-06-18T09:00:00Z", 20)), "2026-06-17T09:00:00Z")!.Start);
        Assert.Null(Propose(Week()));
        Assert.Null(Propose(Week(("2026-06-16T06:00:00Z", 720)))); // the whole day is open already
    }

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }
        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class Other(IDataProtectionProvider inner) : IDataProtectionProvider
    {
        public IDataProtector CreateProtector(string purpose) => inner.CreateProtector("another");
    }
}
