using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.HttpResults;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Calls;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;
using SnpLive.Grains.Territories;
using SnpLive.Web.Hosting;
using SnpLive.Web.Problems;
using SnpLive.Web.Sessions;
using SnpLive.Web.Territories;
using SnpLive.Web.Validation;

namespace SnpLive.Web.Audit;

/// <summary>“Journal d'accès”: who read whose data, for the territory's data officer and for those concerned by a booking.</summary>
internal static partial class AccessApi
{
    private const int PageSize = 100;
    private const int MostOfOnePatient = 200;
    private static readonly ProblemKind NotAllowed = new("audit-not-allowed", StatusCodes.Status403Forbidden, AuditMessages.NotAllowed);
    private static readonly ProblemKind ReasonUnknown = new("access-reason-unknown", StatusCodes.Status404NotFound, AuditMessages.ReasonUnknown);

    internal static void MapAudit(this IEndpointRouteBuilder api)
    {
        var audit = api.MapGroup("").WithTags("Audit");
        audit.MapGet("/access-log", List);
        audit.MapGet("/access-log/{seq}/reason", Reason);
        audit.MapGet("/bookings/{id}/access", OfBooking);
        audit.MapGet("/bookings/{id}/history", BookingHistory.Get);
        audit.MapPost("/bookings/{id}/break-glass", BreakGlass.Read);
        audit.MapGet("/slots/{id}/break-glass", BreakGlass.OfSlot);
        audit.MapGet("/break-glass", GlassReviews.List);
        audit.MapPost("/break-glass/{id}/examine", GlassReviews.Examine);
    }

    /// <summary>Whether the actor is the data officer of the territory, today.</summary>
    internal static bool MayReadAudit(Actor actor, TerritoryDocument territory, DateTimeOffset now) =>
        Rights.MayReadAudit(actor, territory.Id, territory.Sas.Id, territory.Grants, CivilTime.Day(now, territory.Rules.TimeZone));

    private static async Task<Results<Ok<AccessPageView>, ProblemHttpResult>> List(
        string? territory, string? person, string? actor, string? from, string? to, string? before, SignedIn me, TerritoryCatalogue catalogue, IPersonVault vault, IAccessLog log, Clock clock)
    {
        var fields = new Fields();
        var territoryId = fields.Id("territory", territory, Ids.IsKey);
        var subject = fields.Id("person", person, text => Subject().IsMatch(text));
        var actorId = fields.Id("actor", actor, Ids.IsKey);
        var page = fields.Id("before", before, text => Number().IsMatch(text));
        var range = InstantRange.Read(fields, from, to);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        var territories = await catalogue.Read();
        if (territoryId is not null && territories.Territory(territoryId, me.Actor) is null) return Problem.Result(Problem.TerritoryUnknown);
        // All at once: a patient of the SAS may have been read in several of them.
        ImmutableArray<string> mine = [.. territories.SeenBy(me.Actor).Where(one => (territoryId is null || one.Id == territoryId) && MayReadAudit(me.Actor, one, clock.Now)).Select(one => one.Id)];
        if (mine.IsEmpty) return Problem.Result(NotAllowed);

        ImmutableArray<string> subjects = subject is null ? default : await vault.SubjectsOf(subject);
        var found = await log.Find(new(null, null, subjects, actorId, range.From, range.To, page is null ? null : Parsed(page), PageSize + 1, Territories: mine));
        return TypedResults.Ok(new AccessPageView(
            clock.Now, [.. (await Merged([.. found.Take(PageSize)], vault)).Select(one => AccessView.Of(one, territories))], found.Length > PageSize ? found[PageSize - 1].Seq : null));
    }

    /// <summary>The written reason of a break-glass may name somebody: reading it is an access of its own.</summary>
    private static async Task<Results<Ok<AccessReasonView>, ProblemHttpResult>> Reason(
        string seq, SignedIn me, TerritoryCatalogue catalogue, IPersonVault vault, IAccessLog log, Clock clock)
    {
        var territories = await catalogue.Read();
        if (await EntryOf(seq, log) is not { } entry || BreakGlass.ReasonOf(entry) is not { } reasonId || territories.Territory(entry.TerritoryId, me.Actor) is not { } territory
            || !(MayReadAudit(me.Actor, territory, clock.Now) || GlassReviews.MayReview(me.Actor, territory, clock.Now))) return Problem.Result(ReasonUnknown);
        var text = await vault.OpenReason(reasonId, me.Because(AccessAction.Read, entry.TerritoryId, entry.SasId, AccessWhy.Audit, entry.Object), entry.Subject);
        return text is null ? Problem.Result(ReasonUnknown) : TypedResults.Ok(new AccessReasonView(entry.Seq, text));
    }

