using System.Diagnostics.Metrics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Rules;
using SnpLive.Tests.Support;
using SnpLive.Web.Live;

namespace SnpLive.Tests.Live;

public sealed class LiveViewTests(ITestOutputHelper output)
{
    private static readonly LiveMetrics Metrics = new(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());
    private static readonly TerritoryLabels Labels = new(LiveSample.Territory("t", 1));

    private static LiveView View(LiveOptions? options = null, Audience audience = Audience.Cpts) =>
        new("t", "v", face => (face.Facts.Audience & audience) != 0, options ?? new(), Metrics);

    private static SlotFace Face(SlotPicture slot) => Labels.Face(slot, LiveSample.Now);

    private static ViewChange Change(SlotPicture slot) => new(slot.Facts.SlotId, Face(slot));

    [Fact]
    public void A_slot_whose_audience_shrinks_leaves_the_view()
    {
        var view = View();
        view.Restart([Face(LiveSample.Slot("t-a0", 1))], LiveSample.Now);
        var changes = view.Advance([Change(LiveSample.Slot("t-a0", 1, audience: Audience.Snp))], LiveSample.Now);
        Assert.Equal([new ViewChange("t-a0.s1", null)], changes);
        Assert.Empty(view.Head.Faces);
        Assert.Single(view.Advance([Change(LiveSample.Slot("t-a0", 1))], LiveSample.Now));
    }

    [Fact]
    public void What_the_audience_never_saw_makes_no_frame()
    {
        var view = View();
        view.Restart([], LiveSample.Now);
        Assert.Empty(view.Advance([Change(LiveSample.Slot("t-a0", 1, audience: Audience.Snp))], LiveSample.Now));
        Assert.Empty(view.Advance([new("t-a0.s1", null)], LiveSample.Now));
        Assert.Equal(0, view.Head.Seq);
    }

    [Fact]
    public void The_ring_is_bounded_in_frames_and_bytes()
    {
        foreach (var options in (LiveOptions[])[new() { RingFrames = 8 }, new() { RingBytes = 4_000 }])
        {
            var view = View(options);
            view.Restart([], LiveSample.Now);
            for (var n = 1; n <= 40; n++) view.Advance([Change(LiveSample.Slot("t-a0", 1, taken: n % 2))], LiveSample.Now);
            var epoch = view.Head.Epoch;
            var kept = Enumerable.Range(0, 40).Where(seq => view.FrameAfter(epoch, seq) is not null).ToArray();
            Assert.InRange(kept.Length, 1, 8);
            Assert.Equal(Enumerable.Range(40 - kept.Length, kept.Length), kept); // the last ones, without a hole
            Assert.True(view.Continues(epoch, 40));
            Assert.True(view.Continues(epoch, kept[0]));
            Assert.False(view.Continues(epoch, kept[0] - 1));
            Assert.False(view.Continues(epoch, 41));
            Assert.False(view.Continues("other", 40));
            Assert.False(view.Continues(epoch, -1));
        }
    }

    [Fact]
    public void A_snapshot_is_encoded_once_and_shared()
    {
        var view = View();
        view.Restart([Face(LiveSample.Slot("t-a0", 1))], LiveSample.Now);
        var first = view.Snapshot(TimeProvider.System);
        Assert.Same(first, view.Snapshot(TimeProvider.System));
        var epoch = view.Head.Epoch;
        view.Restart([], LiveSample.Now);
        Assert.NotEqual(epoch, view.Head.Epoch);
        Assert.NotSame(first, view.Snapshot(TimeProvider.System));
    }

    /// <summary>Frames applied in order to any earlier snapshot give the filtered picture, and nothing that the audience may not see is ever in one.</summary>
    [Fact]
    public void Frames_applied_in_order_give_the_filtered_picture()
    {
        var seed = Seeds.Next();
        output.WriteLine($"SNP_SEED={seed}");
        var random = new Random(seed);
        for (var round = 0; round < 100; round++)
        {
            var view = View();
            var board = new Dictionary<string, SlotFace>();
            view.Restart([], LiveSample.Now);
            var (seq, shown) = (0L, new Dictionary<string, string>());
            for (var step = 0; step < 50; step++)
            {
                var changes = new List<ViewChange>();
                for (var n = random.Next(1, 4); n > 0; n--)
                {
                    var audience = (Audience)(random.Next(2) == 0 ? Audience.Snp : LiveSample.Default);
                    var slot = LiveSample.Slot("t-a0", random.Next(6), audience: audience, taken: random.Next(2));
                    if (changes.Any(c => c.Id == slot.Facts.SlotId)) continue;
                    var gone = random.Next(4) == 0;
                    changes.Add(new(slot.Facts.SlotId, gone ? null : Face(slot)));
                    if (gone) board.Remove(slot.Facts.SlotId);
                    else board[slot.Facts.SlotId] = Face(slot);
                }
                view.Advance(changes, LiveSample.Now);
                if (random.Next(10) == 0) (seq, shown) = Read(view.Snapshot(TimeProvider.System));
                while (view.FrameAfter(view.Head.Epoch, seq) is { } frame)
                {
                    Apply(frame, shown);
                    seq = frame.Seq;
                }
                Assert.Equal(view.Head.Seq, seq);
                Assert.Equal(board.Where(f => (f.Value.Facts.Audience & Audience.Cpts) != 0).ToDictionary(f => f.Key, f => f.Value.View.State), shown);
            }
        }
    }

    private static (long Seq, Dictionary<string, string> Slots) Read(LiveMessage snapshot)
    {
        var said = Arguments(snapshot);
        return (said[3].GetInt64(), said[5].EnumerateArray().ToDictionary(s => s.GetProperty("id").GetString()!, s => s.GetProperty("state").GetString()!));
    }

    private static void Apply(LiveMessage frame, Dictionary<string, string> shown)
    {
        foreach (var change in Arguments(frame)[5].EnumerateArray())
            if (change.TryGetProperty("slot", out var slot)) shown[change.GetProperty("id").GetString()!] = slot.GetProperty("state").GetString()!;
            else Assert.True(shown.Remove(change.GetProperty("id").GetString()!));
    }

    private static JsonElement Arguments(LiveMessage message)
    {
        var bytes = message.Message.GetSerializedMessage(new Microsoft.AspNetCore.SignalR.Protocol.JsonHubProtocol());
        Assert.Equal(LiveClient.End, bytes.Span[^1]);
        return JsonSerializer.Deserialize<JsonElement>(bytes.Span[..^1]).GetProperty("arguments");
    }
}
