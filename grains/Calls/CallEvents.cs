using System.Text.Json.Serialization;

namespace SnpLive.Grains.Calls;

/// <summary>What happened to a call. Kept for ever: names and meanings never change, new ones may be added. No patient, no number, no free text.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(CallRang), "call-rang")]
[JsonDerivedType(typeof(CallJoined), "call-joined")]
[JsonDerivedType(typeof(CallRangAgain), "call-rang-again")]
[JsonDerivedType(typeof(CallTaken), "call-taken")]
[JsonDerivedType(typeof(CallQualified), "call-qualified")]
[JsonDerivedType(typeof(CallFileWritten), "call-file-written")]
[JsonDerivedType(typeof(CallNoted), "call-noted")]
[JsonDerivedType(typeof(CallTransferred), "call-transferred")]
[JsonDerivedType(typeof(CallReleased), "call-released")]
[JsonDerivedType(typeof(CallHolderLost), "call-holder-lost")]
[JsonDerivedType(typeof(CallEscalated), "call-escalated")]
[JsonDerivedType(typeof(CallHandedOver), "call-handed-over")]
[JsonDerivedType(typeof(CallerHungUp), "caller-hung-up")]
[JsonDerivedType(typeof(CallDecided), "call-decided")]
[JsonDerivedType(typeof(CallClosed), "call-closed")]
[JsonDerivedType(typeof(CallWentToEmergency), "call-went-to-emergency")]
[JsonDerivedType(typeof(CallEmergencyUndone), "call-emergency-undone")]
[JsonDerivedType(typeof(CallEmergencyConfirmed), "call-emergency-confirmed")]
[JsonDerivedType(typeof(CallBooked), "call-booked")]
[JsonDerivedType(typeof(CallFileLinked), "call-file-linked")]
[JsonDerivedType(typeof(CallArchived), "call-archived")]
[JsonDerivedType(typeof(PhoneHeard), "phone-heard")]
public abstract record CallEvent;

/// <summary>It came in.</summary>
/// <param name="CallId">Key.</param>
/// <param name="Rules">Its rules.</param>
/// <param name="Line">Number called.</param>
/// <param name="FileKey">Where its file is in the vault.</param>
/// <param name="NumberHash">Keyed hash of the number; null when withheld.</param>
/// <param name="RangAt">UTC.</param>
/// <param name="Regime">Daytime or PDSA.</param>
/// <param name="Level">Where it waits.</param>
/// <param name="CallerKind">Who calls.</param>
/// <param name="CommuneCode">Where the patient is.</param>
/// <param name="ExternalNumber">File number of the SAMU's software.</param>
/// <param name="LinkedTo">The file it was sent back from.</param>
public sealed record CallRang(
    string CallId, CallRules Rules, CallLine Line, string FileKey, string? NumberHash, DateTimeOffset RangAt, Regime Regime, string Level, CallerKind? CallerKind,
    string? CommuneCode, string? ExternalNumber, string? LinkedTo) : CallEvent;

/// <summary>The number had an open file: this call is part of that one.</summary>
public sealed record CallJoined(string To) : CallEvent;

/// <summary>The number rang again, by that call.</summary>
public sealed record CallRangAgain(string By) : CallEvent;

/// <summary>Somebody took it.</summary>
/// <param name="By">Who.</param>
/// <param name="At">When it was answered, UTC.</param>
public sealed record CallTaken(CallPerson By, DateTimeOffset At) : CallEvent;

/// <summary>What is said of it now, the whole of it.</summary>
public sealed record CallQualified(CallQualification Qualification) : CallEvent;

/// <summary>Caller or patient were written; the words are in the vault.</summary>
public sealed record CallFileWritten : CallEvent;

/// <summary>Something was noted; the words are in the vault.</summary>
public sealed record CallNoted(string NoteId, CallPerson By) : CallEvent;

/// <summary>It was passed to another level.</summary>
public sealed record CallTransferred(string To) : CallEvent;

/// <summary>Its holder gave it back, at a level that is worked.</summary>
public sealed record CallReleased(string Level) : CallEvent;

/// <summary>Its holder vanished.</summary>
public sealed record CallHolderLost(string Holder, string Level) : CallEvent;

/// <summary>The level's target has passed and nobody took it.</summary>
public sealed record CallEscalated(string Level) : CallEvent;

/// <summary>The daytime boundary: a waiting call passes to who answers now, with its file.</summary>
/// <param name="Regime">Who answers now.</param>
/// <param name="Level">Where it waits now.</param>
/// <param name="At">The boundary, UTC.</param>
public sealed record CallHandedOver(Regime Regime, string Level, DateTimeOffset At) : CallEvent;

/// <summary>The caller hung up.</summary>
/// <param name="At">UTC.</param>
/// <param name="ShortAbandon">So soon that it is no lost call: closed.</param>
public sealed record CallerHungUp(DateTimeOffset At, bool ShortAbandon) : CallEvent;

/// <summary>It was decided.</summary>
public sealed record CallDecided(CallDecision Decision) : CallEvent;

/// <summary>It is finished.</summary>
public sealed record CallClosed : CallEvent;

/// <summary>The emergency exit was taken.</summary>
public sealed record CallWentToEmergency(CallEmergency Emergency) : CallEvent;

/// <summary>The press was taken back.</summary>
public sealed record CallEmergencyUndone : CallEvent;

/// <summary>The time to take it back is over.</summary>
public sealed record CallEmergencyConfirmed : CallEvent;

/// <summary>A booking serves it.</summary>
public sealed record CallBooked(string BookingId) : CallEvent;

/// <summary>A file was opened from it.</summary>
public sealed record CallFileLinked(string CallId) : CallEvent;

/// <summary>It left the day's lists.</summary>
public sealed record CallArchived : CallEvent;

/// <summary>The telephone said something.</summary>
/// <param name="Fact">What.</param>
/// <param name="NumberHash">Keyed hash of the number, when it was said; null: not.</param>
public sealed record PhoneHeard(PhoneFact Fact, string? NumberHash) : CallEvent;
