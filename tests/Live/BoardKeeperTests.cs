using SnpLive.Grains.Agendas;
using SnpLive.Grains.Ledger;
using SnpLive.Tests.Support;
using SnpLive.Web.Live;

namespace SnpLive.Tests.Live;

public sealed class BoardKeeperTests(ITestOutputHelper output)
{
    private readonly KeeperStage stage = new(LiveSample.Territory("t", 3));
    private readonly KeeperStage.Node node = new();

    [Fact]
    public async Task A_cold_start_is_one_range_query_and_asks_only_agendas_with_recent_holds()
    {
        stage.Commit("t-a0", LiveSample.Slot("t-a0", 1));
        stage.Commit("t-a1", LiveSample.Slot("t-a1", 1, holds: new HoldPicture("h", "x", "org", LiveSample.Now.AddMinutes(3))));
        stage.RecentlyHeld.Add("t-a1");
        await stage.Turn(stage.Keeper.Start);
        var snapshot = await stage.Watch(node);
        Assert.Equal(2, snapshot!.Slots.Length);
        Assert.Single(snapshot.Slots.Single(s => s.Facts.AgendaId == "t-a1").Holds);
        Assert.Equal((1, 1), (stage.RangeReads, stage.Looks));
        Assert.Null(await stage.Watch(node, snapshot.Epoch, snapshot.Seq));
    }

    [Fact]
    public async Task A_change_during_the_load_is_not_lost()
    {
        var gate = new TaskCompletionSource();
        stage.LedgerGate = gate.Task;
        var watching = stage.Turn(() => stage.Keeper.Watch("node", node.Observer, null, 0));
        await Eventually.True(() => Task.FromResult(stage.RangeReads == 1), "the range is being read");
        var change = stage.Commit("t-a0", LiveSample.Slot("t-a0", 1));
        await stage.Turn(() => stage.Keeper.AgendaChanged(change));
        gate.SetResult();
        await watching;
        await Eventually.True(async () => (await stage.Watch(node))!.Slots.Length == 1, "the slot", TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_lost_change_is_found_by_the_comparison_or_by_the_next_change()
    {
        await stage.Watch(node);
        stage.Commit("t-a0", LiveSample.Slot("t-a0", 1)); // lost
        await stage.Turn(stage.Keeper.Converge);
        await Eventually.True(() => Task.FromResult(node.Frames.Any(f => f.Slots.Any(s => s.Facts.SlotId == "t-a0.s1"))), "the slot by comparison");
        stage.Commit("t-a0", LiveSample.Slot("t-a0", 2)); // lost
        var next = stage.Commit("t-a0", LiveSample.Slot("t-a0", 3));
        await stage.Turn(() => stage.Keeper.AgendaChanged(next));
        await Eventually.True(() => Task.FromResult(node.Frames.SelectMany(f => f.Slots).Any(s => s.Facts.SlotId == "t-a0.s2")), "the slot by its gap");
        Assert.Equal(1, stage.RangeReads);
    }

    [Fact]
    public async Task Turns_follow_what_was_offered_and_booked_and_begin_anew_with_the_document()
    {
        stage.Commit("t-a0", LiveSample.Slot("t-a0", 1, taken: 1));
        stage.Commit("t-a1", LiveSample.Slot("t-a1", 1), LiveSample.Slot("t-a1", 2, taken: 1));
        Assert.Equal([new("t-a0", 2), new("t-a1", 1), new("t-a2", 0)], await stage.Turn(() => stage.Keeper.Turns()));
        var reads = stage.RangeReads;
        await stage.Turn(() => stage.Keeper.Turns());
        Assert.Equal(reads, stage.RangeReads); // some minutes old is good enough
        stage.Document = LiveSample.Territory("t", 1);
        await stage.Turn(stage.Keeper.TerritoryChanged);
        Assert.Equal([new("t-a0", 2)], await stage.Turn(() => stage.Keeper.Turns()));
    }

    [Fact]
    public async Task Turns_that_could_not_be_read_are_read_at_the_next_question()
    {
        await stage.Watch(node);
        stage.LedgerDown = true;
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => stage.Turn(() => stage.Keeper.Turns()));
        stage.LedgerDown = false;
        Assert.Equal(3, (await stage.Turn(() => stage.Keeper.Turns())).Length);
    }

    [Fact]
    public async Task Without_the_ledger_a_board_serves_on_and_a_cold_one_tries_again()
    {
        stage.LedgerDown = true;
        await stage.Turn(stage.Keeper.Start);
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => stage.Watch(node));
        stage.LedgerDown = false;
        Assert.NotNull(await stage.Watch(node));
        stage.LedgerDown = true;
        await stage.Turn(stage.Keeper.TerritoryChanged);
        await stage.Turn(stage.Keeper.Converge);
        var change = stage.Commit("t-a0", LiveSample.Slot("t-a0", 1));
        await stage.Turn(() => stage.Keeper.AgendaChanged(change));
        Assert.Single((await stage.Watch(node))!.Slots);
        var before = (await stage.Watch(node))!.Epoch;
        stage.LedgerDown = false;
        await stage.Turn(stage.Keeper.Converge); // the territory's change is made up for
        var after = await stage.Watch(node);
        Assert.NotEqual(before, after!.Epoch);
        Assert.Single(after.Slots);
    }

