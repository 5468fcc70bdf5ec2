using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace SnpLive.Grains.Agendas;

/// <summary>What happened to an agenda. Kept for ever: names and meanings never change, new ones may be added. No patient identity, no free text.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(AgendaConfigured), "agenda-configured")]
[JsonDerivedType(typeof(SlotsPublished), "slots-published")]
[JsonDerivedType(typeof(SlotWithdrawn), "slot-withdrawn")]
[JsonDerivedType(typeof(SlotHeld), "slot-held")]
[JsonDerivedType(typeof(HoldExtended), "hold-extended")]
[JsonDerivedType(typeof(HoldReleased), "hold-released")]
[JsonDerivedType(typeof(SlotBooked), "slot-booked")]
[JsonDerivedType(typeof(BookingCancelled), "booking-cancelled")]
[JsonDerivedType(typeof(OutcomeRecorded), "outcome-recorded")]
[JsonDerivedType(typeof(TemplateSet), "template-set")]
[JsonDerivedType(typeof(AbsenceStarted), "absence-started")]
[JsonDerivedType(typeof(AbsenceEnded), "absence-ended")]
[JsonDerivedType(typeof(LocumSet), "locum-set")]
[JsonDerivedType(typeof(BookingToReplace), "booking-to-replace")]
[JsonDerivedType(typeof(BookingReplaced), "booking-replaced")]
[JsonDerivedType(typeof(OverbookAllowed), "overbook-allowed")]
[JsonDerivedType(typeof(SlotOverbooked), "slot-overbooked")]
[JsonDerivedType(typeof(DelegatesSet), "delegates-set")]
public abstract record AgendaEvent;

/// <summary>The definition was set or changed.</summary>
public sealed record AgendaConfigured(AgendaDefinition Definition) : AgendaEvent;

/// <summary>Slots were published.</summary>
/// <param name="Slots">The slots.</param>
/// <param name="Through">When by templates: the last civil day they now cover; otherwise null.</param>
public sealed record SlotsPublished(ImmutableArray<SlotFacts> Slots, DateOnly? Through) : AgendaEvent;

/// <summary>A slot was taken back; holds on it ended.</summary>
/// <param name="SlotId">The slot.</param>
/// <param name="Superseded">True when a changed template or rule replaced it; false when somebody took it back by hand, so that no template brings it back.</param>
public sealed record SlotWithdrawn(string SlotId, bool Superseded = false) : AgendaEvent;

/// <summary>A slot is held.</summary>
/// <param name="SlotId">The slot.</param>
/// <param name="Hold">The hold.</param>
/// <param name="HoldPlace">Which of the person's places for holds it uses.</param>
public sealed record SlotHeld(string SlotId, HoldPicture Hold, int HoldPlace) : AgendaEvent;

/// <summary>A hold lasts longer, once.</summary>
public sealed record HoldExtended(string HoldId, DateTimeOffset Until) : AgendaEvent;

/// <summary>A hold was given back.</summary>
public sealed record HoldReleased(string HoldId) : AgendaEvent;

/// <summary>A slot was booked.</summary>
/// <param name="Booking">The booking; carries the care request's facts.</param>
/// <param name="HoldId">The hold it used up; null when none.</param>
/// <param name="ClaimUntil">Until when the patient's claim lasts, UTC.</param>
/// <param name="NewRequest">True when no care request existed before: demand is counted from this event.</param>
public sealed record SlotBooked(Booking Booking, string? HoldId, DateTimeOffset ClaimUntil, bool NewRequest) : AgendaEvent;

/// <summary>A booking was cancelled.</summary>
/// <param name="BookingId">The booking.</param>
/// <param name="Reason">Why.</param>
/// <param name="PatientInformed">True when the requester said that the patient knows; null when nobody was asked.</param>
public sealed record BookingCancelled(string BookingId, CancelReason Reason, bool? PatientInformed = null) : AgendaEvent;

/// <summary>The patient came, or did not.</summary>
public sealed record OutcomeRecorded(string BookingId, AppointmentStatus Status) : AgendaEvent;

/// <summary>The practitioner set the own weekly template; slots that follow from it are told by events of their own.</summary>
public sealed record TemplateSet(AgendaPlan Plan) : AgendaEvent;

/// <summary>The practitioner told an absence.</summary>
public sealed record AbsenceStarted(Absence Absence) : AgendaEvent;

/// <summary>An absence was ended or called off.</summary>
public sealed record AbsenceEnded(string AbsenceId) : AgendaEvent;

/// <summary>A locum sees the patients of these slots, or no longer does.</summary>
/// <param name="SlotIds">The slots.</param>
/// <param name="Locum">A professional's id; null: the practitioner again.</param>
public sealed record LocumSet(ImmutableArray<string> SlotIds, string? Locum) : AgendaEvent;

/// <summary>The practitioner will not see this patient: the booking is to replace. The patient's claim is given back, the booking is not.</summary>
public sealed record BookingToReplace(string BookingId, ReplaceCause Cause) : AgendaEvent;

/// <summary>Another booking took the place of one that was to replace.</summary>
/// <param name="BookingId">The one that was to replace.</param>
/// <param name="By">The one that took its place.</param>
public sealed record BookingReplaced(string BookingId, string By) : AgendaEvent;

/// <summary>Whether slots may be given places “en sus”.</summary>
public sealed record OverbookAllowed(bool Allowed) : AgendaEvent;

/// <summary>A slot was given one more place, “en sus”.</summary>
public sealed record SlotOverbooked(string SlotId) : AgendaEvent;

/// <summary>Who manages the agenda's slots in the practitioner's place.</summary>
public sealed record DelegatesSet(Delegation Delegation) : AgendaEvent;
