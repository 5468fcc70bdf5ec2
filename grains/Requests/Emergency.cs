using SnpLive.Grains.People;
using SnpLive.Grains.Rules;

namespace SnpLive.Grains.Requests;

/// <summary>Where the emergency exit leads (domain reference §3.5).</summary>
public enum EmergencyExit
{
    /// <summary>Outside a SAS: somebody was told to call 15.</summary>
    Call15 = 0,
    /// <summary>Inside a SAS: the call goes to the emergency branch (AMU).</summary>
    TransferToAmu = 1,
}

/// <summary>An emergency exit that was taken: when, by whom, where to. No patient: it is recorded at a press, before anybody is named.</summary>
/// <param name="EmergencyId">Key of its stream.</param>
/// <param name="TerritoryId">Tenant.</param>
/// <param name="RaisedBy">The person.</param>
/// <param name="Role">Their role: the door.</param>
/// <param name="OrganizationId">Their organisation.</param>
/// <param name="Exit">Where it leads, by the role.</param>
/// <param name="RaisedAt">When the key was pressed, UTC.</param>
/// <param name="RecordedAt">When it was recorded, UTC: later than <paramref name="RaisedAt"/> when the network was off.</param>
[GenerateSerializer, Immutable, Alias("snp.Emergency")]
public sealed record Emergency(
    [property: Id(0)] string EmergencyId,
    [property: Id(1)] string TerritoryId,
    [property: Id(2)] string RaisedBy,
    [property: Id(3)] Role Role,
    [property: Id(4)] string OrganizationId,
    [property: Id(5)] EmergencyExit Exit,
    [property: Id(6)] DateTimeOffset RaisedAt,
    [property: Id(7)] DateTimeOffset RecordedAt);

/// <summary>Records that an emergency exit was taken.</summary>
/// <param name="RequestId">The caller's id.</param>
/// <param name="Actor">Who took it, proven.</param>
/// <param name="NotAfter">UTC.</param>
/// <param name="TerritoryId">Tenant.</param>
/// <param name="TimeZone">IANA zone of the territory.</param>
/// <param name="RaisedAt">When the key was pressed, UTC, as far as the caller's clock can be trusted. A repeat may tell it otherwise: the first counts.</param>
[GenerateSerializer, Immutable, Alias("snp.RaiseEmergency")]
public sealed record RaiseEmergency(
    [property: Id(0)] Guid RequestId,
    [property: Id(1)] Actor Actor,
    [property: Id(2)] DateTimeOffset NotAfter,
    [property: Id(3)] string TerritoryId,
    [property: Id(4)] string TimeZone,
    [property: Id(5)] DateTimeOffset RaisedAt)
{
    /// <summary>Where the exit leads people of a role.</summary>
    public static EmergencyExit ExitOf(Role role) => ReasonRules.IsRegulation(role) ? EmergencyExit.TransferToAmu : EmergencyExit.Call15;
}

/// <summary>The exit is recorded.</summary>
[GenerateSerializer, Immutable, Alias("snp.EmergencyRecorded")]
public sealed record EmergencyRecorded([property: Id(0)] Emergency Emergency) : CareRequestAnswer;
