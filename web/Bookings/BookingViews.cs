using SnpLive.Grains.Agendas;
using SnpLive.Grains.People;
using SnpLive.Web.Live;
using SnpLive.Web.Territories;

namespace SnpLive.Web.Bookings;

/// <summary>A booking that was made.</summary>
internal sealed record BookingMade(string BookingId, string CareRequestId, DateTimeOffset Deadline, SlotView Slot, string RequestId);

/// <summary>A booking without its patient, for who owns the agenda.</summary>
internal sealed record BookingSummary(
    string Id, string SlotId, string Status, string Eligibility, string Reason, DateTimeOffset DecidedAt, DateTimeOffset Deadline, DateTimeOffset BookedAt,
    string BookedBy, string BookedByRole, string? OnBehalfOf, bool Override, string? CancelReason,
    DateTimeOffset? ToReplaceSince, string? ToReplaceBecause, string? Replaces, string? ReplacedBy)
{
    internal static BookingSummary Of(Booking booking, TerritorySetView territories) => new(
        booking.BookingId, booking.SlotId, Codes.Statuses.Write(booking.Status), Codes.Eligibilities.Write(booking.Eligibility), booking.Reason,
        booking.DecidedAt, booking.Deadline, booking.BookedAt,
        territories.OrganizationName(booking.OrganizationId) ?? booking.OrganizationId, Codes.Roles.Write(booking.BookedByRole),
        booking.OnBehalfOf is { } id ? territories.Professional(id)?.Name ?? id : null, booking.Override,
        booking.CancelReason is { } reason ? Codes.CancelReasons.Write(reason) : null,
        booking.ToReplaceSince, booking.ToReplaceBecause is { } cause ? Codes.ReplaceCauses.Write(cause) : null, booking.Replaces, booking.ReplacedBy);
}

/// <summary>The patient, for who may know. <c>Objection</c>: they object to sharing with the registered GP; why and since when is nobody's business here.</summary>
internal sealed record PatientView(
    string LastName, string FirstName, string? UsedName, DateOnly BirthDate, string Sex, string? Phone, string? ContactName, string? CommuneCode,
    string? Address, string? RegisteredGp, bool Objection)
{
    internal static PatientView Of(PatientIdentity identity, BookingNote? note, bool objects) => new(
        identity.LastName, identity.FirstName, identity.UsedName, identity.BirthDate, Codes.Sexes.Write(identity.Sex), note?.Phone, note?.ContactName,
        identity.CommuneCode, note?.Address, identity.RegisteredGp, objects);
}

/// <summary>One booking with its patient; null when the identity was erased.</summary>
internal sealed record BookingDetail(
    string Id, string AgendaId, string CareRequestId, string Status, SlotView? Slot, PatientView? Patient, string? Note, string? OverrideReason,
    BookingSummary Booking)
{
    /// <summary>After how many seconds a screen shows the patient no more (break-glass); left out: as long as it likes.</summary>
    public int? HideAfterSeconds { get; init; }
}
