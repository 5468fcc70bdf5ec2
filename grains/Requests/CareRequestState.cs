using System.Text.Json.Serialization;

namespace SnpLive.Grains.Requests;

/// <summary>What happened to a care request. Kept for ever: names and meanings never change, new ones may be added. No patient, no free text.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(NeedRecorded), "need-recorded")]
[JsonDerivedType(typeof(NeedServed), "need-served")]
public abstract record CareRequestEvent;

/// <summary>A need was recorded for which no slot was found.</summary>
/// <param name="Request">The need.</param>
/// <param name="TimeZone">IANA zone of its territory, for civil dates.</param>
public sealed record NeedRecorded(CareRequest Request, string TimeZone) : CareRequestEvent;

/// <summary>A booking serves the need.</summary>
public sealed record NeedServed(string BookingId) : CareRequestEvent;

/// <summary>Everything a care request knows. Immutable; its JSON is the snapshot.</summary>
/// <param name="Request">Null until recorded.</param>
/// <param name="TimeZone">IANA zone of its territory; null until recorded.</param>
/// <param name="Version">Commands folded.</param>
/// <param name="LastAt">Instant of the last one, UTC: time never runs backwards from it.</param>
/// <param name="RecordedBy">The command that recorded it, for repeats; null until recorded.</param>
public sealed record CareRequestState(CareRequest? Request, string? TimeZone, long Version, DateTimeOffset LastAt, RecordedBy? RecordedBy)
{
    /// <summary>Version of the snapshot's schema.</summary>
    public const int Schema = 1;

    /// <summary>A request of which nothing is known.</summary>
    public static CareRequestState Empty { get; } = new(null, null, 0, DateTimeOffset.MinValue, null);
}

/// <summary>The command that recorded a need, and its answer.</summary>
/// <param name="ActorId">Who asked.</param>
/// <param name="RequestId">The caller's id.</param>
/// <param name="Fingerprint">Digest of the command.</param>
/// <param name="Answer">The answer then.</param>
public sealed record RecordedBy(string ActorId, Guid RequestId, string Fingerprint, CareRequestAnswer Answer);
