using Microsoft.AspNetCore.Http.HttpResults;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;
using SnpLive.Web.Commands;
using SnpLive.Web.Hosting;
using SnpLive.Web.Problems;
using SnpLive.Web.Sessions;
using SnpLive.Web.Live;
using SnpLive.Web.Territories;
using SnpLive.Web.Validation;

namespace SnpLive.Web.Agendas;

/// <summary>What the practitioner decides about an agenda: weekly template, absences, “en sus”, delegates. Rights are the grain's decision.</summary>
internal static class SettingsApi
{
    internal static void MapAgendaSettings(this IEndpointRouteBuilder api)
    {
        var agendas = api.MapGroup("/agendas").WithTags("Agendas");
        agendas.MapGet("/{id}/settings", Get);
        agendas.MapPut("/{id}/template", SetTemplate);
        agendas.MapPost("/{id}/absences", RecordAbsence);
        agendas.MapPut("/{id}/overbook", AllowOverbook);
        agendas.MapPut("/{id}/delegates", SetDelegates);
        api.MapGroup("/absences").WithTags("Agendas").MapPost("/{id}/end", EndAbsence);
    }

    private static async Task<Results<Ok<AgendaSettingsView>, ProblemHttpResult>> Get(
        string id, SignedIn me, TerritoryCatalogue catalogue, Delegations delegations, IGrainFactory grains, Clock clock)
    {
        var (territories, agenda) = await catalogue.Agenda(id);
        if (agenda is null) return Problem.Result(RefusalTable.Of(Refusal.AgendaUnknown));
        if (!me.Actor.Agendas.Contains(id) && !await delegations.Has(me.Actor, agenda)) return Problem.Result(RefusalTable.Of(Refusal.NotAllowed));

        var grain = grains.GetGrain<IAgendaGrain>(id);
        if (await grain.Definition() is not { } definition) return Problem.Result(RefusalTable.Of(Refusal.AgendaUnknown));
        var settings = await grain.Settings();
        var templates = settings.Plan?.Templates ?? definition.Templates;
        var audience = templates.Aggregate(templates.IsEmpty ? Audience.Snp | Audience.Cpts : Audience.None, (all, one) => all | TemplateShown.AudienceOf(one));
        var practitioner = me.Actor.Id == definition.PractitionerId;
        return TypedResults.Ok(new AgendaSettingsView(
            id, settings.Plan is not null, [.. templates.Select(TemplateShown.Of)], settings.Plan?.TakeBackMinutes, settings.Plan?.SkipHolidays ?? true,
            settings.Overbook,
            [.. settings.Absences.OrderBy(one => one.From).Select(one => new AbsenceShown(one.AbsenceId, one.From, one.To, one.Locum, NameOf(territories, one.Locum), one.Ended))],
            [.. (settings.Delegation?.Professionals ?? []).Select(one => Shown(territories, one))],
            Bookers.Of(RightsScope.Of(definition), definition.CareStream, audience, CivilTime.Day(clock.Now, definition.Rules.TimeZone)),
            practitioner, practitioner, practitioner ? Candidates(territories, agenda) : null));
    }

    private static async Task<Results<Ok<TemplateView>, ProblemHttpResult>> SetTemplate(
        string id, TemplateSetBody body, SignedIn me, TerritoryCatalogue catalogue, AgendaCommands commands, Refusals refusals)
    {
        var fields = new Fields();
        var requestId = fields.RequestId(body.RequestId);
        var templates = fields.Each("templates", body.Templates, Limits.Templates, (path, one) => TemplateBody.Read(fields, path, one));
        var takeBack = fields.Number("takeBackBefore", body.TakeBackBefore, 1, Limits.TakeBack);
        var skipHolidays = fields.Flag("skipHolidays", body.SkipHolidays);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        if ((await catalogue.Agenda(id)).Agenda is null) return Problem.Result(RefusalTable.Of(Refusal.AgendaUnknown));
        var command = new SetTemplate(new([.. templates], takeBack, skipHolidays)) { RequestId = requestId, Actor = me.Actor, NotAfter = commands.NotAfter };
        var answer = await commands.Send(id, command);
        return answer is TemplatePublished published ? TypedResults.Ok(TemplateView.Of(published, requestId)) : await refusals.Problem(answer, me.Actor);
    }

    private static async Task<Results<Ok<AbsenceMade>, ProblemHttpResult>> RecordAbsence(
        string id, AbsenceBody body, SignedIn me, TerritoryCatalogue catalogue, AgendaCommands commands, Refusals refusals)
    {
        var fields = new Fields();
        var requestId = fields.RequestId(body.RequestId);
        var locum = fields.Id("locum", body.Locum, Ids.IsKey);
        var (territories, agenda) = await catalogue.Agenda(id);
        var zone = agenda?.Territory.Rules.TimeZone ?? "UTC";
        var from = InstantOrDay(fields, "from", body.From, zone, 0);
        var to = InstantOrDay(fields, "to", body.To, zone, 1);
        if (fields.Valid && to <= from) fields.Fault("to", Messages.BadRange);
        if (agenda is not null && locum is not null && !agenda.Territory.Professionals.Any(one => one.Id == locum)) fields.Fault("locum", Messages.UnknownProfessional);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        if (agenda is null) return Problem.Result(RefusalTable.Of(Refusal.AgendaUnknown));
        var answer = await commands.Send(id, new RecordAbsence(from, to, locum) { RequestId = requestId, Actor = me.Actor, NotAfter = commands.NotAfter });
        return answer is AbsenceRecorded recorded ? TypedResults.Ok(AbsenceMade.Of(recorded, requestId)) : await refusals.Problem(answer, me.Actor);
    }