    [Fact]
    public async Task A_slow_or_failing_node_delays_no_other()
    {
        var slow = new KeeperStage.Node(() => new TaskCompletionSource().Task);
        var broken = new KeeperStage.Node(() => throw new InvalidOperationException("broken"));
        await stage.Watch(broken, id: "broken");
        await stage.Watch(slow, id: "slow");
        await stage.Watch(node);
        for (var n = 1; n <= 3; n++)
        {
            var change = stage.Commit("t-a0", LiveSample.Slot("t-a0", n));
            await stage.Turn(() => stage.Keeper.AgendaChanged(change));
        }
        Assert.Equal([1L, 2, 3], node.Frames.Select(f => f.Seq));
        Assert.Equal([1L, 2, 3], slow.Frames.Select(f => f.Seq));
    }

    [Fact]
    public async Task A_lease_that_is_not_renewed_ends()
    {
        var short_ = new KeeperStage(LiveSample.Territory("t", 1), new() { Lease = TimeSpan.FromMilliseconds(100) });
        await short_.Watch(node);
        await Task.Delay(200);
        var change = short_.Commit("t-a0", LiveSample.Slot("t-a0", 1));
        await short_.Turn(() => short_.Keeper.AgendaChanged(change));
        Assert.Empty(node.Frames);
        var renewed = await short_.Watch(node);
        Assert.Equal(1, renewed!.Seq);
    }

    [Fact]
    public async Task A_changed_territory_begins_a_new_epoch_and_keeps_what_is_known()
    {
        var held = stage.Commit("t-a0", LiveSample.Slot("t-a0", 1, holds: new HoldPicture("h", "x", "org", LiveSample.Now.AddMinutes(3))));
        var before = await stage.Watch(node);
        await stage.Turn(() => stage.Keeper.AgendaChanged(held));
        stage.Commit("t-a4", LiveSample.Slot("t-a4", 1));
        stage.Document = LiveSample.Territory("t", 5);
        await stage.Turn(stage.Keeper.TerritoryChanged);
        Assert.Contains(node.Frames, f => f.Epoch != before!.Epoch); // nodes are told to ask
        var after = await stage.Watch(node, before!.Epoch, before.Seq);
        Assert.Equal(["t-a0.s1", "t-a4.s1"], after!.Slots.Select(s => s.Facts.SlotId).Order());
        stage.Document = LiveSample.Territory("t", 1);
        await stage.Turn(stage.Keeper.TerritoryChanged);
        Assert.Single((await stage.Watch(node))!.Slots);
    }

    /// <summary>Agendas commit, one-way messages get lost on both legs, the ledger comes and goes, the territory changes: after quiet the node is right.</summary>
    [Fact]
    public async Task A_node_ends_at_the_truth_whatever_is_lost()
    {
        var seed = Seeds.Next();
        output.WriteLine($"SNP_SEED={seed}");
        var random = new Random(seed);
        for (var round = 0; round < 40; round++)
        {
            var world = new KeeperStage(LiveSample.Territory("t", 3));
            var told = new KeeperStage.Node();
            var (raw, seen, touched) = (new RawPicture(8), 0, new HashSet<string>());
            for (var step = 0; step < 60; step++)
            {
                world.LedgerDown = random.Next(10) == 0;
                switch (random.Next(10))
                {
                    case < 6:
                        var agenda = $"t-a{random.Next(3)}";
                        var change = world.Commit(agenda, LiveSample.Slot(agenda, random.Next(5), taken: random.Next(5), capacity: 9));
                        if (random.Next(4) > 0) _ = world.Turn(() => world.Keeper.AgendaChanged(change));
                        break;
                    case 6: _ = world.Turn(world.Keeper.Converge); break;
                    case 7 when random.Next(4) == 0: _ = world.Turn(world.Keeper.TerritoryChanged); break;
                    default: Hear(random.Next(4) == 0); break;
                }
            }
            world.LedgerDown = false;
            await Eventually.True(async () =>
            {
                await world.Turn(world.Keeper.Converge);
                await world.Turn(() => { });
                Hear(false);
                raw.Take(await world.Watch(told, raw.Epoch, raw.Seq), touched);
                var truth = world.Truth();
                return raw.Slots.Count == truth.Count && raw.Slots.All(s => truth.TryGetValue(s.Key, out var taken) && taken == s.Value.Taken);
            }, "the truth", TimeSpan.FromSeconds(5));

            void Hear(bool lose)
            {
                var frames = told.Frames;
                for (; seen < frames.Length; seen++)
                    if (!lose) raw.Apply(frames[seen], touched);
            }
        }
    }
}
