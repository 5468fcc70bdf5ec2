using System.Runtime.CompilerServices;
using SnpLive.Silo.Engines;
using SnpLive.Tests.Engines;

namespace SnpLive.Tests.Conformance;

/// <summary>With an engine of little patience: a lost observer shows only in time-outs.</summary>
public sealed class ObserverTests : IAsyncLifetime
{
    private readonly Stage stage = new();
    private EngineFixture engine = null!;

    public async ValueTask InitializeAsync() =>
        engine = await ConformanceEngine.StartAsync(stage, new(), new EngineOptions { ResponseTimeout = TimeSpan.FromSeconds(2) });

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    /// <summary>Not in order: Orleans may reorder calls that are not awaited one by one (seen). Hence numbers on frames.</summary>
    [Fact]
    public async Task An_observer_hears_everything_once_and_one_call_at_a_time()
    {
        var (hub, listener, _) = await JoinAsync("everything");
        await hub.Shout(100);
        await stage.ReachedAsync("heard everything", times: 100);
        Assert.Equal(Enumerable.Range(0, 100), listener.Heard.Order());
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task An_observer_answers_and_its_errors_reach_the_caller()
    {
        var (hub, listener, _) = await JoinAsync("answers");
        Assert.Equal(42, await hub.Ask(41));
        await Assert.ThrowsAsync<InvalidOperationException>(() => hub.Ask(-1));
        Assert.Equal(1, await hub.Ask(0));
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task A_deleted_observer_never_answers_and_one_way_calls_to_it_never_throw()
    {
        var (hub, listener, reference) = await JoinAsync("deleted");
        engine.Grains.DeleteObjectReference<IListener>(reference);
        await hub.Shout(3);
        await Assert.ThrowsAsync<TimeoutException>(() => hub.Ask(1));
        Assert.Empty(listener.Heard);
        Assert.Throws<ArgumentException>(() => engine.Grains.DeleteObjectReference<IListener>(reference));
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task An_observer_is_held_weakly()
    {
        var hub = engine.Grains.GetGrain<IHubGrain>("forgotten");
        var observer = await JoinAndForgetAsync(hub);
        for (var i = 0; i < 50 && observer.IsAlive; i++)
        {
            await Task.Delay(20);
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(observer.IsAlive);
        await hub.Shout(3);
        await Assert.ThrowsAsync<TimeoutException>(() => hub.Ask(1));
    }

    [Fact]
    public void What_is_a_reference_already_gets_no_second_one()
    {
        var listener = new Listener(stage, "twice");
        var reference = engine.Grains.CreateObjectReference<IListener>(listener);
        Assert.Throws<ArgumentException>(() => engine.Grains.CreateObjectReference<IListener>(reference));
        Assert.Throws<ArgumentException>(() => engine.Grains.DeleteObjectReference<IListener>(listener));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task<WeakReference> JoinAndForgetAsync(IHubGrain hub)
    {
        var listener = new Listener(stage, "forgotten");
        await hub.Join(engine.Grains.CreateObjectReference<IListener>(listener));
        return new(listener);
    }

    private async Task<(IHubGrain Hub, Listener Listener, IListener Reference)> JoinAsync(string name)
    {
        var listener = new Listener(stage, name);
        var reference = engine.Grains.CreateObjectReference<IListener>(listener);
        var hub = engine.Grains.GetGrain<IHubGrain>(name);
        await hub.Join(reference);
        return (hub, listener, reference);
    }
}
