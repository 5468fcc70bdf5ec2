using System.Net.WebSockets;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using SnpLive.Tests.Live;
using SnpLive.Tests.Support;
using SnpLive.Web.Live;

namespace SnpLive.Tests.Fuzz;

/// <summary>Every method of the live hub with hostile arguments, and bytes that are no protocol: the hub says no, tells nothing, and goes on for everybody else.</summary>
public sealed class HubFuzzTests(FuzzSite site, ITestOutputHelper output) : IClassFixture<FuzzSite>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    // SignalR's own words around a refusal's code.
    private const string SignalRsOwn = "on the server. HubException: ";

    private static IEnumerable<MethodInfo> HubMethods =>
        typeof(LiveHub).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(m => !m.IsSpecialName && m.GetBaseDefinition() == m);

    [Fact]
    public async Task Hostile_calls_are_refused_in_a_word()
    {
        using var me = await ApiClient.SignIn(site.Address, $"{FuzzSite.Own}-pha-1");
        await using var witness = await Connect(me);
        await witness.WatchAsync(FuzzSite.Own);
        await witness.UntilAsync(w => w.Picture(FuzzSite.Own) is not null, "the picture");
        string[] arguments =
        [
            .. Hostile.Values.Where(v => !v.Contains("1e400", StringComparison.Ordinal)),
            .. Hostile.Texts.Select(t => new JsonArray(JsonValue.Create(t)).ToJsonString()),
            .. site.ForeignIds.Select(id => new JsonArray(JsonValue.Create(id)).ToJsonString()),
            $"[\"{new string('x', 5_000)}\"]", $"[{string.Join(',', Enumerable.Repeat($"\"{FuzzSite.Own}\"", 100))}]", "[{\"territoryId\":7}]", new string('[', 200) + new string(']', 200),
        ];
        var (asked, refused) = (0, 0);
        foreach (var method in HubMethods)
            foreach (var argument in arguments)
                foreach (var more in (string[])["", ",[]", ",{}", ",[{\"view\":\"x\",\"epoch\":\"e\",\"seq\":-1}]", $",[{{\"view\":\"{new string('v', 2_000)}\",\"seq\":9223372036854775807}}]", ",1,2,3"])
                {
                    asked++;
                    if (await Answer(me, $"{{\"type\":1,\"invocationId\":\"1\",\"target\":\"{method.Name}\",\"arguments\":[{argument}{more}]}}") is not { } said) continue;
                    site.Discreet($"{method.Name}({argument}{more})", said.Replace(SignalRsOwn, "", StringComparison.Ordinal));
                    Assert.DoesNotContain($"\"territoryId\":\"{FuzzSite.Foreign}\"", said, StringComparison.Ordinal);
                    if (said.Contains("\"error\"", StringComparison.Ordinal)) refused++;
                }
        output.WriteLine($"{asked} calls of {HubMethods.Count()} methods, {refused} refused in words");
        Assert.True(refused > asked / 4);
        await StillThere(me, witness);
    }

    [Fact]
    public async Task What_is_no_protocol_ends_its_own_connection_only()
    {
        using var me = await ApiClient.SignIn(site.Address, $"{FuzzSite.Own}-pha-1");
        await using var witness = await Connect(me);
        await witness.WatchAsync(FuzzSite.Own);
        await witness.UntilAsync(w => w.Picture(FuzzSite.Own) is not null, "the picture");
        foreach (var text in (string[])
        [
            "{", "null", "[]", "{\"type\":99}", "{\"type\":\"1\"}", "{\"type\":1}", "{\"type\":1,\"target\":\"OnConnectedAsync\",\"arguments\":[]}", "{\"type\":1,\"target\":\"Dispose\",\"arguments\":[]}",
            "{\"type\":4,\"invocationId\":\"1\",\"target\":\"Watch\",\"arguments\":[[],[]]}", "{\"type\":2,\"invocationId\":\"1\",\"item\":1}", "{\"type\":3,\"invocationId\":\"404\"}",
            $"{{\"type\":1,\"target\":\"Watch\",\"arguments\":[[\"{new string('y', 100_000)}\"]]}}", Hostile.Deep, "\uFFFD\0\u0001",
        ])
            if (await Answer(me, text) is { } said) site.Discreet(Short(text), said.Replace(SignalRsOwn, "", StringComparison.Ordinal));
            else output.WriteLine($"no word to {Short(text)}");
        await StillThere(me, witness);
    }

    [Fact]
    public async Task Nobody_watches_without_a_session_or_what_is_not_his()
    {
        await Assert.ThrowsAnyAsync<WebSocketException>(() => LiveClient.ConnectAsync(site.Address));
        using var me = await ApiClient.SignIn(site.Address, $"{FuzzSite.Own}-pha-1");
        await using var screen = await Connect(me);
        var refused = await Assert.ThrowsAsync<LiveRefusedException>(() => screen.WatchAsync(FuzzSite.Own, FuzzSite.Foreign));
        Assert.Contains("territory-unknown", refused.Message, StringComparison.Ordinal);
        Assert.Null(screen.Picture(FuzzSite.Own));
    }

    private static string Short(string text) => text[..Math.Min(80, text.Length)];

    private static Task<LiveClient> Connect(ApiClient person) =>
        LiveClient.ConnectAsync(person.Address, [new("Cookie", person.Cookies.GetCookieHeader(person.Address))]);

    private async Task StillThere(ApiClient me, LiveClient witness)
    {
        var seen = witness.Picture(FuzzSite.Own)!.Seq;
        var held = await me.Hold(site.OwnIds[2]);
        Assert.Equal(System.Net.HttpStatusCode.OK, held.Status);
        await witness.UntilAsync(w => w.Picture(FuzzSite.Own)!.Seq > seen, "a frame after all that");
        await me.Post($"/api/holds/{held.Body!["holdId"]}/release", new JsonObject { ["requestId"] = Guid.NewGuid() });
        Assert.DoesNotContain("Unexpected", site.Logs.Text, StringComparison.Ordinal);
    }

    /// <summary>What a fresh connection hears after one message, until its completion or its end; null when only silence and pings came.</summary>
    private async Task<string?> Answer(ApiClient me, string message)
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", me.Cookies.GetCookieHeader(site.Address));
        using var limit = new CancellationTokenSource(Patience);
        var heard = new StringBuilder();
        try
        {
            await socket.ConnectAsync(new UriBuilder(site.Address) { Scheme = "ws", Path = "/hubs/live" }.Uri, limit.Token);
            await Say("{\"protocol\":\"json\",\"version\":1}");
            await Say(message);
            // An innocent question last: its answer ends the wait.
            await Say("{\"type\":1,\"invocationId\":\"end\",\"target\":\"Unwatch\",\"arguments\":[[]]}");
            var buffer = new byte[64 * 1024];
            while (!heard.ToString().Contains("\"end\"", StringComparison.Ordinal))
            {
                var got = await socket.ReceiveAsync(buffer, limit.Token);
                if (got.MessageType == WebSocketMessageType.Close) break;
                heard.Append(Encoding.UTF8.GetString(buffer, 0, got.Count));
            }
        }
        catch (WebSocketException)
        {
            // Closed: a full answer.
        }
        catch (OperationCanceledException)
        {
            // Silence.
        }
        return heard.Length == 0 ? null : heard.ToString();

        Task Say(string text) => socket.SendAsync((byte[])[.. Encoding.UTF8.GetBytes(text), LiveClient.End], WebSocketMessageType.Text, true, limit.Token);
    }
}
