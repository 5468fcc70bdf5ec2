using Microsoft.AspNetCore.Http.HttpResults;
using SnpLive.Grains.Calls;
using SnpLive.Grains.People;
using SnpLive.Web.Agendas;
using SnpLive.Web.Problems;
using SnpLive.Web.Sessions;
using SnpLive.Web.Sessions.Lock;
using SnpLive.Web.Territories;
using SnpLive.Web.Validation;

namespace SnpLive.Web.Calls;

/// <summary>Regulated calls: come in, take, say, pass on, decide, emergency.</summary>
internal static class CallsApi
{
    private const int LongestOffline = 24 * 3600;
    private const int ExternalNumber = 40;

    internal static void MapCalls(this IEndpointRouteBuilder api)
    {
        var calls = api.MapGroup("/calls").WithTags("Calls");
        calls.MapPost("", Ring);
        calls.MapGet("/{id}", CallFiles.Get);
        calls.MapPost("/{id}/take", (string id, CommandBody body, SignedIn me, CallDesk desk, TerritoryCatalogue catalogue) =>
            Execute(id, body.RequestId, new(), me, desk, catalogue, (r, by, until) => new TakeCall(Next: false) { RequestId = r, Actor = by, NotAfter = until }));
        calls.MapPost("/{id}/release", (string id, CommandBody body, SignedIn me, CallDesk desk, TerritoryCatalogue catalogue) =>
            Execute(id, body.RequestId, new(), me, desk, catalogue, (r, by, until) => new ReleaseCall { RequestId = r, Actor = by, NotAfter = until }));
        calls.MapPost("/{id}/close", (string id, CommandBody body, SignedIn me, CallDesk desk, TerritoryCatalogue catalogue) =>
            Execute(id, body.RequestId, new(), me, desk, catalogue, (r, by, until) => new CloseCall { RequestId = r, Actor = by, NotAfter = until }));
        calls.MapPost("/{id}/hang-up", (string id, CommandBody body, SignedIn me, CallDesk desk, TerritoryCatalogue catalogue) =>
            Execute(id, body.RequestId, new(), me, desk, catalogue, (r, by, until) => new HangUp { RequestId = r, Actor = by, NotAfter = until }));
        calls.MapPost("/{id}/emergency/undo", (string id, CommandBody body, SignedIn me, CallDesk desk, TerritoryCatalogue catalogue) =>
            Execute(id, body.RequestId, new(), me, desk, catalogue, (r, by, until) => new UndoEmergencyExit { RequestId = r, Actor = by, NotAfter = until })).WithMetadata(new OpenWhileLocked());
        calls.MapPost("/{id}/qualify", Qualify);
        calls.MapPost("/{id}/file", CallFiles.Write);
        calls.MapPost("/{id}/note", CallFiles.Note);
        calls.MapPost("/{id}/transfer", Transfer);
        calls.MapPost("/{id}/decide", Decide);
        calls.MapPost("/{id}/emergency", Emergency).WithMetadata(new OpenWhileLocked());
        calls.MapPost("/{id}/send-back", CallFiles.SendBack);
    }

    private static async Task<Results<Created<CallDoneView>, ProblemHttpResult>> Ring(RingBody body, SignedIn me, CallDesk desk, TerritoryCatalogue catalogue)
    {
        var fields = new Fields();
        var requestId = fields.RequestId(body.RequestId);
        var centreId = fields.RequiredId("centre", body.Centre, Ids.IsKey);
        var line = fields.RequiredCode("line", body.Line, CallCodes.Lines);
        var phone = string.IsNullOrWhiteSpace(body.CallerPhone) ? null : fields.Phone("callerPhone", body.CallerPhone);
        var people = new CallPeople(phone, fields.Name("callerName", body.CallerName), null);
        var kind = fields.Code("callerKind", body.CallerKind, CallCodes.Callers);
        var commune = fields.Commune("communeCode", body.CommuneCode);
        var external = fields.Text("externalNumber", body.ExternalNumber, ExternalNumber);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        var territories = await catalogue.Read();
        if (Centres.Find(territories, centreId, me.Actor) is not { } centre || centre.Settings.RulesAt(centreId, desk.Now) is not { } rules)
            return Problem.Result(CallRefusals.CentreUnknown);

        var callId = CallStreams.IdOf(centreId, me.Actor.Id, requestId);
        var command = new RingCall(
            rules, line, phone is null ? null : desk.Vault.HashNumber(centreId, phone), desk.Vault.Seal(callId, people, null), FileKey: null, kind, commune, external, body.Take ?? false)
        { RequestId = requestId, Actor = me.Actor, NotAfter = desk.NotAfter };
        return await desk.Send(callId, command) switch
        {
            CallDone done => TypedResults.Created($"/api/calls/{done.CallId}", CallDoneView.Of(done, requestId)),
            var no => CallRefusals.Problem((CallRefused)no, territories),
        };
    }

