using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.HttpResults;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;
using SnpLive.Grains.Territories;
using SnpLive.Grains.Territories.Grants;
using SnpLive.Web.Commands;
using SnpLive.Web.Hosting;
using SnpLive.Web.Problems;
using SnpLive.Web.Sessions;
using SnpLive.Web.Validation;

namespace SnpLive.Web.Territories.Grants;

/// <summary>“Droits”: who may do what in a territory, for whom it lets decide that.</summary>
internal static partial class GrantsApi
{
    internal static void MapGrants(this IEndpointRouteBuilder api)
    {
        var grants = api.MapGroup("/territories/{id}/grants").WithTags("Territories");
        grants.MapGet("", List);
        grants.MapPost("", Add);
        grants.MapPost("/{grant}/correct", Correct);
        grants.MapPost("/{grant}/end", End);
    }

    /// <summary>Whether the actor may change the territory's grants, today.</summary>
    internal static bool MayManage(Actor actor, TerritoryDocument territory, DateTimeOffset now) =>
        Rights.MayManageGrants(actor, territory.Id, territory.Sas.Id, territory.Grants, CivilTime.Day(now, territory.Rules.TimeZone));

    private static async Task<Results<Ok<GrantsView>, ProblemHttpResult>> List(string id, SignedIn me, TerritoryCatalogue catalogue, IGrainFactory grains, Clock clock)
    {
        var territories = await catalogue.Read();
        if (territories.Territory(id, me.Actor) is not { } territory) return Problem.Result(Problem.TerritoryUnknown);
        if (!MayManage(me.Actor, territory, clock.Now)) return GrantRefusals.Problem(new(GrantRefusal.NotAllowed));
        var entries = await grains.GetGrain<ITerritoryGrain>(id).Grants();
        return TypedResults.Ok(GrantsView.Of(territory, entries, CivilTime.Day(clock.Now, territory.Rules.TimeZone), territories));
    }

    private static Task<Results<Ok<GrantsChangedView>, ProblemHttpResult>> Add(string id, AddGrantsBody body, SignedIn me, GrantDesk desk) =>
        desk.Send(id, me, body.RequestId, fields =>
        {
            var terms = Terms(fields, body);
            GrantAction[] actions = [.. fields.List("actions", body.Actions, GrantBounds.Actions)?.Select((one, i) => fields.RequiredCode($"actions[{i}]", one, GrantCodes.Actions)) ?? []];
            return (requestId, notAfter) => new AddGrants(terms, [.. actions.Distinct()]) { RequestId = requestId, Actor = me.Actor, NotAfter = notAfter };
        });

    private static Task<Results<Ok<GrantsChangedView>, ProblemHttpResult>> Correct(string id, string grant, CorrectGrantBody body, SignedIn me, GrantDesk desk) =>
        desk.Send(id, me, body.RequestId, fields =>
        {
            var terms = Terms(fields, body);
            var action = fields.RequiredCode("action", body.Action, GrantCodes.Actions);
            return (requestId, notAfter) => new CorrectGrant(grant, terms, action) { RequestId = requestId, Actor = me.Actor, NotAfter = notAfter };
        }, grant);

    private static Task<Results<Ok<GrantsChangedView>, ProblemHttpResult>> End(string id, string grant, EndGrantBody body, SignedIn me, GrantDesk desk) =>
        desk.Send(id, me, body.RequestId, fields =>
        {
            var lastDay = fields.Day("lastDay", body.LastDay);
            return (requestId, notAfter) => new EndGrant(grant, lastDay) { RequestId = requestId, Actor = me.Actor, NotAfter = notAfter };
        }, grant);

    private static GrantTerms Terms(Fields fields, GrantTermsBody body)
    {
        var stream = fields.RequiredText("stream", body.Stream, Limits.Name);
        if (stream.Length > 0 && !CareStreams.Granted.Contains(stream)) fields.Fault("stream", Messages.OneOf(CareStreams.Granted));
        return new(
            fields.RequiredCode("role", body.Role, Codes.Roles), stream, fields.Code("condition", body.Condition, GrantCodes.Conditions) ?? GrantCondition.None,
            fields.Id("group", body.Group, Ids.IsKey), fields.Id("person", body.Person, Ids.IsKey), fields.Day("from", body.From), fields.Day("to", body.To),
            fields.RequiredText("source", body.Source, GrantBounds.Source, GrantBounds.SourceMin));
    }

    [GeneratedRegex(@"\Ag[1-9][0-9]{0,8}\z")]
    internal static partial Regex GrantId();
}

/// <summary>Sends commands about grants to their territory. A time-out means unknown, never failed.</summary>
internal sealed partial class GrantDesk(IGrainFactory grains, TerritoryCatalogue catalogue, Clock clock, CommandLimits limits, ILogger<GrantDesk> logger)
{
    /// <summary>Reads a form, makes its command, sends it.</summary>
    /// <param name="territoryId">Where.</param>
    /// <param name="me">Who asks.</param>
    /// <param name="commandId">The caller's id of the command.</param>
    /// <param name="read">Reads the rest of the form; the command is made only of a valid one.</param>
    /// <param name="grantId">The grant it is about; null: a new one.</param>
    internal async Task<Results<Ok<GrantsChangedView>, ProblemHttpResult>> Send(
        string territoryId, SignedIn me, string? commandId, Func<Fields, Func<Guid, DateTimeOffset, GrantCommand>> read, string? grantId = null)
    {
        if ((await catalogue.Read()).Territory(territoryId, me.Actor) is not { } territory) return Problem.Result(Problem.TerritoryUnknown);
        var fields = new Fields();
        var requestId = fields.RequestId(commandId);
        var make = read(fields);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        if (grantId is not null && !GrantsApi.GrantId().IsMatch(grantId)) return GrantRefusals.Problem(new(GrantRefusal.Unknown));
        var answer = await Send(territoryId, make(requestId, clock.Now + limits.TimeLimit));
        if (answer is GrantsRefused refused) return GrantRefusals.Problem(refused);
        await catalogue.Renew(); // what this node decides by
        var territories = await catalogue.Read();
        var entries = await grains.GetGrain<ITerritoryGrain>(territoryId).Grants();
        var (changed, today) = (((GrantsChanged)answer).GrantIds, CivilTime.Day(clock.Now, territory.Rules.TimeZone));
        return TypedResults.Ok(new GrantsChangedView(requestId.ToString(), [.. entries.Where(one => changed.Contains(one.GrantId)).Select(one => GrantView.Of(one, today, territories))]));
    }

    private async Task<GrantAnswer> Send(string territoryId, GrantCommand command)
    {
        try
        {
            return await grains.GetGrain<ITerritoryGrain>(territoryId).Execute(command).WaitAsync(limits.AnswerLimit);
        }
        catch (LedgerUnavailableException)
        {
            return new GrantsRefused(GrantRefusal.LedgerUnavailable);
        }
        catch (Exception unknown) when (unknown is TimeoutException or OrleansException)
        {
            logger.OutcomeUnknown(command.GetType().Name, territoryId, unknown.GetType().Name);
            return new GrantsRefused(GrantRefusal.OutcomeUnknown);
        }
    }
}
