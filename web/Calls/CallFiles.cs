using Microsoft.AspNetCore.Http.HttpResults;
using SnpLive.Grains.Calls;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;
using SnpLive.Web.Audit;
using SnpLive.Web.Bookings;
using SnpLive.Web.Problems;
using SnpLive.Web.Sessions;
using SnpLive.Web.Territories;
using SnpLive.Web.Validation;

namespace SnpLive.Web.Calls;

/// <summary>The readable part of a call: who calls, for whom, what was noted. It lives in the vault.</summary>
internal static class CallFiles
{
    internal static async Task<Results<Ok<CallFileView>, ProblemHttpResult>> Get(string id, SignedIn me, CallDesk desk, CentreNode node, TerritoryCatalogue catalogue)
    {
        if (await desk.Find(id, me.Actor) is not { } at) return Problem.Result(CallRefusals.Of(CallRefusal.CallUnknown));
        var (call, territories) = (at.Call, await catalogue.Read());
        var opened = await desk.Vault.Open(call.FileKey, [.. call.Notes.Select(note => note.NoteId)], me.Because(AccessAction.Read, "", call.Rules.CentreId, AccessWhy.Call, call.CallId));
        return TypedResults.Ok(CallFileView.Of(
            at,
            Centres.Find(territories, call.Rules.CentreId, me.Actor)?.Settings.Mode ?? CentreMode.File,
            opened.People,
            [.. call.Notes.Zip(opened.Notes).Where(one => one.Second is { Length: > 0 })
                .Select(one => new CallNoteView(one.First.NoteId, one.First.At, DeskPersonView.Of(one.First.By, territories), one.Second!))],
            Allowed(call, me.Actor),
            call.NumberHash is null ? [] : [.. node.Calls(call.Rules.CentreId)
                .Where(other => other.NumberHash == call.NumberHash && other.CallId != call.CallId).OrderByDescending(other => other.RangAt)
                .Select(other => new OtherFileView(
                    other.CallId, CallStreams.Label(other.CallId), other.RangAt, CallCodes.Status(other.Status, other.CallerOnLine), other.Decision is { } exit ? CallCodes.Exits.Write(exit) : null))],
            territories));
    }

    internal static Task<Results<Ok<CallDoneView>, ProblemHttpResult>> Write(string id, FileBody body, SignedIn me, CallDesk desk, TerritoryCatalogue catalogue)
    {
        var fields = new Fields();
        var people = new CallPeople(Phone(fields, "caller.phone", body.Caller?.Phone), fields.Name("caller.name", body.Caller?.Name), Patient(fields, body.Patient, desk.Now));
        return CallsApi.Execute(id, body.RequestId, fields, me, desk, catalogue, (r, by, until) =>
            new WriteFile(desk.Vault.Seal(id, people, null)) { RequestId = r, Actor = by, NotAfter = until });
    }

    internal static async Task<Results<Ok<CallDoneView>, ProblemHttpResult>> Note(string id, NoteBody body, SignedIn me, CallDesk desk, TerritoryCatalogue catalogue)
    {
        var fields = new Fields();
        var text = fields.RequiredText("text", body.Text, Limits.Note);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        if (await desk.Find(id, me.Actor) is not { } at) return Problem.Result(CallRefusals.Of(CallRefusal.CallUnknown));
        var file = await desk.Vault.SealWith(id, at.Call.FileKey, text);
        return await CallsApi.Execute(id, body.RequestId, fields, me, desk, catalogue, (r, by, until) =>
            new NoteCall(file) { RequestId = r, Actor = by, NotAfter = until });
    }

    /// <summary>A patient whom the AMU sends back gets a new file, linked to the old one, which stays as it is.</summary>
    internal static async Task<Results<Created<CallDoneView>, ProblemHttpResult>> SendBack(string id, SendBackBody body, SignedIn me, CallDesk desk, TerritoryCatalogue catalogue)
    {
        var fields = new Fields();
        var requestId = fields.RequestId(body.RequestId);
        var reason = fields.RequiredText("reason", body.Reason, Limits.OverrideReason, Limits.OverrideReasonMin);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        var territories = await catalogue.Read();
        if (await desk.Find(id, me.Actor) is not { } at) return Problem.Result(CallRefusals.Of(CallRefusal.CallUnknown));
        var call = at.Call;
        if (Centres.Find(territories, call.Rules.CentreId, me.Actor)?.Settings.RulesAt(call.Rules.CentreId, desk.Now) is not { } rules) return Problem.Result(CallRefusals.CentreUnknown);

        var callId = CallStreams.IdOf(call.Rules.CentreId, me.Actor.Id, requestId);
        var file = await desk.Vault.SealWith(callId, call.FileKey, reason);
        var said = call.Qualification;
        var command = new RingCall(
            rules, call.Line, call.NumberHash, file, FileKey: null, said.CallerKind, said.CommuneCode, said.ExternalNumber, Take: true, SentBackFrom: id)
        { RequestId = requestId, Actor = me.Actor, NotAfter = desk.NotAfter };
        return await desk.Send(callId, command) switch
        {
            CallDone done => TypedResults.Created($"/api/calls/{done.CallId}", CallDoneView.Of(done, requestId)),
            var no => CallRefusals.Problem((CallRefused)no, territories),
        };
    }

    private static CallAllowedView Allowed(Call call, Actor actor)
    {
        var mine = call.Holder?.Person.Id == actor.Id;
        var exits = CallDecider.AllowedExits(call, actor);
        var needs = !mine || actor.Role == Role.Regulator ? null : exits.Contains(CallExit.Appointment) ? "protocol" : "regulator";
        return new([.. exits.Select(CallCodes.Exits.Write)], mine ? [.. call.LevelNow().TransferTo] : [], needs);
    }

    private static CallPatient? Patient(Fields fields, CallPatientBody? body, DateTimeOffset now) => body is null ? null : new(
        fields.Name("patient.lastName", body.LastName), fields.Name("patient.firstName", body.FirstName),
        string.IsNullOrWhiteSpace(body.BirthDate) ? null : fields.BirthDate("patient.birthDate", body.BirthDate, CivilTime.Day(now, BookingDesk.FirstZoneOfTheDay)),
        fields.Code("patient.sex", body.Sex, Codes.Sexes), Phone(fields, "patient.phone", body.Phone), fields.Text("patient.address", body.Address, Limits.Address),
        fields.Commune("patient.communeCode", body.CommuneCode), fields.Text("patient.registeredGp", body.RegisteredGp, Limits.Name));

    private static string? Phone(Fields fields, string path, string? value) => string.IsNullOrWhiteSpace(value) ? null : fields.Phone(path, value);
}
