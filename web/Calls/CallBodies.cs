using System.ComponentModel.DataAnnotations;
using SnpLive.Web.Validation;

namespace SnpLive.Web.Calls;

/// <summary>A call comes in.</summary>
internal sealed record RingBody
{
    [Required] public string? RequestId { get; init; }
    /// <summary>Id of the SAS.</summary>
    [Required] public string? Centre { get; init; }
    /// <summary>15, 116117, 112, AUTOCOM, PDSSOS or LOCAL.</summary>
    [Required] public string? Line { get; init; }
    [MaxLength(Limits.Phone)] public string? CallerPhone { get; init; }
    [MaxLength(Limits.Name)] public string? CallerName { get; init; }
    public string? CallerKind { get; init; }
    public string? CommuneCode { get; init; }
    /// <summary>At once in my hands.</summary>
    public bool? Take { get; init; }
    public string? ExternalNumber { get; init; }
}

/// <summary>What the call is about; what is left out stays.</summary>
internal sealed record QualifyBody
{
    [Required] public string? RequestId { get; init; }
    public string? Priority { get; init; }
    public string? CareLevel { get; init; }
    public string? Stream { get; init; }
    public string? Reason { get; init; }
    public string? Communication { get; init; }
    public string? CommuneCode { get; init; }
    public string? CallerKind { get; init; }
    public string? CaresFor { get; init; }
    public string? ExternalNumber { get; init; }
}

/// <summary>Who calls.</summary>
internal sealed record CallerBody
{
    [MaxLength(Limits.Phone)] public string? Phone { get; init; }
    [MaxLength(Limits.Name)] public string? Name { get; init; }
}

/// <summary>For whom, as far as it is known.</summary>
internal sealed record CallPatientBody
{
    [MaxLength(Limits.Name)] public string? LastName { get; init; }
    [MaxLength(Limits.Name)] public string? FirstName { get; init; }
    public string? BirthDate { get; init; }
    public string? Sex { get; init; }
    [MaxLength(Limits.Phone)] public string? Phone { get; init; }
    [MaxLength(Limits.Address)] public string? Address { get; init; }
    public string? CommuneCode { get; init; }
    [MaxLength(Limits.Name)] public string? RegisteredGp { get; init; }
}

/// <summary>Caller and patient as a whole.</summary>
internal sealed record FileBody
{
    [Required] public string? RequestId { get; init; }
    public CallerBody? Caller { get; init; }
    public CallPatientBody? Patient { get; init; }
}

/// <summary>A note.</summary>
internal sealed record NoteBody
{
    [Required] public string? RequestId { get; init; }
    [Required, MaxLength(Limits.Note)] public string? Text { get; init; }
}

/// <summary>To another level.</summary>
internal sealed record TransferBody
{
    [Required] public string? RequestId { get; init; }
    [Required] public string? To { get; init; }
}

/// <summary>What is decided.</summary>
internal sealed record DecideBody
{
    [Required] public string? RequestId { get; init; }
    [Required] public string? Exit { get; init; }
    public string? Decision { get; init; }
    public string? Destination { get; init; }
    public string? Protocol { get; init; }
}

/// <summary>The emergency exit.</summary>
internal sealed record CallEmergencyBody
{
    [Required] public string? RequestId { get; init; }
    /// <summary>How long ago it was pressed.</summary>
    public int? SecondsAgo { get; init; }
}

/// <summary>Back from the AMU.</summary>
internal sealed record SendBackBody
{
    [Required] public string? RequestId { get; init; }
    [Required, MinLength(Limits.OverrideReasonMin), MaxLength(Limits.OverrideReason)] public string? Reason { get; init; }
}

/// <summary>The next call.</summary>
internal sealed record TakeNextBody
{
    [Required] public string? RequestId { get; init; }
    public string? Level { get; init; }
}

/// <summary>On duty, or no longer.</summary>
internal sealed record DutyBody
{
    public string? RequestId { get; init; }
    [Required] public bool? OnDuty { get; init; }
    public string? Level { get; init; }
}
