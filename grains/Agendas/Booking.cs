using SnpLive.Grains.People;

namespace SnpLive.Grains.Agendas;

/// <summary>One appointment, without the patient's identity.</summary>
/// <param name="BookingId"><c>{agendaId}.b{n}</c>.</param>
/// <param name="SlotId">The slot.</param>
/// <param name="Place">1…capacity.</param>
/// <param name="Surrogate">Stands for the patient.</param>
/// <param name="BookedBy">The person.</param>
/// <param name="BookedByRole">Their role then: the door it came through.</param>
/// <param name="OrganizationId">Their organisation.</param>
/// <param name="OnBehalfOf">The professional for whom a telesecretary booked; otherwise null.</param>
/// <param name="CareRequestId">The need it serves.</param>
/// <param name="Eligibility">Why the patient may use the scheme.</param>
/// <param name="Reason">National reason code.</param>
/// <param name="DecidedAt">When the need was decided, UTC.</param>
/// <param name="Deadline">End of the window, UTC.</param>
/// <param name="BookedAt">UTC.</param>
/// <param name="Override">Booked although the patient had another active booking: it holds no claim.</param>
/// <param name="Status">Status.</param>
/// <param name="CancelReason">When cancelled.</param>
/// <param name="ToReplaceSince">When it became to replace, UTC; null: never.</param>
/// <param name="ToReplaceBecause">Why it became to replace; null: never.</param>
/// <param name="Replaces">The booking to replace that it was made for; null: none.</param>
/// <param name="ReplacedBy">The booking that took its place; null: none.</param>
/// <param name="CallId">The regulated call that it serves; null: another door.</param>
[GenerateSerializer, Immutable, Alias("snp.Booking")]
public sealed record Booking(
    [property: Id(0)] string BookingId,
    [property: Id(1)] string SlotId,
    [property: Id(2)] int Place,
    [property: Id(3)] string Surrogate,
    [property: Id(4)] string BookedBy,
    [property: Id(5)] Role BookedByRole,
    [property: Id(6)] string OrganizationId,
    [property: Id(7)] string? OnBehalfOf,
    [property: Id(8)] string CareRequestId,
    [property: Id(9)] Eligibility Eligibility,
    [property: Id(10)] string Reason,
    [property: Id(11)] DateTimeOffset DecidedAt,
    [property: Id(12)] DateTimeOffset Deadline,
    [property: Id(13)] DateTimeOffset BookedAt,
    [property: Id(14)] bool Override,
    [property: Id(15)] AppointmentStatus Status,
    [property: Id(16)] CancelReason? CancelReason,
    [property: Id(17)] DateTimeOffset? ToReplaceSince = null,
    [property: Id(18)] ReplaceCause? ToReplaceBecause = null,
    [property: Id(19)] string? Replaces = null,
    [property: Id(20)] string? ReplacedBy = null,
    [property: Id(21)] string? CallId = null);

/// <summary>A booking in its surroundings, as its agenda knows them now.</summary>
/// <param name="Definition">The agenda.</param>
/// <param name="Slot">The slot.</param>
/// <param name="Booking">The booking.</param>
/// <param name="Delegation">The practitioner's delegates; null: none.</param>
[GenerateSerializer, Immutable, Alias("snp.BookedSlot")]
public sealed record BookedSlot(
    [property: Id(0)] AgendaDefinition Definition, [property: Id(1)] SlotFacts Slot, [property: Id(2)] Booking Booking, [property: Id(3)] Delegation? Delegation);
