using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;

namespace SnpLive.Grains.Agendas;

/// <summary>Why a patient may use the scheme (domain reference §4); declarative, recorded.</summary>
public enum Eligibility
{
    /// <summary>No registered GP.</summary>
    NoRegisteredGp = 0,
    /// <summary>Registered GP absent.</summary>
    RegisteredGpAbsent = 1,
    /// <summary>Registered GP cannot see the patient inside the window.</summary>
    RegisteredGpUnavailable = 2,
    /// <summary>Passing through the area.</summary>
    Visitor = 3,
}

/// <summary>Status of an appointment (FHIR).</summary>
public enum AppointmentStatus
{
    /// <summary>Pris.</summary>
    Booked = 0,
    /// <summary>Honoré.</summary>
    Fulfilled = 1,
    /// <summary>Non honoré.</summary>
    NoShow = 2,
    /// <summary>Annulé.</summary>
    Cancelled = 3,
    /// <summary>À replacer: the practitioner will not be there, and the patient has no other booking yet.</summary>
    ToReplace = 4,
    /// <summary>Replacé: another booking took its place.</summary>
    Replaced = 5,
}

/// <summary>Why a booking is to replace.</summary>
public enum ReplaceCause
{
    /// <summary>The practitioner is absent.</summary>
    Absence = 0,
    /// <summary>The practitioner took the slot back.</summary>
    Withdrawal = 1,
}

/// <summary>Why a booking was cancelled: a closed list, since events hold no free text.</summary>
public enum CancelReason
{
    /// <summary>The patient no longer needs it or cannot come.</summary>
    PatientRequest = 0,
    /// <summary>The requester made a mistake.</summary>
    BookedByMistake = 1,
    /// <summary>The practitioner cannot see the patient.</summary>
    PractitionerUnavailable = 2,
    /// <summary>Transferred to the emergency branch.</summary>
    Emergency = 3,
    /// <summary>Another reason.</summary>
    Other = 4,
}

/// <summary>A command to an agenda.</summary>
[GenerateSerializer, Immutable, Alias("snp.AgendaCommand")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ConfigureAgenda), "configure")]
[JsonDerivedType(typeof(PublishAhead), "publish-ahead")]
[JsonDerivedType(typeof(OpenSlots), "open-slots")]
[JsonDerivedType(typeof(WithdrawSlot), "withdraw-slot")]
[JsonDerivedType(typeof(HoldSlot), "hold-slot")]
[JsonDerivedType(typeof(ExtendHold), "extend-hold")]
[JsonDerivedType(typeof(ReleaseHold), "release-hold")]
[JsonDerivedType(typeof(BookSlot), "book-slot")]
[JsonDerivedType(typeof(CancelBooking), "cancel-booking")]
[JsonDerivedType(typeof(RecordOutcome), "record-outcome")]
[JsonDerivedType(typeof(SetTemplate), "set-template")]
[JsonDerivedType(typeof(RecordAbsence), "record-absence")]
[JsonDerivedType(typeof(EndAbsence), "end-absence")]
[JsonDerivedType(typeof(MarkReplaced), "mark-replaced")]
[JsonDerivedType(typeof(AllowOverbook), "allow-overbook")]
[JsonDerivedType(typeof(OverbookSlot), "overbook-slot")]
[JsonDerivedType(typeof(ResizeSlot), "resize-slot")]
[JsonDerivedType(typeof(SetDelegates), "set-delegates")]
[JsonDerivedType(typeof(EndInEmergency), "end-in-emergency")]
public abstract record AgendaCommand
{
    /// <summary>Made by the caller before its first send; the same id never does anything twice.</summary>
    [Id(0)] public required Guid RequestId { get; init; }
    /// <summary>Who asks, proven.</summary>
    [Id(1)] public required Actor Actor { get; init; }
    /// <summary>UTC; after it the command is refused, so that a queued one cannot surprise anybody.</summary>
    [Id(2)] public required DateTimeOffset NotAfter { get; init; }
}

