using System.Collections.Concurrent;
using System.Diagnostics;
using SnpLive.Grains.Calls;
using SnpLive.Web.Hosting;
using SnpLive.Web.Live;
using SnpLive.Web.Territories;

namespace SnpLive.Web.Calls;

/// <summary>
/// This web node's ear on the centres: one grain observer with a standing lease on each, so that a centre looks after its calls also while nobody watches.
/// It numbers what its screens see, tells the centres whose screens are open, and asks for the whole picture again when a number is missing.
/// </summary>
internal sealed partial class CentreNode(IGrainFactory grains, TerritoryCatalogue catalogue, Clock clock, CentreOptions options, ILogger<CentreNode> log)
    : BackgroundService, ICentreObserver
{
    private const int RenewalsPerLease = 3;
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private readonly ConcurrentDictionary<string, CentreView> views = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> renewed = new(StringComparer.Ordinal); // by the loop alone
    private readonly string nodeId = Guid.NewGuid().ToString("N");
    private readonly SemaphoreSlim wanted = new(0, 1);
    private ICentreObserver? self; // the engine holds it weakly

    /// <inheritdoc/>
    public Task CentreChanged(CentreFrame frame)
    {
        if (views.TryGetValue(frame.CentreId, out var view) && !view.Apply(frame, clock.Now)) AskNow();
        return Task.CompletedTask;
    }

    /// <summary>The calls of a centre as this node knows them.</summary>
    internal IReadOnlyList<CallPicture> Calls(string centreId) => views.TryGetValue(centreId, out var view) ? view.Calls : [];

    /// <summary>Subscribes a screen; a snapshot follows. Null when there is no such centre for that person, or it is not known yet.</summary>
    internal async Task<CentreCursor?> Watch(LiveConnection connection, string centreId)
    {
        if (Centres.Find(await catalogue.Read(), centreId, connection.Actor) is null) return null;
        if (!views.TryGetValue(centreId, out var view) || !view.Known)
        {
            await Renew(centreId).WaitAsync(Patience);
            view = views[centreId];
        }
        return view.Watch(connection, clock.Now);
    }

    internal void Unwatch(LiveConnection connection, string centreId)
    {
        if (views.TryGetValue(centreId, out var view)) view.Unwatch(connection);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        wanted.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await LookAround(stoppingToken);
                await wanted.WaitAsync(Tick, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping: leases end by themselves.
        }
        finally
        {
            if (self is not null) grains.DeleteObjectReference<ICentreObserver>(self);
        }
    }

    private void AskNow()
    {
        if (wanted.CurrentCount > 0) return;
        try { wanted.Release(); }
        catch (SemaphoreFullException) { } // somebody else just did
    }

    private async Task LookAround(CancellationToken stop)
    {
        try
        {
            var territories = await catalogue.Read();
            foreach (var centre in Centres.Of(territories))
            {
                var id = centre.Sas.Id;
                var view = ViewOf(id);
                view.Describe(centre.Settings, territories, clock.Now);
                if (view.Known && renewed.TryGetValue(id, out var at) && Stopwatch.GetElapsedTime(at) < options.NodeLease / RenewalsPerLease) continue;
                await Renew(id).WaitAsync(Patience, stop);
                renewed[id] = Stopwatch.GetTimestamp();
            }
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            LogDeaf(log, e);
        }
    }

    private async Task Renew(string centreId)
    {
        self ??= grains.CreateObjectReference<ICentreObserver>(this);
        var view = ViewOf(centreId);
        var (epoch, seq) = view.At;
        var snapshot = await grains.GetGrain<IDispatchCentreGrain>(centreId).Watch(nodeId, self, epoch, seq, [.. view.Present()]);
        if (snapshot is not null) view.Begin(snapshot, clock.Now);
    }

    private CentreView ViewOf(string centreId) => views.GetOrAdd(centreId, id => new(id));

    [LoggerMessage(71, LogLevel.Debug, "A centre cannot be heard for the moment.")]
    private static partial void LogDeaf(ILogger log, Exception error);
}

/// <summary>Where a centre's view is.</summary>
public sealed record CentreCursor(string Epoch, long Seq);
