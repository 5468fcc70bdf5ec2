using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using SnpLive.Grains.Agendas;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.Web;

public sealed class SessionTests(WebSiteFixture fixture) : IClassFixture<WebSiteFixture>
{
    private readonly WebSite site = fixture.Site;

    [Fact]
    public async Task The_cookie_is_hidden_from_scripts_and_other_sites()
    {
        using var http = site.Anonymous();
        using var response = await http.PostAsJsonAsync("/api/session", new { identity = WebSite.Pharmacist });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("snp=", cookie, StringComparison.Ordinal);
        Assert.Contains("; httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("; samesite=strict", cookie, StringComparison.Ordinal);
        Assert.Contains("; path=/", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain(WebSite.Pharmacist, cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Identities_say_who_one_can_be()
    {
        using var http = site.Anonymous();
        var list = await http.GetFromJsonAsync<JsonArray>("/api/identities");
        var one = list!.Single(identity => (string?)identity!["id"] == WebSite.Pharmacist)!.AsObject();
        Assert.Equal("""{"id":"t-pha-1","name":"Pharmacien 1","role":"pharmacist","organization":"Pharmacie t","territories":["t"]}""", one.ToJsonString());
    }

    [Fact]
    public async Task A_session_says_who_is_signed_in()
    {
        using var me = await site.SignIn(WebSite.Pharmacist);
        var session = await me.Get("/api/session");
        Assert.Equal(WebSite.Pharmacist, (string?)session.Body!["identity"]!["id"]);
        Assert.True((bool)session.Body["demo"]!);
    }

    [Theory]
    [InlineData("/api/session")]
    [InlineData("/api/territories")]
    [InlineData("/api/bookings/t-agenda-1.b1")]
    [InlineData("/api/version")]
    [InlineData("/api/nothing-of-the-kind")]
    public async Task Without_a_session_nothing_is_told(string path)
    {
        using var http = site.Anonymous();
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("not-signed-in", (string?)(await response.Content.ReadFromJsonAsync<JsonObject>())!["code"]);
    }

    [Fact]
    public async Task A_made_up_cookie_is_nobody()
    {
        using var http = site.Anonymous();
        http.DefaultRequestHeaders.Add("Cookie", "snp=CfDJ8AAAAAAAAAAAAAAAAAAAAAA");
        using var response = await http.GetAsync(new Uri("/api/session", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("nobody", HttpStatusCode.NotFound, "identity-unknown")]
    [InlineData("../../etc", HttpStatusCode.BadRequest, "invalid-input")]
    public async Task Nobody_signs_in_as_somebody_unknown(string identity, HttpStatusCode status, string code)
    {
        using var http = site.Anonymous();
        using var response = await http.PostAsJsonAsync("/api/session", new { identity });
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(code, (string?)(await response.Content.ReadFromJsonAsync<JsonObject>())!["code"]);
    }

    [Fact]
    public async Task A_copied_cookie_is_worth_nothing_after_sign_out()
    {
        using var me = await site.SignIn(WebSite.Pharmacist);
        var copied = me.Cookies.GetCookieHeader(site.Address);
        Assert.Equal(HttpStatusCode.NoContent, (await me.Delete("/api/session")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await me.Get("/api/session")).Status);
        using var thief = site.Anonymous();
        thief.DefaultRequestHeaders.Add("Cookie", copied);
        using var response = await thief.GetAsync(new Uri("/api/session", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Signing_out_gives_holds_back()
    {
        await using var own = await WebSite.Start();
        own.Answers(new HoldGranted("t-agenda-1.h1", WebSite.Slot, WebSite.Now.AddMinutes(3)));
        using var me = await own.SignIn(WebSite.Pharmacist);
        Assert.Equal(HttpStatusCode.OK, (await me.Hold(WebSite.Slot)).Status);
        own.Answers(new Done());
        await me.Delete("/api/session");
        var release = Assert.Single(own.Agenda.Received.OfType<ReleaseHold>());
        Assert.Equal(("t-agenda-1.h1", WebSite.Pharmacist), (release.HoldId, release.Actor.Id));
    }

    [Fact]
    public async Task A_hold_that_was_used_is_not_given_back()
    {
        await using var own = await WebSite.Start();
        own.Answers(new HoldGranted("t-agenda-1.h1", WebSite.Slot, WebSite.Now.AddMinutes(3)));
        using var me = await own.SignIn(WebSite.Pharmacist);
        await me.Hold(WebSite.Slot);
        own.Answers(new BookingConfirmed("t-agenda-1.b1", "t-agenda-1.r1", WebSite.Facts(), WebSite.Now.AddHours(48)));
        Assert.Equal(HttpStatusCode.Created, (await me.Book(WebSite.Slot, Patient.New(), holdId: "t-agenda-1.h1")).Status);
        await me.Delete("/api/session");
        Assert.Empty(own.Agenda.Received.OfType<ReleaseHold>());
    }

    [Fact]
    public async Task Every_answer_tells_when_the_session_ends_and_every_use_puts_that_off()
    {
        await using var own = await WebSite.Start("--Sessions:Idle", "00:10:00", "--Sessions:Absolute", "00:30:00", "--Sessions:RenewAfter", "00:00:00");
        using var http = own.Anonymous();
        using var signedIn = await http.PostAsJsonAsync("/api/session", new { identity = WebSite.Pharmacist });
        var cookie = Assert.Single(signedIn.Headers.GetValues("Set-Cookie")).Split(';')[0];
        http.DefaultRequestHeaders.Add("Cookie", cookie);
        using var answer = await http.GetAsync(new Uri("/api/reasons", UriKind.Relative));
        var left = Assert.Single(answer.Headers.GetValues("X-Snp-Session")).Split(' ').Select(one => int.Parse(one, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(600, left[0]);
        Assert.InRange(left[1], 1_780, 1_800);
        Assert.NotEqual(cookie, Assert.Single(answer.Headers.GetValues("Set-Cookie")).Split(';')[0]); // renewed
        using var anonymous = own.Anonymous();
        using var nobody = await anonymous.GetAsync(new Uri("/api/identities", UriKind.Relative));
        Assert.False(nobody.Headers.Contains("X-Snp-Session"));
    }

    [Theory, InlineData("/api/reasons"), InlineData("/hubs/live/negotiate?negotiateVersion=1")]
    public async Task What_a_page_left_alone_does_keeps_no_session_alive(string path)
    {
        await using var own = await WebSite.Start("--Sessions:Idle", "00:10:00", "--Sessions:RenewAfter", "00:00:00");
        using var http = own.Anonymous();
        using var signedIn = await http.PostAsJsonAsync("/api/session", new { identity = WebSite.Pharmacist });
        http.DefaultRequestHeaders.Add("Cookie", Assert.Single(signedIn.Headers.GetValues("Set-Cookie")).Split(';')[0]);
        using var request = new HttpRequestMessage(path.Contains("negotiate", StringComparison.Ordinal) ? HttpMethod.Post : HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (request.Method == HttpMethod.Get) request.Headers.Add("X-Snp-Unattended", "1");
        using var answer = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"), "renewed");
        Assert.InRange(int.Parse(Assert.Single(answer.Headers.GetValues("X-Snp-Session")).Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture), 1, 600);
    }

    [Fact]
    public async Task A_session_ends_when_its_time_is_over_however_busy()
    {
        await using var own = await WebSite.Start("--Sessions:Absolute", "00:00:01");
        using var me = await own.SignIn(WebSite.Pharmacist);
        Assert.Equal(HttpStatusCode.OK, (await me.Get("/api/session")).Status);
        await Eventually.True(async () => (await me.Get("/api/session")).Status == HttpStatusCode.Unauthorized, "the session has ended");
    }
}
