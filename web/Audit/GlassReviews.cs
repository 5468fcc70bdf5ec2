using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using SnpLive.Grains.Notifications;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;
using SnpLive.Grains.Territories;
using SnpLive.Web.Hosting;
using SnpLive.Web.Problems;
using SnpLive.Web.Sessions;
using SnpLive.Web.Territories;
using SnpLive.Web.Validation;

namespace SnpLive.Web.Audit;

/// <summary>Marks a break-glass access as examined.</summary>
internal sealed record ExamineGlassBody
{
    [Required] public string? RequestId { get; init; }
}

/// <summary>A break-glass access for the medical lead: never the patient's name.</summary>
/// <param name="Id">Its number in the access log.</param>
/// <param name="At">UTC.</param>
/// <param name="TerritoryId">Where.</param>
/// <param name="By">Who.</param>
/// <param name="BookingId">At which booking.</param>
/// <param name="Practitioner">With whom; left out: not known.</param>
/// <param name="HasReason">Whether the written reason is kept.</param>
/// <param name="ExaminedAt">UTC; left out: not yet.</param>
/// <param name="ExaminedBy">Name of who examined it; left out: nobody.</param>
internal sealed record GlassView(
    string Id, DateTimeOffset At, string TerritoryId, AuditPersonView By, string BookingId, string? Practitioner, bool HasReason, DateTimeOffset? ExaminedAt, string? ExaminedBy)
{
    internal static GlassView Of(AccessEntry entry, GlassExamined? mark, TerritorySetView territories)
    {
        var shown = AccessView.Of(entry, territories);
        return new(
            entry.Seq.ToString(CultureInfo.InvariantCulture), entry.At, entry.TerritoryId, shown.By, entry.Object, shown.Practitioner, shown.HasReason, mark?.At,
            mark is null ? null : territories.Professional(mark.By)?.Name ?? mark.By);
    }
}

/// <summary>“Accès exceptionnels”: what the medical lead examines. The list is the access log's, so that nothing can be missing from it.</summary>
internal static class GlassReviews
{
    private const int MostShown = 200;
    private static readonly ProblemKind Unknown = new("break-glass-unknown", StatusCodes.Status404NotFound, AuditMessages.GlassUnknown);

    /// <summary>Whether the actor examines the territory's break-glass accesses, today.</summary>
    internal static bool MayReview(Actor actor, TerritoryDocument territory, DateTimeOffset now) =>
        Rights.MayReviewBreakGlass(actor, territory.Id, territory.Sas.Id, territory.Grants, CivilTime.Day(now, territory.Rules.TimeZone));

    /// <summary>Empty for nearly everybody.</summary>
    internal static async Task<Ok<IReadOnlyList<GlassView>>> List(SignedIn me, TerritoryCatalogue catalogue, IGrainFactory grains, IAccessLog log, Clock clock)
    {
        var territories = await catalogue.Read();
        string[] mine = [.. territories.SeenBy(me.Actor).Where(one => MayReview(me.Actor, one, clock.Now)).Select(one => one.Id)];
        if (mine.Length == 0) return TypedResults.Ok<IReadOnlyList<GlassView>>([]);
        var found = await log.Find(new(null, null, default, null, null, null, null, MostShown, AccessAction.BreakGlass, [.. mine]));
        var marks = (await Task.WhenAll(mine.Select(id => grains.GetGrain<IGlassReviewGrain>(id).Examined()))).SelectMany(one => one).ToDictionary(one => one.Seq);
        return TypedResults.Ok<IReadOnlyList<GlassView>>([.. found.Select(one => GlassView.Of(one, marks.GetValueOrDefault(one.Seq), territories))]);
    }

    /// <summary>“Examiné”, once; a repeat gets the first answer.</summary>
    internal static async Task<Results<Ok<GlassView>, ProblemHttpResult>> Examine(
        string id, ExamineGlassBody body, SignedIn me, TerritoryCatalogue catalogue, IGrainFactory grains, IAccessLog log, Clock clock)
    {
        var fields = new Fields();
        fields.RequestId(body.RequestId);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        var territories = await catalogue.Read();
        if (await AccessApi.EntryOf(id, log) is not { Action: AccessAction.BreakGlass } entry
            || territories.Territory(entry.TerritoryId, me.Actor) is not { } territory || !MayReview(me.Actor, territory, clock.Now)) return Problem.Result(Unknown);
        var mark = await grains.GetGrain<IGlassReviewGrain>(territory.Id).Examine(entry.Seq, me.Actor.Id);
        await grains.GetGrain<INoticeFeedGrain>(territory.Id).TellGlass();
        return TypedResults.Ok(GlassView.Of(entry, mark, territories));
    }
}
