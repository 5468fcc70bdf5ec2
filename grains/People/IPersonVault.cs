using System.Collections.Immutable;
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

    /// <summary>Until when (UTC) the person with these traits has a booking in a care stream of a SAS; null when none. Nothing else is told.</summary>
    /// <param name="sasId">The SAS: people of another one are strangers.</param>
    /// <param name="traits">Birth name, first name and birth date count.</param>
    /// <param name="careStream">The stream.</param>
    /// <param name="now">UTC.</param>
    /// <param name="reason">Who asks, and why; on record before the answer.</param>
    /// <exception cref="AccessNotRecordedException">Nothing is told.</exception>
    Task<DateTimeOffset?> BookedUntil(string sasId, PatientIdentity traits, string careStream, DateTimeOffset now, AccessReason reason);

    /// <summary>Opens an identity and what belongs to one booking or request. The caller has checked the reader's right.</summary>
    /// <param name="surrogate">The patient.</param>
    /// <param name="noteId">The booking or request.</param>
    /// <param name="reason">Who reads, and why; on record before anything is opened.</param>
    /// <exception cref="AccessNotRecordedException">Nothing is opened.</exception>
    Task<OpenedPatient> Open(string surrogate, string noteId, AccessReason reason);

    /// <summary>Keeps the written reason of a break-glass, sealed beside the patient, before anything is opened.</summary>
    /// <param name="reasonId">Its id.</param>
    /// <param name="surrogate">The patient.</param>
    /// <param name="territoryId">Whose booking it was.</param>
    /// <param name="now">UTC: its retention counts from here.</param>
    /// <param name="reason">The words.</param>
    Task KeepReason(string reasonId, string surrogate, string territoryId, DateTimeOffset now, string reason);

    /// <summary>Opens the reason of a break-glass; null when erased.</summary>
    /// <param name="reasonId">The reason.</param>
    /// <param name="reason">Who reads, and why.</param>
    /// <param name="subject">The patient whom it is about.</param>
    /// <exception cref="AccessNotRecordedException">Nothing is opened.</exception>
    Task<string?> OpenReason(string reasonId, AccessReason reason, string subject);

    /// <summary>Entries of one SAS in which a search stands under the surrogate of the patient it was about, once there is one: one patient, one number.</summary>
    Task<ImmutableArray<AccessEntry>> Merged(string sasId, ImmutableArray<AccessEntry> entries);

    /// <summary>All that stands for a patient in the access log: the surrogate, and the fingerprint under which they were searched.</summary>
    Task<ImmutableArray<string>> SubjectsOf(string surrogate);
}

/// <summary>What the vault opened.</summary>
/// <param name="Identity">Null when erased or unknown.</param>
/// <param name="Note">Null when there is none.</param>
/// <param name="Objects">The patient objects to sharing with the registered GP.</param>
public sealed record OpenedPatient(PatientIdentity? Identity, BookingNote? Note, bool Objects = false);