    private static async Task<Results<Ok<DoneView>, ProblemHttpResult>> EndAbsence(
        string id, CommandBody body, SignedIn me, TerritoryCatalogue catalogue, AgendaCommands commands, Refusals refusals)
    {
        var fields = new Fields();
        var requestId = fields.RequestId(body.RequestId);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        if (await SlotsApi.AgendaOf(id, catalogue) is not { } agenda) return Problem.Result(RefusalTable.Of(Refusal.AbsenceUnknown));
        return await Done(await commands.Send(agenda, new EndAbsence(id) { RequestId = requestId, Actor = me.Actor, NotAfter = commands.NotAfter }), requestId, me, refusals);
    }

    private static async Task<Results<Ok<DoneView>, ProblemHttpResult>> AllowOverbook(
        string id, AllowOverbookBody body, SignedIn me, TerritoryCatalogue catalogue, AgendaCommands commands, Refusals refusals)
    {
        var fields = new Fields();
        var requestId = fields.RequestId(body.RequestId);
        var allowed = fields.Flag("allowed", body.Allowed);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        if ((await catalogue.Agenda(id)).Agenda is null) return Problem.Result(RefusalTable.Of(Refusal.AgendaUnknown));
        return await Done(await commands.Send(id, new AllowOverbook(allowed) { RequestId = requestId, Actor = me.Actor, NotAfter = commands.NotAfter }), requestId, me, refusals);
    }

    private static async Task<Results<Ok<DoneView>, ProblemHttpResult>> SetDelegates(
        string id, DelegatesBody body, SignedIn me, TerritoryCatalogue catalogue, AgendaCommands commands, Refusals refusals, Delegations delegations, LiveLifetimeManager screens)
    {
        var fields = new Fields();
        var requestId = fields.RequestId(body.RequestId);
        var agenda = (await catalogue.Agenda(id)).Agenda;
        var named = fields.Each("delegates", body.Delegates, Limits.Delegates, (path, one) =>
        {
            var professional = fields.RequiredId(path, one, Ids.IsKey);
            if (agenda is not null && professional.Length > 0 && !CanBe(agenda, professional)) fields.Fault(path, Messages.NotADelegate);
            return professional;
        });
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        if (agenda is null) return Problem.Result(RefusalTable.Of(Refusal.AgendaUnknown));
        var answer = await commands.Send(id, new SetDelegates([.. named]) { RequestId = requestId, Actor = me.Actor, NotAfter = commands.NotAfter });
        delegations.Forget(id);
        screens.LookAgain(actor => Rights.CanBeDelegate(actor.Role) && actor.Memberships.Contains(agenda.Territory.Id)); // named, or no longer
        return await Done(answer, requestId, me, refusals);
    }

    private static bool CanBe(KnownAgenda agenda, string id) => agenda.Territory.Professionals.Any(one => one.Id == id && CanBe(agenda, one));

    private static bool CanBe(KnownAgenda agenda, Professional one) => Rights.CanBeDelegate(one.Role) && one.Memberships.Contains(agenda.Territory.Id);

    private static IReadOnlyList<DelegateShown> Candidates(TerritorySetView territories, KnownAgenda agenda) =>
        [.. agenda.Territory.Professionals.Where(one => CanBe(agenda, one)).OrderBy(one => one.Name, StringComparer.InvariantCultureIgnoreCase).Select(one => Shown(territories, one.Id))];

    /// <summary>An instant as given, or the beginning of a civil day of the territory, some days later.</summary>
    private static DateTimeOffset InstantOrDay(Fields fields, string path, string? value, string zone, int daysLater)
    {
        if (value is null) fields.Fault(path, Messages.Required);
        else if (Instants.Read(value) is { } instant) return instant;
        else if (new Fields().Day(path, value) is { Year: >= 2000 and < 2100 } day) return CivilTime.InstantOf(day.AddDays(daysLater), TimeOnly.MinValue, zone);
        else fields.Fault(path, Messages.BadDay);
        return default;
    }

    internal static async Task<Results<Ok<DoneView>, ProblemHttpResult>> Done(AgendaAnswer answer, Guid requestId, SignedIn me, Refusals refusals) =>
        answer is Grains.Agendas.Done ? TypedResults.Ok(new DoneView(requestId.ToString())) : await refusals.Problem(answer, me.Actor);

    private static DelegateShown Shown(TerritorySetView territories, string id) =>
        territories.Professional(id) is { } one ? new(id, one.Name, Codes.Roles.Write(one.Role)) : new(id, id, "");

    private static string? NameOf(TerritorySetView territories, string? id) => id is null ? null : territories.Professional(id)?.Name ?? id;
}
