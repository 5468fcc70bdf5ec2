using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using SnpLive.Grains;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Calls;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;
using SnpLive.Grains.Requests;
using SnpLive.Web.Agendas;
using SnpLive.Web.Bookings;
using SnpLive.Web.Calls;
using SnpLive.Web.Hosting;
using SnpLive.Web.Problems;
using SnpLive.Web.Requests;
using SnpLive.Web.Sessions;
using SnpLive.Web.Territories;
using SnpLive.Web.Validation;

namespace SnpLive.Web.Commands;

/// <summary>What became of a command: only accepted ones are remembered.</summary>
/// <param name="RequestId">The caller's id.</param>
/// <param name="Status">Always <c>accepted</c>.</param>
/// <param name="AcceptedAt">When.</param>
/// <param name="Answer">What the command itself answered.</param>
internal sealed record CommandView(string RequestId, string Status, DateTimeOffset AcceptedAt, object Answer);

/// <summary>Looks up one's own commands, after a time-out.</summary>
internal static class CommandsApi
{
    internal static void MapCommands(this IEndpointRouteBuilder api) =>
        api.MapGroup("/commands").WithTags("Commands").MapGet("/{requestId}", Find);

    private static async Task<Results<Ok<CommandView>, ProblemHttpResult>> Find(string requestId, SignedIn me, ILedger ledger, TerritoryCatalogue catalogue, Clock clock)
    {
        var fields = new Fields();
        var id = fields.RequestId(requestId);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        if (await ledger.FindAnswer(me.Actor.Id, id) is not { } recorded) return Problem.Result(Problem.CommandUnknown);
        return TypedResults.Ok(new CommandView(id.ToString(), "accepted", recorded.OccurredAt, View(recorded.Answer, id, await catalogue.Read(), me.Actor, clock.Now)));
    }

    // The kind is read first, wherever it stands: a database may have reordered the members.
    internal static object View(string answer, Guid requestId, TerritorySetView territories, Actor reader, DateTimeOffset now)
    {
        using var json = JsonDocument.Parse(answer);
        return json.RootElement.GetProperty("type").GetString() switch
        {
            "hold-granted" => SlotsApi.View(As<HoldGranted>(json), requestId),
            "booking-confirmed" => BookingDesk.Made(As<BookingConfirmed>(json), requestId, territories),
            "slots-opened" => new SlotsOpenedView(requestId.ToString(), As<SlotsOpened>(json).SlotIds),
            "template-published" => TemplateView.Of(As<TemplatePublished>(json), requestId),
            "absence-recorded" => AbsenceMade.Of(As<AbsenceRecorded>(json), requestId),
            "emergency-recorded" => EmergencyView.Of(As<EmergencyRecorded>(json).Emergency, requestId),
            "call-done" => CallDoneView.Of(As<CallDone>(json), requestId),
            "request-changed" => RequestView.Of(As<CareRequestChanged>(json).Request, reader, territories, now, requestId),
            "recorded" => UnservedView.Of(As<CareRequestRecorded>(json).Request, requestId),
            _ => new DoneView(requestId.ToString()),
        };
    }

    private static T As<T>(JsonDocument json) => json.Deserialize<T>(SnpJson.Options)!;
}
