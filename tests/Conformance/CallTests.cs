namespace SnpLive.Tests.Conformance;

/// <summary>What travels with a call and comes back from it.</summary>
public sealed class CallTests(ConformanceEngine engine) : IClassFixture<ConformanceEngine>
{
    [Theory]
    [InlineData("at once", typeof(InvalidOperationException))]
    [InlineData("later", typeof(ArgumentOutOfRangeException))]
    public async Task Errors_keep_their_type(string how, Type expected)
    {
        var probe = engine.Grains.GetGrain<IProbeGrain>("errors " + how);
        var error = await Assert.ThrowsAsync(expected, () => probe.Fail(how));
        Assert.Contains(how, error.Message, StringComparison.Ordinal);
        Assert.Empty(await probe.Journal());
    }

    [Fact]
    public async Task The_request_context_travels_with_calls_and_never_back()
    {
        RequestContext.Set("trace", "abc");
        Assert.Equal("abc", await engine.Grains.GetGrain<IProbeGrain>("context").Context("trace"));
        Assert.Equal("abc", await engine.Grains.GetGrain<IProbeGrain>("context").ContextBeyond("trace", "context beyond"));
        Assert.Equal("abc", RequestContext.Get("trace"));
        Assert.True(RequestContext.Remove("trace"));
        Assert.False(RequestContext.Remove("trace"));
        Assert.Null(await engine.Grains.GetGrain<IProbeGrain>("context").Context("trace"));
        RequestContext.Set("trace", "abc");
        RequestContext.Clear();
        Assert.Null(await engine.Grains.GetGrain<IProbeGrain>("context").Context("trace"));
    }

    [Fact]
    public async Task A_query_ends_when_its_caller_cancels_it()
    {
        var probe = engine.Grains.GetGrain<IProbeGrain>("cancelled");
        using var cancel = new CancellationTokenSource();
        var watching = probe.Watch("cancelled", cancel.Token);
        await engine.Stage.SomebodyAtAsync("cancelled");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching);
        Assert.Empty(await probe.Journal().WaitAsync(Stage.Patience / 2));
    }

    [Fact]
    public async Task Caller_and_grain_share_no_mutable_object()
    {
        var probe = engine.Grains.GetGrain<IProbeGrain>("isolation");
        int[] mine = [1, 2, 3];
        await probe.Keep(mine);
        mine[0] = 100;
        var kept = await probe.Kept();
        Assert.Equal([1, 2, 3], kept);
        kept[1] = 200;
        var keptStill = await probe.Kept();
        Assert.Equal([1, 2, 3], keptStill);
    }
}
