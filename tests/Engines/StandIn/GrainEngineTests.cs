using Microsoft.Extensions.DependencyInjection;
using SnpLive.Silo.Engines;
using SnpLive.StandIn;
using SnpLive.Tests.Conformance;

namespace SnpLive.Tests.Engines;

/// <summary>What only the stand-in does, or what Orleans is trusted to do.</summary>
public sealed class GrainEngineTests
{
    private static readonly EngineOptions Hasty = new()
    {
        CollectionAge = TimeSpan.FromMilliseconds(1),
        CollectionQuantum = TimeSpan.FromMilliseconds(1),
    };

    [Fact]
    public async Task An_interface_without_grain_class_is_refused()
    {
        await using var engine = await EngineFixture.StartAsync();
        Assert.Throws<ArgumentException>(() => engine.Grains.GetGrain<INobody>("x"));
        Assert.Throws<ArgumentException>(() => engine.Grains.GetGrain<IProbeGrain>(" "));
    }

    [Fact]
    public async Task A_grain_or_a_bare_observer_is_not_passed_for_a_reference()
    {
        var stage = new Stage();
        await using var engine = await ConformanceEngine.StartAsync(stage, new(), new());
        var error = await Assert.ThrowsAsync<ArgumentException>(
            () => engine.Grains.GetGrain<IHubGrain>("hub").Join(new Listener(stage, "bare")));
        Assert.Contains("CreateObjectReference", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Stricter than Orleans, so that the stand-in's runs repeat better. Grains must not count on it.</summary>
    [Fact]
    public async Task Calls_keep_the_order_they_were_made_in_even_over_a_deactivation()
    {
        var stage = new Stage();
        await using var engine = await ConformanceEngine.StartAsync(stage, new(), new());
        var probe = engine.Grains.GetGrain<IProbeGrain>("order");
        var held = probe.Pass("order");
        await stage.SomebodyAtAsync("order");
        var retired = probe.Retire();
        var written = Enumerable.Range(0, 100).Select(i => probe.Write(new(i, "in order"))).ToArray();
        stage.Open("order");
        await Task.WhenAll([held, retired, .. written]);
        Assert.Equal(Enumerable.Range(0, 100), (await probe.Journal()).Select(n => n.Caller));
    }

    [Fact]
    public async Task No_call_is_lost_or_done_twice_while_activations_come_and_go()
    {
        await using var engine = await ConformanceEngine.StartAsync(new(), new(), Hasty);
        var done = await Task.WhenAll(Enumerable.Range(0, 16).Select(caller => Task.Run(async () =>
        {
            var random = new Random(caller);
            var counts = new int[4];
            for (var i = 0; i < 500; i++)
            {
                var which = random.Next(counts.Length);
                var document = engine.Grains.GetGrain<IDocumentGrain>($"stress {which}");
                await document.Revise();
                counts[which]++;
                if (i % 20 == caller) await document.Retire();
                if (i % 50 == 0) await Task.Delay(3); // lets idle collection come between
            }

            return counts;
        })));
        for (var which = 0; which < 4; which++)
            Assert.Equal(done.Sum(c => c[which]), await engine.Grains.GetGrain<IDocumentGrain>($"stress {which}").Revision());
    }

    [Fact]
    public async Task Idle_grains_leave_memory()
    {
        await using var engine = await ConformanceEngine.StartAsync(new(), new(), Hasty);
        await Task.WhenAll(Enumerable.Range(0, 500).Select(i => engine.Grains.GetGrain<IDocumentGrain>($"many {i}").Revision()));
        var standIn = engine.Services.GetRequiredService<GrainEngine>();
        for (var i = 0; i < 500 && standIn.ActivationCount > 0; i++) await Task.Delay(20);
        Assert.Equal(0, standIn.ActivationCount);
    }

    [Fact]
    public async Task A_stopped_engine_fails_calls_at_once()
    {
        var engine = await ConformanceEngine.StartAsync(new(), new(), new());
        var probe = engine.Grains.GetGrain<IProbeGrain>("stopped");
        await probe.Incarnation();
        await engine.DisposeAsync();
        await Assert.ThrowsAsync<OrleansException>(probe.Incarnation);
        await probe.TellWrong();
    }

    [Fact]
    public async Task Calls_that_wait_when_the_engine_stops_fail()
    {
        var stage = new Stage();
        var engine = await ConformanceEngine.StartAsync(stage, new(), new());
        var probe = engine.Grains.GetGrain<IProbeGrain>("waits");
        var held = probe.Pass("waits");
        await stage.SomebodyAtAsync("waits");
        var waiting = probe.Write(new(1, "never"));
        var stopping = engine.DisposeAsync();
        Assert.False(stopping.IsCompleted);
        stage.Open("waits");
        await held;
        await Assert.ThrowsAsync<OrleansException>(() => waiting);
        await stopping;
    }
}

public interface INobody : IGrainWithStringKey;
