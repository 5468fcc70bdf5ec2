using System.Collections.Immutable;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Boards;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.Live;

public sealed class BoardPictureTests(ITestOutputHelper output)
{
    private static readonly BoardRange Range = new(LiveSample.Now.AddHours(-1), LiveSample.Now.AddDays(8));

    [Fact]
    public void A_change_that_follows_is_applied_and_told()
    {
        var picture = new BoardPicture(["a"]);
        var change = picture.Apply(new("a", 0, 1, [LiveSample.Slot("a", 1)]), Range);
        Assert.Single(change.Slots);
        Assert.Equal(1, picture.VersionOf("a"));
        Assert.Empty(picture.Behind);
    }

    [Fact]
    public void A_repeated_or_foreign_change_is_ignored()
    {
        var picture = new BoardPicture(["a"]);
        picture.Apply(new("a", 0, 1, [LiveSample.Slot("a", 1)]), Range);
        Assert.True(picture.Apply(new("a", 0, 1, [LiveSample.Slot("a", 1, taken: 1)]), Range).IsEmpty);
        Assert.True(picture.Apply(new("b", 0, 1, [LiveSample.Slot("b", 1)]), Range).IsEmpty);
        Assert.Equal(0, picture.Slots.Single().Taken);
    }

    [Fact]
    public void A_gap_marks_the_agenda_until_its_own_picture_comes()
    {
        var picture = new BoardPicture(["a"]);
        picture.Apply(new("a", 2, 3, [LiveSample.Slot("a", 1)]), Range);
        Assert.Equal(["a"], picture.Behind);
        picture.Replace(new("a", 2, []), Range);
        Assert.Equal(["a"], picture.Behind); // still less than what was heard of
        picture.Replace(new("a", 3, [LiveSample.Slot("a", 1)]), Range);
        Assert.Empty(picture.Behind);
    }

    [Fact]
    public void Slots_outside_the_range_never_come_in_and_leave_in_time()
    {
        var picture = new BoardPicture(["a"]);
        picture.Apply(new("a", 0, 1, [LiveSample.Slot("a", 1, Range.To), LiveSample.Slot("a", 2)]), Range);
        Assert.Equal("a.s2", picture.Slots.Single().Facts.SlotId);
        var later = new BoardRange(LiveSample.Now.AddDays(1), LiveSample.Now.AddDays(9));
        Assert.Equal(["a.s2"], picture.Trim(later).Removed);
    }

    [Fact]
    public void The_ledger_adds_slots_but_never_hides_a_hold()
    {
        var picture = new BoardPicture(["a"]);
        var held = LiveSample.Slot("a", 1, holds: new HoldPicture("h", "x", "org", LiveSample.Now.AddMinutes(3)));
        picture.Apply(new("a", 0, 1, [held]), Range);
        var entered = picture.Merge("a", 1, [LiveSample.Slot("a", 1), LiveSample.Slot("a", 2)], true, Range);
        Assert.Equal("a.s2", entered.Slots.Single().Facts.SlotId);
        Assert.Single(picture.Slots.Single(s => s.Facts.SlotId == "a.s1").Holds);
        Assert.Empty(picture.Behind);
        picture.Merge("a", 2, [], false, Range);
        Assert.Equal(["a"], picture.Behind);
    }

    [Fact]
    public void A_new_picture_inherits_what_is_newer_or_exact()
    {
        var held = LiveSample.Slot("a", 1, holds: new HoldPicture("h", "x", "org", LiveSample.Now.AddMinutes(3)));
        var old = new BoardPicture(["a", "b"]);
        old.Apply(new("a", 0, 1, [held]), Range);
        old.Apply(new("b", 0, 5, [LiveSample.Slot("b", 1, taken: 1)]), Range);
        var fresh = new BoardPicture(["a", "b"]);
        fresh.Merge("a", 1, [LiveSample.Slot("a", 1)], true, Range);
        fresh.Merge("b", 4, [LiveSample.Slot("b", 1)], false, Range);
        fresh.Inherit(old, Range);
        Assert.Empty(fresh.Behind);
        Assert.Equal(5, fresh.VersionOf("b"));
        Assert.Single(fresh.Slots.Single(s => s.Facts.AgendaId == "a").Holds);
        Assert.Equal(1, fresh.Slots.Single(s => s.Facts.AgendaId == "b").Taken);
    }

    /// <summary>Changes arrive late, twice, out of order or never; whoever applies what is told, and asks whoever is behind, ends where the agendas are.</summary>
    [Fact]
    public void Any_interleaving_ends_at_the_truth()
    {
        var seed = Seeds.Next();
        output.WriteLine($"SNP_SEED={seed}");
        var random = new Random(seed);
        for (var round = 0; round < 300; round++) OneInterleaving(random);
    }

    private static void OneInterleaving(Random random)
    {
        var truth = Enumerable.Range(0, 3).ToDictionary(n => $"a{n}", n => new AgendaPicture($"a{n}", 0, []));
        var picture = new BoardPicture(truth.Keys);
        var told = new Dictionary<string, SlotPicture>(); // what a watcher of the told changes believes
        var flying = new List<AgendaChange>();
        var looks = new List<AgendaPicture>();
        for (var step = 0; step < 60; step++)
        {
            switch (random.Next(6))
            {
                case 0 or 1:
                    flying.Add(Commit(truth, random));
                    break;
                case 2 or 3 when flying.Count > 0:
                    var at = random.Next(flying.Count);
                    Tell(picture.Apply(flying[at], Range));
                    if (random.Next(4) > 0) flying.RemoveAt(at); // else it comes twice
                    break;
                case 4 when flying.Count > 0:
                    flying.RemoveAt(random.Next(flying.Count)); // lost
                    break;
                default:
                    foreach (var id in picture.Behind) looks.Add(truth[id]); // answers travel too
                    if (looks.Count > 0 && random.Next(2) == 0)
                    {
                        Tell(picture.Replace(looks[0], Range));
                        looks.RemoveAt(0);
                    }
                    break;
            }
        }
        foreach (var (id, agenda) in truth) picture.Hear(id, agenda.Version); // the comparison with the ledger
        foreach (var id in picture.Behind) Tell(picture.Replace(truth[id], Range));
        var expected = truth.Values.SelectMany(a => a.Slots).ToDictionary(s => s.Facts.SlotId, s => (s.Taken, s.Withdrawn));
        Assert.Equal(expected, picture.Slots.ToDictionary(s => s.Facts.SlotId, s => (s.Taken, s.Withdrawn)));
        Assert.Equal(expected, told.ToDictionary(s => s.Key, s => (s.Value.Taken, s.Value.Withdrawn)));

        void Tell(PictureChange change)
        {
            foreach (var slot in change.Slots) told[slot.Facts.SlotId] = slot;
            foreach (var gone in change.Removed) told.Remove(gone);
        }
    }

    private static AgendaChange Commit(Dictionary<string, AgendaPicture> truth, Random random)
    {
        var id = $"a{random.Next(truth.Count)}";
        var (_, version, slots) = truth[id];
        var slot = LiveSample.Slot(id, random.Next(4), taken: random.Next(2)) with { Withdrawn = random.Next(4) == 0 };
        var after = slots.Where(s => s.Facts.SlotId != slot.Facts.SlotId).Append(slot).ToImmutableArray();
        truth[id] = new(id, version + 1, after);
        return new(id, version, version + 1, [slot]);
    }
}
