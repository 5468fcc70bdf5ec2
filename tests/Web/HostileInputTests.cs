using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.Web;

/// <summary>Whatever is sent, the answer is a problem that says so: never a 500, never a stack, nothing for the log.</summary>
public sealed class HostileInputTests(WebSiteFixture fixture) : IClassFixture<WebSiteFixture>
{
    private readonly WebSite site = fixture.Site;

    private const string Id = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";

    public static TheoryData<string, int, string?> Bodies => new()
    {
        { "", 400, null },
        { "null", 400, null },
        { "[]", 400, null },
        { "42", 400, null },
        { "\"text\"", 400, null },
        { "{", 400, null },
        { "{\"requestId\":\"" + Id, 400, null },
        { "{}", 400, "requestId" },
        { "{\"requestId\":null}", 400, "requestId" },
        { "{\"requestId\":\"\"}", 400, "requestId" },
        { "{\"requestId\":\"00000000-0000-0000-0000-000000000000\"}", 400, "requestId" },
        { "{\"requestId\":\"{" + Id + "}\"}", 400, "requestId" },
        { "{\"requestId\":7}", 400, "requestId" },
        { "{\"requestId\":{}}", 400, "requestId" },
        { "{\"requestId\":\"" + Id + "\",\"surprise\":1}", 400, "surprise" },
        { "{\"requestId\":\"" + Id + "\",\"requestId\":\"" + Id + "\"}", 400, "requestId" },
        { "{\"RequestId\":\"" + Id + "\"}", 400, "RequestId" },
        { "{\"requestId\":\"" + Id + "\",\"patient\":[]}", 400, "patient" },
        { "{\"requestId\":\"" + Id + "\",\"patient\":{\"lastName\":7}}", 400, "patient.lastName" },
        { "{\"requestId\":\"" + Id + "\",\"patient\":{\"admin\":true}}", 400, "patient.admin" },
        { "{\"requestId\":\"" + Id + "\",\"patient\":{\"lastName\":\"\\ud800\"}}", 400, null },
        { "{\"requestId\":\"" + Id + "\",\"vitalSignsExcluded\":\"true\"}", 400, "vitalSignsExcluded" },
        { "{\"requestId\":\"" + Id + "\",\"eligibility\":3}", 400, "eligibility" },
        { "{\"requestId\":\"" + Id + "\",\"eligibility\":\"3\"}", 400, "eligibility" },
        { "{\"requestId\":\"" + Id + "\",\"note\":" + Deep(40) + "}", 400, null },
        { Deep(20_000), 400, null },
        { "{\"note\":\"" + new string('a', 60_000) + "\"}", 400, "note" },
        { "{\"note\":\"" + new string('a', 70_000) + "\"}", 413, null },
        { "{\"" + new string('k', 5_000) + "\":1}", 400, null },
        { "{\"requestId\":\"" + Id + "\",}", 400, null },
        { "// comment\n{}", 400, null },
        { "\uFEFF{}", 400, null },
    };

    private static string Deep(int levels) => new string('[', levels) + new string(']', levels);

    [Theory, MemberData(nameof(Bodies))]
    public async Task A_body_that_does_not_fit_is_refused(string body, int status, string? path)
    {
        foreach (var address in (string[])[$"/api/slots/{WebSite.Slot}/bookings"])
        {
            var answer = await Post(address, new StringContent(body, Encoding.UTF8, "application/json"));
            Assert.Equal(status, (int)answer.Status);
            Assert.NotNull(answer.Code);
            if (path is not null) Assert.Contains(path, answer.Body!["errors"]!.AsObject().Select(one => one.Key));
            Assert.DoesNotContain("   at ", answer.Body!.ToJsonString(), StringComparison.Ordinal);
            Assert.DoesNotContain("SnpLive.", answer.Body.ToJsonString(), StringComparison.Ordinal);
        }
        Assert.Empty(site.Agenda.Received);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_refused()
    {
        byte[][] bodies =
        [
            [.. "{\"note\":\""u8, 0xFF, 0xFE, .. "\"}"u8],
            [.. "{\"patient\":{\"lastName\":\""u8, 0xC3, 0x28, .. "\"}}"u8],
            [0x00, 0x01, 0x02],
            [0xFF, 0xFE, 0x7B, 0x00, 0x7D, 0x00],
        ];
        foreach (var body in bodies)
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new("application/json");
            var answer = await Post($"/api/slots/{WebSite.Slot}/bookings", content);
            Assert.True(answer.Status == HttpStatusCode.BadRequest, $"{Convert.ToHexString(body)}: {answer}");
        }
    }

