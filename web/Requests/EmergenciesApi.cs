using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using SnpLive.Grains.Requests;
using SnpLive.Web.Commands;
using SnpLive.Web.Hosting;
using SnpLive.Web.Problems;
using SnpLive.Web.Sessions;
using SnpLive.Web.Sessions.Lock;
using SnpLive.Web.Territories;
using SnpLive.Web.Validation;

namespace SnpLive.Web.Requests;

/// <summary>The emergency key was pressed. The page showed what to do by itself; this only records it, perhaps much later.</summary>
internal sealed record EmergencyBody
{
    [Required] public string? RequestId { get; init; }
    [Required] public string? TerritoryId { get; init; }
    /// <summary>How long ago, in seconds: a duration can be trusted where the browser's clock cannot. A repeat may tell another one.</summary>
    public int? SecondsAgo { get; init; }
}

/// <summary>An emergency exit as recorded.</summary>
internal sealed record EmergencyView(string EmergencyId, string Exit, DateTimeOffset RaisedAt, DateTimeOffset RecordedAt, string RequestId)
{
    internal static EmergencyView Of(Emergency emergency, Guid requestId) =>
        new(emergency.EmergencyId, Codes.EmergencyExits.Write(emergency.Exit), emergency.RaisedAt, emergency.RecordedAt, requestId.ToString());
}

/// <summary>Emergency exits, recorded without any identity.</summary>
internal static class EmergenciesApi
{
    private const int LongestOffline = 90 * 24 * 3600;

    internal static void MapEmergencies(this IEndpointRouteBuilder api) => api.MapGroup("/emergencies").WithTags("Requests").MapPost("", Raise).WithMetadata(new OpenWhileLocked());

    private static async Task<Results<Created<EmergencyView>, ProblemHttpResult>> Raise(
        EmergencyBody body, SignedIn me, TerritoryCatalogue catalogue, IGrainFactory grains, AgendaCommands commands, HoldRelease holds, Clock clock, CommandLimits limits,
        ILogger<EmergencyBody> logger)
    {
        var fields = new Fields();
        var requestId = fields.RequestId(body.RequestId);
        var territoryId = fields.RequiredId("territoryId", body.TerritoryId, Ids.IsKey);
        var secondsAgo = fields.Number("secondsAgo", body.SecondsAgo, 0, LongestOffline) ?? 0;
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        if ((await catalogue.Read()).Territory(territoryId, me.Actor) is not { } territory) return Problem.Result(Problem.TerritoryUnknown);

        var command = new RaiseEmergency(requestId, me.Actor, commands.NotAfter, territory.Id, territory.Rules.TimeZone, clock.Now.AddSeconds(-secondsAgo));
        var grain = grains.GetGrain<ICareRequestGrain>(RequestsApi.KeyOf(me.Actor.Id, requestId));
        switch (await RequestsApi.Send(() => grain.RaiseEmergency(command), nameof(RaiseEmergency), limits, logger))
        {
            case EmergencyRecorded recorded:
                await holds.EndInHand(me, recorded.Emergency.RaisedAt);
                return TypedResults.Created((string?)null, EmergencyView.Of(recorded.Emergency, requestId));
            case CareRequestRefused refused:
                return Problem.Result(RefusalTable.Of(refused.Code));
            case var other:
                throw new InvalidOperationException($"{other.GetType().Name} answers another command.");
        }
    }
}
