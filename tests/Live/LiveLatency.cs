using System.Collections.Concurrent;
using System.Diagnostics;
using SnpLive.Grains.Agendas;

namespace SnpLive.Tests.Live;

/// <summary>By hand (<c>-explicit only</c>): from the board's frame to the screen, open loop, clients in the same process.</summary>
[Collection(AloneCollection.Name)]
public sealed class LiveLatency(ITestOutputHelper output)
{
    [Theory(Explicit = true)]
    [InlineData(50, 20, 500, 0)]
    [InlineData(50, 20, 500, 5)]
    [InlineData(1, 1000, 30, 0)]
    public async Task Change_to_screen(int boards, int viewers, int perSecond, int stalled)
    {
        const int Seconds = 6;
        var territories = Enumerable.Range(0, boards).Select(n => LiveSample.Territory($"t{n}", 1)).ToArray();
        await using var stage = await LiveStage.StartAsync(null, territories);
        var soon = DateTimeOffset.UtcNow.AddHours(4);
        SlotPicture Slot(string territory, int n, int taken) => LiveSample.Slot($"{territory}-a0", n, soon.AddMinutes(n), capacity: 1_000_000, taken: taken);
        var sent = new ConcurrentDictionary<(string, int), long>();
        var (late, deliveries) = (new ConcurrentBag<double>(), 0);
        var screens = new ConcurrentBag<LiveClient>();
        foreach (var territory in territories) stage.Boards[territory.Id].Change(Enumerable.Range(0, 100).Select(n => Slot(territory.Id, n, 0)));
        await Parallel.ForEachAsync(territories.SelectMany(t => Enumerable.Repeat(t.Id, viewers)), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (id, _) =>
        {
            var screen = await stage.Connect(LiveSample.Pharmacist(id, $"{id}-pha"));
            var last = 0;
            screen.Applied = picture =>
            {
                if (!picture.Slots.TryGetValue($"{id}-a0.s0", out var slot)) return;
                var now = Stopwatch.GetTimestamp();
                for (var taken = slot.GetProperty("taken").GetInt32(); last < taken;)
                    if (sent.TryGetValue((id, ++last), out var at)) late.Add(Stopwatch.GetElapsedTime(at, now).TotalMilliseconds);
                Interlocked.Increment(ref deliveries);
            };
            await screen.WatchAsync(id);
            await screen.UntilAsync(s => s.Picture(id) is not null, "the snapshot");
            screens.Add(screen);
        });
        foreach (var screen in screens.Take(stalled)) screen.Stall();
        var counts = new int[boards];
        var (clock, random, cpu) = (Stopwatch.StartNew(), new Random(1), Environment.CpuUsage.TotalTime);
        for (var n = 0; n < Seconds * perSecond; n++)
        {
            while (clock.Elapsed < TimeSpan.FromSeconds((double)n / perSecond)) await Task.Delay(1);
            var board = random.Next(boards);
            var id = territories[board].Id;
            sent[(id, ++counts[board])] = Stopwatch.GetTimestamp();
            stage.Boards[id].Change(Slot(id, 0, counts[board]));
        }
        await Task.Delay(500);
        var used = Environment.CpuUsage.TotalTime - cpu;
        var all = late.Order().ToArray();
        output.WriteLine($"{boards} boards x {viewers} at {perSecond}/s, {stalled} stalled: {all.Length} seen, p50 {all[all.Length / 2]:F1} p99 {all[all.Length * 99 / 100]:F1} max {all[^1]:F1} ms; "
            + $"{deliveries} deliveries, {used.TotalMicroseconds / deliveries:F0} us CPU each, client included.");
        foreach (var screen in screens) await screen.DisposeAsync();
    }
}
