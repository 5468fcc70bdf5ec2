using SnpLive.Grains.Agendas;

namespace SnpLive.Grains.People;

/// <summary>Sex as registered.</summary>
public enum Sex
{
    /// <summary>Female.</summary>
    F = 0,
    /// <summary>Male.</summary>
    M = 1,
    /// <summary>Indeterminate.</summary>
    I = 2,
}

/// <summary>A patient's identity in clear. It never enters a grain: only the web and the vault know it.</summary>
/// <param name="LastName">Birth name.</param>
/// <param name="FirstName">First name.</param>
/// <param name="UsedName">Name in use; null when the same.</param>
/// <param name="BirthDate">Birth date.</param>
/// <param name="Sex">Sex.</param>
/// <param name="CommuneCode">INSEE code of residence; null when unknown.</param>
/// <param name="RegisteredGp">Registered GP as told; null when none.</param>
public sealed record PatientIdentity(string LastName, string FirstName, string? UsedName, DateOnly BirthDate, Sex Sex, string? CommuneCode, string? RegisteredGp);

/// <summary>What belongs to one booking only.</summary>
/// <param name="Phone">Number to call back.</param>
/// <param name="ContactName">Whose number it is; null: the patient's.</param>
/// <param name="Address">For home visits.</param>
/// <param name="Note">Free text.</param>
/// <param name="OverrideReason">Why the patient was booked twice.</param>
public sealed record BookingNote(string Phone, string? ContactName, string? Address, string? Note, string? OverrideReason);

/// <summary>The only place where patients are named. Sealed at rest and on its way through the grains.</summary>
public interface IPersonVault
{
    /// <summary>Seals what was typed for one booking in a SAS.</summary>
    SealedPatient Seal(string sasId, PatientIdentity identity, BookingNote note);

    /// <summary>Opens an identity; null when erased or unknown. The caller has checked the reader's right.</summary>
    Task<PatientIdentity?> OpenIdentity(string surrogate);

    /// <summary>Opens a booking's note; null when none.</summary>
    Task<BookingNote?> OpenNote(string bookingId);
}
