using SnpLive.Grains.People.Devices;
using SnpLive.Web.Sessions.Lock;

namespace SnpLive.Tests.Accounts.Lock;

public sealed class DeviceDeciderTests
{
    private static readonly DateTimeOffset Start = new(2026, 6, 9, 7, 0, 0, TimeSpan.Zero);
    private static readonly DeviceLimits Limits = new() { MostPeople = 3 };

    private static SharedDeviceState With(params string[] people) => people.Aggregate(Do(new(), new ShareDevice("a")).State, (state, one) => Do(state, Join(one)).State);

    private static JoinShift Join(string person, double hours = 0) => new(person, $"session of {person}", "demo", null, Start.AddHours(hours));

    private static DeviceAnswer Do(SharedDeviceState state, DeviceCommand command, double hours = 0) => DeviceDecider.Decide(state, command, Limits, Start.AddHours(hours));

    [Fact]
    public void Nobody_is_on_the_list_of_a_computer_that_is_not_shared()
    {
        Assert.Equal(DeviceRefusal.NotShared, Do(new(), Join("a")).Refusal);
        Assert.Equal(DeviceRefusal.NotShared, Do(new(), new UnlockDevice("a", true)).Refusal);
        var unshared = Do(With("a", "b"), new UnshareDevice()).State;
        Assert.False(unshared.IsOpen("session of b", Start));
    }

    [Fact]
    public void One_session_at_a_time_and_none_while_locked()
    {
        var state = With("a", "b");
        Assert.True(state.IsOpen("session of b", Start));
        Assert.False(state.IsOpen("session of a", Start));
        Assert.Same(state, Do(state, new LockDevice("session of a")).State); // who is not in front of it locks nothing
        var locked = Do(state, new LockDevice("session of b")).State;
        Assert.False(locked.IsOpen("session of a", Start) || locked.IsOpen("session of b", Start));
        var back = Do(locked, new UnlockDevice("a", true));
        Assert.Equal((DeviceRefusal.None, true, "session of a"), (back.Refusal, back.State.IsOpen("session of a", Start), back.State.Last));
    }

    [Fact]
    public void Wrong_pins_are_bounded_even_when_a_right_one_follows_and_a_full_sign_in_begins_anew()
    {
        var state = Do(With("a", "b"), new LockDevice("session of b")).State;
        for (var i = 1; i < Limits.PinTries; i++)
        {
            var wrong = Do(state, new UnlockDevice("a", false));
            Assert.Equal(DeviceRefusal.PinWrong, wrong.Refusal);
            state = wrong.State;
        }
        state = Do(state, new UnlockDevice("a", false)).State;
        Assert.Equal((DeviceRefusal.FullSignIn, state), (Do(state, new UnlockDevice("a", true)).Refusal, Do(state, new UnlockDevice("a", true)).State));
        Assert.Equal(DeviceRefusal.None, Do(state, new UnlockDevice("b", true)).Refusal); // the others are not shut out
        Assert.Equal(DeviceRefusal.None, Do(Do(state, Join("a")).State, new UnlockDevice("a", true)).Refusal);
    }

    [Fact]
    public void The_end_of_the_shift_counts_from_the_full_sign_in_whatever_is_done_meanwhile()
    {
        var end = Limits.Shift.TotalHours;
        var state = Do(With("a"), new UnlockDevice("a", true), end - 0.01).State;
        Assert.True(state.IsOpen("session of a", Start.AddHours(end - 0.01)));
        Assert.False(state.IsOpen("session of a", Start.AddHours(end)));
        Assert.Equal(DeviceRefusal.FullSignIn, Do(state, new UnlockDevice("a", true), end).Refusal);
    }

    [Fact]
    public void Who_came_first_gives_way_and_who_leaves_is_gone()
    {
        Assert.Equal(["b", "c", "d"], With("a", "b", "c", "d").People.Select(one => one.PersonId));
        Assert.Equal(["b", "a"], With("a", "b", "a").People.Select(one => one.PersonId));
        var left = Do(With("a", "b"), new LeaveShift("b")).State;
        Assert.Equal((null, null, "a"), (left.Open, left.Last, left.People.Single().PersonId));
    }

    [Theory]
    [InlineData("2580", true)]
    [InlineData("1357", true)]
    [InlineData("0000", false)]
    [InlineData("1234", false)]
    [InlineData("9876", false)]
    [InlineData("1212", false)]
    [InlineData("25801", false)]
    [InlineData("25a0", false)]
    [InlineData(null, false)]
    public void A_pin_is_not_the_first_one_that_anybody_would_try(string? pin, bool good) => Assert.Equal(good, PinRules.Fault(pin, 4) is null);
}