    private static Task<Results<Ok<CallDoneView>, ProblemHttpResult>> Qualify(string id, QualifyBody body, SignedIn me, CallDesk desk, TerritoryCatalogue catalogue)
    {
        var fields = new Fields();
        var (priority, care, stream) = (
            fields.Code("priority", body.Priority, CallCodes.Priorities), fields.Code("careLevel", body.CareLevel, CallCodes.CareLevels), fields.Code("stream", body.Stream, CallCodes.Streams));
        var reason = body.Reason is null ? null : fields.Reason("reason", body.Reason);
        var (communication, commune) = (fields.Code("communication", body.Communication, CallCodes.Communications), fields.Commune("communeCode", body.CommuneCode));
        var (kind, caresFor) = (fields.Code("callerKind", body.CallerKind, CallCodes.Callers), fields.Code("caresFor", body.CaresFor, CallCodes.CaresFor));
        var external = fields.Text("externalNumber", body.ExternalNumber, ExternalNumber);
        return Execute(id, body.RequestId, fields, me, desk, catalogue, (r, by, until) =>
            new QualifyCall(priority, care, stream, reason, communication, commune, kind, caresFor, external) { RequestId = r, Actor = by, NotAfter = until });
    }

    private static Task<Results<Ok<CallDoneView>, ProblemHttpResult>> Transfer(string id, TransferBody body, SignedIn me, CallDesk desk, TerritoryCatalogue catalogue)
    {
        var fields = new Fields();
        var to = fields.RequiredId("to", body.To, Ids.IsKey);
        return Execute(id, body.RequestId, fields, me, desk, catalogue, (r, by, until) => new TransferCall(to) { RequestId = r, Actor = by, NotAfter = until });
    }

    private static Task<Results<Ok<CallDoneView>, ProblemHttpResult>> Decide(string id, DecideBody body, SignedIn me, CallDesk desk, TerritoryCatalogue catalogue)
    {
        var fields = new Fields();
        var exit = fields.RequiredCode("exit", body.Exit, CallCodes.Exits);
        var (decision, destination) = (fields.Code("decision", body.Decision, CallCodes.Decisions), fields.Code("destination", body.Destination, CallCodes.Destinations));
        var protocol = fields.Id("protocol", body.Protocol, Ids.IsKey);
        return Execute(id, body.RequestId, fields, me, desk, catalogue, (r, by, until) =>
            new DecideCall(exit, decision, destination, protocol) { RequestId = r, Actor = by, NotAfter = until });
    }

    /// <summary>The page has shown what to do by itself; nothing here waits for anything but the call's own record.</summary>
    private static async Task<Results<Ok<CallDoneView>, ProblemHttpResult>> Emergency(
        string id, CallEmergencyBody body, SignedIn me, CallDesk desk, TerritoryCatalogue catalogue, HoldRelease holds)
    {
        var fields = new Fields();
        var raisedAt = desk.Now.AddSeconds(-(fields.Number("secondsAgo", body.SecondsAgo, 0, LongestOffline) ?? 0));
        var answer = await Execute(id, body.RequestId, fields, me, desk, catalogue, (r, by, until) => new TakeEmergencyExit(raisedAt) { RequestId = r, Actor = by, NotAfter = until });
        if (answer.Result is Ok<CallDoneView>) await holds.EndInHand(me, raisedAt);
        return answer;
    }

    /// <summary>Sends what every command of an existing call has in common.</summary>
    internal static async Task<Results<Ok<CallDoneView>, ProblemHttpResult>> Execute(
        string id, string? requestId, Fields fields, SignedIn me, CallDesk desk, TerritoryCatalogue catalogue, Func<Guid, Actor, DateTimeOffset, CallCommand> command)
    {
        var request = fields.RequestId(requestId);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        if (!CallDesk.IsCall(id) || !Centres.IsOfDesk(me.Actor, CallStreams.CentreOf(id)!)) return Problem.Result(CallRefusals.Of(CallRefusal.CallUnknown));
        return await desk.Send(id, command(request, me.Actor, desk.NotAfter)) switch
        {
            CallDone done => TypedResults.Ok(CallDoneView.Of(done, request)),
            var no => CallRefusals.Problem((CallRefused)no, await catalogue.Read()),
        };
    }
}
