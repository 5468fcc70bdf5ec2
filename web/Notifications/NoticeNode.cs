using System.Collections.Concurrent;
using System.Diagnostics;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Notifications;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;
using SnpLive.Web.Agendas;
using SnpLive.Web.Audit;
using SnpLive.Web.Hosting;
using SnpLive.Web.Live;
using SnpLive.Web.Territories;

namespace SnpLive.Web.Notifications;

/// <summary>
/// This web node's ear on notices: one grain observer with a lease on each territory's feed. It passes news to the screens of those concerned; when it
/// missed some, it tells all screens to look again, for their lists come from the notices themselves.
/// </summary>
internal sealed partial class NoticeNode(
    IGrainFactory grains, TerritoryCatalogue catalogue, Delegations delegations, LiveLifetimeManager screens, NoticeOptions options, Clock clock, ILogger<NoticeNode> log)
    : BackgroundService, INoticeObserver
{
    /// <summary>The hub's message: <c>Notice(kind, notice)</c>; kind <c>again</c> without a notice: look again.</summary>
    internal const string Message = "Notice";
    private const string Again = "again";
    /// <summary>The hub's message: <c>BreakGlass(territoryId)</c>: look again at what there is to examine.</summary>
    internal const string GlassMessage = "BreakGlass";
    private const int RenewalsPerLease = 3;
    /// <summary>How soon a territory that was just imported is heard.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly string nodeId = Guid.NewGuid().ToString("N");
    private readonly Dictionary<string, long> renewed = new(StringComparer.Ordinal); // by the loop alone
    private INoticeObserver? self; // the engine holds it weakly
    private readonly ConcurrentDictionary<string, NoticeFeedHead> heads = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async Task News(NoticeNews news)
    {
        Heard(news.Notice.TerritoryId, news.Seq);
        var view = NoticeViews.Of(news.Notice, await catalogue.Read());
        var delegation = await DelegationOf(news.Notice.AgendaId);
        screens.Offer(actor => Concerns(actor, news, delegation), Message, NoticeViews.News.Write(news.Kind), view);
    }

    /// <inheritdoc/>
    public Task Glass(string territoryId, long seq)
    {
        Heard(territoryId, seq);
        return TellLeads(territoryId);
    }

    private void Heard(string territoryId, long seq)
    {
        if (heads.TryGetValue(territoryId, out var head)) heads[territoryId] = head with { Seq = seq };
    }

    private async Task TellLeads(string territoryId)
    {
        if ((await catalogue.Read()).Territory(territoryId) is { } territory)
            screens.Offer(actor => GlassReviews.MayReview(actor, territory, clock.Now), GlassMessage, territoryId);
    }

    /// <summary>
    /// Owners and delegates hear all of it, the telesecretariat what went to it or is done with, who booked that it was seen; “à replacer” is the task of the
    /// telesecretariat or of the organisation that booked: both hear when it begins and when it is settled.
    /// </summary>
    internal static bool Concerns(Actor actor, NoticeNews news, Delegation? delegation)
    {
        var (notice, toReplace) = (news.Notice, news.Notice.Kind == NoticeKind.ToReplace);
        return actor.Agendas.Contains(notice.AgendaId)
            || Rights.IsDelegate(actor, notice.TerritoryId, delegation)
            || ((toReplace || news.Kind != NewsKind.Queued) && actor.Role == Role.TeleSecretary && actor.Memberships.Contains(notice.TerritoryId))
            || (toReplace && actor.OrganizationId == notice.BookedByOrganization)
            || (news.Kind == NewsKind.Seen && notice.Kind == NoticeKind.Booked && actor.Id == notice.BookedBy);
    }

    /// <summary>A delegate who is not told now finds the notice in the list; everybody else must not wait for that.</summary>
    private async Task<Delegation?> DelegationOf(string agendaId)
    {
        try { return await delegations.Of(agendaId); }
        catch (Exception e)
        {
            LogDeaf(log, e);
            return null;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var timer = new PeriodicTimer(Look);
            do await Renew(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // Stopping: leases end by themselves.
        }
        finally
        {
            if (self is not null) grains.DeleteObjectReference<INoticeObserver>(self);
        }
    }

    private async Task Renew(CancellationToken stop)
    {
        try
        {
            self ??= grains.CreateObjectReference<INoticeObserver>(this);
            var missed = new List<string>();
            foreach (var territory in (await catalogue.Read()).All)
            {
                if (renewed.TryGetValue(territory.Id, out var at) && Stopwatch.GetElapsedTime(at) < options.NodeLease / RenewalsPerLease) continue;
                renewed[territory.Id] = Stopwatch.GetTimestamp();
                var known = heads.GetValueOrDefault(territory.Id);
                var now = await grains.GetGrain<INoticeFeedGrain>(territory.Id).Watch(nodeId, self).WaitAsync(options.NodeLease, stop);
                // News that is under way while we ask makes us look again once too often, never too seldom. What was told before we first watched we missed too.
                if (known is null ? now.Seq > 0 : heads.GetValueOrDefault(territory.Id) != now) missed.Add(territory.Id);
                heads[territory.Id] = now;
            }
            if (missed.Count > 0) screens.Offer(_ => true, Message, Again, null);
            foreach (var territory in missed) await TellLeads(territory);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            LogDeaf(log, e);
        }
    }

    [LoggerMessage(43, LogLevel.Debug, "News of notices cannot be heard for the moment.")]
    private static partial void LogDeaf(ILogger log, Exception error);
}
