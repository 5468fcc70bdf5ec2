using System.Diagnostics;
using SnpLive.Silo.Engines;
using SnpLive.Tests.Conformance;

namespace SnpLive.Tests.Engines;

/// <summary>Not a test but a figure; run it alone, in Release: <c>-explicit only -class *ThroughputTests</c>.</summary>
public sealed class ThroughputTests(ITestOutputHelper output)
{
    [Theory(Explicit = true)]
    [InlineData(64, 1)]
    [InlineData(64, 16)]
    [InlineData(1, 64)]
    public async Task Pings(int grains, int callersPerGrain)
    {
        const int Calls = 1_000_000;
        await using var engine = await ConformanceEngine.StartAsync(new(), new(), new());
        var probes = Enumerable.Range(0, grains).Select(i => engine.Grains.GetGrain<IProbeGrain>($"ping {i}")).ToArray();
        await PingAsync(probes, callersPerGrain, Calls / 10);
        var clock = Stopwatch.StartNew();
        await PingAsync(probes, callersPerGrain, Calls);
        output.WriteLine($"{EngineHost.Name}: {Calls / clock.Elapsed.TotalMilliseconds:F0} k calls/s, {grains} grains × {callersPerGrain} callers");
    }

    [Fact(Explicit = true)]
    public async Task Activations()
    {
        const int Grains = 100_000;
        await using var engine = await ConformanceEngine.StartAsync(new(), new(), new());
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < Grains; i++) await engine.Grains.GetGrain<IDocumentGrain>($"new {i}").Revision();
        var elapsed = clock.Elapsed;
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / Grains;
        output.WriteLine($"{EngineHost.Name}: {Grains / elapsed.TotalMilliseconds:F0} k activations/s one after another, {bytes} bytes each");
    }

    private static Task PingAsync(IProbeGrain[] probes, int callersPerGrain, int calls)
    {
        var each = calls / (probes.Length * callersPerGrain);
        return Task.WhenAll(probes.SelectMany(probe => Enumerable.Range(0, callersPerGrain).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < each; i++) await probe.Incarnation();
        }))));
    }
}