/// <summary>Sets or changes the agenda's definition (import, grants); publishes what templates then ask for. Nothing changes when it is equal.</summary>
[GenerateSerializer, Immutable, Alias("snp.ConfigureAgenda")]
public sealed record ConfigureAgenda([property: Id(0)] AgendaDefinition Definition) : AgendaCommand;

/// <summary>Publishes template slots up to the horizon. The sweeper's daily wake-up.</summary>
[GenerateSerializer, Immutable, Alias("snp.PublishAhead")]
public sealed record PublishAhead : AgendaCommand;

/// <summary>A slot to open.</summary>
/// <param name="Start">UTC.</param>
/// <param name="End">UTC.</param>
/// <param name="Mode">Visit mode.</param>
/// <param name="Audience">Who may book; null: SNP + CPTS.</param>
/// <param name="Capacity">Patients; null: 1.</param>
/// <param name="MinNoticeMinutes">Null: the territory's default.</param>
[GenerateSerializer, Immutable, Alias("snp.SlotToOpen")]
public sealed record SlotToOpen(
    [property: Id(0)] DateTimeOffset Start, [property: Id(1)] DateTimeOffset End, [property: Id(2)] VisitMode Mode,
    [property: Id(3)] Audience? Audience, [property: Id(4)] int? Capacity, [property: Id(5)] int? MinNoticeMinutes);

/// <summary>A practitioner (or delegate) opens slots.</summary>
[GenerateSerializer, Immutable, Alias("snp.OpenSlots")]
public sealed record OpenSlots([property: Id(0)] ImmutableArray<SlotToOpen> Slots) : AgendaCommand;

/// <summary>A practitioner takes a slot back. A held one only when they were warned and insist; a booked one only when its bookings are to be replaced.</summary>
/// <param name="SlotId">The slot.</param>
/// <param name="EvenIfHeld">Also when somebody holds it.</param>
/// <param name="ReplaceBookings">True: bookings become to replace. Null, as older callers send it: a booked slot is not withdrawn.</param>
[GenerateSerializer, Immutable, Alias("snp.WithdrawSlot")]
public sealed record WithdrawSlot([property: Id(0)] string SlotId, [property: Id(1)] bool EvenIfHeld, [property: Id(2)] bool? ReplaceBookings = null) : AgendaCommand;

/// <summary>Holds a slot for a few minutes.</summary>
/// <param name="SlotId">The slot.</param>
/// <param name="HoldPlace">Which of the person's places for holds (1…max) to use; the shell tries the next when the ledger says it is taken.</param>
[GenerateSerializer, Immutable, Alias("snp.HoldSlot")]
public sealed record HoldSlot([property: Id(0)] string SlotId, [property: Id(1)] int HoldPlace = 1) : AgendaCommand;

/// <summary>Extends a hold, once.</summary>
[GenerateSerializer, Immutable, Alias("snp.ExtendHold")]
public sealed record ExtendHold([property: Id(0)] string HoldId) : AgendaCommand;

/// <summary>Releases a hold. Releasing one that has ended is accepted and changes nothing.</summary>
[GenerateSerializer, Immutable, Alias("snp.ReleaseHold")]
public sealed record ReleaseHold([property: Id(0)] string HoldId) : AgendaCommand;

/// <summary>The patient as the grain may know them: nothing readable.</summary>
/// <param name="TraitHash">Keyed hash of the normalised traits, in the SAS of the agenda.</param>
/// <param name="SealedIdentity">Sealed text for the vault.</param>
/// <param name="SealedNote">Contact and free text of this booking, sealed; null when none.</param>
/// <param name="HasAddress">Whether an address was given (a home visit needs one).</param>
/// <param name="ContentHash">Keyed hash of all that was typed, so that a changed repeat is noticed.</param>
/// <param name="FormerHash">The same traits under the key that is being replaced; null: none is.</param>
[GenerateSerializer, Immutable, Alias("snp.SealedPatient")]
public sealed record SealedPatient(
    [property: Id(0)] string TraitHash, [property: Id(1)] string SealedIdentity, [property: Id(2)] string? SealedNote,
    [property: Id(3)] bool HasAddress, [property: Id(4)] string ContentHash, [property: Id(5)] string? FormerHash = null);

