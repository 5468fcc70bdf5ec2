using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.Notifications;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;
using SnpLive.Web.Agendas;
using SnpLive.Web.Bookings;
using SnpLive.Web.Hosting;
using SnpLive.Web.Problems;
using SnpLive.Web.Sessions;
using SnpLive.Web.Territories;
using SnpLive.Web.Validation;

namespace SnpLive.Web.Audit;

/// <summary>Asks to see a patient whom no grant shows.</summary>
internal sealed record BreakGlassBody
{
    [Required] public string? RequestId { get; init; }
    /// <summary>Why it cannot wait. Kept sealed: it may name somebody.</summary>
    [Required, MinLength(BreakGlass.ReasonMin), MaxLength(Limits.OverrideReason)] public string? Reason { get; init; }
}

/// <summary>How break-glass behaves. Section <c>BreakGlass</c>.</summary>
internal sealed record BreakGlassOptions
{
    /// <summary>After this a screen hides the identity again. Default: 2 min.</summary>
    public TimeSpan HideAfter { get; init; } = TimeSpan.FromMinutes(2);
    /// <summary>How long the identity waits at most for the medical lead to be told: it is on record already. Default: 2 s.</summary>
    public TimeSpan TellPatience { get; init; } = TimeSpan.FromSeconds(2);

    internal void Validate()
    {
        if (HideAfter < TimeSpan.FromSeconds(1) || TellPatience <= TimeSpan.Zero) throw new InvalidOperationException("BreakGlass: HideAfter must be at least 1 s and TellPatience positive.");
    }
}

/// <summary>A booking of a slot for who may break its glass: no patient.</summary>
internal sealed record GlassBookingView(string Id, string Status, string Organization);

/// <summary>
/// Break-glass: whom a grant lets see the patient of one booking once, with a written reason, on record and told to the medical lead
/// (domain reference §11.2). The next look asks again.
/// </summary>
internal static partial class BreakGlass
{
    private static readonly TimeSpan Recent = TimeSpan.FromDays(2), Ahead = TimeSpan.FromDays(90);
    internal const int ReasonMin = 10;
    private const string Prefix = AccessWhy.BreakGlass + "/";
    private static readonly ProblemKind NotNeeded = new("break-glass-not-needed", StatusCodes.Status422UnprocessableEntity, AuditMessages.GlassNotNeeded);

    internal static async Task<Results<Ok<BookingDetail>, ProblemHttpResult>> Read(
        string id, BreakGlassBody body, SignedIn me, TerritoryCatalogue catalogue, IGrainFactory grains, IPersonVault vault, Clock clock,
        BreakGlassOptions options, ILogger<BreakGlassBody> logger)
    {
        var fields = new Fields();
        var requestId = fields.RequestId(body.RequestId);
        var reason = fields.RequiredText("reason", body.Reason, Limits.OverrideReason, ReasonMin);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        // To everybody else the booking does not exist.
        if (await ConcernedBooking.Known(id, catalogue, grains) is not { } found) return Problem.Result(RefusalTable.Of(Refusal.BookingUnknown));
        var (booking, definition) = (found.Booking, found.Definition);
        var (today, scope) = (CivilTime.Day(clock.Now, definition.Rules.TimeZone), RightsScope.Of(definition));
        if (!Rights.HoldsGlass(me.Actor, scope, definition.CareStream, today)) return Problem.Result(RefusalTable.Of(Refusal.BookingUnknown));
        if (!Rights.MayBreakGlass(me.Actor, scope, definition.CareStream, booking, today)) return Problem.Result(NotNeeded);

        var reasonId = $"{me.Actor.Id}.{requestId:N}";
        await vault.KeepReason(reasonId, booking.Surrogate, definition.TerritoryId, clock.Now, reason);
        var opened = await vault.Open(booking.Surrogate, booking.BookingId, me.Because(AccessAction.BreakGlass, definition, Prefix + reasonId, booking.BookingId));
        await Tell(found, reasonId, grains, clock, options, logger);
        var detail = await BookingDetails.Of(booking, definition, found.Territories, opened, grains, clock);
        return TypedResults.Ok(detail with { HideAfterSeconds = (int)options.HideAfter.TotalSeconds });
    }

    /// <summary>The bookings of a slot, for who may break their glass: a patient calls back and knows with whom, not under which reference.</summary>
    internal static async Task<Results<Ok<IReadOnlyList<GlassBookingView>>, ProblemHttpResult>> OfSlot(
        string id, SignedIn me, TerritoryCatalogue catalogue, IGrainFactory grains, Clock clock)
    {
        if (await SlotsApi.AgendaOf(id, catalogue) is not { } agendaId) return Problem.Result(RefusalTable.Of(Refusal.SlotUnknown));
        var grain = grains.GetGrain<IAgendaGrain>(agendaId);
        if (await grain.Definition() is not { } definition
            || !Rights.HoldsGlass(me.Actor, RightsScope.Of(definition), definition.CareStream, CivilTime.Day(clock.Now, definition.Rules.TimeZone))) return Problem.Result(RefusalTable.Of(Refusal.SlotUnknown));
        var territories = await catalogue.Read();
        return TypedResults.Ok<IReadOnlyList<GlassBookingView>>([.. (await grain.Bookings(clock.Now - Recent, clock.Now + Ahead)).Where(one => one.SlotId == id)
            .Select(one => new GlassBookingView(one.BookingId, Codes.Statuses.Write(one.Status), territories.OrganizationName(one.OrganizationId) ?? one.OrganizationId))]);
    }

    /// <summary>
    /// The medical lead, or who reads the log where none is named. A notice that cannot be kept, or not soon, does not keep a patient from help: the entry is on
    /// record already, and the lead's list is made of the record.
    /// </summary>
    private static async Task Tell(ConcernedBooking found, string reasonId, IGrainFactory grains, Clock clock, BreakGlassOptions options, ILogger logger)
    {
        var agenda = found.Definition;
        try
        {
            await grains.GetGrain<INoticeFeedGrain>(agenda.TerritoryId).TellGlass();
            if (found.Territories.Territory(agenda.TerritoryId) is not { } territory) return;
            var known = territory.Professionals.Concat(found.Territories.MembersOf(territory.Id)).DistinctBy(one => one.Id).ToArray();
            ImmutableArray<string> leads = [.. known.Where(one => GlassReviews.MayReview(one.ToActor(), territory, clock.Now)).Select(one => one.Id)];
            if (leads.IsEmpty) leads = [.. known.Where(one => AccessApi.MayReadAudit(one.ToActor(), territory, clock.Now)).Select(one => one.Id)];
            if (!leads.IsEmpty) await grains.GetGrain<INoticeGrain>(agenda.AgendaId).GlassBroken(reasonId, found.Booking.BookingId, leads).WaitAsync(options.TellPatience);
        }
        catch (Exception e) when (e is TimeoutException or OrleansException or LedgerUnavailableException) { LogNotTold(logger, agenda.TerritoryId, e.GetType().Name); }
    }

    [LoggerMessage(60, LogLevel.Warning, "A break-glass in {Territory} is on record, but its notice was not kept in time ({Kind}).")]
    private static partial void LogNotTold(ILogger logger, string territory, string kind);

    /// <summary>Under which id the written reason lies in the vault; null: there is none.</summary>
    internal static string? ReasonOf(AccessEntry entry) =>
        entry.Action == AccessAction.BreakGlass && entry.Why.StartsWith(Prefix, StringComparison.Ordinal) ? entry.Why[Prefix.Length..] : null;
}
