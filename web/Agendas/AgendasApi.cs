using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;
using SnpLive.Web.Bookings;
using SnpLive.Web.Commands;
using SnpLive.Web.Hosting;
using SnpLive.Web.Live;
using SnpLive.Web.Problems;
using SnpLive.Web.Sessions;
using SnpLive.Web.Territories;
using SnpLive.Web.Validation;

namespace SnpLive.Web.Agendas;

/// <summary>An agenda in a list; <c>own</c> tells whether the reader owns or manages it, <c>delegated</c> that it is the practitioner who asked them to.</summary>
internal sealed record AgendaView(string Id, string TerritoryId, string Stream, PractitionerView? Practitioner, PlaceView Place, bool Own, bool Delegated);

/// <summary>An agenda with its slots; bookings only for who owns or manages it, without the patients' identities.</summary>
internal sealed record AgendaDetail(
    string Id, string TerritoryId, string Stream, PractitionerView? Practitioner, PlaceView Place, bool Own, bool Delegated, DateTimeOffset AsOf,
    IReadOnlyList<SlotView> Slots, IReadOnlyList<BookingSummary>? Bookings);

/// <summary>Slots to open.</summary>
internal sealed record OpenSlotsBody
{
    [Required] public string? RequestId { get; init; }
    [Required, MaxLength(Limits.SlotsPerCommand)] public IReadOnlyList<OpenSlotBody?>? Slots { get; init; }
}

/// <summary>One slot to open.</summary>
internal sealed record OpenSlotBody
{
    [Required] public string? Start { get; init; }
    [Required] public string? End { get; init; }
    [Required] public string? Mode { get; init; }
    public IReadOnlyList<string?>? Audience { get; init; }
    public int? Capacity { get; init; }
    public int? MinNotice { get; init; }
}

/// <summary>Slots that are open now.</summary>
internal sealed record SlotsOpenedView(string RequestId, IReadOnlyList<string> SlotIds);

/// <summary>Agendas: lists, one's own day, opening slots.</summary>
internal static class AgendasApi
{
    private static readonly TimeSpan Before = TimeSpan.FromDays(1);
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(14);

    internal static void MapAgendas(this IEndpointRouteBuilder api)
    {
        var agendas = api.MapGroup("/agendas").WithTags("Agendas");
        agendas.MapGet("", List);
        agendas.MapGet("/{id}", Get);
        agendas.MapPost("/{id}/slots", Open);
    }

    private static async Task<Results<Ok<IReadOnlyList<AgendaView>>, ProblemHttpResult>> List(
        string? territory, SignedIn me, TerritoryCatalogue catalogue, Delegations delegations)
    {
        var territories = await catalogue.Read();
        if (territory is not null && territories.Territory(territory, me.Actor) is null) return Problem.Result(Problem.TerritoryUnknown);
        var seen = territories.All
            .SelectMany(one => one.Agendas.Select(entry => new KnownAgenda(one, entry)))
            .Where(agenda => Sees(me.Actor, agenda, territories) && (territory is null || agenda.ShownIn.Contains(territory)))
            .Select(async agenda => View(agenda, territories, me.Actor, await delegations.Has(me.Actor, agenda)));
        return TypedResults.Ok<IReadOnlyList<AgendaView>>(await Task.WhenAll(seen));
    }

    private static async Task<Results<Ok<AgendaDetail>, ProblemHttpResult>> Get(
        string id, string? from, string? to, SignedIn me, TerritoryCatalogue catalogue, Delegations delegations, IGrainFactory grains, IBoards boards, Clock clock,
        CancellationToken cancellationToken)
    {
        var fields = new Fields();
        var range = InstantRange.Read(fields, from, to);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        var (territories, agenda) = await catalogue.Agenda(id);
        if (agenda is null || !Sees(me.Actor, agenda, territories)) return Problem.Result(RefusalTable.Of(Refusal.AgendaUnknown));

        var now = clock.Now;
        var start = range.From ?? (range.To ?? now) - Before;
        var end = range.To ?? start + Before + Ahead;
        var delegated = await delegations.Has(me.Actor, agenda);
        var view = View(agenda, territories, me.Actor, delegated);
        var grain = grains.GetGrain<IAgendaGrain>(id);
        var slots = view.Own
            ? await OwnSlots(grain, territories, start, end, now)
            : await SlotsOnBoards(me.Actor, agenda, territories, boards, new(start, end), cancellationToken);
        IReadOnlyList<BookingSummary>? bookings = view.Own
            ? [.. (await OwnBookings(grain, me.Actor, start, end, now)).Select(one => BookingSummary.Of(one, territories))]
            : null;
        return TypedResults.Ok(new AgendaDetail(
            view.Id, view.TerritoryId, view.Stream, view.Practitioner, view.Place, view.Own, delegated, now, slots, bookings));
    }

