using System.Text.Json.Serialization;
using Orleans.Concurrency;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.People;

namespace SnpLive.Grains.Requests;

/// <summary>Why no slot served the need.</summary>
public enum UnservedReason
{
    /// <summary>There was no slot.</summary>
    None = 0,
    /// <summary>Too far.</summary>
    TooFar = 1,
    /// <summary>Too late.</summary>
    TooLate = 2,
    /// <summary>The patient refused.</summary>
    Refused = 3,
    /// <summary>The patient left, or cannot be reached any more.</summary>
    Abandoned = 4,
    /// <summary>Nobody found a solution before the deadline. Said by the system only.</summary>
    DeadlinePassed = 5,
}

/// <summary>Where a need stands.</summary>
public enum CareRequestStatus
{
    /// <summary>No solution so far.</summary>
    Unserved = 0,
    /// <summary>Booked, or settled elsewhere.</summary>
    Served = 1,
    /// <summary>Waits for a solution, before its deadline.</summary>
    Open = 2,
    /// <summary>Called off: no need any more, or never one.</summary>
    Cancelled = 3,
}

/// <summary>Whether the registered GP, always the first choice, was asked before.</summary>
public enum RegisteredGpContact
{
    /// <summary>Yes.</summary>
    Yes = 0,
    /// <summary>No.</summary>
    No = 1,
    /// <summary>Absent.</summary>
    Absent = 2,
}

/// <summary>What served a need.</summary>
public enum ServedBy
{
    /// <summary>A booking.</summary>
    Booking = 0,
    /// <summary>The registered GP sees the patient after all.</summary>
    RegisteredGp = 1,
    /// <summary>Handed over to the out-of-hours service (PDSA).</summary>
    OutOfHours = 2,
    /// <summary>Another solution outside this system.</summary>
    Elsewhere = 3,
}

/// <summary>Why a request was called off: a closed list, since events hold no free text.</summary>
public enum RequestCancelReason
{
    /// <summary>The patient needs it no more.</summary>
    NoLongerNeeded = 0,
    /// <summary>Opened by mistake.</summary>
    Mistake = 1,
    /// <summary>There is another request for the same need.</summary>
    Duplicate = 2,
}

/// <summary>One patient's need, without the patient's identity.</summary>
/// <param name="CareRequestId">Key.</param>
/// <param name="TerritoryId">Tenant.</param>
/// <param name="CareStream">Stream.</param>
/// <param name="RequestedBy">The person.</param>
/// <param name="Role">Their role: the door.</param>
/// <param name="OrganizationId">Their organisation.</param>
/// <param name="Eligibility">Why the patient may use the scheme.</param>
/// <param name="Reason">National reason code.</param>
/// <param name="DecidedAt">UTC; the window starts here.</param>
/// <param name="Deadline">UTC.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Unserved">Why it was not served (at first); without meaning for an open request.</param>
/// <param name="BookingId">The booking that serves it.</param>
/// <param name="RegisteredGp">Whether the registered GP was asked; null: there is none, or a need recorded without a request.</param>
/// <param name="Surrogate">Stands for the patient; null for a need recorded without one.</param>
/// <param name="OpenedAt">When the request was opened, UTC; null for a need recorded without one.</param>
/// <param name="OnBehalfOf">The professional for whom a secretary asks; null: for the requester.</param>
/// <param name="Owner">Who looks after it; null: nobody yet.</param>
/// <param name="OwnerOrganizationId">The owner's organisation.</param>
/// <param name="TakenAt">Since when, UTC.</param>
/// <param name="ReturnedAt">The opening of daytime hours at which it came back last, UTC; null: never.</param>
/// <param name="ServedBy">What served it; null: nothing.</param>
/// <param name="CancelReason">Why it was called off.</param>
/// <param name="EndedAt">When it was served, unserved or called off, UTC.</param>
/// <param name="ReopenedAt">When it came back because its booking was cancelled, UTC; null: never.</param>
[GenerateSerializer, Immutable, Alias("snp.CareRequest")]
public sealed record CareRequest(
    [property: Id(0)] string CareRequestId,
    [property: Id(1)] string TerritoryId,
    [property: Id(2)] string CareStream,
    [property: Id(3)] string RequestedBy,
    [property: Id(4)] Role Role,
    [property: Id(5)] string OrganizationId,
    [property: Id(6)] Eligibility Eligibility,
    [property: Id(7)] string Reason,
    [property: Id(8)] DateTimeOffset DecidedAt,
    [property: Id(9)] DateTimeOffset Deadline,
    [property: Id(10)] CareRequestStatus Status,
    [property: Id(11)] UnservedReason Unserved,
    [property: Id(12)] string? BookingId,
    [property: Id(13)] RegisteredGpContact? RegisteredGp = null,
    [property: Id(14)] string? Surrogate = null,
    [property: Id(15)] DateTimeOffset? OpenedAt = null,
    [property: Id(16)] string? OnBehalfOf = null,
    [property: Id(17)] string? Owner = null,
    [property: Id(18)] string? OwnerOrganizationId = null,
    [property: Id(19)] DateTimeOffset? TakenAt = null,
    [property: Id(20)] DateTimeOffset? ReturnedAt = null,
    [property: Id(21)] ServedBy? ServedBy = null,
    [property: Id(22)] RequestCancelReason? CancelReason = null,
    [property: Id(23)] DateTimeOffset? EndedAt = null,
    [property: Id(24)] DateTimeOffset? ReopenedAt = null)
{
    /// <summary>Whether it waits for a solution: the deadline ends it, whether or not its wake-up has come.</summary>
    public bool IsOpen(DateTimeOffset now) => Status == CareRequestStatus.Open && now < Deadline;

    /// <summary>As it stands at <paramref name="now"/> (UTC).</summary>
    public CareRequest At(DateTimeOffset now) => Status == CareRequestStatus.Open && !IsOpen(now)
        ? this with { Status = CareRequestStatus.Unserved, Unserved = UnservedReason.DeadlinePassed, EndedAt = Deadline }
        : this;
}

