using System.Text.Json;
using System.Text.Json.Nodes;
using SnpLive.Tests.EndToEnd;
using SnpLive.Tests.Ledger;
using SnpLive.Tests.Live;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.Calls;

/// <summary>The centre on a screen: a snapshot, then every change in order, and no patient in any of it.</summary>
public sealed class WatchCentreTests(PostgresServer postgres)
{
    private const string Centre = "sas-watch";

    [Fact]
    public async Task A_screen_follows_the_queue_by_number()
    {
        await using var site = await TestSite.Start(Backends.Sqlite, postgres, CallTerritory.Of("watch", Centre, 2));
        using var osnp = await site.SignIn("watch-osnp-1");
        var before = (await osnp.Ring(Centre)).CallId();
        await using var screen = await Screen(osnp);
        var cursor = await screen.InvokeAsync("WatchCentre", JsonValue.Create(Centre));
        Assert.NotEmpty(cursor!.Value.GetProperty("epoch").GetString()!);
        var queue = new Queue(screen);
        await Eventually.True(() => Task.FromResult(queue.Read().ContainsKey(before)), "the snapshot has the call that waited");

        var call = (await osnp.Ring(Centre, "06 39 98 55 66", take: true, name: "Mme Inconnue-Durand")).CallId();
        await osnp.On(call, "file", new() { ["patient"] = new JsonObject { ["lastName"] = "Zoé-Martin" } });
        await osnp.On(call, "note", new() { ["text"] = "douleur abdominale secrète" });
        await osnp.On(call, "qualify", new() { ["priority"] = "P1" });
        await Eventually.True(() => Task.FromResult(queue.Read().GetValueOrDefault(call) is { } c && (string?)c["priority"] == "P1" && (string?)c["holder"]?["id"] == osnp.Identity), "the change arrives");
        await osnp.On(call, "decide", new() { ["exit"] = "outOfScope" });
        await Eventually.True(() => Task.FromResult(!queue.Read().ContainsKey(call) && queue.Read().ContainsKey(before)), "it leaves");
        Assert.Equal(0, queue.Gaps);
        foreach (var secret in (string[])["Inconnue", "Zoé", "secrète", "39985566", "39 98 55 66"])
            Assert.DoesNotContain(secret, queue.Text, StringComparison.OrdinalIgnoreCase);

        // Watching again, as after a gap, brings a whole snapshot.
        var snapshots = queue.Snapshots;
        await screen.InvokeAsync("WatchCentre", JsonValue.Create(Centre));
        await Eventually.True(() => Task.FromResult(queue.Read().ContainsKey(before) && queue.Snapshots > snapshots), "a snapshot again");
    }

    [Fact]
    public async Task Only_people_of_the_desk_may_watch()
    {
        await using var site = await TestSite.Start(Backends.Sqlite, postgres, CallTerritory.Of("closed", Centre, 1));
        foreach (var stranger in (string[])["closed-pha-1", "closed-gp-1"])
        {
            using var client = await site.SignIn(stranger);
            await using var screen = await Screen(client);
            var refused = await Assert.ThrowsAsync<LiveRefusedException>(() => screen.InvokeAsync("WatchCentre", JsonValue.Create(Centre)));
            Assert.Contains("centre-unknown", refused.Message, StringComparison.Ordinal);
        }
    }

    private static Task<LiveClient> Screen(ApiClient client) =>
        LiveClient.ConnectAsync(client.Address, [new("Cookie", client.Cookies.GetCookieHeader(client.Address))]);

    /// <summary>The contract's rules, as a screen keeps them.</summary>
    private sealed class Queue(LiveClient screen)
    {
        private readonly Dictionary<string, JsonObject> calls = [];
        private string? epoch;
        private long seq;

        public int Gaps { get; private set; }
        public int Snapshots { get; private set; }
        public string Text { get; private set; } = "";

        public Dictionary<string, JsonObject> Read()
        {
            while (screen.Centres.TryDequeue(out var message))
            {
                var (target, of) = message;
                Text += of.ToString();
                var (its, number) = (of[1].GetString(), of[2].GetInt64());
                if (target == "CentreSnapshot")
                {
                    Snapshots++;
                    (epoch, seq) = (its, number);
                    calls.Clear();
                    foreach (var call in of[4].GetProperty("calls").EnumerateArray()) calls[call.GetProperty("id").GetString()!] = JsonSerializer.SerializeToNode(call)!.AsObject();
                }
                else if (target == "CentreFrame" && its == epoch && number > seq)
                {
                    if (number != seq + 1) Gaps++;
                    seq = number;
                    if (of[4].TryGetProperty("calls", out var changes) && changes.ValueKind == JsonValueKind.Array)
                        foreach (var change in changes.EnumerateArray())
                        {
                            var id = change.GetProperty("id").GetString()!;
                            if (change.TryGetProperty("removed", out var removed) && removed.ValueKind == JsonValueKind.True) calls.Remove(id);
                            else calls[id] = JsonSerializer.SerializeToNode(change.GetProperty("call"))!.AsObject();
                        }
                }
            }
            return calls;
        }
    }
}
