namespace SnpLive.Grains.People.Devices;

/// <summary>What becomes of a shared computer: pure functions over its state.</summary>
public static class DeviceDecider
{
    /// <summary>Decides. A refusal may change the state too: a wrong PIN is counted.</summary>
    /// <param name="state">As it is.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="limits">Bounds.</param>
    /// <param name="now">UTC.</param>
    public static DeviceAnswer Decide(SharedDeviceState state, DeviceCommand command, DeviceLimits limits, DateTimeOffset now) => command switch
    {
        ShareDevice share => Done(state.SharedSince is null ? new() { SharedSince = now, SharedBy = share.By } : state),
        UnshareDevice => Done(state.SharedSince is null ? state : new()),
        _ when state.SharedSince is null => new(DeviceRefusal.NotShared, state),
        JoinShift join => Done(Join(state, join, limits, now)),
        LockDevice one => Done(state.Open == one.SessionId ? state with { Open = null } : state),
        LeaveShift leave => Done(Leave(state, leave.PersonId)),
        UnlockDevice unlock => Unlock(state, unlock, limits, now),
        _ => throw new NotSupportedException(command.GetType().Name),
    };

    private static SharedDeviceState Join(SharedDeviceState state, JoinShift join, DeviceLimits limits, DateTimeOffset now)
    {
        var others = state.People.RemoveAll(one => one.PersonId == join.PersonId || one.Until <= now);
        var all = others.Add(new(join.PersonId, join.SessionId, join.Method, join.Stamp, join.Since, join.Since + limits.Shift));
        return state with { People = [.. all.Skip(all.Length - limits.MostPeople)], Open = join.SessionId, Last = join.SessionId };
    }

    private static SharedDeviceState Leave(SharedDeviceState state, string personId)
    {
        if (state.People.FirstOrDefault(one => one.PersonId == personId) is not { } gone) return state;
        return state with { People = state.People.Remove(gone), Open = state.Open == gone.SessionId ? null : state.Open, Last = state.Last == gone.SessionId ? null : state.Last };
    }

    private static DeviceAnswer Unlock(SharedDeviceState state, UnlockDevice unlock, DeviceLimits limits, DateTimeOffset now)
    {
        if (state.Find(unlock.PersonId, now) is not { } person || person.Failures >= limits.PinTries) return new(DeviceRefusal.FullSignIn, state);
        if (unlock.PinRight)
            return Done(state with { People = state.People.Replace(person, person with { Failures = 0 }), Open = person.SessionId, Last = person.SessionId });
        var failed = person with { Failures = person.Failures + 1 };
        return new(failed.Failures >= limits.PinTries ? DeviceRefusal.FullSignIn : DeviceRefusal.PinWrong, state with { People = state.People.Replace(person, failed) });
    }

    private static DeviceAnswer Done(SharedDeviceState state) => new(DeviceRefusal.None, state);
}
