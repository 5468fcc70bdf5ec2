using System.ComponentModel.DataAnnotations;
using SnpLive.Web.Validation;

namespace SnpLive.Web.Bookings;

/// <summary>Books a slot for a patient.</summary>
internal sealed record BookBody
{
    [Required] public string? RequestId { get; init; }
    public string? HoldId { get; init; }
    public string? CareRequestId { get; init; }
    /// <summary>The regulated call that it serves: its holder books, once an appointment is decided.</summary>
    public string? CallId { get; init; }
    /// <summary>Professional for whom a telesecretary books.</summary>
    public string? OnBehalfOf { get; init; }
    /// <summary>A booking to replace: what is left out below is taken from it. The patient is the same.</summary>
    public string? Replaces { get; init; }
    /// <summary>Needed, unless the booking replaces another.</summary>
    public PatientBody? Patient { get; init; }
    /// <summary>Needed, unless the booking replaces another.</summary>
    public string? Eligibility { get; init; }
    /// <summary>National reason code. Needed, unless the booking replaces another.</summary>
    public string? Reason { get; init; }
    /// <summary>Default: now. The 24/48 h clock starts here.</summary>
    public string? DecidedAt { get; init; }
    /// <summary>Needed, unless the booking replaces another.</summary>
    public bool? VitalSignsExcluded { get; init; }
    [MaxLength(Limits.Note)] public string? Note { get; init; }
    /// <summary>Why the patient is booked although another booking exists.</summary>
    [MinLength(Limits.OverrideReasonMin), MaxLength(Limits.OverrideReason)] public string? Override { get; init; }
}

/// <summary>The patient, as told at the door.</summary>
internal sealed record PatientBody
{
    /// <summary>Birth name.</summary>
    [Required, MaxLength(Limits.Name)] public string? LastName { get; init; }
    [Required, MaxLength(Limits.Name)] public string? FirstName { get; init; }
    [MaxLength(Limits.Name)] public string? UsedName { get; init; }
    /// <summary>yyyy-MM-dd.</summary>
    [Required] public string? BirthDate { get; init; }
    /// <summary>F, M or I.</summary>
    [Required] public string? Sex { get; init; }
    [Required, MaxLength(Limits.Phone)] public string? Phone { get; init; }
    /// <summary>Whose number it is, when not the patient's.</summary>
    [MaxLength(Limits.Name)] public string? ContactName { get; init; }
    /// <summary>INSEE code.</summary>
    public string? CommuneCode { get; init; }
    /// <summary>Needed for home visits.</summary>
    [MaxLength(Limits.Address)] public string? Address { get; init; }
    [MaxLength(Limits.Name)] public string? RegisteredGp { get; init; }
}

/// <summary>Cancels a booking.</summary>
internal sealed record CancelBody
{
    [Required] public string? RequestId { get; init; }
    /// <summary>patientRequest, bookedByMistake, practitionerUnavailable, emergency or other.</summary>
    [Required] public string? Reason { get; init; }
    /// <summary>“Patient prévenu”: must be true to cancel a booking that is to replace.</summary>
    public bool? PatientInformed { get; init; }
}

/// <summary>Records whether the patient came.</summary>
internal sealed record OutcomeBody
{
    [Required] public string? RequestId { get; init; }
    /// <summary>fulfilled or noShow.</summary>
    [Required] public string? Status { get; init; }
}
