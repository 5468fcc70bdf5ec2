using System.Text.Json;
using SnpLive.Grains.Agendas;
using SnpLive.Web.Calls;
using static Microsoft.AspNetCore.Http.StatusCodes;

namespace SnpLive.Web.Problems;

/// <summary>A kind of problem: stable code, HTTP status, and its words.</summary>
internal sealed record ProblemKind(string Code, int Status, ProblemText Text);

/// <summary>The one table from refusals to HTTP: 404 unknown, 403 a right, 409 a lost race, 422 a rule, 503 durability.</summary>
internal static class RefusalTable
{
    private static readonly Dictionary<Refusal, ProblemKind> Table = new (Refusal Refusal, int Status, ProblemText Text)[]
    {
        (Refusal.AgendaUnknown, Status404NotFound, Messages.AgendaUnknown),
        (Refusal.SlotUnknown, Status404NotFound, Messages.SlotUnknown),
        (Refusal.SlotTaken, Status409Conflict, Messages.SlotTaken),
        (Refusal.SlotHeld, Status409Conflict, Messages.SlotHeld),
        (Refusal.SlotWithdrawn, Status409Conflict, Messages.SlotWithdrawn),
        (Refusal.TooLate, Status422UnprocessableEntity, Messages.TooLate),
        (Refusal.OutsideWindow, Status422UnprocessableEntity, Messages.OutsideWindow),
        (Refusal.NotAllowed, Status403Forbidden, Messages.NotAllowed),
        (Refusal.ReasonNotAllowed, Status422UnprocessableEntity, Messages.ReasonNotAllowed),
        (Refusal.VitalSign, Status422UnprocessableEntity, Messages.VitalSign),
        (Refusal.VitalSignsNotExcluded, Status422UnprocessableEntity, Messages.VitalSignsNotExcluded),
        (Refusal.HoldUnknown, Status404NotFound, Messages.HoldUnknown),
        (Refusal.HoldExpired, Status409Conflict, Messages.HoldExpired),
        (Refusal.HoldAlreadyExtended, Status422UnprocessableEntity, Messages.HoldAlreadyExtended),
        (Refusal.TooManyHolds, Status422UnprocessableEntity, Messages.TooManyHolds),
        (Refusal.PatientAlreadyBooked, Status409Conflict, Messages.PatientAlreadyBooked),
        (Refusal.BookingUnknown, Status404NotFound, Messages.BookingUnknown),
        (Refusal.BookingEnded, Status409Conflict, Messages.BookingEnded),
        (Refusal.SlotOverlap, Status422UnprocessableEntity, Messages.SlotOverlap),
        (Refusal.OutsideDaytime, Status422UnprocessableEntity, Messages.OutsideDaytime),
        (Refusal.InvalidSlot, Status422UnprocessableEntity, Messages.InvalidSlot),
        (Refusal.SlotBooked, Status409Conflict, Messages.SlotBooked),
        (Refusal.OnBehalfOfRequired, Status403Forbidden, Messages.OnBehalfOfRequired),
        (Refusal.AddressRequired, Status422UnprocessableEntity, Messages.AddressRequired),
        (Refusal.InvalidDecisionTime, Status422UnprocessableEntity, Messages.InvalidDecisionTime),
        (Refusal.CommandExpired, Status409Conflict, Messages.CommandExpired),
        (Refusal.RequestIdReused, Status422UnprocessableEntity, Messages.RequestIdReused),
        (Refusal.InvalidOutcome, Status422UnprocessableEntity, Messages.InvalidOutcome),
        (Refusal.LedgerUnavailable, Status503ServiceUnavailable, Messages.LedgerUnavailable),
        (Refusal.OutcomeUnknown, Status503ServiceUnavailable, Messages.OutcomeUnknown),
        (Refusal.InvalidTemplate, Status422UnprocessableEntity, Messages.InvalidTemplate),
        (Refusal.InvalidAbsence, Status422UnprocessableEntity, Messages.InvalidAbsence),
        (Refusal.AbsenceUnknown, Status404NotFound, Messages.AbsenceUnknown),
        (Refusal.AbsenceOverlap, Status422UnprocessableEntity, Messages.AbsenceOverlap),
        (Refusal.OverbookNotAllowed, Status422UnprocessableEntity, Messages.OverbookNotAllowed),
        (Refusal.OverbookLimit, Status422UnprocessableEntity, Messages.OverbookLimit),
        (Refusal.PatientNotInformed, Status422UnprocessableEntity, Messages.PatientNotInformed),
        (Refusal.CallInEmergency, Status409Conflict, CallMessages.CallInEmergency),
        (Refusal.InvalidDelegates, Status422UnprocessableEntity, Messages.InvalidDelegates),
        (Refusal.CareRequestUnknown, Status404NotFound, Messages.CareRequestUnknown),
        (Refusal.CareRequestTaken, Status409Conflict, Messages.CareRequestTaken),
        (Refusal.CareRequestEnded, Status409Conflict, Messages.CareRequestEnded),
        (Refusal.RegisteredGpNotStated, Status422UnprocessableEntity, Messages.RegisteredGpNotStated),
        (Refusal.RequestOnly, Status403Forbidden, Messages.RequestOnly),
    }.ToDictionary(row => row.Refusal, row => new ProblemKind(JsonNamingPolicy.KebabCaseLower.ConvertName(row.Refusal.ToString()), row.Status, row.Text));

    /// <summary>The refusals that have an entry.</summary>
    internal static IEnumerable<Refusal> Covered => Table.Keys;

    /// <summary>The problem that a refusal is.</summary>
    internal static ProblemKind Of(Refusal refusal) => Table[refusal];
}
