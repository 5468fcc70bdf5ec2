using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.Requests;
using SnpLive.Web.Commands;
using SnpLive.Web.Problems;
using SnpLive.Web.Sessions;
using SnpLive.Web.Territories;
using SnpLive.Web.Validation;

namespace SnpLive.Web.Requests;

/// <summary>A need that found no slot.</summary>
internal sealed record UnservedBody
{
    [Required] public string? RequestId { get; init; }
    [Required] public string? TerritoryId { get; init; }
    [Required] public string? Stream { get; init; }
    /// <summary>none, tooFar, tooLate or refused.</summary>
    [Required] public string? ReasonNotServed { get; init; }
    [Required] public string? Eligibility { get; init; }
    /// <summary>National reason code.</summary>
    [Required] public string? Reason { get; init; }
    public string? DecidedAt { get; init; }
}

/// <summary>A need as recorded.</summary>
internal sealed record UnservedView(string CareRequestId, DateTimeOffset DecidedAt, DateTimeOffset Deadline, string ReasonNotServed, string RequestId)
{
    internal static UnservedView Of(CareRequest request, Guid requestId) =>
        new(request.CareRequestId, request.DecidedAt, request.Deadline, Codes.UnservedReasons.Write(request.Unserved), requestId.ToString());
}

/// <summary>Needs that found no slot: demand is never counted from bookings alone.</summary>
internal static class RequestsApi
{
    internal static void MapRequests(this IEndpointRouteBuilder api) =>
        api.MapGroup("/requests").WithTags("Requests").MapPost("/unserved", RecordUnserved);

    private static async Task<Results<Created<UnservedView>, ProblemHttpResult>> RecordUnserved(
        UnservedBody body, SignedIn me, TerritoryCatalogue catalogue, IGrainFactory grains, AgendaCommands commands, CommandLimits limits, ILogger<UnservedBody> logger)
    {
        var fields = new Fields();
        var requestId = fields.RequestId(body.RequestId);
        var territoryId = fields.RequiredId("territoryId", body.TerritoryId, Ids.IsKey);
        var stream = fields.Stream("stream", body.Stream);
        var unserved = fields.RequiredCode("reasonNotServed", body.ReasonNotServed, Codes.UnservedReasons);
        var eligibility = fields.RequiredCode("eligibility", body.Eligibility, Codes.Eligibilities);
        var reason = fields.Reason("reason", body.Reason);
        var decidedAt = fields.Instant("decidedAt", body.DecidedAt);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        if ((await catalogue.Read()).Territory(territoryId, me.Actor) is not { } territory) return Problem.Result(Problem.TerritoryUnknown);

        var command = new RecordUnserved(
            requestId, me.Actor, commands.NotAfter, territory.Id, territory.Rules.TimeZone, territory.Rules.WindowHours, stream, eligibility, reason, decidedAt, unserved);
        return await Send(grains.GetGrain<ICareRequestGrain>(KeyOf(me.Actor.Id, requestId)), command, limits, logger) switch
        {
            CareRequestRecorded recorded => TypedResults.Created((string?)null, UnservedView.Of(recorded.Request, requestId)),
            CareRequestRefused refused => Problem.Result(RefusalTable.Of(refused.Code)),
            var other => throw new InvalidOperationException($"{other.GetType().Name} answers another command."),
        };
    }

    /// <summary>A repeated command must reach the same grain, and two people never the same one.</summary>
    internal static string KeyOf(string actorId, Guid requestId) =>
        "r-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{actorId}/{requestId:D}")))[..32];

    private static async Task<CareRequestAnswer> Send(ICareRequestGrain grain, RecordUnserved command, CommandLimits limits, ILogger logger)
    {
        try
        {
            return await grain.RecordUnserved(command).WaitAsync(limits.AnswerLimit);
        }
        catch (LedgerUnavailableException)
        {
            return new CareRequestRefused(Refusal.LedgerUnavailable);
        }
        catch (Exception unknown) when (unknown is TimeoutException or OrleansException)
        {
            logger.OutcomeUnknown(nameof(Grains.Requests.RecordUnserved), "-", unknown.GetType().Name);
            return new CareRequestRefused(Refusal.OutcomeUnknown);
        }
    }
}
