using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Territories.Grants;
using SnpLive.Web.Problems;
using static Microsoft.AspNetCore.Http.StatusCodes;

namespace SnpLive.Web.Territories.Grants;

/// <summary>From refusals about grants to HTTP.</summary>
internal static class GrantRefusals
{
    private static readonly Dictionary<GrantRefusal, ProblemKind> Table = new (GrantRefusal Refusal, int Status, ProblemText Text)[]
    {
        (GrantRefusal.NotAllowed, Status403Forbidden, GrantMessages.NotAllowed),
        (GrantRefusal.Unknown, Status404NotFound, GrantMessages.Unknown),
        (GrantRefusal.Ended, Status409Conflict, GrantMessages.Ended),
        (GrantRefusal.Overlap, Status422UnprocessableEntity, GrantMessages.Overlap),
        (GrantRefusal.EndBeforeBegin, Status422UnprocessableEntity, GrantMessages.EndBeforeBegin),
        (GrantRefusal.EndInPast, Status422UnprocessableEntity, GrantMessages.EndInPast),
        (GrantRefusal.UnknownRole, Status422UnprocessableEntity, GrantMessages.UnknownRole),
        (GrantRefusal.UnknownStream, Status422UnprocessableEntity, GrantMessages.UnknownStream),
        (GrantRefusal.UnknownAction, Status422UnprocessableEntity, GrantMessages.UnknownAction),
        (GrantRefusal.UnknownGroup, Status422UnprocessableEntity, GrantMessages.UnknownGroup),
        (GrantRefusal.UnknownPerson, Status422UnprocessableEntity, GrantMessages.UnknownPerson),
        (GrantRefusal.OwnAgendaNeeded, Status422UnprocessableEntity, GrantMessages.OwnAgendaNeeded),
        (GrantRefusal.LocksOut, Status422UnprocessableEntity, GrantMessages.LocksOut),
        (GrantRefusal.TooMany, Status422UnprocessableEntity, GrantMessages.TooMany),
    }.ToDictionary(row => row.Refusal, row => new ProblemKind($"grant-{JsonNamingPolicy.KebabCaseLower.ConvertName(row.Refusal.ToString())}", row.Status, row.Text));

    /// <summary>The problem that a refusal is.</summary>
    internal static ProblemKind Of(GrantRefusal refusal) => refusal switch
    {
        GrantRefusal.TerritoryUnknown => Problems.Problem.TerritoryUnknown,
        GrantRefusal.CommandExpired => RefusalTable.Of(Refusal.CommandExpired),
        GrantRefusal.RequestIdReused => RefusalTable.Of(Refusal.RequestIdReused),
        GrantRefusal.LedgerUnavailable => RefusalTable.Of(Refusal.LedgerUnavailable),
        GrantRefusal.OutcomeUnknown => RefusalTable.Of(Refusal.OutcomeUnknown),
        _ => Table[refusal],
    };

    /// <summary>The same with the grant that is in the way.</summary>
    internal static ProblemHttpResult Problem(GrantsRefused refused) => Problems.Problem.Result(Of(refused.Code), ("grant", refused.GrantId));
}
