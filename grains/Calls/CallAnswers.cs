using System.Text.Json.Serialization;

namespace SnpLive.Grains.Calls;

/// <summary>What a command to a call came to.</summary>
[GenerateSerializer, Immutable, Alias("snp.CallAnswer")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(CallDone), "call-done")]
[JsonDerivedType(typeof(CallRefused), "refused")]
public abstract record CallAnswer;

/// <summary>Accepted.</summary>
/// <param name="CallId">The call: for a number that rang again, the open file it joined.</param>
/// <param name="Version">Its version then.</param>
/// <param name="Status">Where it was then.</param>
/// <param name="Level">Its level then.</param>
/// <param name="CallBack">Waiting, with nobody on the line.</param>
/// <param name="Joined">It joined an open file.</param>
/// <param name="UndoUntil">Until when an emergency exit can be undone, UTC; otherwise null.</param>
[GenerateSerializer, Immutable, Alias("snp.CallDone")]
public sealed record CallDone(
    [property: Id(0)] string CallId, [property: Id(1)] long Version, [property: Id(2)] CallStatus Status, [property: Id(3)] string Level, [property: Id(4)] bool CallBack,
    [property: Id(5)] bool Joined, [property: Id(6)] DateTimeOffset? UndoUntil) : CallAnswer;

/// <summary>Refused, and why; changes nothing and may be decided again.</summary>
/// <param name="Code">Why.</param>
/// <param name="HeldBy">Who has the call, when that is why.</param>
[GenerateSerializer, Immutable, Alias("snp.CallRefused")]
public sealed record CallRefused([property: Id(0)] CallRefusal Code, [property: Id(1)] string? HeldBy = null) : CallAnswer;

/// <summary>Why a command to a call was refused. The kebab-case name is the stable code of the HTTP problem.</summary>
public enum CallRefusal
{
    /// <summary>The call does not exist.</summary>
    CallUnknown = 0,
    /// <summary>Another role or centre, or a level that the role does not work.</summary>
    NotAllowed = 1,
    /// <summary>Somebody else has it.</summary>
    CallTaken = 2,
    /// <summary>The caller does not have it.</summary>
    CallNotHeld = 3,
    /// <summary>It is finished.</summary>
    CallClosed = 4,
    /// <summary>It is with the AMU.</summary>
    CallInEmergency = 5,
    /// <summary>It is not with the AMU.</summary>
    CallNotInEmergency = 6,
    /// <summary>The seconds to undo are over, or another person pressed.</summary>
    UndoOver = 7,
    /// <summary>Not an exit of this level, or not for this role.</summary>
    ExitNotAllowed = 8,
    /// <summary>A regulating doctor decides it, or a protocol in force.</summary>
    AppointmentNeedsRegulator = 9,
    /// <summary>No such protocol is in force, or it does not cover this role, reason and exit.</summary>
    ProtocolUnknown = 10,
    /// <summary>No such level, or calls are not passed there from here.</summary>
    LevelUnknown = 11,
    /// <summary>No appointment was decided.</summary>
    CallNotDecided = 12,
    /// <summary>Nobody waits.</summary>
    QueueEmpty = 13,
    /// <summary>Arrived after its not-after instant.</summary>
    CommandExpired = 14,
    /// <summary>The request id was used for another command.</summary>
    RequestIdReused = 15,
    /// <summary>Durability is not to be had now; nothing was sent.</summary>
    LedgerUnavailable = 16,
    /// <summary>It may have been done: look up by request id.</summary>
    OutcomeUnknown = 17,
    /// <summary>A vital sign ends in the emergency exit only.</summary>
    VitalSign = 18,
}
