using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;
using SnpLive.Grains.Requests;
using SnpLive.Web.Agendas;
using SnpLive.Web.Audit;
using SnpLive.Web.Bookings;
using SnpLive.Web.Commands;
using SnpLive.Web.Hosting;
using SnpLive.Web.Problems;
using SnpLive.Web.Sessions;
using SnpLive.Web.Territories;
using SnpLive.Web.Validation;

namespace SnpLive.Web.Requests;

/// <summary>Requests without a call, and needs that found no slot: demand is never counted from bookings alone.</summary>
internal static class RequestsApi
{
    internal static void MapRequests(this IEndpointRouteBuilder api)
    {
        var requests = api.MapGroup("/requests").WithTags("Requests");
        requests.MapPost("/unserved", RecordUnserved);
        requests.MapPost("", Open);
        requests.MapGet("", List);
        requests.MapGet("/{id}", Get);
        requests.MapPost("/{id}/take", Take);
        requests.MapPost("/{id}/release", Release);
        requests.MapPost("/{id}/serve", Serve);
        requests.MapPost("/{id}/unserved", EndUnserved);
        requests.MapPost("/{id}/cancel", Cancel);
        api.MapEmergencies();
    }

    private static async Task<Results<Created<RequestView>, ProblemHttpResult>> Open(
        OpenRequestBody body, SignedIn me, RequestDesk desk, TerritoryCatalogue catalogue, IPersonVault vault, AgendaCommands commands, Clock clock)
    {
        var fields = new Fields();
        var requestId = fields.RequestId(body.RequestId);
        var territoryId = fields.RequiredId("territoryId", body.TerritoryId, Ids.IsKey);
        var stream = fields.Stream("stream", body.Stream);
        var eligibility = fields.RequiredCode("eligibility", body.Eligibility, Codes.Eligibilities);
        var registeredGp = fields.Code("registeredGp", body.RegisteredGp, Codes.RegisteredGpContacts);
        var reason = fields.Reason("reason", body.Reason);
        var decidedAt = fields.Instant("decidedAt", body.DecidedAt);
        var vitalSignsExcluded = fields.Flag("vitalSignsExcluded", body.VitalSignsExcluded);
        var onBehalfOf = fields.Id("onBehalfOf", body.OnBehalfOf, Ids.IsKey);
        var (identity, note) = PatientForm.Read(fields, body.Patient, body.Note, null, clock.Now);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        if ((await catalogue.Read()).Territory(territoryId, me.Actor) is not { } territory) return Problem.Result(Problem.TerritoryUnknown);
        if (onBehalfOf is not null && !territory.Professionals.Any(one => one.Id == onBehalfOf && TerritoriesApi.CanBeBookedFor(one.Role)))
            return Problem.Invalid("onBehalfOf", Messages.UnknownProfessional);

        var settings = new RequestSettings(territory.Id, territory.Sas.Id, territory.Rules.TimeZone, territory.Rules.WindowHours, territory.Rules.Daytime);
        var answer = await desk.Send(KeyOf(me.Actor.Id, requestId), new OpenRequest(
            settings, stream, eligibility, registeredGp, reason, decidedAt, vitalSignsExcluded, onBehalfOf, vault.Seal(territory.Sas.Id, identity, note))
        { RequestId = requestId, Actor = me.Actor, NotAfter = commands.NotAfter });
        return answer is CareRequestChanged opened
            ? TypedResults.Created($"/api/requests/{opened.Request.CareRequestId}", await desk.View(opened.Request, me.Actor, requestId))
            : await desk.Problem(answer);
    }

    private static async Task<Results<Ok<RequestListView>, ProblemHttpResult>> List(string? territory, SignedIn me, RequestDesk desk, TerritoryCatalogue catalogue)
    {
        var territories = await catalogue.Read();
        if (territory is not null && territories.Territory(territory, me.Actor) is null) return Problem.Result(Problem.TerritoryUnknown);
        return TypedResults.Ok(await desk.List(territory is null ? territories.SeenBy(me.Actor).Select(one => one.Id) : [territory], me.Actor));
    }

