using System.Collections.Immutable;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Boards;

namespace SnpLive.Tests.Live;

public sealed class FairShareTests
{
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(9, 0, 0)]
    [InlineData(9, 2, 0)]
    [InlineData(9, 3, 1)]
    [InlineData(9, 5, 1)]
    [InlineData(9, 6, 2)]
    [InlineData(9, 9, 2)]
    public void A_third_is_a_step(int offered, int booked, int turn) =>
        Assert.Equal([new("a", turn)], FairShare.Turns(["a"], Slots("a", offered, booked)));

    [Fact]
    public void A_withdrawn_slot_was_not_offered_unless_somebody_came()
    {
        var withdrawn = Slots("a", 5, 0).Select(s => s with { Withdrawn = true });
        Assert.Equal([new("a", 2)], FairShare.Turns(["a"], withdrawn.Concat(Slots("a", 1, 1))));
    }

    [Fact]
    public void Places_count_and_strangers_do_not()
    {
        var wide = LiveSample.Slot("a", 1, capacity: 6, taken: 2);
        Assert.Equal([new("a", 1), new("b", 0)], FairShare.Turns(["a", "b"], [wide, .. Slots("c", 3, 3)]));
    }

    /// <summary>One more booking never brings an agenda forward, one more free place never puts it back.</summary>
    [Fact]
    public void Turns_go_with_the_load()
    {
        for (var offered = 1; offered <= 40; offered++)
            for (var booked = 0; booked < offered; booked++)
            {
                var turn = TurnOf(offered, booked);
                Assert.InRange(turn, 0, FairShare.Steps - 1);
                Assert.True(turn <= TurnOf(offered, booked + 1), $"{booked} of {offered}");
                Assert.True(turn >= TurnOf(offered + 1, booked), $"{booked} of {offered}");
            }
    }

    private static int TurnOf(int offered, int booked) => FairShare.Turns(["a"], Slots("a", offered, booked)).Single().Turn;

    private static ImmutableArray<SlotPicture> Slots(string agenda, int offered, int booked) =>
        [.. Enumerable.Range(1, offered).Select(n => LiveSample.Slot(agenda, n, taken: n <= booked ? 1 : 0))];
}
