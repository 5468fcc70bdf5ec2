using System.Collections.Immutable;
using SnpLive.Grains.People;

namespace SnpLive.Grains.Calls;

/// <summary>A person of the regulation desk.</summary>
/// <param name="Id">Identity id.</param>
/// <param name="Role">Role then.</param>
[GenerateSerializer, Immutable, Alias("snp.CallPerson")]
public sealed record CallPerson([property: Id(0)] string Id, [property: Id(1)] Role Role)
{
    /// <summary>The person of an actor.</summary>
    public static CallPerson Of(Actor actor) => new(actor.Id, actor.Role);
}

/// <summary>Who has a call.</summary>
/// <param name="Person">Who.</param>
/// <param name="Since">UTC.</param>
[GenerateSerializer, Immutable, Alias("snp.CallHolder")]
public sealed record CallHolder([property: Id(0)] CallPerson Person, [property: Id(1)] DateTimeOffset Since);

/// <summary>One stay at a level: when it rang there, was answered and left. UTC.</summary>
/// <param name="Level">The level.</param>
/// <param name="Regime">Daytime or PDSA, when it came.</param>
/// <param name="RangAt">When it began to wait.</param>
/// <param name="AnsweredAt">When somebody took it; null: not yet, or never.</param>
/// <param name="LeftAt">When it left; null: not yet.</param>
/// <param name="By">Who took it.</param>
[GenerateSerializer, Immutable, Alias("snp.CallStep")]
public sealed record CallStep(
    [property: Id(0)] string Level, [property: Id(1)] Regime Regime, [property: Id(2)] DateTimeOffset RangAt, [property: Id(3)] DateTimeOffset? AnsweredAt,
    [property: Id(4)] DateTimeOffset? LeftAt, [property: Id(5)] CallPerson? By);

/// <summary>That somebody noted something; the words are in the vault.</summary>
/// <param name="NoteId">Key in the vault.</param>
/// <param name="By">Who.</param>
/// <param name="At">UTC.</param>
[GenerateSerializer, Immutable, Alias("snp.CallNote")]
public sealed record CallNote([property: Id(0)] string NoteId, [property: Id(1)] CallPerson By, [property: Id(2)] DateTimeOffset At);

/// <summary>What was decided.</summary>
/// <param name="Exit">The exit.</param>
/// <param name="Decision">National decision.</param>
/// <param name="Destination">National destination; null when none.</param>
/// <param name="Protocol">The protocol by which an OSNP or ARM decided alone; otherwise null.</param>
/// <param name="By">Who.</param>
/// <param name="At">UTC; the window of an appointment starts here.</param>
[GenerateSerializer, Immutable, Alias("snp.CallDecision")]
public sealed record CallDecision(
    [property: Id(0)] CallExit Exit, [property: Id(1)] NationalDecision Decision, [property: Id(2)] NationalDestination? Destination, [property: Id(3)] string? Protocol,
    [property: Id(4)] CallPerson By, [property: Id(5)] DateTimeOffset At);

/// <summary>The emergency exit of a call, and what it was before, for the seconds in which it can be undone.</summary>
/// <param name="By">Who pressed.</param>
/// <param name="At">When it was pressed, UTC.</param>
/// <param name="UndoUntil">UTC, exclusive.</param>
/// <param name="Confirmed">The time to undo is over.</param>
/// <param name="Before">Status before.</param>
/// <param name="HolderBefore">Holder before.</param>
/// <param name="WaitedSince">Since when it waited; null when it did not.</param>
[GenerateSerializer, Immutable, Alias("snp.CallEmergency")]
public sealed record CallEmergency(
    [property: Id(0)] CallPerson By, [property: Id(1)] DateTimeOffset At, [property: Id(2)] DateTimeOffset UndoUntil, [property: Id(3)] bool Confirmed,
    [property: Id(4)] CallStatus Before, [property: Id(5)] CallHolder? HolderBefore, [property: Id(6)] DateTimeOffset? WaitedSince)
{
    /// <summary>How long a press can be taken back.</summary>
    public static readonly TimeSpan UndoTime = TimeSpan.FromSeconds(5);
}

/// <summary>What operators say of a call.</summary>
/// <param name="Priority">Priority.</param>
/// <param name="CareLevel">Care level; null: not yet.</param>
/// <param name="Stream">The SAMU's stream; null: not yet.</param>
/// <param name="Reason">National reason code; null: not yet.</param>
/// <param name="Communication">Communication difficulty; null: not said.</param>
/// <param name="CommuneCode">INSEE code of where the patient is; null: unknown.</param>
/// <param name="CallerKind">Who calls; null: not said.</param>
/// <param name="CaresFor">Seed 4's question.</param>
/// <param name="ExternalNumber">File number of the SAMU's own software (companion mode); null: none.</param>
[GenerateSerializer, Immutable, Alias("snp.CallQualification")]
public sealed record CallQualification(
    [property: Id(0)] CallPriority Priority, [property: Id(1)] CareLevel? CareLevel, [property: Id(2)] RegulationStream? Stream, [property: Id(3)] string? Reason,
    [property: Id(4)] Communication? Communication, [property: Id(5)] string? CommuneCode, [property: Id(6)] CallerKind? CallerKind,
    [property: Id(7)] CaresFor CaresFor, [property: Id(8)] string? ExternalNumber);

