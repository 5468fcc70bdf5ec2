using Microsoft.AspNetCore.Http.HttpResults;
using SnpLive.Grains.Calls;
using SnpLive.Grains.Rules;
using SnpLive.Web.Problems;
using SnpLive.Web.Sessions;
using SnpLive.Web.Territories;
using SnpLive.Web.Validation;

namespace SnpLive.Web.Calls;

/// <summary>Dispatch centres: what they are, their queue, the next call, who is on duty.</summary>
internal static class CentresApi
{
    internal static void MapCentres(this IEndpointRouteBuilder api)
    {
        var centres = api.MapGroup("/centres").WithTags("Calls");
        centres.MapGet("", List);
        centres.MapGet("/{id}/queue", Queue);
        centres.MapPost("/{id}/take-next", TakeNext);
        centres.MapPost("/{id}/duty", SetDuty);
    }

    private static async Task<Ok<IReadOnlyList<CentreInfo>>> List(SignedIn me, TerritoryCatalogue catalogue, CallDesk desk)
    {
        var now = desk.Now;
        return TypedResults.Ok<IReadOnlyList<CentreInfo>>(
            [.. Centres.Of(await catalogue.Read()).Where(one => Centres.IsOfDesk(me.Actor, one.Sas.Id)).Select(one => View(one, now))]);
    }

    private static async Task<Results<Ok<QueueView>, ProblemHttpResult>> Queue(string id, SignedIn me, TerritoryCatalogue catalogue, IGrainFactory grains, CallDesk desk)
    {
        var territories = await catalogue.Read();
        if (Centres.Find(territories, id, me.Actor) is not { } centre) return Problem.Result(CallRefusals.CentreUnknown);
        var now = await grains.GetGrain<IDispatchCentreGrain>(id).Look();
        var settings = centre.Settings;
        return TypedResults.Ok(new QueueView(
            id, now.Epoch, now.Seq, now.AsOf, CallCodes.Regimes.Write(Regimes.At(settings.Daytime, settings.TimeZone, desk.Now)),
            [.. now.Calls.Where(call => CentreFaces.IsShown(call, desk.Now)).Order(QueueOrder.Instance).Select(call => CallRowView.Of(call, territories))],
            CentreFaces.Duty(now.Duty, now.Calls, territories), CentreFigures.Of(now.Calls, settings.TimeZone, desk.Now, territories)));
    }

    private static async Task<Results<Ok<CallDoneView>, ProblemHttpResult>> TakeNext(string id, TakeNextBody body, SignedIn me, TerritoryCatalogue catalogue, CallDesk desk)
    {
        var fields = new Fields();
        var requestId = fields.RequestId(body.RequestId);
        var level = fields.Id("level", body.Level, Ids.IsKey);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        var territories = await catalogue.Read();
        if (Centres.Find(territories, id, me.Actor) is null) return Problem.Result(CallRefusals.CentreUnknown);
        return await desk.TakeNext(id, level, requestId, me.Actor) switch
        {
            CallDone done => TypedResults.Ok(CallDoneView.Of(done, requestId)),
            var no => CallRefusals.Problem((CallRefused)no, territories),
        };
    }

    private static async Task<Results<Ok<DutyLeaseView>, ProblemHttpResult>> SetDuty(string id, DutyBody body, SignedIn me, TerritoryCatalogue catalogue, IGrainFactory grains)
    {
        var fields = new Fields();
        var onDuty = fields.Flag("onDuty", body.OnDuty);
        var level = fields.Id("level", body.Level, Ids.IsKey);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        if (Centres.Find(await catalogue.Read(), id, me.Actor) is null) return Problem.Result(CallRefusals.CentreUnknown);
        return TypedResults.Ok(new DutyLeaseView(onDuty, await grains.GetGrain<IDispatchCentreGrain>(id).SetDuty(me.Actor, onDuty, level)));
    }

    private static CentreInfo View(Centre centre, DateTimeOffset now)
    {
        var (settings, day) = (centre.Settings, CivilTime.Day(now, centre.Settings.TimeZone));
        return new(
            centre.Sas.Id, centre.Sas.Name, CallCodes.Modes.Write(settings.Mode), settings.TimeZone, settings.WindowHours, centre.Territories,
            CallCodes.Regimes.Write(Regimes.At(settings.Daytime, settings.TimeZone, now)), Regimes.NextBoundary(settings.Daytime, settings.TimeZone, now),
            settings.RepeatMinutes, settings.ShortAbandonSeconds, (int)CallEmergency.UndoTime.TotalSeconds, new(settings.CallsPerHour, settings.CallsPerHourAlert),
            [.. settings.FlowOn(day)?.Levels.Select(LevelView.Of) ?? []],
            [.. settings.ProtocolsOn(day).Select(p => new ProtocolView(
                p.Id, p.Name, [.. p.Roles.Select(CallCodes.Role)], [.. p.Reasons], [.. p.Exits.Select(CallCodes.Exits.Write)], p.Source))]);
    }
}