/// <summary>Records a need that found no slot.</summary>
/// <param name="RequestId">The caller's id.</param>
/// <param name="Actor">Who asks, proven.</param>
/// <param name="NotAfter">UTC.</param>
/// <param name="TerritoryId">Tenant.</param>
/// <param name="TimeZone">IANA zone of the territory.</param>
/// <param name="WindowHours">Window of the territory.</param>
/// <param name="CareStream">Stream.</param>
/// <param name="Eligibility">Why.</param>
/// <param name="Reason">National reason code.</param>
/// <param name="DecidedAt">UTC; null: now.</param>
/// <param name="Unserved">Why no slot served it.</param>
[GenerateSerializer, Immutable, Alias("snp.RecordUnserved")]
public sealed record RecordUnserved(
    [property: Id(0)] Guid RequestId,
    [property: Id(1)] Actor Actor,
    [property: Id(2)] DateTimeOffset NotAfter,
    [property: Id(3)] string TerritoryId,
    [property: Id(4)] string TimeZone,
    [property: Id(5)] int WindowHours,
    [property: Id(6)] string CareStream,
    [property: Id(7)] Eligibility Eligibility,
    [property: Id(8)] string Reason,
    [property: Id(9)] DateTimeOffset? DecidedAt,
    [property: Id(10)] UnservedReason Unserved);

/// <summary>What became of a command to a care request.</summary>
[GenerateSerializer, Immutable, Alias("snp.CareRequestAnswer")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(CareRequestRecorded), "recorded")]
[JsonDerivedType(typeof(EmergencyRecorded), "emergency-recorded")]
[JsonDerivedType(typeof(CareRequestRefused), "refused")]
[JsonDerivedType(typeof(CareRequestChanged), "request-changed")]
public abstract record CareRequestAnswer;

/// <summary>The need is recorded.</summary>
[GenerateSerializer, Immutable, Alias("snp.CareRequestRecorded")]
public sealed record CareRequestRecorded([property: Id(0)] CareRequest Request) : CareRequestAnswer;

/// <summary>The request after the command.</summary>
[GenerateSerializer, Immutable, Alias("snp.CareRequestChanged")]
public sealed record CareRequestChanged([property: Id(0)] CareRequest Request) : CareRequestAnswer;

/// <summary>Refused; the codes are those of the agenda.</summary>
/// <param name="Code">Why.</param>
/// <param name="HeldBy">For a request that somebody else looks after: their organisation.</param>
[GenerateSerializer, Immutable, Alias("snp.CareRequestRefused")]
public sealed record CareRequestRefused([property: Id(0)] Refusal Code, [property: Id(1)] string? HeldBy = null) : CareRequestAnswer;

/// <summary>One patient's need from any door, from its decision to a booking, its record as unserved, or the emergency exit.</summary>
[Alias("snp.ICareRequestGrain")]
public interface ICareRequestGrain : IGrainWithStringKey
{
    /// <summary>Records the need and that no slot served it.</summary>
    [Alias("RecordUnserved")] Task<CareRequestAnswer> RecordUnserved(RecordUnserved command);

    /// <summary>Records that the need ended in the emergency exit.</summary>
    [Alias("RaiseEmergency")] Task<CareRequestAnswer> RaiseEmergency(RaiseEmergency command);

    /// <summary>Opens a request, or changes one that is open.</summary>
    [Alias("Execute")] Task<CareRequestAnswer> Execute(CareRequestCommand command);

    /// <summary>The need; null when unknown, and for a press of the emergency key, which names none.</summary>
    [Alias("Get"), ReadOnly] Task<CareRequest?> Get();

    /// <summary>
    /// A wake-up: <c>served:{bookingId}</c> and <c>lost:{bookingId}</c> were set in the booking's and the cancellation's own commit, those of <see cref="RequestWakes"/> when the request was opened.
    /// </summary>
    [Alias("Wake")] Task Wake(string cause);
}
