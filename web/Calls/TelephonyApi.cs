using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using SnpLive.Grains.Calls;
using SnpLive.Grains.People;
using SnpLive.Web.Problems;
using SnpLive.Web.Territories;
using SnpLive.Web.Validation;

namespace SnpLive.Web.Calls;

/// <summary>One event of a switch or call bar.</summary>
internal sealed record PhoneEventBody
{
    /// <summary>The switch's id of the event: the same again is the same event.</summary>
    [Required, MaxLength(100)] public string? EventId { get; init; }
    /// <summary>ringing, answered, transferred or hungUp.</summary>
    [Required] public string? Kind { get; init; }
    /// <summary>The switch's id of the call.</summary>
    [Required, MaxLength(100)] public string? Call { get; init; }
    [Required] public string? At { get; init; }
    public string? Line { get; init; }
    [MaxLength(Limits.Phone)] public string? Number { get; init; }
    /// <summary>Who answered: an identity's id.</summary>
    public string? Agent { get; init; }
    /// <summary>Level to which it was passed.</summary>
    public string? To { get; init; }
}

/// <summary>Events, in any order, perhaps several times.</summary>
internal sealed record PhoneEventsBody
{
    [Required] public string? Centre { get; init; }
    [Required] public IReadOnlyList<PhoneEventBody>? Events { get; init; }
}

/// <summary>What was taken; the rest lies too far from now, or its call is known to nobody.</summary>
internal sealed record PhoneEventsView(int Accepted, int Ignored);

/// <summary>Events of the telephone: real pick-up times, and the file that pops up.</summary>
internal static class TelephonyApi
{
    private const int MostEvents = 100;
    private const int AtOnce = 8;
    private const int Hops = 3;

    internal static void MapTelephony(this IEndpointRouteBuilder api) =>
        api.MapPost("/telephony/events", Hear).WithTags("Calls").RequireAuthorization(TelephonyHandler.Policy);

    private static async Task<Results<Accepted<PhoneEventsView>, ProblemHttpResult>> Hear(
        PhoneEventsBody body, ClaimsPrincipal user, TerritoryCatalogue catalogue, CallDesk desk, TelephonyOptions options)
    {
        var fields = new Fields();
        var centreId = fields.RequiredId("centre", body.Centre, Ids.IsKey);
        var territories = await catalogue.Read();
        var centre = centreId == TelephonyHandler.CentreOf(user) ? Centres.Of(territories).FirstOrDefault(one => one.Sas.Id == centreId) : null;
        if (fields.Valid && centre is null) return Problem.Result(CallRefusals.CentreUnknown);
        var events = fields.Each("events", body.Events, MostEvents, (path, one) => Read(fields, path, one, centreId, territories));
        if (!fields.Valid) return Problem.Invalid(fields.Errors);

        var now = desk.Now;
        var timely = events.Where(one => one.Fact.At > now - options.OldestEvent && one.Fact.At <= now + options.Skew).ToList();
        var answers = new System.Collections.Concurrent.ConcurrentBag<CallAnswer>();
        // Different calls side by side; the events of one call in the order in which they were told.
        await Parallel.ForEachAsync(timely.GroupBy(one => one.Call), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (call, _) =>
        {
            foreach (var one in call) answers.Add(await Tell(centre!, one, desk));
        });
        // What is not durable is told again, as a whole: nothing is done twice.
        if (answers.OfType<CallRefused>().FirstOrDefault(no => no.Code is CallRefusal.LedgerUnavailable or CallRefusal.OutcomeUnknown) is { } lost)
            return CallRefusals.Problem(lost, territories);
        var accepted = answers.Count(answer => answer is CallDone);
        return TypedResults.Accepted((string?)null, new PhoneEventsView(accepted, events.Count - accepted));
    }

    private static async Task<CallAnswer> Tell(Centre centre, Heard one, CallDesk desk)
    {
        var callId = CallStreams.IdOfPhone(centre.Sas.Id, one.Call);
        if (centre.Settings.RulesAt(centre.Sas.Id, one.Fact.At) is not { } rules) return new CallRefused(CallRefusal.CallUnknown);
        CallAnswer answer = new CallRefused(CallRefusal.CallUnknown);
        for (var hop = 0; hop < Hops; hop++)
        {
            var requestId = CallStreams.GuidOf($"{callId}/phone/{one.Fact.EventId}");
            var begin = new RingCall(
                rules, one.Line, one.Number is null ? null : desk.Vault.HashNumber(centre.Sas.Id, one.Number), desk.Vault.Seal(callId, new(one.Number, null, null), null),
                FileKey: null, null, null, null, Take: false)
            { RequestId = requestId, Actor = Actor.System, NotAfter = desk.NotAfter };
            answer = await desk.Send(callId, new HearPhone(one.Fact, begin) { RequestId = requestId, Actor = Actor.System, NotAfter = desk.NotAfter });
            // A number that rang again: what happens to this line from now on happens to the open file.
            if (answer is not CallDone { Joined: true } joined || one.Fact.Kind == PhoneKind.Ringing) break;
            callId = joined.CallId;
        }
        return answer;
    }

    private static Heard Read(Fields fields, string path, PhoneEventBody one, string centreId, TerritorySetView territories)
    {
        var kind = fields.RequiredCode($"{path}.kind", one.Kind, CallCodes.PhoneKinds);
        var at = fields.RequiredInstant($"{path}.at", one.At);
        var agent = fields.Id($"{path}.agent", one.Agent, Ids.IsKey) is { } id && territories.Professional(id) is { } known && Centres.IsOfDesk(known.ToActor(), centreId)
            ? new CallPerson(known.Id, known.Role)
            : null;
        return new(
            fields.RequiredText($"{path}.call", one.Call, 100),
            fields.Code($"{path}.line", one.Line, CallCodes.Lines) ?? CallLine.Local,
            string.IsNullOrWhiteSpace(one.Number) ? null : fields.Phone($"{path}.number", one.Number),
            new(fields.RequiredText($"{path}.eventId", one.EventId, 100), kind, Grains.Rules.CivilTime.Milliseconds(at), agent, fields.Id($"{path}.to", one.To, Ids.IsKey)));
    }

    private sealed record Heard(string Call, CallLine Line, string? Number, PhoneFact Fact);
}
