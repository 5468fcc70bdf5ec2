namespace SnpLive.Tests.Conformance;

/// <summary>Grains that say that their calls may interleave.</summary>
public sealed class ReentrancyTests(ConformanceEngine engine) : IClassFixture<ConformanceEngine>
{
    private readonly Stage stage = engine.Stage;

    [Fact]
    public async Task A_reentrant_grain_is_entered_while_it_awaits()
    {
        var grain = engine.Grains.GetGrain<ICrossingGrain>("enter");
        var first = grain.Pass("enter 1");
        await stage.SomebodyAtAsync("enter 1");
        var second = grain.Pass("enter 2");
        await stage.SomebodyAtAsync("enter 2");
        Assert.Equal(["before enter 1", "before enter 2"], await grain.Journal());
        stage.Open("enter 2");
        await second;
        Assert.False(first.IsCompleted);
        stage.Open("enter 1");
        await first;
        Assert.Equal(["before enter 1", "before enter 2", "after enter 2", "after enter 1"], await grain.Journal());
    }

    [Fact]
    public async Task Only_one_of_its_calls_runs_at_a_time()
    {
        var grain = engine.Grains.GetGrain<ICrossingGrain>("crowd");
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => grain.Count(20))));
        Assert.Equal(2_001, await grain.Count(1));
    }

    [Fact]
    public async Task It_ends_after_the_calls_that_it_has_begun()
    {
        var grain = engine.Grains.GetGrain<ICrossingGrain>("end");
        var first = grain.Pass("end 1");
        await stage.SomebodyAtAsync("end 1");
        var second = grain.Pass("end 2");
        await stage.SomebodyAtAsync("end 2");
        await grain.Retire();
        var next = grain.Journal();
        stage.Open("end 1");
        await first;
        stage.Open("end 2");
        await second;
        await next;
        Assert.Empty(await grain.Journal()); // the successor's
        await stage.ReachedAsync("deactivated end after before end 1, before end 2, after end 1, after end 2");
    }

    [Fact]
    public async Task Each_call_keeps_what_travels_with_it()
    {
        var grain = engine.Grains.GetGrain<ICrossingGrain>("context");
        var calls = new List<Task<string?>>();
        for (var i = 0; i < 3; i++)
        {
            RequestContext.Set("who", $"caller {i}");
            calls.Add(grain.Context("who", $"context {i}"));
            await stage.SomebodyAtAsync($"context {i}");
        }
        RequestContext.Clear();
        for (var i = 2; i >= 0; i--) stage.Open($"context {i}");
        for (var i = 0; i < 3; i++) Assert.Equal($"caller {i}", await calls[i]);
    }
}
