using System.Collections.Immutable;
using SnpLive.Grains.Calls;

namespace SnpLive.Grains.People;

/// <summary>What a booking or a request holds about a person.</summary>
/// <param name="Id">The booking or request.</param>
/// <param name="Until">When appointment and window are over, UTC: until then the identity is needed.</param>
/// <param name="Note">Phone, address, words; null once their retention has ended.</param>
public sealed record PersonNote(string Id, DateTimeOffset Until, BookingNote? Note);

/// <summary>What the file of a call holds of a person who was its patient.</summary>
/// <param name="Id">The file's key.</param>
/// <param name="At">When it was last written, UTC.</param>
/// <param name="CallerPhone">Number to call back; null: withheld.</param>
/// <param name="CallerName">Who called; null: not told.</param>
/// <param name="Patient">The person, as told then.</param>
/// <param name="Notes">What operators noted, the newest first; null where their retention has ended.</param>
public sealed record PersonCall(string Id, DateTimeOffset At, string? CallerPhone, string? CallerName, CallPatient Patient, ImmutableArray<string?> Notes);

/// <summary>All that a territory keeps about one person.</summary>
/// <param name="Id">Surrogate, or a keyed fingerprint of a person whom only calls know.</param>
/// <param name="Identity">Who.</param>
/// <param name="ObjectedAt">Since when (UTC) they object to sharing with the registered GP; null: no objection.</param>
/// <param name="KeptUntil">When the identity goes by itself, UTC, unless they come again.</param>
/// <param name="Notes">Of this territory's bookings and requests, the newest first; none: only calls know the person.</param>
/// <param name="Calls">Of the SAS, the newest first; null: not for this reader.</param>
public sealed record PersonFile(
    string Id, PatientIdentity Identity, DateTimeOffset? ObjectedAt, DateTimeOffset KeptUntil, ImmutableArray<PersonNote> Notes, ImmutableArray<PersonCall>? Calls);

/// <summary>Why a person's file is not changed.</summary>
public enum PersonRefusal
{
    /// <summary>The territory knows nobody of this number.</summary>
    Unknown,
    /// <summary>Another person has this name and birth date: two files are not made one.</summary>
    Exists,
    /// <summary>The file was changed a moment ago.</summary>
    Changed,
    /// <summary>An appointment or a request is still ahead, or a call is still in the lists of its centre: those who care for the patient need the identity.</summary>
    InUse,
}

/// <summary>Where a data officer's act takes place.</summary>
/// <param name="SasId">Whose vault keeps the person.</param>
/// <param name="TerritoryId">Whose bookings and requests are concerned; what others of the SAS keep is not shown.</param>
/// <param name="Reason">Who and why; on record before the act.</param>
/// <param name="WithCalls">Whether it reaches the regulated calls: they are the SAS's, so only for an officer who is of the SAS.</param>
public sealed record PersonScope(string SasId, string TerritoryId, AccessReason Reason, bool WithCalls);

/// <summary>
/// The rights of one person over their data (GDPR art. 15 to 17 and 21; domain reference §11.2), for the territory's data officer. The caller has checked that
/// the actor is one. Every act throws <see cref="AccessNotRecordedException"/> when it cannot be put on record; then nothing happens.
/// </summary>
public interface IPersonFiles
{
    /// <summary>The number of the person with these traits, when the territory has something about them; otherwise null.</summary>
    Task<string?> Find(PersonScope scope, PatientIdentity traits);

    /// <summary>Opens the file; null when there is none.</summary>
    Task<PersonFile?> Open(PersonScope scope, string personId);

    /// <summary>Corrects the identity, also in files of calls within reach. A person whom only calls know is <see cref="PersonRefusal.Unknown"/> here: operators correct a call.</summary>
    /// <returns>Null: done.</returns>
    Task<PersonRefusal?> Correct(PersonScope scope, string personId, PatientIdentity identity);

    /// <summary>Records an objection to sharing with the registered GP, or takes it back. A person whom only calls know is <see cref="PersonRefusal.Unknown"/>: nothing of theirs is shared.</summary>
    Task<PersonRefusal?> Object(PersonScope scope, string personId, bool objects);

    /// <summary>
    /// Erases what the territory keeps about the person, and files of calls within reach; the identity too, unless another territory of the SAS needs it. All of it or nothing.
    /// Bookings and calls stay as history without identity.
    /// </summary>
    Task<PersonRefusal?> Erase(PersonScope scope, string personId);
}
