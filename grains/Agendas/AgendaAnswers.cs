using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace SnpLive.Grains.Agendas;

/// <summary>What a command came to: a value, never an exception.</summary>
[GenerateSerializer, Immutable, Alias("snp.AgendaAnswer")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Done), "done")]
[JsonDerivedType(typeof(SlotsOpened), "slots-opened")]
[JsonDerivedType(typeof(HoldGranted), "hold-granted")]
[JsonDerivedType(typeof(BookingConfirmed), "booking-confirmed")]
[JsonDerivedType(typeof(Refused), "refused")]
[JsonDerivedType(typeof(TemplatePublished), "template-published")]
[JsonDerivedType(typeof(AbsenceRecorded), "absence-recorded")]
public abstract record AgendaAnswer;

/// <summary>Accepted; nothing more to say.</summary>
[GenerateSerializer, Immutable, Alias("snp.Done")]
public sealed record Done : AgendaAnswer;

/// <summary>Slots are open.</summary>
[GenerateSerializer, Immutable, Alias("snp.SlotsOpened")]
public sealed record SlotsOpened([property: Id(0)] ImmutableArray<string> SlotIds) : AgendaAnswer;

/// <summary>The slot is held.</summary>
[GenerateSerializer, Immutable, Alias("snp.HoldGranted")]
public sealed record HoldGranted([property: Id(0)] string HoldId, [property: Id(1)] string SlotId, [property: Id(2)] DateTimeOffset Until) : AgendaAnswer;

/// <summary>The booking is durable.</summary>
[GenerateSerializer, Immutable, Alias("snp.BookingConfirmed")]
public sealed record BookingConfirmed(
    [property: Id(0)] string BookingId, [property: Id(1)] string CareRequestId, [property: Id(2)] SlotFacts Slot, [property: Id(3)] DateTimeOffset Deadline)
    : AgendaAnswer;

/// <summary>The own template is set.</summary>
/// <param name="Opened">Slots published at once.</param>
/// <param name="Withdrawn">Free slots withdrawn because nothing asks for them any more.</param>
[GenerateSerializer, Immutable, Alias("snp.TemplatePublished")]
public sealed record TemplatePublished([property: Id(0)] int Opened, [property: Id(1)] int Withdrawn) : AgendaAnswer;

/// <summary>The absence is known.</summary>
/// <param name="AbsenceId">Its id.</param>
/// <param name="Withdrawn">Slots withdrawn.</param>
/// <param name="ToReplace">Bookings that are to replace now.</param>
[GenerateSerializer, Immutable, Alias("snp.AbsenceRecorded")]
public sealed record AbsenceRecorded([property: Id(0)] string AbsenceId, [property: Id(1)] int Withdrawn, [property: Id(2)] ImmutableArray<string> ToReplace) : AgendaAnswer;

/// <summary>Refused, and why. A refusal changes nothing and may be decided again.</summary>
/// <param name="Code">Why.</param>
/// <param name="Until">For a hold or an existing booking: until when; UTC.</param>
/// <param name="HeldBy">For a hold: the organisation that holds; for a place taken a moment ago: the one that was first.</param>
[GenerateSerializer, Immutable, Alias("snp.Refused")]
public sealed record Refused([property: Id(0)] Refusal Code, [property: Id(1)] DateTimeOffset? Until = null, [property: Id(2)] string? HeldBy = null) : AgendaAnswer;