    private static async Task<Results<Ok<RequestDetail>, ProblemHttpResult>> Get(
        string id, SignedIn me, RequestDesk desk, TerritoryCatalogue catalogue, IPersonVault vault, Clock clock)
    {
        // Whoever may not see it learns nothing, not even that it exists.
        if (await desk.Find(id, me.Actor) is not { } request) return Problem.Result(RefusalTable.Of(Refusal.CareRequestUnknown));
        var territories = await catalogue.Read();
        var view = RequestView.Of(request, me.Actor, territories, clock.Now);
        if (!RequestRights.MaySeePatient(me.Actor, request)) return TypedResults.Ok(new RequestDetail(view, null, null));
        var (identity, note, objects) = await vault.Open(
            request.Surrogate!, request.CareRequestId, me.Because(AccessAction.Read, request.TerritoryId, SasOf(request, territories), AccessWhy.Request, request.CareRequestId));
        return TypedResults.Ok(new RequestDetail(view, identity is null ? null : PatientView.Of(identity, note, objects), note?.Note));
    }

    private static string SasOf(CareRequest request, TerritorySetView territories) => territories.Territory(request.TerritoryId)?.Sas.Id ?? "";

    private static Task<Results<Ok<RequestView>, ProblemHttpResult>> Take(string id, TakeRequestBody body, SignedIn me, RequestDesk desk, AgendaCommands commands) =>
        Change(id, body.RequestId, me, desk, commands, fields =>
        {
            var from = fields.Id("from", body.From, Ids.IsKey);
            return (requestId, notAfter) => new TakeRequest(from) { RequestId = requestId, Actor = me.Actor, NotAfter = notAfter };
        });

    private static Task<Results<Ok<RequestView>, ProblemHttpResult>> Release(string id, CommandBody body, SignedIn me, RequestDesk desk, AgendaCommands commands) =>
        Change(id, body.RequestId, me, desk, commands, _ => (requestId, notAfter) => new ReleaseRequest { RequestId = requestId, Actor = me.Actor, NotAfter = notAfter });

    private static Task<Results<Ok<RequestView>, ProblemHttpResult>> Serve(
        string id, ServeRequestBody body, SignedIn me, RequestDesk desk, AgendaCommands commands, TerritoryCatalogue catalogue) =>
        Change(id, body.RequestId, me, desk, commands, fields =>
        {
            var by = fields.RequiredCode("by", body.By, Codes.ServedBys);
            var booking = by == ServedBy.Booking ? fields.RequiredId("bookingId", body.BookingId, one => Ids.AgendaOf(one) is not null) : null;
            return (requestId, notAfter) => new ServeRequest(by, booking) { RequestId = requestId, Actor = me.Actor, NotAfter = notAfter };
        }, async command =>
            // A name that no territory knows never wakes a grain.
            command is ServeRequest { BookingId: { } booking } && (await catalogue.Agenda(Ids.AgendaOf(booking)!)).Agenda is null ? Refusal.BookingUnknown : null);

    private static Task<Results<Ok<RequestView>, ProblemHttpResult>> EndUnserved(string id, EndRequestBody body, SignedIn me, RequestDesk desk, AgendaCommands commands) =>
        Change(id, body.RequestId, me, desk, commands, fields =>
        {
            var reason = fields.RequiredCode("reason", body.Reason, Codes.UnservedReasonsOfPeople);
            return (requestId, notAfter) => new EndUnserved(reason) { RequestId = requestId, Actor = me.Actor, NotAfter = notAfter };
        });

    private static Task<Results<Ok<RequestView>, ProblemHttpResult>> Cancel(string id, EndRequestBody body, SignedIn me, RequestDesk desk, AgendaCommands commands) =>
        Change(id, body.RequestId, me, desk, commands, fields =>
        {
            var reason = fields.RequiredCode("reason", body.Reason, Codes.RequestCancelReasons);
            return (requestId, notAfter) => new CancelRequest(reason) { RequestId = requestId, Actor = me.Actor, NotAfter = notAfter };
        });

