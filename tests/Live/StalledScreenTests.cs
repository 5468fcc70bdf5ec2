using System.Diagnostics;
using System.Net.Sockets;

namespace SnpLive.Tests.Live;

/// <summary>Measures memory and times: not beside other tests.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "Live, alone";
}

/// <summary>Screens that do not read: nobody else waits, nothing grows, and they are right again when they come back to life.</summary>
[Collection(AloneCollection.Name)]
public sealed class StalledScreenTests(ITestOutputHelper output)
{
    private const int SlotCount = 400;
    private static readonly DateTimeOffset Soon = DateTimeOffset.UtcNow.AddHours(4);

    [Fact]
    public async Task A_stalled_screen_delays_nobody_and_gets_a_snapshot_when_it_reads_again()
    {
        await using var stage = await LiveStage.StartAsync(null, LiveSample.Territory("t", 1));
        stage.Boards["t"].Change(All(0));
        using var http = SmallBuffers();
        await using var stalled = await stage.Connect(LiveSample.Pharmacist("t", "stalled"), http);
        await using var other = await stage.Connect(LiveSample.Pharmacist("t", "other"));
        await stalled.WatchAsync("t");
        await other.WatchAsync("t");
        await stalled.UntilAsync(s => s.Picture("t") is { Slots.Count: SlotCount }, "the snapshot");
        stalled.Stall();
        var before = GC.GetTotalMemory(true);
        var slowest = TimeSpan.Zero;
        for (var round = 1; round <= 60; round++) // some 15 MB of frames
        {
            var clock = Stopwatch.StartNew();
            stage.Boards["t"].Change(All(round % 2));
            var state = round % 2 == 1 ? "booked" : "free";
            await other.UntilAsync(s => s.Picture("t")?.StateOf("t-a0.s1") == state, $"round {round}");
            if (clock.Elapsed > slowest) slowest = clock.Elapsed;
        }
        var grown = GC.GetTotalMemory(true) - before;
        output.WriteLine($"Slowest round of the other screen {slowest.TotalMilliseconds:F0} ms; memory grew by {grown / 1024} KiB.");
        Assert.True(slowest < TimeSpan.FromSeconds(3), $"The other screen waited {slowest}.");
        Assert.True(grown < 8 * 1024 * 1024, $"Memory grew by {grown} bytes.");
        var read = stalled.Frames;
        stage.Boards["t"].Change(LiveSample.Slot("t-a0", 1, Soon, taken: 1));
        stalled.Resume();
        await stalled.UntilAsync(s => s.Picture("t")?.StateOf("t-a0.s1") == "booked" && s.Picture("t")!.Seq == other.Picture("t")!.Seq, "the present");
        Assert.True(stalled.Snapshots > 1, "It fell out of the ring.");
        Assert.True(stalled.Frames - read < 60, "It got a snapshot instead of all it had missed.");
        Assert.Equal(0, stalled.Gaps);
    }

    [Fact]
    public async Task A_screen_that_never_reads_is_closed()
    {
        await using var stage = await LiveStage.StartAsync(o => o.WritePatience = TimeSpan.FromSeconds(1), LiveSample.Territory("t", 1));
        stage.Boards["t"].Change(All(0));
        using var http = SmallBuffers();
        await using var stalled = await stage.Connect(LiveSample.Pharmacist("t"), http);
        await stalled.WatchAsync("t");
        await stalled.UntilAsync(s => s.Picture("t") is not null, "the snapshot");
        stalled.Stall();
        for (var round = 1; round <= 60; round++)
        {
            stage.Boards["t"].Change(All(round % 2));
            await Task.Delay(20);
        }
        await Task.Delay(TimeSpan.FromSeconds(3)); // longer than the patience: what is closed cannot be waited for from a screen that does not read
        stalled.Resume();
        await stalled.Closed.WaitAsync(TimeSpan.FromSeconds(20));
    }

    private static IEnumerable<Grains.Agendas.SlotPicture> All(int taken) =>
        Enumerable.Range(1, SlotCount).Select(n => LiveSample.Slot("t-a0", n, Soon.AddMinutes(n), taken: taken));

    private static HttpMessageInvoker SmallBuffers() => new(new SocketsHttpHandler
    {
        ConnectCallback = async (context, cancel) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveBufferSize = 8 * 1024 };
            await socket.ConnectAsync(context.DnsEndPoint, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        },
    });
}
