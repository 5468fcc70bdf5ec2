using System.Collections.Immutable;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Notifications;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;
using SnpLive.Grains.Territories;
using SnpLive.Tests.Live;
using SnpLive.Web.Audit;
using SnpLive.Web.Notifications;
using SnpLive.Web.Territories;

namespace SnpLive.Tests.Web;

/// <summary>Who is told of a break-glass and where their message leads; and that telling does not keep a patient from help.</summary>
public sealed class BreakGlassTests
{
    private const string Booking = "t-agenda-1.b1", Lead = "t-gp-2", Officer = "t-coo-1", Nobody = "t-pha-1";

    private static Grant Grant(Role role, GrantAction action, string? person = null) =>
        new("t", role, "*", action, person is null ? GrantCondition.None : GrantCondition.NamedPerson, null, null, null, "essai", person);

    private static readonly Grant Breaks = Grant(Role.Regulator, GrantAction.BreakGlass), Audits = Grant(Role.Coordinator, GrantAction.ReadAudit),
        Reviews = Grant(Role.GeneralPractitioner, GrantAction.ReviewBreakGlass, Lead);

    private static async Task<WebSite> Start(INoticeGrain notices, ImmutableArray<Grant> grants, params string[] more)
    {
        var site = await WebSite.Start(more);
        var territory = site.Territory with { Grants = [.. site.Territory.Grants, .. grants] };
        site.Grains.Set<ITerritoryGrain>("t", new FakeTerritory(territory));
        var definition = (await site.Agenda.Definition())! with { Grants = territory.Grants };
        site.Grains.Set<IAgendaGrain>("t-agenda-1", new FakeAgenda(definition)
        {
            AllBookings = [new(Booking, WebSite.Slot, 1, "surrogate", WebSite.Pharmacist, Role.Pharmacist, "t-pha", null, "t-agenda-1.r1", Eligibility.Visitor, "M03.14",
                WebSite.Now, WebSite.Now.AddHours(48), WebSite.Now, false, AppointmentStatus.Booked, null)],
            Slots = [new(WebSite.Facts(), 1, false, [])],
        });
        site.Vault.Seal("sas-t", new("Dupont", "Ève", null, new(1950, 1, 2), Sex.F, null, null), new("+33639980102", null, null, null, null));
        site.Grains.Set("t-agenda-1", notices);
        site.Grains.Set("t", Fake.Of<INoticeFeedGrain>((_, _) => Task.CompletedTask));
        foreach (var person in (string[])[Lead, Officer, Nobody])
            site.Grains.Set(person, Fake.Of<INoticeSettingsGrain>((_, _) => Task.FromResult(NoticeSettings.None)));
        await site.App.Services.GetRequiredService<TerritoryCatalogue>().Renew();
        return site;
    }

    [Fact]
    public async Task A_patient_is_shown_although_the_notice_is_not_kept_in_time()
    {
        var silent = new TaskCompletionSource<NoticeAnswer>();
        var told = new TaskCompletionSource<ImmutableArray<string>>();
        var notices = Fake.Of<INoticeGrain>((_, args) =>
        {
            told.TrySetResult((ImmutableArray<string>)args[2]!);
            return silent.Task;
        });
        await using var site = await Start(notices, [Breaks, Audits, Reviews], "--BreakGlass:TellPatience", "00:00:00.1");
        using var regulator = await site.SignIn("t-reg-1");
        var body = WebSite.Command();
        body["reason"] = "Le patient rappelle le 15";
        var opened = await regulator.Post($"/api/bookings/{Booking}/break-glass", body).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal((HttpStatusCode.OK, "Dupont"), (opened.Status, (string?)opened.Body!["patient"]!["lastName"]));
        Assert.Equal([Lead], await told.Task);
        Assert.Contains("its notice was not kept in time (TimeoutException)", site.Logs.Text, StringComparison.Ordinal);
        Assert.Equal(AccessAction.BreakGlass, Assert.Single(site.Vault.Reasons).Action);
    }

    [Fact]
    public void Patience_has_an_end() => Assert.Throws<InvalidOperationException>(new BreakGlassOptions { TellPatience = TimeSpan.Zero }.Validate);

    [Theory]
    [InlineData(true, Lead, "/?page=acces-exceptionnels", "page « À examiner »")]
    [InlineData(true, Officer, "/?page=journal", "page « Journal »")]
    [InlineData(false, Officer, "/?page=journal", "page « Journal »")]
    [InlineData(false, Lead, "/", "après connexion")]
    public async Task A_message_leads_where_its_reader_may_go(bool named, string person, string page, string said)
    {
        var unused = Fake.Of<INoticeGrain>((method, _) => throw new NotSupportedException(method.Name));
        await using var site = await Start(unused, named ? [Audits, Reviews] : [Audits], "--Notifications:PublicAddress", "https://snp.example");
        var facts = WebSite.Facts();
        var notice = new Notice("t-agenda-1.n1", NoticeKind.GlassBroken, "t-agenda-1", "t", "Europe/Paris", "gp", "t-gp-1", facts.PlaceId, facts.Start, facts.End, null, null, 0, WebSite.Now);
        var delivery = new Delivery("t-agenda-1.n1-1", new(person, NoticeChannel.Email, null), DeliveryStatus.Pending, 1, WebSite.Now, null);
        var text = (await site.App.Services.GetRequiredService<OutgoingMessages>().Of(new(notice, delivery)))!.Text;
        Assert.Equal($"https://snp.example{page}", text.Link!.ToString());
        Assert.Contains(text.Lines, line => line.Contains(said, StringComparison.Ordinal));
        Assert.EndsWith($"https://snp.example{page}", text.Short, StringComparison.Ordinal);
        if (page == "/?page=journal") await OpensTo(site, person);
    }

    /// <summary>The page is open to them: the list that it reads answers.</summary>
    private static async Task OpensTo(WebSite site, string person)
    {
        using var reader = await site.SignIn(person);
        Assert.Equal(HttpStatusCode.OK, (await reader.Get("/api/access-log")).Status);
    }
}
