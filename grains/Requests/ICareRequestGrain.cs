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
}

/// <summary>Where a need stands.</summary>
public enum CareRequestStatus
{
    /// <summary>No solution so far.</summary>
    Unserved = 0,
    /// <summary>Booked.</summary>
    Served = 1,
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
/// <param name="Unserved">Why it was not served at first.</param>
/// <param name="BookingId">The booking that serves it.</param>
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
    [property: Id(12)] string? BookingId);

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
[JsonDerivedType(typeof(CareRequestRefused), "refused")]
public abstract record CareRequestAnswer;

/// <summary>The need is recorded.</summary>
[GenerateSerializer, Immutable, Alias("snp.CareRequestRecorded")]
public sealed record CareRequestRecorded([property: Id(0)] CareRequest Request) : CareRequestAnswer;

/// <summary>Refused; the codes are those of the agenda.</summary>
[GenerateSerializer, Immutable, Alias("snp.CareRequestRefused")]
public sealed record CareRequestRefused([property: Id(0)] Refusal Code) : CareRequestAnswer;

/// <summary>One patient's need from any door, from its decision to a booking or its record as unserved.</summary>
[Alias("snp.ICareRequestGrain")]
public interface ICareRequestGrain : IGrainWithStringKey
{
    /// <summary>Records the need and that no slot served it.</summary>
    [Alias("RecordUnserved")] Task<CareRequestAnswer> RecordUnserved(RecordUnserved command);

    /// <summary>The need; null when unknown.</summary>
    [Alias("Get"), ReadOnly] Task<CareRequest?> Get();

    /// <summary>A wake-up: <c>served:{bookingId}</c> was set in the booking's own commit.</summary>
    [Alias("Wake")] Task Wake(string cause);
}
