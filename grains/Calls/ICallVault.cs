using System.Collections.Immutable;
using SnpLive.Grains.People;

namespace SnpLive.Grains.Calls;

/// <summary>Caller and patient of a file, in clear. They never enter a grain.</summary>
/// <param name="CallerPhone">Number to call back, international form.</param>
/// <param name="CallerName">Who calls.</param>
/// <param name="Patient">As far as it is known.</param>
public sealed record CallPeople(string? CallerPhone, string? CallerName, CallPatient? Patient);

/// <summary>A patient as far as a call has told; all may be missing.</summary>
/// <param name="LastName">Birth name.</param>
/// <param name="FirstName">First name.</param>
/// <param name="BirthDate">Birth date.</param>
/// <param name="Sex">Sex.</param>
/// <param name="Phone">Number, when not the caller's.</param>
/// <param name="Address">Street.</param>
/// <param name="CommuneCode">INSEE code of residence.</param>
/// <param name="RegisteredGp">Registered GP as told.</param>
public sealed record CallPatient(
    string? LastName, string? FirstName, DateOnly? BirthDate, Sex? Sex, string? Phone, string? Address, string? CommuneCode, string? RegisteredGp);

/// <summary>The only place where callers are named and notes can be read.</summary>
public interface ICallVault
{
    /// <summary>Seals a file, and a note to add to it.</summary>
    SealedCall Seal(string callId, CallPeople people, string? note);

    /// <summary>Keyed hash of a number, the same for the same number in a centre and in no other.</summary>
    string HashNumber(string centreId, string number);

    /// <summary>Seals a note beside the people of a file as they stand, without showing them to anybody.</summary>
    /// <param name="callId">The call that gets the note.</param>
    /// <param name="fileKey">Whose people: its own file, or the one it was opened from.</param>
    /// <param name="note">The note.</param>
    Task<SealedCall> SealWith(string callId, string fileKey, string note);

    /// <summary>Opens a file and its notes. The caller has checked the reader's right.</summary>
    /// <param name="fileKey">The file.</param>
    /// <param name="noteIds">Its notes.</param>
    /// <param name="reason">Who reads, and why; on record before anything is opened.</param>
    /// <exception cref="AccessNotRecordedException">Nothing is opened.</exception>
    Task<OpenedCall> Open(string fileKey, ImmutableArray<string> noteIds, AccessReason reason);
}

/// <summary>What the vault opened.</summary>
/// <param name="People">Null when erased.</param>
/// <param name="Notes">In the order asked; null where erased.</param>
public sealed record OpenedCall(CallPeople? People, ImmutableArray<string?> Notes);