/// <summary>The professional for whom a telesecretary books.</summary>
/// <param name="ProfessionalId">Who.</param>
/// <param name="Role">Their role.</param>
/// <param name="Memberships">Their CPTS.</param>
/// <param name="Groups">Their groups.</param>
[GenerateSerializer, Immutable, Alias("snp.OnBehalfOf")]
public sealed record OnBehalfOf(
    [property: Id(0)] string ProfessionalId, [property: Id(1)] Role Role, [property: Id(2)] ImmutableArray<string> Memberships,
    [property: Id(3)] ImmutableArray<string> Groups);

/// <summary>Books a slot for a patient.</summary>
/// <param name="SlotId">The slot.</param>
/// <param name="HoldId">The caller's hold, if any.</param>
/// <param name="CareRequestId">An existing request, if any.</param>
/// <param name="OnBehalfOf">For a telesecretary.</param>
/// <param name="Patient">Sealed.</param>
/// <param name="Surrogate">Set by the grain's shell, never by a caller: the patient's surrogate, or a new random one.</param>
/// <param name="Eligibility">Why.</param>
/// <param name="Reason">National reason code.</param>
/// <param name="DecidedAt">When regulation (or the pharmacist) decided; null: now. The window starts here.</param>
/// <param name="VitalSignsExcluded">Whether vital signs were excluded.</param>
/// <param name="Override">Books although the patient has an active booking; the reason is in the sealed note.</param>
/// <param name="Replaces">The booking to replace that this one is for; the caller has checked that it is to replace and who asks. Null: none.</param>
/// <param name="CallId">The regulated call that it serves; the caller has checked that it may, and the ledger refuses it for one in emergency. Null: none.</param>
/// <param name="PatientIsKnown">Set by the grain's shell, never by a caller: the ledger told <paramref name="Surrogate"/>.</param>
[GenerateSerializer, Immutable, Alias("snp.BookSlot")]
public sealed record BookSlot(
    [property: Id(0)] string SlotId, [property: Id(1)] string? HoldId, [property: Id(2)] string? CareRequestId, [property: Id(3)] OnBehalfOf? OnBehalfOf,
    [property: Id(4)] SealedPatient Patient, [property: Id(5)] string? Surrogate, [property: Id(6)] Eligibility Eligibility, [property: Id(7)] string Reason,
    [property: Id(8)] DateTimeOffset? DecidedAt, [property: Id(9)] bool VitalSignsExcluded, [property: Id(10)] bool Override, [property: Id(11)] string? Replaces = null,
    [property: Id(12)] string? CallId = null, [property: Id(13)] bool PatientIsKnown = false) : AgendaCommand;

/// <summary>Cancels a booking; the place is free again at once.</summary>
/// <param name="BookingId">The booking.</param>
/// <param name="Reason">Why.</param>
/// <param name="PatientInformed">“Patient prévenu”: asked for a booking that is to replace.</param>
[GenerateSerializer, Immutable, Alias("snp.CancelBooking")]
public sealed record CancelBooking([property: Id(0)] string BookingId, [property: Id(1)] CancelReason Reason, [property: Id(2)] bool? PatientInformed = null) : AgendaCommand;

/// <summary>Records that the patient came or did not.</summary>
[GenerateSerializer, Immutable, Alias("snp.RecordOutcome")]
public sealed record RecordOutcome([property: Id(0)] string BookingId, [property: Id(1)] AppointmentStatus Status) : AgendaCommand;

