using SnpLive.Silo.Engines;
using SnpLive.Tests.Engines;

namespace SnpLive.Tests.Conformance;

/// <summary>With an engine of little patience.</summary>
public sealed class TimeOutTests : IAsyncLifetime
{
    private readonly Stage stage = new();
    private EngineFixture engine = null!;

    public async ValueTask InitializeAsync() => engine = await ConformanceEngine.StartAsync(
        stage, new(), new EngineOptions { ResponseTimeout = TimeSpan.FromSeconds(2), MaxQueuedCalls = 5 });

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task A_call_that_is_not_answered_in_time_throws_and_keeps_its_turn()
    {
        var probe = engine.Grains.GetGrain<IProbeGrain>("late");
        await Assert.ThrowsAsync<TimeoutException>(() => probe.Pass("late"));
        var next = probe.Write(new(1, "next"));
        Assert.False(next.IsCompleted);
        stage.Open("late");
        await next;
        Assert.Equal(["before late", "after late", "next"], (await probe.Journal()).Select(n => n.Text));
    }

    [Fact]
    public async Task A_call_whose_caller_gave_up_before_its_turn_is_dropped()
    {
        var probe = engine.Grains.GetGrain<IProbeGrain>("given up");
        await Assert.ThrowsAsync<TimeoutException>(() => probe.Pass("given up"));
        await Assert.ThrowsAsync<TimeoutException>(() => probe.Write(new(1, "never")));
        await Task.Delay(TimeSpan.FromMilliseconds(500)); // the call's own time to live began a moment after its caller's
        stage.Open("given up");
        Assert.Equal(["before given up", "after given up"], (await probe.Journal()).Select(n => n.Text));
    }

    [Fact]
    public async Task A_grain_with_too_many_waiting_calls_refuses_more()
    {
        var probe = engine.Grains.GetGrain<IProbeGrain>("crowded");
        var held = probe.Pass("crowded");
        await stage.SomebodyAtAsync("crowded");
        var waiting = Enumerable.Range(0, 10).Select(i => probe.Write(new(i, "waits"))).ToArray();
        // Every refusal that must come, before the queue moves: a call still on its way would find room then.
        var refused = 0;
        await foreach (var one in Task.WhenEach(waiting))
        {
            Assert.IsAssignableFrom<OrleansException>(one.Exception?.InnerException);
            if (++refused == waiting.Length - 5) break;
        }
        stage.Open("crowded");
        await held;
        var outcomes = await Task.WhenAll(waiting.Select(w => w.ContinueWith(t => t.IsCompletedSuccessfully, TaskScheduler.Default)));
        Assert.InRange(outcomes.Count(ok => ok), 4, 5);
        Assert.Equal(outcomes.Count(ok => ok), (await probe.Journal()).Count(n => n.Text == "waits"));
    }
}
