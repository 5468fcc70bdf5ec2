using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SnpLive.Grains.Rules;
using SnpLive.Tests.Support;
using SnpLive.Web.Live;

namespace SnpLive.Tests.Live;

public sealed class LiveHubTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_screen_gets_a_snapshot_then_frames()
    {
        await using var stage = await LiveStage.StartAsync(null, LiveSample.Territory("t", 1));
        stage.Boards["t"].Change(LiveSample.Upcoming(1));
        await using var screen = await stage.Connect(LiveSample.Pharmacist("t"));
        await screen.InvokeAsync("Watch", new JsonArray("t")); // without cursors at all
        await screen.UntilAsync(s => s.Picture("t")?.StateOf("t-a0.s1") == "free", "the snapshot");
        var slot = screen.Picture("t")!.Slots["t-a0.s1"];
        Assert.Equal("Dr Essai", slot.GetProperty("practitioner").GetProperty("name").GetString());
        Assert.Equal("Clisson", slot.GetProperty("place").GetProperty("commune").GetString());
        stage.Boards["t"].Change(LiveSample.Upcoming(1, taken: 1));
        await screen.UntilAsync(s => s.Picture("t")!.StateOf("t-a0.s1") == "booked", "the frame");
        stage.Boards["t"].Remove("t-a0.s1");
        await screen.UntilAsync(s => s.Picture("t")!.Slots.IsEmpty, "the removal");
        Assert.Equal((1, 2), (screen.Snapshots, screen.Frames));
    }

    [Fact]
    public async Task A_hold_shows_its_organisation_and_ends_by_itself()
    {
        await using var stage = await LiveStage.StartAsync(o => o.Tick = TimeSpan.FromMilliseconds(50), LiveSample.Territory("t", 1));
        stage.Boards["t"].Change(LiveSample.Upcoming(1) with { Holds = [new("h", "x", "org-pha", DateTimeOffset.UtcNow.AddSeconds(1))] });
        await using var screen = await stage.Connect(LiveSample.Pharmacist("t"));
        await screen.WatchAsync("t");
        await screen.UntilAsync(s => s.Picture("t")?.StateOf("t-a0.s1") == "held", "the hold");
        Assert.Equal("Pharmacie du Marché", screen.Picture("t")!.Slots["t-a0.s1"].GetProperty("heldBy").GetString());
        await screen.UntilAsync(s => s.Picture("t")!.StateOf("t-a0.s1") == "free", "the end of the hold");
    }

    [Fact]
    public async Task Bad_calls_are_refused_and_harm_nobody()
    {
        await using var stage = await LiveStage.StartAsync(null, LiveSample.Territory("t", 1));
        await using var screen = await stage.Connect(LiveSample.Pharmacist("t"));
        JsonNode?[][] bad =
        [
            [null, null], [new JsonArray((JsonNode?)null), null], [new JsonArray(""), null], [new JsonArray(new string('x', 65)), null], ["t", null],
            [new JsonArray([.. Enumerable.Range(0, 33).Select(n => JsonValue.Create($"t{n}"))]), null], [], [new JsonArray("t"), "x"], [1, 2, 3],
            [new JsonArray("t"), new JsonArray(new JsonObject { ["seq"] = "x" })],
        ];
        foreach (var arguments in bad) await Assert.ThrowsAsync<LiveRefusedException>(() => screen.InvokeAsync("Watch", arguments));
        await Assert.ThrowsAsync<LiveRefusedException>(() => screen.InvokeAsync("Nonsense"));
        await screen.InvokeAsync("Unwatch", new JsonArray());
        await screen.InvokeAsync("Watch", new JsonArray("t", "t"), new JsonArray(null, new JsonObject { ["seq"] = -5 }, new JsonObject { ["view"] = "v", ["epoch"] = null, ["seq"] = long.MaxValue }));
        await screen.UntilAsync(s => s.Picture("t") is not null, "the snapshot");
        await screen.SendAsync(new string('x', 20_000));
        await screen.Closed.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_cursor_within_the_ring_gets_only_what_is_missing()
    {
        await using var stage = await LiveStage.StartAsync(o => o.RingFrames = 8, LiveSample.Territory("t", 1));
        stage.Boards["t"].Change(LiveSample.Upcoming(1));
        LivePicture known;
        await using (var first = await stage.Connect(LiveSample.Pharmacist("t")))
        {
            await first.WatchAsync("t");
            await first.UntilAsync(s => s.Picture("t") is not null, "the snapshot");
            known = first.Picture("t")!;
        }
        await using var keeper = await stage.Connect(LiveSample.Pharmacist("t", "other"));
        await keeper.WatchAsync("t");
        await keeper.UntilAsync(s => s.Picture("t") is not null, "the other's snapshot");
        for (var n = 2; n <= 4; n++) await ChangeAndWait(n);

        await using var back = await stage.Connect(LiveSample.Pharmacist("t"));
        var now = await back.WatchAsync(["t"], known);
        await back.UntilAsync(s => s.Picture("t")!.Slots.Count == 4, "the missing frames");
        Assert.Equal((0, 3), (back.Snapshots, back.Frames));
        Assert.Equal(known.Seq + 3, now!.Value[0].GetProperty("seq").GetInt64());

        for (var n = 5; n <= 20; n++) await ChangeAndWait(n);
        await using var late = await stage.Connect(LiveSample.Pharmacist("t"));
        await late.WatchAsync(["t"], known);
        await late.UntilAsync(s => s.Picture("t")!.Slots.Count == 20, "a snapshot");
        Assert.Equal(1, late.Snapshots);
        await using var foreign = await stage.Connect(LiveSample.Pharmacist("t"));
        await foreign.WatchAsync(["t"], known with { Epoch = "another", Seq = 20 });
        await foreign.UntilAsync(s => s.Picture("t")!.Slots.Count == 20, "a snapshot");

        async Task ChangeAndWait(int n)
        {
            stage.Boards["t"].Change(LiveSample.Upcoming(n));
            await keeper.UntilAsync(s => s.Picture("t")!.Slots.Count == n, $"slot {n}");
        }
    }

    [Fact]
    public async Task A_board_out_of_touch_disconnects_its_screens_until_it_is_back()
    {
        await using var stage = await LiveStage.StartAsync(
            o => (o.RenewEvery, o.StaleAfter) = (TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(500)), LiveSample.Territory("t", 1));
        stage.Boards["t"].Change(LiveSample.Upcoming(1));
        var screen = await stage.Connect(LiveSample.Pharmacist("t"));
        await screen.WatchAsync("t");
        stage.Boards["t"].Silent = true;
        await screen.Closed.WaitAsync(TimeSpan.FromSeconds(10));
        await screen.DisposeAsync();
        await using var back = await stage.Connect(LiveSample.Pharmacist("t"));
        Assert.Contains("unavailable", (await Assert.ThrowsAsync<LiveRefusedException>(() => back.WatchAsync("t"))).Message, StringComparison.Ordinal);
        stage.Boards["t"].Silent = false;
        await Eventually.True(async () =>
        {
            try { return await back.WatchAsync("t") is not null; }
            catch (LiveRefusedException) { return false; }
        }, "the board is back");
    }

    [Fact]
    public async Task Rest_reads_the_same_memory()
    {
        await using var stage = await LiveStage.StartAsync(null, LiveSample.Territory("t", 1));
        stage.Boards["t"].Change(LiveSample.Upcoming(1, taken: 1), LiveSample.Upcoming(3), LiveSample.Upcoming(2), LiveSample.Upcoming(4, audience: Audience.Snp));
        var boards = stage.Services.GetRequiredService<IBoards>();
        var board = await boards.Board(LiveSample.Pharmacist("t"), "t", default);
        Assert.Equal(["t-a0.s1", "t-a0.s2", "t-a0.s3"], board!.Slots.Select(s => s.Id));
        Assert.Null(await boards.Board(LiveSample.Pharmacist("u"), "t", default));
        Assert.Null(await boards.Board(LiveSample.Pharmacist("t"), "nowhere", default));
        var alternatives = await boards.Alternatives(LiveSample.Pharmacist("t"), "t-a0.s2", 3, default);
        Assert.Equal(["t-a0.s3"], alternatives.Select(s => s.Id));
        Assert.Empty(await boards.Alternatives(LiveSample.Pharmacist("u"), "t-a0.s2", 3, default));
        Assert.Empty(await boards.Alternatives(LiveSample.Pharmacist("t"), "other-a0.s2", 3, default));
    }

    [Fact]
    public async Task Turns_are_told_for_agendas_of_which_one_sees_slots()
    {
        await using var stage = await LiveStage.StartAsync(null, LiveSample.Territory("t", 3));
        stage.Boards["t"].Change(LiveSample.Upcoming(1));
        var boards = stage.Services.GetRequiredService<IBoards>();
        var turns = await boards.Turns(LiveSample.Pharmacist("t"), "t", default);
        Assert.Equal([new("t-a0", 2)], turns!); // of t-a1 and t-a2 there is no slot to see
        Assert.Null(await boards.Turns(LiveSample.Pharmacist("u"), "t", default));
    }

    [Fact]
    public async Task Alternatives_come_soonest_then_nearest_then_by_turns()
    {
        var territory = LiveSample.Territory("t", 4);
        territory = territory with
        {
            Places = [.. territory.Places, territory.Places[0] with { Id = "far", Lat = 47.2 }],
            Agendas = [.. territory.Agendas.Select((one, n) => n == 1 ? one with { PlaceId = "far" } : one)],
        };
        await using var stage = await LiveStage.StartAsync(null, territory);
        var board = stage.Boards["t"];
        var far = LiveSample.Slot("t-a1", 1, LiveSample.Soon);
        board.Change(
            LiveSample.Upcoming(1, taken: 1), LiveSample.Slot("t-a0", 2, LiveSample.Soon), far with { Facts = far.Facts with { PlaceId = "far" } }, LiveSample.Slot("t-a2", 1, LiveSample.Soon),
            LiveSample.Slot("t-a3", 1, LiveSample.Soon.AddMinutes(-15)));
        // The stage's turns run against the agendas' order: without them t-a0 would come before t-a2.
        var boards = stage.Services.GetRequiredService<IBoards>();
        await boards.Board(LiveSample.Pharmacist("t"), "t", default);
        var alternatives = await boards.Alternatives(LiveSample.Pharmacist("t"), "t-a0.s1", 4, default);
        Assert.Equal(["t-a3.s1", "t-a2.s1", "t-a0.s2", "t-a1.s1"], alternatives.Select(s => s.Id));
    }

    /// <summary>Frames to the node get lost, screens drop and return at random: after quiet all pictures are equal.</summary>
    [Fact]
    public async Task Pictures_converge_whatever_is_lost()
    {
        var seed = Seeds.Next();
        output.WriteLine($"SNP_SEED={seed}");
        var random = new Random(seed);
        await using var stage = await LiveStage.StartAsync(o => (o.RenewEvery, o.RingFrames) = (TimeSpan.FromMilliseconds(200), 16), LiveSample.Territory("t", 1));
        var board = stage.Boards["t"];
        board.Loses = () => Random.Shared.Next(10) == 0;
        var truth = new Dictionary<string, string>();
        var screens = new List<LiveClient>();
        for (var n = 0; n < 8; n++) screens.Add(await Open(null));
        for (var step = 0; step < 400; step++)
        {
            var slot = LiveSample.Upcoming(random.Next(20), random.Next(2));
            if (random.Next(5) == 0)
            {
                board.Remove(slot.Facts.SlotId);
                truth.Remove(slot.Facts.SlotId);
            }
            else
            {
                board.Change(slot);
                truth[slot.Facts.SlotId] = slot.Taken > 0 ? "booked" : "free";
            }
            if (random.Next(20) == 0)
            {
                var n = random.Next(screens.Count);
                var known = random.Next(2) == 0 ? screens[n].Picture("t") : null;
                await screens[n].DisposeAsync();
                screens[n] = await Open(known);
            }
            if (random.Next(4) == 0) await Task.Delay(random.Next(4));
        }
        foreach (var screen in screens)
        {
            await screen.UntilAsync(s => s.Picture("t")?.Slots.ToDictionary(p => p.Key, p => p.Value.GetProperty("state").GetString()!) is { } shown
                && shown.Count == truth.Count && shown.All(p => truth.GetValueOrDefault(p.Key) == p.Value), "the truth");
            Assert.Equal(0, screen.Gaps); // one connection never misses a frame
            await screen.DisposeAsync();
        }

        async Task<LiveClient> Open(LivePicture? known)
        {
            var screen = await stage.Connect(LiveSample.Pharmacist("t"));
            await screen.WatchAsync(["t"], known);
            return screen;
        }
    }

    [Fact]
    public async Task Five_hundred_returning_screens_ask_no_grain()
    {
        await using var stage = await LiveStage.StartAsync(o => o.RenewEvery = TimeSpan.FromHours(1), LiveSample.Territory("t", 1));
        stage.Boards["t"].Change(Enumerable.Range(1, 100).Select(n => LiveSample.Upcoming(n)));
        await using var first = await stage.Connect(LiveSample.Pharmacist("t"));
        await first.WatchAsync("t");
        await first.UntilAsync(s => s.Picture("t") is { Slots.Count: 100 }, "the board");
        var (calls, clock) = (stage.Boards["t"].Calls, Stopwatch.StartNew());
        var screens = new List<LiveClient>();
        foreach (var some in Enumerable.Range(0, 500).Chunk(100))
            screens.AddRange(await Task.WhenAll(some.Select(async n =>
            {
                var screen = await stage.Connect(LiveSample.Pharmacist("t", $"p{n}"));
                await screen.WatchAsync("t");
                return screen;
            })));
        stage.Boards["t"].Change(LiveSample.Upcoming(1, taken: 1));
        foreach (var screen in screens) await screen.UntilAsync(s => s.Picture("t") is { Slots.Count: 100 } p && p.StateOf("t-a0.s1") == "booked", "the right picture");
        output.WriteLine($"500 screens right after {clock.ElapsedMilliseconds} ms.");
        Assert.Equal(calls, stage.Boards["t"].Calls);
        foreach (var screen in screens) await screen.DisposeAsync();
    }
}