    [Theory]
    [InlineData("text/plain", 415)]
    [InlineData("application/xml", 415)]
    [InlineData("application/x-www-form-urlencoded", 415)]
    [InlineData("application/json; charset=utf-8", 400)]
    [InlineData("application/json; charset=utf-16", 415)]
    [InlineData("application/json; charset=nonsense", 415)]
    [InlineData("", 415)]
    public async Task Only_JSON_in_UTF8_is_read(string type, int status)
    {
        using var content = new ByteArrayContent("{}"u8.ToArray());
        if (type.Length > 0) content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        var answer = await Post($"/api/slots/{WebSite.Slot}/hold", content);
        Assert.Equal(status, (int)answer.Status);
        Assert.NotNull(answer.Code);
    }

    [Theory]
    [InlineData("/api/slots/x/hold")]
    [InlineData("/api/slots/t-agenda-1/hold")]
    [InlineData("/api/slots/..%2F..%2Fetc%2Fpasswd/hold")]
    [InlineData("/api/slots/%00.s1/hold")]
    [InlineData("/api/slots/t-agenda-1.s1'%20or%201=1/hold")]
    [InlineData("/api/slots/nobody.s1/hold")]
    [InlineData("/api/holds/nobody.h1/extend")]
    [InlineData("/api/holds/t-agenda-1.%E2%80%AE/release")]
    [InlineData("/api/slots/nobody.s1/withdraw")]
    [InlineData("/api/slots/nobody.s1/overbook")]
    [InlineData("/api/slots/nobody.s1/resize")]
    [InlineData("/api/absences/nobody.a1/end")]
    [InlineData("/api/agendas/nobody/absences")]
    public async Task An_id_that_nobody_gave_out_wakes_no_grain(string address)
    {
        var answer = await Post(address, new StringContent(WebSite.Command().ToJsonString(), Encoding.UTF8, "application/json"));
        Assert.Contains(answer.Status, (HttpStatusCode[])[HttpStatusCode.NotFound, HttpStatusCode.BadRequest]);
        Assert.DoesNotContain(site.Grains.Asked, one => one.Key.Contains("nobody", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/api/territories/t/board?from=yesterday", 400)]
    [InlineData("/api/territories/t/board?from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z", 400)]
    [InlineData("/api/territories/t/board?from=2026-01-01T00:00:00Z&to=2027-01-01T00:00:00Z", 400)]
    [InlineData("/api/territories/t/board?stream=sorcery", 400)]
    [InlineData("/api/territories/elsewhere/board", 404)]
    [InlineData("/api/territories/%F0%9F%98%80/board", 404)]
    [InlineData("/api/agendas/nobody", 404)]
    [InlineData("/api/agendas?territory=elsewhere", 404)]
    [InlineData("/api/bookings/nobody.b1", 404)]
    [InlineData("/api/agendas/nobody/settings", 404)]
    [InlineData("/api/replacements?territory=elsewhere", 404)]
    [InlineData("/api/commands/not-a-uuid", 400)]
    [InlineData("/api/nothing", 404)]
    [InlineData("/api/slots/t-agenda-1.s1/hold", 405)]
    public async Task A_question_that_makes_no_sense_is_refused(string address, int status)
    {
        using var me = await site.SignIn(WebSite.Pharmacist);
        var answer = await me.Get(address);
        Assert.Equal(status, (int)answer.Status);
        Assert.NotNull(answer.Code);
    }

    [Fact]
    public async Task A_truncated_or_broken_request_harms_nobody()
    {
        foreach (var text in (string[])
        [
            "POST /api/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"identity\":",
            "POST /api/session HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
            "POST /api/session HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\nZZ\r\n",
            "GET /" + new string('a', 10_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + new string('a', 40_000) + "\r\n\r\n",
            "\0\0\0\0",
        ])
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(site.Address.Host, site.Address.Port);
            await using var stream = socket.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(text));
            try { socket.Client.Shutdown(SocketShutdown.Send); }
            catch (SocketException) { /* Closed already. */ }
            try
            {
                using var reader = new StreamReader(stream);
                Assert.DoesNotContain(" 500 ", await reader.ReadToEndAsync(), StringComparison.Ordinal);
            }
            catch (IOException) { /* Closed in our face: fine. */ }
        }
        using var me = await site.SignIn(WebSite.Pharmacist);
        Assert.Equal(HttpStatusCode.OK, (await me.Get("/api/session")).Status);
        Assert.DoesNotContain("Unexpected", site.Logs.Text, StringComparison.Ordinal);
    }

    private async Task<ApiAnswer> Post(string address, HttpContent content)
    {
        using var me = await site.SignIn(WebSite.Pharmacist);
        using var http = site.Anonymous();
        http.DefaultRequestHeaders.Add("Cookie", me.Cookies.GetCookieHeader(site.Address));
        using var response = await http.PostAsync(new Uri(address, UriKind.Relative), content);
        var text = await response.Content.ReadAsStringAsync();
        return new(response.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text) : null);
    }
}