/// <summary>The practitioner (or a delegate) sets the own weekly template; the days ahead are made to fit it.</summary>
[GenerateSerializer, Immutable, Alias("snp.SetTemplate")]
public sealed record SetTemplate([property: Id(0)] AgendaPlan Plan) : AgendaCommand;

/// <summary>The practitioner will be away. Free slots are withdrawn and bookings become to replace, unless a locum sees the patients.</summary>
/// <param name="From">UTC, included.</param>
/// <param name="To">UTC, excluded.</param>
/// <param name="Locum">A professional's id; null: nobody.</param>
[GenerateSerializer, Immutable, Alias("snp.RecordAbsence")]
public sealed record RecordAbsence([property: Id(0)] DateTimeOffset From, [property: Id(1)] DateTimeOffset To, [property: Id(2)] string? Locum) : AgendaCommand;

/// <summary>Ends an absence, or calls it off: what the template asks for is published again.</summary>
[GenerateSerializer, Immutable, Alias("snp.EndAbsence")]
public sealed record EndAbsence([property: Id(0)] string AbsenceId) : AgendaCommand;

/// <summary>Another booking has taken the place of one that was to replace. The system's own follow-up, set in that booking's commit.</summary>
/// <param name="BookingId">The booking that was to replace.</param>
/// <param name="By">The one that took its place.</param>
[GenerateSerializer, Immutable, Alias("snp.MarkReplaced")]
public sealed record MarkReplaced([property: Id(0)] string BookingId, [property: Id(1)] string By) : AgendaCommand
{
    /// <summary>The follow-up of a wake-up; its id is made of the bookings, so that two processes that serve the same wake-up write one row.</summary>
    public static MarkReplaced Of(string bookingId, string by, DateTimeOffset notAfter) => new(bookingId, by)
    {
        RequestId = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(Wakes.Replaced(bookingId, by))).AsSpan(0, 16)), Actor = Actor.System, NotAfter = notAfter,
    };
}

/// <summary>The practitioner says whether slots may be given places “en sus”.</summary>
[GenerateSerializer, Immutable, Alias("snp.AllowOverbook")]
public sealed record AllowOverbook([property: Id(0)] bool Allowed) : AgendaCommand;

/// <summary>One more place on a slot, “en sus”.</summary>
[GenerateSerializer, Immutable, Alias("snp.OverbookSlot")]
public sealed record OverbookSlot([property: Id(0)] string SlotId) : AgendaCommand;

/// <summary>Moves or resizes a free slot that nobody holds: a new slot stands in its place.</summary>
/// <param name="SlotId">The slot.</param>
/// <param name="Start">UTC.</param>
/// <param name="End">UTC.</param>
[GenerateSerializer, Immutable, Alias("snp.ResizeSlot")]
public sealed record ResizeSlot([property: Id(0)] string SlotId, [property: Id(1)] DateTimeOffset Start, [property: Id(2)] DateTimeOffset End) : AgendaCommand;

/// <summary>The practitioner names who manages the agenda's slots; the whole list, empty for nobody.</summary>
[GenerateSerializer, Immutable, Alias("snp.SetDelegates")]
public sealed record SetDelegates([property: Id(0)] ImmutableArray<string> Professionals) : AgendaCommand;

/// <summary>Ends the booking of a call that went to the emergency branch: such a file never holds one. The system's own follow-up, set in the call's commit.</summary>
[GenerateSerializer, Immutable, Alias("snp.EndInEmergency")]
public sealed record EndInEmergency([property: Id(0)] string BookingId) : AgendaCommand
{
    /// <summary>The follow-up of a wake-up; its id is made of the booking, so that two processes that serve the same wake-up write one row.</summary>
    public static EndInEmergency Of(string bookingId, DateTimeOffset notAfter) => new(bookingId)
    {
        RequestId = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(Wakes.EndedInEmergency(bookingId))).AsSpan(0, 16)), Actor = Actor.System, NotAfter = notAfter,
    };
}