    /// <summary>Reads a form, makes its command, sends it.</summary>
    /// <param name="id">The request.</param>
    /// <param name="commandId">The caller's id of the command.</param>
    /// <param name="me">Who asks.</param>
    /// <param name="desk">Sends.</param>
    /// <param name="commands">Knows until when.</param>
    /// <param name="read">Reads the rest of the form; the command is made only of a valid one.</param>
    /// <param name="stop">A reason not to send it.</param>
    private static async Task<Results<Ok<RequestView>, ProblemHttpResult>> Change(
        string id, string? commandId, SignedIn me, RequestDesk desk, AgendaCommands commands,
        Func<Fields, Func<Guid, DateTimeOffset, CareRequestCommand>> read, Func<CareRequestCommand, Task<Refusal?>>? stop = null)
    {
        var fields = new Fields();
        var requestId = fields.RequestId(commandId);
        var make = read(fields);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        if (!Ids.IsCareRequest(id)) return Problem.Result(RefusalTable.Of(Refusal.CareRequestUnknown));
        var command = make(requestId, commands.NotAfter);
        if (stop is not null && await stop(command) is { } refusal) return Problem.Result(RefusalTable.Of(refusal));
        var answer = await desk.Send(id, command);
        return answer is CareRequestChanged changed ? TypedResults.Ok(await desk.View(changed.Request, me.Actor, requestId)) : await desk.Problem(answer);
    }

    private static async Task<Results<Created<UnservedView>, ProblemHttpResult>> RecordUnserved(
        UnservedBody body, SignedIn me, TerritoryCatalogue catalogue, IGrainFactory grains, AgendaCommands commands, CommandLimits limits, ILogger<UnservedBody> logger)
    {
        var fields = new Fields();
        var requestId = fields.RequestId(body.RequestId);
        var territoryId = fields.RequiredId("territoryId", body.TerritoryId, Ids.IsKey);
        var stream = fields.Stream("stream", body.Stream);
        var unserved = fields.RequiredCode("reasonNotServed", body.ReasonNotServed, Codes.UnservedReasonsOfPeople);
        var eligibility = fields.RequiredCode("eligibility", body.Eligibility, Codes.Eligibilities);
        var reason = fields.Reason("reason", body.Reason);
        var decidedAt = fields.Instant("decidedAt", body.DecidedAt);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        if ((await catalogue.Read()).Territory(territoryId, me.Actor) is not { } territory) return Problem.Result(Problem.TerritoryUnknown);

        var command = new RecordUnserved(
            requestId, me.Actor, commands.NotAfter, territory.Id, territory.Rules.TimeZone, territory.Rules.WindowHours, stream, eligibility, reason, decidedAt, unserved);
        var grain = grains.GetGrain<ICareRequestGrain>(KeyOf(me.Actor.Id, requestId));
        return await Send(() => grain.RecordUnserved(command), nameof(Grains.Requests.RecordUnserved), limits, logger) switch
        {
            CareRequestRecorded recorded => TypedResults.Created((string?)null, UnservedView.Of(recorded.Request, requestId)),
            CareRequestRefused refused => Problem.Result(RefusalTable.Of(refused.Code)),
            var other => throw new InvalidOperationException($"{other.GetType().Name} answers another command."),
        };
    }

    /// <summary>A repeated command must reach the same grain, and two people never the same one.</summary>
    internal static string KeyOf(string actorId, Guid requestId) =>
        "r-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{actorId}/{requestId:D}")))[..32];

    /// <summary>Sends a command to a care request. A time-out means unknown, never failed.</summary>
    internal static async Task<CareRequestAnswer> Send(Func<Task<CareRequestAnswer>> call, string command, CommandLimits limits, ILogger logger)
    {
        try
        {
            return await call().WaitAsync(limits.AnswerLimit);
        }
        catch (LedgerUnavailableException)
        {
            return new CareRequestRefused(Refusal.LedgerUnavailable);
        }
        catch (Exception unknown) when (unknown is TimeoutException or OrleansException)
        {
            logger.OutcomeUnknown(command, "-", unknown.GetType().Name);
            return new CareRequestRefused(Refusal.OutcomeUnknown);
        }
    }
}
