using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Calls;
using SnpLive.Web.Problems;
using SnpLive.Web.Territories;
using static Microsoft.AspNetCore.Http.StatusCodes;

namespace SnpLive.Web.Calls;

/// <summary>The one table from refusals of a call to HTTP; what every command can meet is told as elsewhere.</summary>
internal static class CallRefusals
{
    internal static readonly ProblemKind CentreUnknown = new("centre-unknown", Status404NotFound, CallMessages.CentreUnknown);

    private static readonly Dictionary<CallRefusal, ProblemKind> Table = new (CallRefusal Refusal, int Status, ProblemText Text)[]
    {
        (CallRefusal.CallUnknown, Status404NotFound, CallMessages.CallUnknown),
        (CallRefusal.NotAllowed, Status403Forbidden, CallMessages.NotAllowed),
        (CallRefusal.CallTaken, Status409Conflict, CallMessages.CallTaken),
        (CallRefusal.CallNotHeld, Status409Conflict, CallMessages.CallNotHeld),
        (CallRefusal.CallClosed, Status409Conflict, CallMessages.CallClosed),
        (CallRefusal.CallInEmergency, Status409Conflict, CallMessages.CallInEmergency),
        (CallRefusal.CallNotInEmergency, Status422UnprocessableEntity, CallMessages.CallNotInEmergency),
        (CallRefusal.UndoOver, Status409Conflict, CallMessages.UndoOver),
        (CallRefusal.ExitNotAllowed, Status422UnprocessableEntity, CallMessages.ExitNotAllowed),
        (CallRefusal.AppointmentNeedsRegulator, Status422UnprocessableEntity, CallMessages.AppointmentNeedsRegulator),
        (CallRefusal.ProtocolUnknown, Status422UnprocessableEntity, CallMessages.ProtocolUnknown),
        (CallRefusal.LevelUnknown, Status422UnprocessableEntity, CallMessages.LevelUnknown),
        (CallRefusal.CallNotDecided, Status422UnprocessableEntity, CallMessages.CallNotDecided),
        (CallRefusal.QueueEmpty, Status409Conflict, CallMessages.QueueEmpty),
    }.ToDictionary(row => row.Refusal, row => new ProblemKind(JsonNamingPolicy.KebabCaseLower.ConvertName(row.Refusal.ToString()), row.Status, row.Text));

    /// <summary>The problem that a refusal is.</summary>
    internal static ProblemKind Of(CallRefusal refusal) => refusal switch
    {
        CallRefusal.CommandExpired => RefusalTable.Of(Refusal.CommandExpired),
        CallRefusal.RequestIdReused => RefusalTable.Of(Refusal.RequestIdReused),
        CallRefusal.LedgerUnavailable => RefusalTable.Of(Refusal.LedgerUnavailable),
        CallRefusal.OutcomeUnknown => RefusalTable.Of(Refusal.OutcomeUnknown),
        CallRefusal.VitalSign => RefusalTable.Of(Refusal.VitalSign),
        _ => Table[refusal],
    };

    /// <summary>The same with who has the call.</summary>
    internal static ProblemHttpResult Problem(CallRefused refused, TerritorySetView territories) => Problems.Problem.Result(
        Of(refused.Code), ("heldBy", refused.HeldBy is { } id ? territories.Professional(id)?.Name ?? id : null));
}
