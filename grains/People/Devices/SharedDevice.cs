using System.Collections.Immutable;

namespace SnpLive.Grains.People.Devices;

/// <summary>Somebody who signed in fully on a shared computer during this shift, and comes back with a PIN: to that very session and no other.</summary>
/// <param name="PersonId">Who.</param>
/// <param name="SessionId">Their session.</param>
/// <param name="Method">How they signed in, as cookies write it.</param>
/// <param name="Stamp">Their account's stamp at that moment; null for other methods.</param>
/// <param name="Since">When they signed in (UTC).</param>
/// <param name="Until">When their shift is over here (UTC): then a full sign-in is needed.</param>
[GenerateSerializer, Immutable, Alias("snp.ShiftPerson")]
public sealed record ShiftPerson(
    [property: Id(0)] string PersonId, [property: Id(1)] string SessionId, [property: Id(2)] string Method, [property: Id(3)] string? Stamp,
    [property: Id(4)] DateTimeOffset Since, [property: Id(5)] DateTimeOffset Until)
{
    /// <summary>Wrong PINs since the last right one or the full sign-in.</summary>
    [Id(6)] public int Failures { get; init; }
}

/// <summary>What a shared computer's document holds. Its key is the hash of the computer's random id, which only that browser has.</summary>
[GenerateSerializer, Immutable, Alias("snp.SharedDeviceState")]
public sealed record SharedDeviceState
{
    /// <summary>Since when (UTC) it is shared; null: it is not.</summary>
    [Id(0)] public DateTimeOffset? SharedSince { get; init; }
    /// <summary>Who said that it is; null: nobody.</summary>
    [Id(1)] public string? SharedBy { get; init; }
    /// <summary>The people of the shift, in the order they came.</summary>
    [Id(2)] public ImmutableArray<ShiftPerson> People { get; init; } = [];
    /// <summary>The one session that is open; null: locked.</summary>
    [Id(3)] public string? Open { get; init; }
    /// <summary>The session that was open last: whose holds are given back when somebody else comes. Null: none.</summary>
    [Id(4)] public string? Last { get; init; }

    /// <summary>Somebody whose shift goes on; null: nobody of that id.</summary>
    public ShiftPerson? Find(string personId, DateTimeOffset now) => People.FirstOrDefault(one => one.PersonId == personId && now < one.Until);

    /// <summary>Whether this session is the one in front of the computer now.</summary>
    public bool IsOpen(string sessionId, DateTimeOffset now) =>
        SharedSince is not null && Open == sessionId && People.Any(one => one.SessionId == sessionId && now < one.Until);
}

/// <summary>A command about a shared computer. The web has checked who sends it.</summary>
[GenerateSerializer, Immutable, Alias("snp.DeviceCommand")]
public abstract record DeviceCommand;

/// <summary>The computer is shared from now on.</summary>
/// <param name="By">Who says so.</param>
[GenerateSerializer, Immutable, Alias("snp.ShareDevice")]
public sealed record ShareDevice([property: Id(0)] string By) : DeviceCommand;

/// <summary>It is nobody's shared computer any more; whoever is on the list must sign in again.</summary>
[GenerateSerializer, Immutable, Alias("snp.UnshareDevice")]
public sealed record UnshareDevice : DeviceCommand;

/// <summary>Somebody signed in fully here.</summary>
/// <param name="PersonId">Who.</param>
/// <param name="SessionId">Their session.</param>
/// <param name="Method">How, as cookies write it.</param>
/// <param name="Stamp">Of their account; null for other methods.</param>
/// <param name="Since">When they signed in fully (UTC).</param>
[GenerateSerializer, Immutable, Alias("snp.JoinShift")]
public sealed record JoinShift(
    [property: Id(0)] string PersonId, [property: Id(1)] string SessionId, [property: Id(2)] string Method, [property: Id(3)] string? Stamp, [property: Id(4)] DateTimeOffset Since) : DeviceCommand;

/// <summary>Locks, when this session is the open one.</summary>
/// <param name="SessionId">The session.</param>
[GenerateSerializer, Immutable, Alias("snp.LockDevice")]
public sealed record LockDevice([property: Id(0)] string SessionId) : DeviceCommand;

/// <summary>Unlocks as one of the shift.</summary>
/// <param name="PersonId">Who says to be in front of it.</param>
/// <param name="PinRight">Whether the PIN was theirs, as the web found. The computer decides whether it counts.</param>
[GenerateSerializer, Immutable, Alias("snp.UnlockDevice")]
public sealed record UnlockDevice([property: Id(0)] string PersonId, [property: Id(1)] bool PinRight) : DeviceCommand;

/// <summary>Somebody signed out: their PIN opens nothing here any more.</summary>
/// <param name="PersonId">Who.</param>
[GenerateSerializer, Immutable, Alias("snp.LeaveShift")]
public sealed record LeaveShift([property: Id(0)] string PersonId) : DeviceCommand;

/// <summary>Why nothing was opened.</summary>
public enum DeviceRefusal
{
    /// <summary>It is done.</summary>
    None = 0,
    /// <summary>The computer is not shared.</summary>
    NotShared = 1,
    /// <summary>That person is not of the shift, or it is over, or too many PINs were wrong: a full sign-in is needed.</summary>
    FullSignIn = 2,
    /// <summary>The PIN is wrong.</summary>
    PinWrong = 3,
}

/// <summary>What became of a command.</summary>
/// <param name="Refusal">Why not; <see cref="DeviceRefusal.None"/>: done.</param>
/// <param name="State">The computer as it is now.</param>
[GenerateSerializer, Immutable, Alias("snp.DeviceAnswer")]
public sealed record DeviceAnswer([property: Id(0)] DeviceRefusal Refusal, [property: Id(1)] SharedDeviceState State);

/// <summary>Bounds of shared computers. Section <c>SharedPc</c>.</summary>
public sealed class DeviceLimits
{
    /// <summary>How long a PIN opens after a full sign-in. Default: 10 h.</summary>
    public TimeSpan Shift { get; set; } = TimeSpan.FromHours(10);
    /// <summary>Wrong PINs before a full sign-in is needed. Default: 6.</summary>
    public int PinTries { get; set; } = 6;
    /// <summary>People of one shift at one computer; with one more, who came first must sign in again. Default: 12.</summary>
    public int MostPeople { get; set; } = 12;
}
