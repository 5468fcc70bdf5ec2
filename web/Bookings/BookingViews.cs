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
    string BookedBy, string BookedByRole, string? OnBehalfOf, bool Override, string? CancelReason)
{
    internal static BookingSummary Of(Booking booking, TerritorySetView territories) => new(
        booking.BookingId, booking.SlotId, Codes.Statuses.Write(booking.Status), Codes.Eligibilities.Write(booking.Eligibility), booking.Reason,
        booking.DecidedAt, booking.Deadline, booking.BookedAt,
        territories.OrganizationName(booking.OrganizationId) ?? booking.OrganizationId, Codes.Roles.Write(booking.BookedByRole),
        booking.OnBehalfOf is { } id ? territories.Professional(id)?.Name ?? id : null, booking.Override,
        booking.CancelReason is { } reason ? Codes.CancelReasons.Write(reason) : null);
}

/// <summary>The patient, for who may know.</summary>
internal sealed record PatientView(
    string LastName, string FirstName, string? UsedName, DateOnly BirthDate, string Sex, string? Phone, string? ContactName, string? CommuneCode,
    string? Address, string? RegisteredGp)
{
    internal static PatientView Of(PatientIdentity identity, BookingNote? note) => new(
        identity.LastName, identity.FirstName, identity.UsedName, identity.BirthDate, Codes.Sexes.Write(identity.Sex), note?.Phone, note?.ContactName,
        identity.CommuneCode, note?.Address, identity.RegisteredGp);
}

/// <summary>One booking with its patient; null when the identity was erased.</summary>
internal sealed record BookingDetail(
    string Id, string AgendaId, string CareRequestId, string Status, SlotView? Slot, PatientView? Patient, string? Note, string? OverrideReason,
    BookingSummary Booking);