    private static async Task<Results<Created<SlotsOpenedView>, ProblemHttpResult>> Open(
        string id, OpenSlotsBody body, SignedIn me, TerritoryCatalogue catalogue, AgendaCommands commands, Refusals refusals)
    {
        var fields = new Fields();
        var requestId = fields.RequestId(body.RequestId);
        var slots = fields.List("slots", body.Slots, Limits.SlotsPerCommand)?.Select((slot, i) => Read(fields, $"slots[{i}]", slot)).ToList();
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        if ((await catalogue.Agenda(id)).Agenda is null) return Problem.Result(RefusalTable.Of(Refusal.AgendaUnknown));

        var answer = await commands.Send(id, new OpenSlots([.. slots!]) { RequestId = requestId, Actor = me.Actor, NotAfter = commands.NotAfter });
        return answer is SlotsOpened opened
            ? TypedResults.Created($"/api/agendas/{id}", new SlotsOpenedView(requestId.ToString(), opened.SlotIds))
            : await refusals.Problem(answer, me.Actor);
    }

    private static SlotToOpen Read(Fields fields, string path, OpenSlotBody? slot)
    {
        if (!fields.Has(path, slot)) return new(default, default, default, null, null, null);
        var start = fields.RequiredInstant($"{path}.start", slot!.Start);
        var end = fields.RequiredInstant($"{path}.end", slot.End);
        if (start != default && end != default && end <= start) fields.Fault($"{path}.end", Messages.BadRange);
        return new(
            start, end,
            fields.RequiredCode($"{path}.mode", slot.Mode, Codes.Modes),
            fields.Audience($"{path}.audience", slot.Audience),
            fields.Number($"{path}.capacity", slot.Capacity, 1, Limits.Capacity),
            fields.Number($"{path}.minNotice", slot.MinNotice, 0, Limits.MinNotice));
    }

    private static async Task<IReadOnlyList<SlotView>> OwnSlots(IAgendaGrain grain, TerritorySetView territories, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
    {
        var slots = (await grain.Look(from, to)).Slots;
        if (await grain.Definition() is not { } definition) return [];
        var (scope, today) = (RightsScope.Of(definition), CivilTime.Day(now, definition.Rules.TimeZone));
        // What another slot has replaced would only lie under it.
        return [.. slots.Where(slot => !(slot is { Withdrawn: true, Taken: 0 } && slots.Any(other => !other.Withdrawn && Overlap(slot.Facts, other.Facts))))
            .Select(slot => SlotViews.Of(slot, territories, now) with { BookableBy = Bookers.Of(scope, slot.Facts.CareStream, slot.Facts.Audience, today) })];
    }

    private static bool Overlap(SlotFacts one, SlotFacts other) => one.Start < other.End && other.Start < one.End;

    /// <summary>All of them for who owns or manages the agenda; a delegate reads what their own role allows.</summary>
    private static async Task<IEnumerable<Booking>> OwnBookings(IAgendaGrain grain, Actor actor, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
    {
        var all = await grain.Bookings(from, to);
        if (await grain.Definition() is not { } definition) return [];
        if (actor.Agendas.Contains(definition.AgendaId)) return all;
        var (scope, today) = (RightsScope.Of(definition), CivilTime.Day(now, definition.Rules.TimeZone));
        return all.Where(one => Rights.MaySeeBooking(actor, scope, definition.CareStream, one, today));
    }

    // Others see of an agenda what their boards show of it: one filter, in one place.
    private static async Task<IReadOnlyList<SlotView>> SlotsOnBoards(
        Actor actor, KnownAgenda agenda, TerritorySetView territories, IBoards boards, InstantRange range, CancellationToken cancellationToken)
    {
        var slots = new Dictionary<string, SlotView>();
        foreach (var shown in agenda.ShownIn)
        {
            if (territories.Territory(shown, actor) is null || await boards.Board(actor, shown, cancellationToken) is not { } board) continue;
            foreach (var slot in board.Slots)
                if (slot.AgendaId == agenda.Entry.Id && range.Touches(slot.Start, slot.End)) slots.TryAdd(slot.Id, slot);
        }
        return [.. slots.Values.OrderBy(slot => slot.Start)];
    }

    private static bool Owns(Actor actor, KnownAgenda agenda) => actor.Agendas.Contains(agenda.Entry.Id);

    private static bool Sees(Actor actor, KnownAgenda agenda, TerritorySetView territories) =>
        Owns(actor, agenda) || agenda.ShownIn.Any(id => territories.Territory(id, actor) is not null);

    private static AgendaView View(KnownAgenda agenda, TerritorySetView territories, Actor actor, bool delegated)
    {
        var practitioner = territories.Professional(agenda.Entry.PractitionerId);
        return new(
            agenda.Entry.Id, agenda.Territory.Id, agenda.Entry.CareStream, practitioner is null ? null : new(practitioner.Name, practitioner.Speciality),
            SlotViews.Place(territories.Place(agenda.Entry.PlaceId), agenda.Territory), Owns(actor, agenda) || delegated, delegated);
    }
}
