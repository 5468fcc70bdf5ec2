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
public sealed record BookingCancelled(string BookingId, CancelReason Reason) : AgendaEvent;

/// <summary>The patient came, or did not.</summary>
public sealed record OutcomeRecorded(string BookingId, AppointmentStatus Status) : AgendaEvent;
