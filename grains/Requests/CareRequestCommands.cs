using SnpLive.Grains.Agendas;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;

namespace SnpLive.Grains.Requests;

/// <summary>A command to a care request. The actor is proven by the session, never sent by a client.</summary>
[GenerateSerializer, Immutable, Alias("snp.CareRequestCommand")]
public abstract record CareRequestCommand
{
    /// <summary>The caller's id, made before its first send.</summary>
    [Id(0)] public required Guid RequestId { get; init; }
    /// <summary>Who asks.</summary>
    [Id(1)] public required Actor Actor { get; init; }
    /// <summary>After this instant (UTC) it is not done any more.</summary>
    [Id(2)] public required DateTimeOffset NotAfter { get; init; }
}

/// <summary>What a territory's settings say to a request; filled in by the server, so that a request decides alone.</summary>
/// <param name="TerritoryId">Tenant.</param>
/// <param name="SasId">Its SAS: whose vault keeps the patient, whose regulation may ask.</param>
/// <param name="TimeZone">IANA zone.</param>
/// <param name="WindowHours">24 or 48 real hours after the decision.</param>
/// <param name="Daytime">When daytime care opens: an unbooked request comes back then.</param>
[GenerateSerializer, Immutable, Alias("snp.RequestSettings")]
public sealed record RequestSettings(
    [property: Id(0)] string TerritoryId, [property: Id(1)] string SasId, [property: Id(2)] string TimeZone, [property: Id(3)] int WindowHours,
    [property: Id(4)] DaytimeHours Daytime);

/// <summary>Opens a request at any door that is no call: counter, emergency desk, practice, telesecretariat, desk of the CPTS.</summary>
/// <param name="Settings">Of the territory.</param>
/// <param name="CareStream">Stream.</param>
/// <param name="Eligibility">Why the patient may use the scheme.</param>
/// <param name="RegisteredGp">Whether the registered GP was asked; null only when there is none.</param>
/// <param name="Reason">National reason code.</param>
/// <param name="DecidedAt">UTC; null: now. The window starts here.</param>
/// <param name="VitalSignsExcluded">Whether vital signs were excluded.</param>
/// <param name="OnBehalfOf">The professional for whom a secretary asks; the caller has checked that there is one. Null: for the requester.</param>
/// <param name="Patient">Sealed.</param>
/// <param name="Surrogate">Set by the grain's shell, never by a caller.</param>
[GenerateSerializer, Immutable, Alias("snp.OpenRequest")]
public sealed record OpenRequest(
    [property: Id(0)] RequestSettings Settings, [property: Id(1)] string CareStream, [property: Id(2)] Eligibility Eligibility,
    [property: Id(3)] RegisteredGpContact? RegisteredGp, [property: Id(4)] string Reason, [property: Id(5)] DateTimeOffset? DecidedAt,
    [property: Id(6)] bool VitalSignsExcluded, [property: Id(7)] string? OnBehalfOf, [property: Id(8)] SealedPatient Patient,
    [property: Id(9)] string? Surrogate = null) : CareRequestCommand;

/// <summary>Takes a request into one's hands.</summary>
/// <param name="From">The owner that the caller saw and takes it over from; null: nobody's. A request in other hands than these is not taken.</param>
[GenerateSerializer, Immutable, Alias("snp.TakeRequest")]
public sealed record TakeRequest([property: Id(0)] string? From) : CareRequestCommand;

/// <summary>Gives a request back to all.</summary>
[GenerateSerializer, Immutable, Alias("snp.ReleaseRequest")]
public sealed record ReleaseRequest : CareRequestCommand;

/// <summary>The need is served.</summary>
/// <param name="By">By what.</param>
/// <param name="BookingId">The booking, for <see cref="ServedBy.Booking"/>; otherwise null.</param>
[GenerateSerializer, Immutable, Alias("snp.ServeRequest")]
public sealed record ServeRequest([property: Id(0)] ServedBy By, [property: Id(1)] string? BookingId) : CareRequestCommand;

/// <summary>No slot serves the need.</summary>
/// <param name="Reason">Why; never <see cref="UnservedReason.DeadlinePassed"/>, which the system says.</param>
[GenerateSerializer, Immutable, Alias("snp.EndUnserved")]
public sealed record EndUnserved([property: Id(0)] UnservedReason Reason) : CareRequestCommand;

/// <summary>Calls a request off.</summary>
/// <param name="Reason">Why.</param>
[GenerateSerializer, Immutable, Alias("snp.CancelRequest")]
public sealed record CancelRequest([property: Id(0)] RequestCancelReason Reason) : CareRequestCommand;
