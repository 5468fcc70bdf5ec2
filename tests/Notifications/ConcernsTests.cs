using System.Collections.Immutable;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Notifications;
using SnpLive.Grains.People;
using SnpLive.Tests.Domain;
using SnpLive.Web.Notifications;

namespace SnpLive.Tests.Notifications;

/// <summary>Whose screens hear which news.</summary>
public sealed class ConcernsTests
{
    private const string Tenant = "cpts";
    private static readonly DateTimeOffset Start = Sample.Utc("2026-06-08T07:00:00Z");
    private static readonly Actor
        Doctor = Person("dr-x", Role.GeneralPractitioner, "practice") with { Agendas = ["gp-1"] },
        TeleSecretary = Person("tele", Role.TeleSecretary, "tele"),
        Requester = Person("p1", Role.Pharmacist, "pharm-a"),
        Colleague = Person("p2", Role.Pharmacist, "pharm-a"),
        Stranger = Person("p3", Role.Pharmacist, "pharm-b"),
        Coordinator = Person("coo", Role.Coordinator, "cpts"),
        Abroad = Person("tele-2", Role.TeleSecretary, "tele-2") with { Memberships = ["elsewhere"] };
    private static readonly ImmutableArray<Actor> Everybody = [Doctor, TeleSecretary, Requester, Colleague, Stranger, Coordinator, Abroad];

    [Theory]
    [InlineData(NoticeKind.Booked, NewsKind.Queued, "dr-x")]
    [InlineData(NoticeKind.Booked, NewsKind.Unseen, "dr-x tele")]
    [InlineData(NoticeKind.Booked, NewsKind.Seen, "dr-x tele p1")]
    [InlineData(NoticeKind.Cancelled, NewsKind.Queued, "dr-x")]
    [InlineData(NoticeKind.ToReplace, NewsKind.Queued, "dr-x tele p1 p2")]
    [InlineData(NoticeKind.ToReplace, NewsKind.Seen, "dr-x tele p1 p2")]
    public void To_replace_is_news_for_those_whose_task_it_is(NoticeKind kind, NewsKind news, string who) =>
        Assert.Equal(who, string.Join(' ', Everybody.Where(one => NoticeNode.Concerns(one, News(kind, news), null)).Select(one => one.Id)));

    [Fact]
    public void Delegates_hear_what_the_practice_hears_while_they_are_delegates()
    {
        var named = new Delegation([Coordinator.Id, Stranger.Id, Abroad.Id], Role.GeneralPractitioner);
        foreach (var kind in (NoticeKind[])[NoticeKind.Booked, NoticeKind.Cancelled, NoticeKind.ToReplace])
        {
            Assert.True(NoticeNode.Concerns(Coordinator, News(kind, NewsKind.Queued), named));
            Assert.False(NoticeNode.Concerns(Coordinator, News(kind, NewsKind.Queued), named with { Professionals = [] }));
            Assert.False(NoticeNode.Concerns(Stranger, News(kind, NewsKind.Queued), named)); // a pharmacist is nobody to be named
            Assert.False(NoticeNode.Concerns(Abroad, News(kind, NewsKind.Queued), named)); // no longer a member
        }
    }

    private static NoticeNews News(NoticeKind kind, NewsKind news) => new(1, news, new(
        "gp-1.n1", kind, "gp-1", Tenant, Sample.Zone, "gp", Doctor.Id, "place-1", Start, Start.AddMinutes(20), "gp-1.b1", Requester.Id, 0, Start, Requester.OrganizationId));

    private static Actor Person(string id, Role role, string organization) => new(id, role, organization, null, [Tenant], [], []);
}
