namespace SnpLive.Tests.Conformance;

public sealed class TimerTests(ConformanceEngine engine) : IClassFixture<ConformanceEngine>
{
    /// <summary>Long enough for a tick that must not come to have come.</summary>
    private static readonly TimeSpan AWhile = TimeSpan.FromMilliseconds(250);

    private readonly Stage stage = engine.Stage;

    [Fact]
    public async Task A_timer_without_period_ticks_once()
    {
        var timer = engine.Grains.GetGrain<ITimerGrain>("once");
        await timer.Arm(20, Timeout.Infinite);
        await stage.ReachedAsync("tick once");
        await Task.Delay(AWhile);
        Assert.Equal(1, stage.Times("tick once"));
    }

    [Fact]
    public async Task A_timer_with_period_goes_on_until_it_is_disposed()
    {
        var timer = engine.Grains.GetGrain<ITimerGrain>("periodic");
        await timer.Arm(0, 20);
        await stage.ReachedAsync("tick periodic", times: 4);
        await timer.Disarm();
        var ticks = stage.Times("tick periodic");
        await Task.Delay(AWhile);
        Assert.Equal(ticks, stage.Times("tick periodic"));
    }

    [Fact]
    public async Task A_changed_timer_follows_its_new_times()
    {
        var timer = engine.Grains.GetGrain<ITimerGrain>("changed");
        await timer.Arm(600_000, Timeout.Infinite);
        await timer.Arm(20, Timeout.Infinite);
        await stage.ReachedAsync("tick changed");
        await timer.Arm(20, Timeout.Infinite);
        await stage.ReachedAsync("tick changed", times: 2);
        await timer.Arm(Timeout.Infinite, Timeout.Infinite);
        await Task.Delay(AWhile);
        Assert.Equal(2, stage.Times("tick changed"));
    }

    [Fact]
    public async Task A_tick_takes_a_turn_like_a_call()
    {
        var timer = engine.Grains.GetGrain<ITimerGrain>("turn");
        await timer.ArmGated("tick");
        await stage.SomebodyAtAsync("tick");
        var written = timer.Write("call");
        Assert.False(written.IsCompleted);
        stage.Open("tick");
        await written;
        Assert.Equal(["tick begins", "tick ends", "call"], await timer.Journal());
    }

    [Fact]
    public async Task A_failing_tick_does_not_stop_the_timer()
    {
        var timer = engine.Grains.GetGrain<ITimerGrain>("failing");
        await timer.ArmFailing(20);
        await stage.ReachedAsync("tick failing", times: 3);
        await timer.Retire();
    }

    [Fact]
    public async Task Timers_end_with_their_activation()
    {
        var timer = engine.Grains.GetGrain<ITimerGrain>("gone");
        await timer.Arm(0, 20);
        await stage.ReachedAsync("tick gone");
        await timer.Retire();
        await stage.ReachedAsync("deactivated gone");
        var ticks = stage.Times("tick gone");
        await Task.Delay(AWhile);
        Assert.Equal(ticks, stage.Times("tick gone"));
    }
}
