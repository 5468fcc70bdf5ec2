using System.Text.Json.Serialization;
using SnpLive.Grains.People;

namespace SnpLive.Grains.Calls;

/// <summary>What is asked of a call.</summary>
[GenerateSerializer, Immutable, Alias("snp.CallCommand")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(RingCall), "ring-call")]
[JsonDerivedType(typeof(TakeCall), "take-call")]
[JsonDerivedType(typeof(QualifyCall), "qualify-call")]
[JsonDerivedType(typeof(WriteFile), "write-file")]
[JsonDerivedType(typeof(NoteCall), "note-call")]
[JsonDerivedType(typeof(TransferCall), "transfer-call")]
[JsonDerivedType(typeof(ReleaseCall), "release-call")]
[JsonDerivedType(typeof(DecideCall), "decide-call")]
[JsonDerivedType(typeof(CloseCall), "close-call")]
[JsonDerivedType(typeof(HangUp), "hang-up")]
[JsonDerivedType(typeof(TakeEmergencyExit), "take-emergency-exit")]
[JsonDerivedType(typeof(UndoEmergencyExit), "undo-emergency-exit")]
[JsonDerivedType(typeof(HearPhone), "hear-phone")]
[JsonDerivedType(typeof(LoseHolder), "lose-holder")]
[JsonDerivedType(typeof(PassTime), "pass-time")]
[JsonDerivedType(typeof(RingAgain), "ring-again")]
[JsonDerivedType(typeof(LinkBooking), "link-booking")]
[JsonDerivedType(typeof(LinkFile), "link-file")]
public abstract record CallCommand
{
    /// <summary>Made by the caller before its first send.</summary>
    [Id(0)] public required Guid RequestId { get; init; }
    /// <summary>Who asks, proven by the session.</summary>
    [Id(1)] public required Actor Actor { get; init; }
    /// <summary>Refused when it arrives later, UTC.</summary>
    [Id(2)] public required DateTimeOffset NotAfter { get; init; }
}

/// <summary>What goes to the vault with a command: nothing readable.</summary>
/// <param name="FileHash">Keyed hash that finds the file of this call.</param>
/// <param name="SealedFile">Caller and patient, sealed.</param>
/// <param name="SealedNote">A note, sealed; null when none.</param>
/// <param name="ContentHash">Keyed hash of what was typed, so that a changed repeat is noticed.</param>
[GenerateSerializer, Immutable, Alias("snp.SealedCall")]
public sealed record SealedCall(
    [property: Id(0)] string FileHash, [property: Id(1)] string SealedFile, [property: Id(2)] string? SealedNote, [property: Id(3)] string ContentHash);

/// <summary>A call comes in.</summary>
/// <param name="Rules">Of its centre, filled in by the server.</param>
/// <param name="Line">Number called.</param>
/// <param name="NumberHash">Keyed hash of the number; null when withheld.</param>
/// <param name="Sealed">The caller, sealed.</param>
/// <param name="FileKey">Set by the grain's shell: a new random key in the vault.</param>
/// <param name="CallerKind">Who calls; null: not said.</param>
/// <param name="CommuneCode">Where the patient is; null: unknown.</param>
/// <param name="ExternalNumber">File number of the SAMU's software; null: none.</param>
/// <param name="Take">Taken at once by who tells it.</param>
/// <param name="SentBackFrom">The file in emergency from which the patient is sent back: by a regulating doctor only. Null: a call like any other.</param>
/// <param name="JoinTo">Set by the grain's shell when the ledger names the open file of the same number.</param>
[GenerateSerializer, Immutable, Alias("snp.RingCall")]
public sealed record RingCall(
    [property: Id(0)] CallRules Rules, [property: Id(1)] CallLine Line, [property: Id(2)] string? NumberHash, [property: Id(3)] SealedCall Sealed,
    [property: Id(4)] string? FileKey, [property: Id(5)] CallerKind? CallerKind, [property: Id(6)] string? CommuneCode, [property: Id(7)] string? ExternalNumber,
    [property: Id(8)] bool Take, [property: Id(9)] string? SentBackFrom = null, [property: Id(10)] string? JoinTo = null) : CallCommand;

/// <summary>Takes a waiting call, or one that is to be called back.</summary>
/// <param name="Next">Asked for as “the next one” of the centre: a repeat finds the call that was given then, whichever it was.</param>
[GenerateSerializer, Immutable, Alias("snp.TakeCall")]
public sealed record TakeCall([property: Id(0)] bool Next) : CallCommand;

