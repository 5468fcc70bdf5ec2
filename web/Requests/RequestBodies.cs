using System.ComponentModel.DataAnnotations;
using SnpLive.Web.Bookings;
using SnpLive.Web.Validation;

namespace SnpLive.Web.Requests;

/// <summary>Opens a request for a patient.</summary>
internal sealed record OpenRequestBody
{
    [Required] public string? RequestId { get; init; }
    [Required] public string? TerritoryId { get; init; }
    [Required] public string? Stream { get; init; }
    [Required] public string? Eligibility { get; init; }
    /// <summary>Whether the registered GP was asked: yes, no or absent. Needed, unless there is none.</summary>
    public string? RegisteredGp { get; init; }
    /// <summary>National reason code.</summary>
    [Required] public string? Reason { get; init; }
    /// <summary>Default: now. The 24/48 h clock starts here.</summary>
    public string? DecidedAt { get; init; }
    [Required] public bool? VitalSignsExcluded { get; init; }
    /// <summary>Professional for whom a secretary asks.</summary>
    public string? OnBehalfOf { get; init; }
    [Required] public PatientBody? Patient { get; init; }
    [MaxLength(Limits.Note)] public string? Note { get; init; }
}

/// <summary>Takes a request.</summary>
internal sealed record TakeRequestBody
{
    [Required] public string? RequestId { get; init; }
    /// <summary>The owner from whom it is taken over, as the list told; left out when it is nobody's.</summary>
    public string? From { get; init; }
}

/// <summary>A need is served.</summary>
internal sealed record ServeRequestBody
{
    [Required] public string? RequestId { get; init; }
    /// <summary>booking, registeredGp, outOfHours or elsewhere.</summary>
    [Required] public string? By { get; init; }
    /// <summary>Needed when it is a booking: one of the same patient.</summary>
    public string? BookingId { get; init; }
}

/// <summary>Ends a request, and says why.</summary>
internal sealed record EndRequestBody
{
    [Required] public string? RequestId { get; init; }
    /// <summary>Unserved: none, tooFar, tooLate, refused or abandoned. Called off: noLongerNeeded, mistake or duplicate.</summary>
    [Required] public string? Reason { get; init; }
}

/// <summary>A need that found no slot.</summary>
internal sealed record UnservedBody
{
    [Required] public string? RequestId { get; init; }
    [Required] public string? TerritoryId { get; init; }
    [Required] public string? Stream { get; init; }
    /// <summary>none, tooFar, tooLate or refused.</summary>
    [Required] public string? ReasonNotServed { get; init; }
    [Required] public string? Eligibility { get; init; }
    /// <summary>National reason code.</summary>
    [Required] public string? Reason { get; init; }
    public string? DecidedAt { get; init; }
}
