using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SnpLive.Grains.Agendas;

namespace SnpLive.Grains.Requests;

/// <summary>What happened to a care request. Kept for ever: names and meanings never change, new ones may be added. No patient, no free text.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(NeedRecorded), "need-recorded")]
[JsonDerivedType(typeof(NeedServed), "need-served")]
[JsonDerivedType(typeof(BookingLost), "booking-lost")]
[JsonDerivedType(typeof(EmergencyRaised), "emergency-raised")]
[JsonDerivedType(typeof(RequestOpened), "request-opened")]
[JsonDerivedType(typeof(RequestTaken), "request-taken")]
[JsonDerivedType(typeof(RequestReleased), "request-released")]
[JsonDerivedType(typeof(RequestReturned), "request-returned")]
[JsonDerivedType(typeof(RequestSettled), "request-settled")]
[JsonDerivedType(typeof(RequestUnserved), "request-unserved")]
[JsonDerivedType(typeof(RequestCancelled), "request-cancelled")]
public abstract record CareRequestEvent;

/// <summary>A need was recorded for which no slot was found.</summary>
/// <param name="Request">The need.</param>
/// <param name="TimeZone">IANA zone of its territory, for civil dates.</param>
public sealed record NeedRecorded(CareRequest Request, string TimeZone) : CareRequestEvent;

/// <summary>A booking serves the need.</summary>
public sealed record NeedServed(string BookingId) : CareRequestEvent;

/// <summary>The booking that served the need was cancelled: it is open again, unless the patient needs it no more or went to the emergency branch.</summary>
/// <param name="BookingId">The booking.</param>
/// <param name="Reason">Why it was cancelled.</param>
public sealed record BookingLost(string BookingId, CancelReason Reason) : CareRequestEvent;

/// <summary>The emergency exit was taken.</summary>
/// <param name="Emergency">By whom, when, where to.</param>
/// <param name="TimeZone">IANA zone of its territory, for civil dates.</param>
public sealed record EmergencyRaised(Emergency Emergency, string TimeZone) : CareRequestEvent;

/// <summary>A request was opened.</summary>
/// <param name="Request">As it was asked.</param>
/// <param name="TimeZone">IANA zone of its territory, for civil dates.</param>
/// <param name="Openings">Openings of daytime care before its deadline, UTC: it comes back at each.</param>
public sealed record RequestOpened(CareRequest Request, string TimeZone, ImmutableArray<DateTimeOffset> Openings) : CareRequestEvent;

/// <summary>Somebody took it into their hands, perhaps over from somebody else.</summary>
public sealed record RequestTaken(string By, string OrganizationId) : CareRequestEvent;

/// <summary>It is nobody's again.</summary>
public sealed record RequestReleased : CareRequestEvent;

/// <summary>Daytime care has opened: it comes back to all, unless somebody has taken it since.</summary>
/// <param name="Opening">UTC.</param>
public sealed record RequestReturned(DateTimeOffset Opening) : CareRequestEvent;

/// <summary>It was served without a booking here.</summary>
public sealed record RequestSettled(ServedBy By) : CareRequestEvent;

/// <summary>It ended without a solution.</summary>
public sealed record RequestUnserved(UnservedReason Reason) : CareRequestEvent;

/// <summary>It was called off.</summary>
public sealed record RequestCancelled(RequestCancelReason Reason) : CareRequestEvent;

/// <summary>Everything a care request knows. Immutable; its JSON is the snapshot.</summary>
/// <param name="Request">Null until recorded.</param>
/// <param name="TimeZone">IANA zone of its territory; null until recorded.</param>
/// <param name="Version">Commands folded.</param>
/// <param name="LastAt">Instant of the last one, UTC: time never runs backwards from it.</param>
/// <param name="RecordedBy">The command that recorded it, for repeats; null until recorded.</param>
/// <param name="Emergency">The emergency exit; null unless it was taken.</param>
public sealed record CareRequestState(
    CareRequest? Request, string? TimeZone, long Version, DateTimeOffset LastAt, RecordedBy? RecordedBy, Emergency? Emergency = null)
{
    /// <summary>Version of the snapshot's schema.</summary>
    public const int Schema = 1;

    /// <summary>Openings of daytime care at which it comes back, UTC.</summary>
    public ImmutableArray<DateTimeOffset> Openings { get; init; } = [];

    /// <summary>Commands accepted after the one that recorded it, for repeats.</summary>
    public ImmutableArray<RecordedBy> Accepted { get; init; } = [];

    /// <summary>A request of which nothing is known.</summary>
    public static CareRequestState Empty { get; } = new(null, null, 0, DateTimeOffset.MinValue, null);
}

/// <summary>The command that recorded a need, and its answer.</summary>
/// <param name="ActorId">Who asked.</param>
/// <param name="RequestId">The caller's id.</param>
/// <param name="Fingerprint">Digest of the command.</param>
/// <param name="Answer">The answer then.</param>
public sealed record RecordedBy(string ActorId, Guid RequestId, string Fingerprint, CareRequestAnswer Answer);
