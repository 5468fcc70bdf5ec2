namespace SnpLive.Tests.Conformance;

public sealed class TurnTests(ConformanceEngine engine) : IClassFixture<ConformanceEngine>
{
    private readonly Stage stage = engine.Stage;

    /// <summary>Orleans may reorder calls of one caller that are not awaited one by one (seen); nobody may count on their order.</summary>
    [Fact]
    public async Task Every_call_gets_one_turn_and_awaited_calls_keep_their_order()
    {
        var probe = engine.Grains.GetGrain<IProbeGrain>("order");
        for (var i = 0; i < 10; i++) Assert.Equal(i + 1, await probe.Write(new(i, "awaited")));
        var positions = await Task.WhenAll(Enumerable.Range(10, 90).Select(i => probe.Write(new(i, "at once"))));
        Assert.Equal(Enumerable.Range(11, 90), positions.Order());
        var callers = (await probe.Journal()).Select(n => n.Caller).ToArray();
        Assert.Equal(Enumerable.Range(0, 10), callers.Take(10));
        Assert.Equal(Enumerable.Range(0, 100), callers.Order());
    }

    [Fact]
    public async Task A_turn_is_not_entered_while_it_awaits()
    {
        var probe = engine.Grains.GetGrain<IProbeGrain>("await");
        var first = probe.Pass("await");
        await stage.SomebodyAtAsync("await");
        var second = probe.Write(new(2, "second"));
        var read = probe.Journal();
        Assert.False(second.IsCompleted);
        Assert.False(read.IsCompleted, "Not even a [ReadOnly] call comes in between.");
        stage.Open("await");
        await Task.WhenAll(first, second, read);
        Assert.Equal(["before await", "after await", "second"], (await probe.Journal()).Select(n => n.Text));
    }

    [Fact]
    public async Task Of_200_concurrent_callers_one_wins()
    {
        var probe = engine.Grains.GetGrain<IProbeGrain>("crowd");
        var won = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => probe.Take("slot"))));
        Assert.Equal(1, won.Count(w => w));
    }

    [Fact]
    public async Task Grains_do_not_wait_for_each_other()
    {
        var held = engine.Grains.GetGrain<IProbeGrain>("held").Pass("held");
        await stage.SomebodyAtAsync("held");
        Assert.Equal(1, await engine.Grains.GetGrain<IProbeGrain>("free").Write(new(1, "free")));
        stage.Open("held");
        await held;
    }

    [Fact]
    public async Task A_one_way_call_returns_before_it_is_carried_out()
    {
        var probe = engine.Grains.GetGrain<IProbeGrain>("one way");
        await probe.Tell("one way");
        await stage.SomebodyAtAsync("one way");
        stage.Open("one way");
        Assert.Equal(["before one way", "after one way"], (await probe.Journal()).Select(n => n.Text));
    }

    [Fact]
    public async Task A_one_way_call_never_throws()
    {
        var probe = engine.Grains.GetGrain<IProbeGrain>("one way wrong");
        await probe.TellWrong();
        Assert.Empty(await probe.Journal());
    }

    [Fact]
    public async Task A_reference_knows_its_key_and_a_grain_its_reference()
    {
        var probe = engine.Grains.GetGrain<IProbeGrain>("Clé/é 1");
        Assert.Equal("Clé/é 1", probe.GetPrimaryKeyString());
        Assert.Equal("Clé/é 1 Clé/é 1", await probe.KeyAndSelf());
        Assert.Equal(probe, engine.Grains.GetGrain<IProbeGrain>("Clé/é 1"));
        Assert.Equal(probe.GetGrainId(), engine.Grains.GetGrain<IProbeGrain>("Clé/é 1").GetGrainId());
        Assert.NotEqual(probe, engine.Grains.GetGrain<IProbeGrain>("another"));
    }
}