    /// <summary>“Who read this patient”, for whoever may see the booking, and for the data officer.</summary>
    private static async Task<Results<Ok<AccessPageView>, ProblemHttpResult>> OfBooking(
        string id, SignedIn me, TerritoryCatalogue catalogue, IGrainFactory grains, IPersonVault vault, IAccessLog log, Clock clock)
    {
        if (await ConcernedBooking.Find(id, me.Actor, catalogue, grains, clock) is not { } found) return Problem.Result(RefusalTable.Of(Refusal.BookingUnknown));
        var subjects = await vault.SubjectsOf(found.Booking.Surrogate);
        if (found.Booking.CallId is { } call && await grains.GetGrain<ICallGrain>(call).Get() is { } at) subjects = subjects.Add(at.Call.FileKey);
        // Other tenants of the SAS keep their own counsel; the SAS's own reads at the call belong to this patient's way here.
        var entries = (await log.Find(new(null, found.Definition.SasId, subjects, null, null, null, null, MostOfOnePatient)))
            .Where(one => one.TerritoryId.Length == 0 || one.TerritoryId == found.Definition.TerritoryId);
        return TypedResults.Ok(new AccessPageView(clock.Now, [.. (await vault.Merged(found.Definition.SasId, [.. entries])).Select(one => AccessView.Of(one, found.Territories))], null));
    }

    /// <summary>The entry of a number; null: there is none, or it is no number.</summary>
    internal static async Task<AccessEntry?> EntryOf(string seq, IAccessLog log)
    {
        if (!Number().IsMatch(seq)) return null;
        var at = Parsed(seq);
        var entry = (await log.Find(new(null, null, default, null, null, null, at + 1, 1))).FirstOrDefault();
        return entry?.Seq == at ? entry : null;
    }

    /// <summary>One patient, one number, within each SAS; in the order they came.</summary>
    private static async Task<IEnumerable<AccessEntry>> Merged(ImmutableArray<AccessEntry> entries, IPersonVault vault)
    {
        var merged = new List<AccessEntry>();
        foreach (var ofSas in entries.GroupBy(one => one.SasId)) merged.AddRange(await vault.Merged(ofSas.Key, [.. ofSas]));
        return merged.OrderByDescending(one => one.Seq);
    }

    private static long Parsed(string number) => long.Parse(number, System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A[A-Za-z0-9_.-]{1,80}\z")]
    private static partial Regex Subject();

    [GeneratedRegex(@"\A[1-9][0-9]{0,17}\z")]
    private static partial Regex Number();
}

/// <summary>A booking for those concerned: whoever may see its patient, and the territory's data officer, who may not.</summary>
internal sealed record ConcernedBooking(Booking Booking, AgendaDefinition Definition, TerritorySetView Territories)
{
    /// <summary>The booking; null for who is not concerned, and when there is none: they learn nothing.</summary>
    internal static async Task<ConcernedBooking?> Find(string id, Actor actor, TerritoryCatalogue catalogue, IGrainFactory grains, Clock clock)
    {
        if (await Known(id, catalogue, grains) is not { } found) return null;
        var (booking, definition, territories) = (found.Booking, found.Definition, found.Territories);
        var today = CivilTime.Day(clock.Now, definition.Rules.TimeZone);
        return Rights.MaySeeBooking(actor, RightsScope.Of(definition), definition.CareStream, booking, today)
            || (territories.Territory(definition.TerritoryId) is { } territory && AccessApi.MayReadAudit(actor, territory, clock.Now)) ? found : null;
    }

    /// <summary>The booking, whoever asks.</summary>
    internal static async Task<ConcernedBooking?> Known(string id, TerritoryCatalogue catalogue, IGrainFactory grains)
    {
        if (Ids.AgendaOf(id) is not { } agendaId) return null;
        var (territories, agenda) = await catalogue.Agenda(agendaId);
        if (agenda is null) return null;
        var grain = grains.GetGrain<IAgendaGrain>(agendaId);
        return await grain.Booking(id) is { } booking && await grain.Definition() is { } definition ? new(booking, definition, territories) : null;
    }
}
