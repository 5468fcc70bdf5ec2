using System.Collections.Immutable;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Boards;
using SnpLive.Tests.Support;
using SnpLive.Web.Live;

namespace SnpLive.Tests.Live;

public sealed class RawPictureTests(ITestOutputHelper output)
{
    /// <summary>The board's side: numbered frames and snapshots of a picture that changes.</summary>
    private sealed class Board
    {
        public Dictionary<string, SlotPicture> Slots { get; private set; } = [];
        public string Epoch { get; private set; } = "e0";
        public long Seq { get; private set; }
        private int epochs;

        public BoardFrame Change(Random random)
        {
            var slot = LiveSample.Slot("a", random.Next(8), taken: random.Next(5), capacity: 9);
            if (random.Next(4) == 0 && Slots.Remove(slot.Facts.SlotId)) return new("t", Epoch, ++Seq, default, [], [slot.Facts.SlotId]);
            Slots[slot.Facts.SlotId] = slot;
            return new("t", Epoch, ++Seq, default, [slot], []);
        }

        public BoardFrame Restart()
        {
            (Epoch, Seq, Slots) = ($"e{++epochs}", 0, new(Slots));
            return new("t", Epoch, 0, default, [], []);
        }

        public BoardSnapshot? Watch(string? epoch, long seq) => epoch == Epoch && seq == Seq ? null : new("t", Epoch, Seq, default, [.. Slots.Values]);
    }

    [Fact]
    public void Frames_ahead_wait_for_those_before_them()
    {
        var (board, random, touched) = (new Board(), new Random(1), new HashSet<string>());
        var raw = new RawPicture(10);
        raw.Take(board.Watch(null, 0), touched);
        var (first, second) = (board.Change(random), board.Change(random));
        Assert.True(raw.Apply(second, touched));
        Assert.Equal(0, raw.Seq);
        Assert.False(raw.Apply(first, touched));
        Assert.Equal(2, raw.Seq);
    }

    /// <summary>Frames come late, twice, out of order or never, the board restarts, and answers to questions race with frames.</summary>
    [Fact]
    public void Any_order_of_frames_and_answers_ends_at_the_boards_picture()
    {
        var seed = Seeds.Next();
        output.WriteLine($"SNP_SEED={seed}");
        var random = new Random(seed);
        for (var round = 0; round < 500; round++) OneRound(random);
    }

    private static void OneRound(Random random)
    {
        var (board, raw, touched) = (new Board(), new RawPicture(random.Next(2, 30)), new HashSet<string>());
        var flying = new List<BoardFrame>();
        (bool Asked, BoardSnapshot? Answer) question = (true, board.Watch(null, 0));
        var believed = new Dictionary<string, SlotPicture?>(); // what somebody who looks at touched slots only believes
        for (var step = 0; step < 80; step++)
        {
            switch (random.Next(12))
            {
                case < 4: flying.Add(board.Change(random)); break;
                case < 8 when flying.Count > 0:
                    var at = random.Next(3) == 0 ? random.Next(flying.Count) : 0;
                    if (raw.Apply(flying[at], touched) && !question.Asked) question = (true, board.Watch(raw.Epoch, raw.Seq));
                    if (random.Next(6) > 0) flying.RemoveAt(at);
                    break;
                case 8 when flying.Count > 0: flying.RemoveAt(random.Next(flying.Count)); break;
                case 9 when random.Next(5) == 0: flying.Add(board.Restart()); break;
                default:
                    if (question.Asked) question = (raw.Take(question.Answer, touched), board.Watch(raw.Epoch, raw.Seq));
                    break;
            }
            Look();
        }
        // Quiet: the lease is renewed until the board has nothing to add.
        if (question.Asked) raw.Take(question.Answer, touched);
        for (var renewed = 0; renewed < 3; renewed++) raw.Take(board.Watch(raw.Epoch, raw.Seq), touched);
        Look();
        Assert.Equal((board.Epoch, board.Seq), (raw.Epoch!, raw.Seq));
        var expected = board.Slots.ToDictionary(s => s.Key, s => s.Value.Taken);
        Assert.Equal(expected, raw.Slots.ToDictionary(s => s.Key, s => s.Value.Taken));
        Assert.Equal(expected, believed.Where(b => b.Value is not null).ToDictionary(b => b.Key, b => b.Value!.Taken));

        void Look()
        {
            foreach (var id in touched) believed[id] = raw.Slots.GetValueOrDefault(id);
            touched.Clear();
        }
    }
}