/// <summary>Says what the call is about; null leaves as it is.</summary>
[GenerateSerializer, Immutable, Alias("snp.QualifyCall")]
public sealed record QualifyCall(
    [property: Id(0)] CallPriority? Priority, [property: Id(1)] CareLevel? CareLevel, [property: Id(2)] RegulationStream? Stream, [property: Id(3)] string? Reason,
    [property: Id(4)] Communication? Communication, [property: Id(5)] string? CommuneCode, [property: Id(6)] CallerKind? CallerKind,
    [property: Id(7)] CaresFor? CaresFor, [property: Id(8)] string? ExternalNumber) : CallCommand;

/// <summary>Replaces caller and patient of the file, which only the vault can read.</summary>
[GenerateSerializer, Immutable, Alias("snp.WriteFile")]
public sealed record WriteFile([property: Id(0)] SealedCall Sealed) : CallCommand;

/// <summary>Adds a note; its words are sealed.</summary>
[GenerateSerializer, Immutable, Alias("snp.NoteCall")]
public sealed record NoteCall([property: Id(0)] SealedCall Sealed) : CallCommand;

/// <summary>Passes the call to another level's queue.</summary>
[GenerateSerializer, Immutable, Alias("snp.TransferCall")]
public sealed record TransferCall([property: Id(0)] string To) : CallCommand;

/// <summary>Gives the call back to its queue.</summary>
[GenerateSerializer, Immutable, Alias("snp.ReleaseCall")]
public sealed record ReleaseCall : CallCommand;

/// <summary>Decides.</summary>
/// <param name="Exit">The exit.</param>
/// <param name="Decision">National decision; null: the usual one of the exit.</param>
/// <param name="Destination">National destination; null: the usual one of the exit.</param>
/// <param name="Protocol">The protocol an OSNP or ARM acts by; null: none.</param>
[GenerateSerializer, Immutable, Alias("snp.DecideCall")]
public sealed record DecideCall(
    [property: Id(0)] CallExit Exit, [property: Id(1)] NationalDecision? Decision, [property: Id(2)] NationalDestination? Destination, [property: Id(3)] string? Protocol) : CallCommand;

/// <summary>Ends a call whose appointment was decided.</summary>
[GenerateSerializer, Immutable, Alias("snp.CloseCall")]
public sealed record CloseCall : CallCommand;

/// <summary>The caller hung up.</summary>
[GenerateSerializer, Immutable, Alias("snp.HangUp")]
public sealed record HangUp : CallCommand;

/// <summary>The emergency exit.</summary>
/// <param name="RaisedAt">When it was pressed, UTC; the first counts.</param>
[GenerateSerializer, Immutable, Alias("snp.TakeEmergencyExit")]
public sealed record TakeEmergencyExit([property: Id(0)] DateTimeOffset RaisedAt) : CallCommand;

/// <summary>Takes the press back within its seconds.</summary>
[GenerateSerializer, Immutable, Alias("snp.UndoEmergencyExit")]
public sealed record UndoEmergencyExit : CallCommand;

/// <summary>The telephone said something. The first thing heard of a call begins it, whatever it is.</summary>
/// <param name="Fact">What.</param>
/// <param name="Begin">How the call begins, should this be the first thing heard.</param>
[GenerateSerializer, Immutable, Alias("snp.HearPhone")]
public sealed record HearPhone([property: Id(0)] PhoneFact Fact, [property: Id(1)] RingCall Begin) : CallCommand;

/// <summary>The centre has not heard of the holder for longer than the lease: by the system only.</summary>
/// <param name="Holder">Who vanished.</param>
/// <param name="Since">Since when they had it, UTC: a later take is another.</param>
[GenerateSerializer, Immutable, Alias("snp.LoseHolder")]
public sealed record LoseHolder([property: Id(0)] string Holder, [property: Id(1)] DateTimeOffset Since) : CallCommand;

/// <summary>Time has passed: targets, the daytime boundary, the end of an undo. By the system only.</summary>
[GenerateSerializer, Immutable, Alias("snp.PassTime")]
public sealed record PassTime : CallCommand;

/// <summary>The same number rang again: by the system only, from the call that joined.</summary>
/// <param name="CallId">The call that joined.</param>
[GenerateSerializer, Immutable, Alias("snp.RingAgain")]
public sealed record RingAgain([property: Id(0)] string CallId) : CallCommand;

/// <summary>A booking serves the call: by the system only.</summary>
[GenerateSerializer, Immutable, Alias("snp.LinkBooking")]
public sealed record LinkBooking([property: Id(0)] string BookingId) : CallCommand;

/// <summary>A file was opened from this one: by the system only.</summary>
[GenerateSerializer, Immutable, Alias("snp.LinkFile")]
public sealed record LinkFile([property: Id(0)] string CallId) : CallCommand;
