using FsCheck;
using FsCheck.Fluent;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.History;

/// <summary>The checker itself: sound histories pass, and each way in which a server may break its word is found.</summary>
public sealed class CheckerTests(ITestOutputHelper output)
{
    private const string A = "anne", B = "bruno";

    [Fact]
    public void A_quiet_history_passes() => Passes(
        Op(SlotVerb.Hold, A, 1, 2, "h1"), Op(SlotVerb.ReadSlot, "gp", 3, 4, "held"), Op(SlotVerb.Book, A, 5, 6, "b1", subject: "h1"),
        Refused(SlotVerb.Book, B, 7, 8, "slot-taken"), Op(SlotVerb.Cancel, A, 9, 10, subject: "b1"), Op(SlotVerb.ReadBooking, A, 11, 12, "cancelled", "b1"),
        Op(SlotVerb.Book, B, 13, 14, "b2"), Op(SlotVerb.ReadSlot, "gp", 15, 16, "booked"));

    [Fact]
    public void Two_bookings_that_were_both_confirmed_are_a_double_sale() => Fails(Op(SlotVerb.Book, A, 1, 5, "b1"), Op(SlotVerb.Book, B, 2, 6, "b2"));

    [Fact]
    public void A_booking_through_somebody_elses_hold_is_found() => Fails(Op(SlotVerb.Hold, A, 1, 2, "h1"), Op(SlotVerb.Book, B, 3, 4, "b1"));

    [Fact]
    public void An_acknowledged_booking_that_nobody_knows_later_is_a_lost_acknowledgement()
    {
        Fails(Op(SlotVerb.Book, A, 1, 2, "b1"), Refused(SlotVerb.Cancel, A, 3, 4, "booking-unknown", "b1"));
        Fails(Op(SlotVerb.Book, A, 1, 2, "b1"), Op(SlotVerb.ReadSlot, "gp", 3, 4, "free"));
        Fails(Op(SlotVerb.Book, A, 1, 2, "b1", request: "r1"), Refused(SlotVerb.LookUp, A, 3, 4, "command-unknown", request: "r1"));
    }

    [Fact]
    public void A_read_of_the_past_is_found()
    {
        Fails(Op(SlotVerb.Book, A, 1, 2, "b1"), Op(SlotVerb.Cancel, A, 3, 4, subject: "b1"), Op(SlotVerb.ReadBooking, A, 5, 6, "booked", "b1"));
        Passes(Op(SlotVerb.Book, A, 1, 2, "b1"), Op(SlotVerb.Cancel, A, 3, 6, subject: "b1"), Op(SlotVerb.ReadBooking, A, 4, 5, "booked", "b1"));
    }

    [Fact]
    public void Two_reads_may_not_go_back_in_time() => Fails(
        Op(SlotVerb.Book, A, 1, 10, "b1"), Op(SlotVerb.ReadSlot, "gp", 2, 3, "booked"), Op(SlotVerb.ReadSlot, "gp", 4, 5, "free"));

    [Fact]
    public void What_nobody_was_told_may_have_happened_at_any_later_time_or_never()
    {
        var open = new SlotOperation("s", SlotVerb.Book, A, "r1", null, 1, long.MaxValue, null, null);
        Passes(open, Op(SlotVerb.ReadSlot, "gp", 2, 3, "free"));
        Passes(open, Op(SlotVerb.ReadSlot, "gp", 2, 3, "free"), Op(SlotVerb.ReadSlot, "gp", 4, 5, "booked"));
        Fails(open, Op(SlotVerb.ReadSlot, "gp", 2, 3, "booked"), Op(SlotVerb.ReadSlot, "gp", 4, 5, "free"));
        Fails(Op(SlotVerb.ReadSlot, "gp", -1, 0, "booked"), open);
        Fails(open, Refused(SlotVerb.Book, B, 2, 3, "slot-taken"), Refused(SlotVerb.LookUp, A, 4, 5, "command-unknown", request: "r1"));
    }

    [Fact]
    public void A_request_that_was_carried_out_is_never_refused_later() => Fails(
        Op(SlotVerb.Book, A, 1, 2, "b1", request: "r1"), Refused(SlotVerb.Book, A, 3, 4, "slot-taken", request: "r1"));

    [Fact]
    public void A_refusal_without_a_cause_is_found()
    {
        Fails(Refused(SlotVerb.Book, A, 1, 2, "slot-taken"));
        Fails(Op(SlotVerb.Hold, A, 1, 2, "h1"), Refused(SlotVerb.Hold, A, 3, 4, "slot-held"));
        Fails(Op(SlotVerb.Hold, A, 1, 2, "h1"), Op(SlotVerb.Release, A, 3, 4, subject: "h1"), Refused(SlotVerb.Book, B, 5, 6, "slot-held"));
    }

    [Fact]
    public void Histories_of_a_sound_server_pass()
    {
        var seed = Seeds.Next();
        output.WriteLine($"seed {seed}");
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), n =>
        {
            var history = new SimulatedServer(new Random(n), Fault.None).Run();
            var result = Linearizability.Check(history);
            return (result.Verdict == Verdict.Linearizable).Label($"history {n}: {result}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(new Replay(new Rnd((ulong)seed), null)).WithQuietOnSuccess(true));
    }

    [Theory]
    [InlineData(Fault.LostAcknowledgement)]
    [InlineData(Fault.DoubleSale)]
    [InlineData(Fault.StaleRead)]
    [InlineData(Fault.RepeatedEffect)]
    public void Histories_of_a_broken_server_are_found(Fault fault)
    {
        const int Histories = 200;
        var (broken, found, missed) = (0, 0, 0);
        for (var n = 0; n < Histories; n++)
        {
            var server = new SimulatedServer(new Random(n), fault);
            var history = server.Run();
            if (!server.Broke) continue;
            broken++;
            if (Linearizability.Check(history).Verdict == Verdict.Violated) found++;
            else missed++;
        }
        output.WriteLine($"{fault}: {broken} broken histories, {found} found, {missed} without a trace that a caller could see");
        Assert.True(broken > Histories / 2, $"Only {broken} histories were broken.");
        // A read of the past is none when somebody's change, under way at the same time, may explain it.
        Assert.True(found > broken * (fault == Fault.StaleRead ? 0.5 : 0.9), $"Only {found} of {broken} were found.");
    }

    [Fact]
    public void A_long_history_is_decided_in_time()
    {
        var history = new SimulatedServer(new Random(1), Fault.None) { Operations = 4000, Actors = 8, Loses = 400 }.Run();
        Assert.Equal(Verdict.Linearizable, Linearizability.Check(history, TimeSpan.FromSeconds(20)).Verdict);
    }

    private static void Passes(params SlotOperation[] history) => Assert.Equal(Verdict.Linearizable, Linearizability.Check(history).Verdict);

    private static void Fails(params SlotOperation[] history) => Assert.Equal(Verdict.Violated, Linearizability.Check(history).Verdict);

    private static SlotOperation Op(SlotVerb verb, string actor, long from, long to, string? answer = null, string? subject = null, string? request = null) =>
        new("s", verb, actor, request, subject, from, to, answer, true);

    private static SlotOperation Refused(SlotVerb verb, string actor, long from, long to, string code, string? subject = null, string? request = null) =>
        new("s", verb, actor, request, subject, from, to, code, false);
}
