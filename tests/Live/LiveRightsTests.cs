using System.Net.WebSockets;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.Live;

/// <summary>What rights do to a live board: what one may not see never comes, and what changes shows at once.</summary>
public sealed class LiveRightsTests
{
    [Fact]
    public async Task Each_audience_sees_its_own_and_a_shrinking_audience_removes()
    {
        await using var stage = await LiveStage.StartAsync(null, LiveSample.Territory("t", 1));
        stage.Boards["t"].Change(LiveSample.Upcoming(1), LiveSample.Upcoming(2, audience: Audience.Snp));
        await using var pharmacist = await stage.Connect(LiveSample.Pharmacist("t"));
        await using var regulator = await stage.Connect(LiveSample.Regulator());
        await pharmacist.WatchAsync("t");
        await regulator.WatchAsync("t");
        await regulator.UntilAsync(s => s.Picture("t")?.Slots.Count == 2, "both slots");
        await pharmacist.UntilAsync(s => s.Picture("t")?.Slots.Count == 1, "one slot");
        Assert.NotEqual(regulator.Picture("t")!.View, pharmacist.Picture("t")!.View);
        stage.Boards["t"].Change(LiveSample.Upcoming(1, audience: Audience.Snp));
        await pharmacist.UntilAsync(s => s.Picture("t")!.Slots.IsEmpty, "the removal");
        Assert.Equal(2, regulator.Picture("t")!.Slots.Count);
    }

    [Fact]
    public async Task Denied_by_default()
    {
        await using var stage = await LiveStage.StartAsync(null, LiveSample.Territory("t", 1), LiveSample.Territory("u", 1));
        stage.Boards["t"].Change(LiveSample.Upcoming(1));
        var nobody = await Assert.ThrowsAsync<WebSocketException>(() => LiveClient.ConnectAsync(stage.Address));
        Assert.Contains("401", nobody.Message, StringComparison.Ordinal);
        stage.People["x"] = LiveSample.Pharmacist("t", "x");
        var foreign = await Assert.ThrowsAsync<WebSocketException>(() =>
            LiveClient.ConnectAsync(stage.Address, [new("X-Actor", "x"), new("Origin", "https://evil.example")]));
        Assert.Contains("403", foreign.Message, StringComparison.Ordinal);
        await (await LiveClient.ConnectAsync(stage.Address, [new("X-Actor", "x"), new("Origin", stage.Address.GetLeftPart(UriPartial.Authority))])).DisposeAsync();

        await using var stranger = await stage.Connect(LiveSample.Pharmacist("u"));
        foreach (var ids in (string[][])[["t"], ["u", "t"], ["nowhere"]])
            Assert.Contains("territory-unknown", (await Assert.ThrowsAsync<LiveRefusedException>(() => stranger.WatchAsync(ids))).Message, StringComparison.Ordinal);
        await using var elsewhere = await stage.Connect(LiveSample.Regulator("sas-2"));
        await Assert.ThrowsAsync<LiveRefusedException>(() => elsewhere.WatchAsync("t"));
        await using var coordinator = await stage.Connect(new Actor("c", Role.Coordinator, "org", null, ["t"], [], []));
        await coordinator.WatchAsync("t"); // a member, but no grant lets them see a slot
        await coordinator.UntilAsync(s => s.Picture("t") is { Slots.IsEmpty: true }, "an empty board");
        Assert.Null(stranger.Picture("t"));
        Assert.Null(stranger.Picture("u"));
    }

    [Fact]
    public async Task Changed_grants_begin_a_new_epoch()
    {
        await using var stage = await LiveStage.StartAsync(null, LiveSample.Territory("t", 1));
        stage.Boards["t"].Change(LiveSample.Upcoming(1));
        await using var pharmacist = await stage.Connect(LiveSample.Pharmacist("t"));
        await using var regulator = await stage.Connect(LiveSample.Regulator());
        await pharmacist.WatchAsync("t");
        await regulator.WatchAsync("t");
        await pharmacist.UntilAsync(s => s.Picture("t") is { Slots.Count: 1 }, "the slot");
        var before = pharmacist.Picture("t")!.Epoch;
        stage.Boards["t"].Restart(LiveSample.Territory("t", 1, LiveSample.See("t", Role.Regulator)));
        await pharmacist.UntilAsync(s => s.Picture("t") is { Slots.IsEmpty: true } p && p.Epoch != before, "an empty snapshot");
        stage.Boards["t"].Change(LiveSample.Upcoming(2));
        await regulator.UntilAsync(s => s.Picture("t") is { Slots.Count: 2 }, "the other goes on");
        Assert.Empty(pharmacist.Picture("t")!.Slots);
    }

    [Fact]
    public async Task A_picture_begins_anew_when_what_else_the_grants_open_is_known()
    {
        await using var stage = await LiveStage.StartAsync(null, LiveSample.Territory("t", 1));
        await using var pharmacist = await stage.Connect(LiveSample.Pharmacist("t"));
        await pharmacist.WatchAsync("t");
        await pharmacist.UntilAsync(s => s.Picture("t") is not null, "the picture");
        Assert.Equal(0, stage.Reading.Renewals); // a first picture costs nobody a look at all territories
        var (before, gate) = (pharmacist.Picture("t")!.Epoch, new TaskCompletionSource());
        stage.Reading.Gate = gate.Task;
        stage.Boards["t"].Restart(LiveSample.Territory("t", 1, LiveSample.See("t", Role.Regulator)));
        await Eventually.True(() => Task.FromResult(stage.Reading.Renewals == 1), "the node reads anew");
        Assert.Equal(before, pharmacist.Picture("t")!.Epoch);
        gate.SetResult();
        await pharmacist.UntilAsync(s => s.Picture("t")!.Epoch != before, "a picture that begins anew");
    }

    [Fact]
    public async Task A_person_who_is_no_longer_signed_in_is_disconnected()
    {
        await using var stage = await LiveStage.StartAsync(o => o.ActorCheck = TimeSpan.Zero, LiveSample.Territory("t", 1));
        await using var screen = await stage.Connect(LiveSample.Pharmacist("t"));
        await screen.WatchAsync("t");
        stage.People.Clear();
        await screen.Closed.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_delegate_sees_the_agenda_live_from_being_named_until_no_longer()
    {
        await using var stage = await LiveStage.StartAsync(o => o.ActorCheck = TimeSpan.FromMilliseconds(200), LiveSample.Territory("t", 2));
        stage.Boards["t"].Change(LiveSample.Upcoming(1), LiveSample.Slot("t-a1", 1, LiveSample.Soon));
        await using var coordinator = await stage.Connect(new("coo", Role.Coordinator, "org-cpts", null, ["t"], [], []));
        await coordinator.WatchAsync("t");
        await coordinator.UntilAsync(s => s.Picture("t") is { Slots.IsEmpty: true }, "coordinators see no slots");
        stage.Delegated["coo"] = ["t-a0"];
        await coordinator.UntilAsync(s => s.Picture("t")!.Slots.Keys.SequenceEqual(["t-a0.s1"]), "the one agenda's slots");
        stage.Boards["t"].Change(LiveSample.Upcoming(1, taken: 1), LiveSample.Upcoming(2));
        await coordinator.UntilAsync(s => s.Picture("t")!.StateOf("t-a0.s1") == "booked" && s.Picture("t")!.StateOf("t-a0.s2") == "free", "frames");
        stage.Delegated["coo"] = [];
        await coordinator.UntilAsync(s => s.Picture("t")!.Slots.IsEmpty, "no longer a delegate");
    }
}