/// <summary>Why a command was refused. The kebab-case name is the stable code of the HTTP problem.</summary>
public enum Refusal
{
    /// <summary>The agenda does not exist.</summary>
    AgendaUnknown = 0,
    /// <summary>The slot does not exist (any more).</summary>
    SlotUnknown = 1,
    /// <summary>All places are booked.</summary>
    SlotTaken = 2,
    /// <summary>Somebody else holds it.</summary>
    SlotHeld = 3,
    /// <summary>Taken back by the practitioner.</summary>
    SlotWithdrawn = 4,
    /// <summary>Too near to its start, or past.</summary>
    TooLate = 5,
    /// <summary>Starts after the 24/48 h window.</summary>
    OutsideWindow = 6,
    /// <summary>No grant, or not in the slot's audience.</summary>
    NotAllowed = 7,
    /// <summary>The reason may not be booked in this stream.</summary>
    ReasonNotAllowed = 8,
    /// <summary>A vital sign: emergency exit only.</summary>
    VitalSign = 9,
    /// <summary>Vital signs were not excluded.</summary>
    VitalSignsNotExcluded = 10,
    /// <summary>The hold does not exist or is another person's.</summary>
    HoldUnknown = 11,
    /// <summary>The hold has ended.</summary>
    HoldExpired = 12,
    /// <summary>It was extended once already.</summary>
    HoldAlreadyExtended = 13,
    /// <summary>The person holds as many slots as allowed.</summary>
    TooManyHolds = 14,
    /// <summary>The patient has an active booking in this stream.</summary>
    PatientAlreadyBooked = 15,
    /// <summary>The booking does not exist.</summary>
    BookingUnknown = 16,
    /// <summary>The booking is cancelled or has an outcome.</summary>
    BookingEnded = 17,
    /// <summary>It would overlap another slot of the agenda.</summary>
    SlotOverlap = 18,
    /// <summary>Outside daytime hours: PDSA's time.</summary>
    OutsideDaytime = 19,
    /// <summary>Start, end or capacity make no sense.</summary>
    InvalidSlot = 20,
    /// <summary>Booked slots are not withdrawn.</summary>
    SlotBooked = 21,
    /// <summary>A telesecretary must say for whom.</summary>
    OnBehalfOfRequired = 22,
    /// <summary>A home visit needs an address.</summary>
    AddressRequired = 23,
    /// <summary>The decision lies in the future, or its window has ended.</summary>
    InvalidDecisionTime = 24,
    /// <summary>Arrived after its not-after instant.</summary>
    CommandExpired = 25,
    /// <summary>The request id was used for another command.</summary>
    RequestIdReused = 26,
    /// <summary>An outcome before the slot's start, or one that is none.</summary>
    InvalidOutcome = 27,
    /// <summary>Durability is not to be had now; nothing was sent.</summary>
    LedgerUnavailable = 28,
    /// <summary>It may have been done: look up by request id.</summary>
    OutcomeUnknown = 29,
    /// <summary>A weekly template makes no sense.</summary>
    InvalidTemplate = 30,
    /// <summary>An absence that is over, too long or too far away, one too many, or with oneself as locum.</summary>
    InvalidAbsence = 31,
    /// <summary>The absence does not exist.</summary>
    AbsenceUnknown = 32,
    /// <summary>Another absence covers some of that time.</summary>
    AbsenceOverlap = 33,
    /// <summary>The practitioner did not allow places “en sus”.</summary>
    OverbookNotAllowed = 34,
    /// <summary>The slot has as many places “en sus” as allowed.</summary>
    OverbookLimit = 35,
    /// <summary>A booking that is to replace is cancelled only once the patient knows.</summary>
    PatientNotInformed = 36,
    /// <summary>Too many delegates, or one named twice.</summary>
    InvalidDelegates = 37,
    /// <summary>The care request does not exist, or is not one's own.</summary>
    CareRequestUnknown = 50,
    /// <summary>Somebody else looks after the care request.</summary>
    CareRequestTaken = 51,
    /// <summary>The care request was served, unserved or called off, or its deadline has passed.</summary>
    CareRequestEnded = 52,
    /// <summary>Whether the registered GP was asked is not said.</summary>
    RegisteredGpNotStated = 53,
    /// <summary>In this territory the emergency desk asks and does not book.</summary>
    RequestOnly = 54,
    /// <summary>The call it is for is with the AMU: such a file never holds a booking.</summary>
    CallInEmergency = 60,
}
