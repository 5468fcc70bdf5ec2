using SnpLive.Silo.Engines;

namespace SnpLive.Tests.Conformance;

/// <summary>Activation, deactivation, and what stays.</summary>
public sealed class LifeTests(ConformanceEngine engine) : IClassFixture<ConformanceEngine>
{
    private readonly Stage stage = engine.Stage;

    [Fact]
    public async Task A_grain_is_activated_once_by_its_first_callers()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(
            _ => Task.Run(() => engine.Grains.GetGrain<IProbeGrain>("once").Incarnation())));
        Assert.Single(answers.Distinct());
        Assert.Equal(1, stage.Times("activated once"));
    }

    [Fact]
    public async Task After_DeactivateOnIdle_the_next_call_finds_a_new_activation()
    {
        var probe = engine.Grains.GetGrain<IProbeGrain>("retire");
        var first = await probe.Incarnation();
        await probe.Retire();
        Assert.NotEqual(first, await probe.Incarnation());
        Assert.Equal(1, stage.Times("deactivated retire ApplicationRequested"));
    }

    [Fact]
    public async Task Calls_that_wait_while_a_grain_deactivates_are_all_answered()
    {
        var probe = engine.Grains.GetGrain<IProbeGrain>("heir");
        var held = probe.Pass("heir");
        await stage.SomebodyAtAsync("heir");
        var retired = probe.Retire();
        var written = Enumerable.Range(0, 20).Select(i => probe.Write(new(i, "heir"))).ToArray();
        stage.Open("heir");
        await Task.WhenAll([held, retired, .. written]);
        var left = await probe.Journal(); // the successor's: Orleans may have put some calls before the retirement
        Assert.Equal(left.Length, left.Select(n => n.Caller).Distinct().Count());
        Assert.Equal(2, stage.Times("activated heir"));
    }

    [Fact]
    public async Task Calls_that_wait_outlive_one_deactivation_after_another()
    {
        var probe = engine.Grains.GetGrain<IProbeGrain>("dynasty");
        var held = probe.Pass("dynasty");
        await stage.SomebodyAtAsync("dynasty");
        var waiting = Enumerable.Range(0, 20).SelectMany(i => new[] { probe.Retire(), probe.Write(new(i, "dynasty")) }).ToArray();
        stage.Open("dynasty");
        await Task.WhenAll([held, .. waiting]);
    }

    [Fact]
    public async Task A_failed_activation_is_the_callers_error_and_the_next_call_works()
    {
        var probe = engine.Grains.GetGrain<IProbeGrain>("moody");
        stage.RefuseNextActivation("moody");
        var error = await Assert.ThrowsAnyAsync<Exception>(() => probe.Write(new(1, "first")));
        Assert.Contains("does not want to wake up", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, await probe.Write(new(2, "second")));
    }

    [Fact]
    public async Task An_idle_grain_is_collected_and_a_busy_one_is_not()
    {
        var own = new Stage();
        await using var hasty = await ConformanceEngine.StartAsync(
            own, new(), new EngineOptions { CollectionAge = TimeSpan.FromSeconds(1), CollectionQuantum = TimeSpan.FromMilliseconds(200) });
        var busy = hasty.Grains.GetGrain<IProbeGrain>("busy");
        var held = busy.Pass("busy");
        var idle = hasty.Grains.GetGrain<IProbeGrain>("idle");
        var first = await idle.Incarnation();
        await own.ReachedAsync("deactivated idle ActivationIdle");
        Assert.NotEqual(first, await idle.Incarnation());
        Assert.Equal(0, own.Times("deactivated busy"));
        own.Open("busy");
        await held;
        Assert.Equal(2, (await busy.Journal()).Length);
    }

    [Fact]
    public async Task Grains_deactivate_when_the_engine_stops()
    {
        var own = new Stage();
        var shortLived = await ConformanceEngine.StartAsync(own, new(), new());
        await shortLived.Grains.GetGrain<IProbeGrain>("last").Incarnation();
        await shortLived.DisposeAsync();
        await own.ReachedAsync("deactivated last");
    }
}
