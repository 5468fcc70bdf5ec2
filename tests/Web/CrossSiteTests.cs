using System.Net;
using System.Net.Http.Json;

namespace SnpLive.Tests.Web;

public sealed class CrossSiteTests(WebSiteFixture fixture) : IClassFixture<WebSiteFixture>
{
    private readonly WebSite site = fixture.Site;

    [Theory]
    [InlineData("Sec-Fetch-Site", "same-origin", true)]
    [InlineData("Sec-Fetch-Site", "none", true)]
    [InlineData("Sec-Fetch-Site", "same-site", false)]
    [InlineData("Sec-Fetch-Site", "cross-site", false)]
    [InlineData("Origin", "https://evil.example", false)]
    [InlineData("Origin", "null", false)]
    [InlineData("Origin", "{here}", true)]
    [InlineData("Origin", "{here}1", false)]
    public async Task A_change_must_come_from_this_site(string header, string value, bool accepted)
    {
        using var http = site.Anonymous();
        http.DefaultRequestHeaders.Add(header, value.Replace("{here}", site.Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal));
        using var response = await http.PostAsJsonAsync("/api/session", new { identity = WebSite.Pharmacist });
        Assert.Equal(accepted ? HttpStatusCode.OK : HttpStatusCode.Forbidden, response.StatusCode);
        if (!accepted) Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Another_site_opens_no_live_connection()
    {
        using var http = site.Anonymous();
        http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-site");
        using var response = await http.GetAsync(new Uri("/hubs/live", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task A_name_that_was_made_to_point_here_is_not_us()
    {
        using var http = site.Anonymous();
        http.DefaultRequestHeaders.Host = "evil.example";
        using var response = await http.GetAsync(new Uri("/api/identities", UriKind.Relative));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Every_answer_carries_its_headers()
    {
        using var http = site.Anonymous();
        foreach (var path in (string[])["/", "/assets/index-abc123.js", "/api/identities", "/api/session", "/health/ready"])
        {
            using var response = await http.GetAsync(new Uri(path, UriKind.Relative));
            Assert.StartsWith("default-src 'self'; script-src 'self';", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.False(response.Headers.Contains("Server"));
        }
    }

    [Theory]
    [InlineData("/", "no-cache")]
    [InlineData("/creneaux/demain", "no-cache")]
    [InlineData("/assets/index-abc123.js", "public, max-age=31536000, immutable")]
    [InlineData("/api/identities", "no-store")]
    public async Task Only_what_never_changes_is_kept_by_browsers(string path, string expected)
    {
        using var http = site.Anonymous();
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(expected, string.Join(", ", response.Headers.GetValues("Cache-Control").SelectMany(v => v.Split(", ")).OrderBy(v => Array.IndexOf(expected.Split(", "), v))));
    }
}