/// <summary>One call from ring to outcome, without patient, number or free text: those are in the vault.</summary>
/// <param name="CallId">Key.</param>
/// <param name="Rules">Its rules.</param>
/// <param name="Line">Number called.</param>
/// <param name="FileKey">Where its sealed file is in the vault.</param>
/// <param name="NumberHash">Keyed hash of the caller's number; null when withheld.</param>
/// <param name="RangAt">First ring, UTC.</param>
/// <param name="Regime">Daytime or PDSA.</param>
/// <param name="Status">Where it is.</param>
/// <param name="Level">At which level, or at which it was last.</param>
/// <param name="WaitingSince">While it waits: since when at this level, UTC.</param>
/// <param name="EscalatedAt">When it was said that the level's target had passed; null: not, or not at this level.</param>
/// <param name="Returned">Its operator vanished: it goes first among its priority.</param>
/// <param name="Repeats">How often the number rang again.</param>
/// <param name="CallerOnLine">Whether somebody is on the line; if not, a waiting call is a call-back task.</param>
/// <param name="HungUpAt">When the caller hung up; null: on the line.</param>
/// <param name="Holder">Who has it; null unless in hand.</param>
/// <param name="Qualification">What is said of it.</param>
/// <param name="Decision">What was decided; null: nothing yet.</param>
/// <param name="Steps">Stays at levels, in order.</param>
/// <param name="Notes">Notes, in order.</param>
/// <param name="Bookings">Bookings that serve it.</param>
/// <param name="Emergency">The emergency exit; null unless taken.</param>
/// <param name="LinkedTo">The file in emergency from which the patient was sent back; null: none.</param>
/// <param name="LinkedFiles">Files opened from this one.</param>
/// <param name="JoinedTo">The open file that it joined; null: none.</param>
/// <param name="ShortAbandon">Hung up so soon that it is no lost call.</param>
/// <param name="ClosedAt">When it ended, UTC; null: open.</param>
/// <param name="Archived">It has left the day's lists.</param>
/// <param name="Heard">What the telephone said, by time.</param>
/// <param name="Touched">Whether an operator acted on it: from then on the telephone only adds.</param>
[GenerateSerializer, Immutable, Alias("snp.Call")]
public sealed record Call(
    [property: Id(0)] string CallId, [property: Id(1)] CallRules Rules, [property: Id(2)] CallLine Line, [property: Id(3)] string FileKey,
    [property: Id(4)] string? NumberHash, [property: Id(5)] DateTimeOffset RangAt, [property: Id(6)] Regime Regime, [property: Id(7)] CallStatus Status,
    [property: Id(8)] string Level, [property: Id(9)] DateTimeOffset? WaitingSince, [property: Id(10)] DateTimeOffset? EscalatedAt, [property: Id(11)] bool Returned,
    [property: Id(12)] int Repeats, [property: Id(13)] bool CallerOnLine, [property: Id(14)] DateTimeOffset? HungUpAt, [property: Id(15)] CallHolder? Holder,
    [property: Id(16)] CallQualification Qualification, [property: Id(17)] CallDecision? Decision, [property: Id(18)] ImmutableArray<CallStep> Steps,
    [property: Id(19)] ImmutableArray<CallNote> Notes, [property: Id(20)] ImmutableArray<string> Bookings, [property: Id(21)] CallEmergency? Emergency,
    [property: Id(22)] string? LinkedTo, [property: Id(23)] ImmutableArray<string> LinkedFiles, [property: Id(24)] string? JoinedTo,
    [property: Id(25)] bool ShortAbandon, [property: Id(26)] DateTimeOffset? ClosedAt, [property: Id(27)] bool Archived,
    [property: Id(28)] ImmutableArray<PhoneFact> Heard, [property: Id(29)] bool Touched)
{
    /// <summary>How long a finished call stays in the lists and figures of its centre.</summary>
    public static readonly TimeSpan ListedFor = TimeSpan.FromHours(24);

    /// <summary>The level it is at. A method, since properties would be part of snapshots.</summary>
    public CallLevel LevelNow() => Rules.Level(Level) ?? throw new InvalidOperationException($"{CallId} is at no level of its flow: {Level}.");

    /// <summary>When the level's target passes, UTC; null while it does not wait.</summary>
    public DateTimeOffset? TargetAt() => Status == CallStatus.Waiting && WaitingSince is { } since ? since.AddSeconds(LevelNow().TargetSeconds) : null;

    /// <summary>Whether it still asks for somebody's work.</summary>
    public bool IsOpen() => Status is CallStatus.Waiting or CallStatus.InHand;

    /// <summary>Whether anybody ever answered it.</summary>
    public bool WasAnswered() => Steps.Any(s => s.AnsweredAt is not null);
}

/// <summary>What a telephone event says.</summary>
public enum PhoneKind
{
    /// <summary>It rings.</summary>
    Ringing = 0,
    /// <summary>Somebody answered.</summary>
    Answered = 1,
    /// <summary>It was passed to another level.</summary>
    Transferred = 2,
    /// <summary>The caller hung up.</summary>
    HungUp = 3,
}

/// <summary>One fact that the telephone told, in any order, perhaps several times.</summary>
/// <param name="EventId">The switch's id of the event.</param>
/// <param name="Kind">What.</param>
/// <param name="At">When it happened, UTC.</param>
/// <param name="Agent">Who answered; null when it was not said.</param>
/// <param name="ToLevel">Where it was passed.</param>
[GenerateSerializer, Immutable, Alias("snp.PhoneFact")]
public sealed record PhoneFact(
    [property: Id(0)] string EventId, [property: Id(1)] PhoneKind Kind, [property: Id(2)] DateTimeOffset At, [property: Id(3)] CallPerson? Agent, [property: Id(4)] string? ToLevel);
