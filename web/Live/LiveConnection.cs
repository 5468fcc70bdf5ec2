using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;

namespace SnpLive.Web.Live;

/// <summary>
/// One screen's connection: a cursor per watched view and one pump with one write in flight. What it has not taken waits in the views' rings, not
/// here; when it fell out of a ring it gets a snapshot as soon as it can take one. So its memory is bounded and it delays nobody.
/// </summary>
internal sealed partial class LiveConnection : IThreadPoolWorkItem
{
    private sealed class Subscription(string territoryId, LiveView view)
    {
        public string TerritoryId => territoryId;
        /// <summary>Pump only, once subscribed.</summary>
        public LiveView View { get; set; } = view;
        /// <summary>Epoch and number sent last; pump only, once subscribed.</summary>
        public string? Epoch { get; set; }
        public long Seq { get; set; }
        /// <summary>Whether the person may have to see another view of it: a delegate named, or no longer.</summary>
        public bool LookAgain { get => Volatile.Read(ref lookAgain); set => Volatile.Write(ref lookAgain, value); }
        private bool lookAgain;
    }

    private const int Idle = 0, Running = 1, Woken = 2;
    private const int MostAsides = 32;
    private static readonly object Key = new();

    private readonly HubConnectionContext connection;
    private readonly BoardNode node;
    private readonly LiveMetrics metrics;
    private readonly ILogger log;
    private readonly Lock changing = new();
    private readonly ConcurrentQueue<HubMessage> asides = new();
    private volatile Subscription[] subscriptions = [];
    private volatile Actor actor;
    private volatile bool closed;
    private int state;
    private long writingSince, actorChecked = Stopwatch.GetTimestamp();

    public LiveConnection(HubConnectionContext connection, Actor actor, BoardNode node, LiveMetrics metrics, ILogger log)
    {
        (this.connection, this.actor, this.node, this.metrics, this.log) = (connection, actor, node, metrics, log);
        connection.Items[Key] = this;
    }

    public Actor Actor => actor;

    public HubConnectionContext Context => connection;

    public static LiveConnection? Of(IDictionary<object, object?> items) => items.TryGetValue(Key, out var found) ? found as LiveConnection : null;

    /// <summary>Subscribes, each view from its cursor when it leads on to now. Null when it would be too many.</summary>
    public IReadOnlyList<WatchCursor>? Watch(IReadOnlyList<(string TerritoryId, LiveView View)> views, IReadOnlyList<WatchCursor?> cursors)
    {
        var now = new List<WatchCursor>(views.Count);
        lock (changing)
        {
            if (closed) return now;
            var kept = subscriptions.ExceptBy(views.Select(v => v.TerritoryId), s => s.TerritoryId).ToList();
            if (kept.Count + views.Count > node.Options.MaxTerritoriesPerConnection) return null;
            foreach (var (territoryId, view) in views)
            {
                var head = view.Head;
                var subscription = new Subscription(territoryId, view);
                foreach (var cursor in cursors)
                    if (cursor is not null && cursor.View == view.Name && (cursor.TerritoryId ?? territoryId) == territoryId && view.Continues(cursor.Epoch, cursor.Seq))
                        (subscription.Epoch, subscription.Seq) = (cursor.Epoch, cursor.Seq);
                foreach (var before in subscriptions)
                    if (before.TerritoryId == territoryId) before.View.Remove(this);
                kept.Add(subscription);
                view.Add(this);
                now.Add(new(territoryId, view.Name, head.Epoch, head.Seq));
            }
            subscriptions = [.. kept];
        }
        Wake();
        return now;
    }

    public void Unwatch(IReadOnlyCollection<string> territoryIds)
    {
        if (territoryIds.Count == 0) return;
        lock (changing)
        {
            foreach (var gone in subscriptions)
                if (territoryIds.Contains(gone.TerritoryId)) gone.View.Remove(this);
            subscriptions = [.. subscriptions.Where(s => !territoryIds.Contains(s.TerritoryId))];
        }
    }

    /// <summary>A message beside the boards, for this person. What a screen does not take in time is dropped: it asks for its lists when it comes back.</summary>
    public void Offer(HubMessage message)
    {
        if (asides.Count >= MostAsides) asides.TryDequeue(out _);
        asides.Enqueue(message);
        Wake();
    }

    /// <summary>Something to send, perhaps. Cheap; called for every frame of a watched view.</summary>
    public void Wake()
    {
        if (Interlocked.Exchange(ref state, Woken) == Idle) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>The person has been looked up again: null ends the connection.</summary>
    public void Know(Actor? found)
    {
        if (found is null)
        {
            connection.Abort();
            return;
        }
        actor = found;
        if (!Rights.CanBeDelegate(found.Role)) return;
        foreach (var subscription in subscriptions) subscription.LookAgain = true;
        Wake();
    }

    /// <summary>Whether it is time to look the person up again; says yes once.</summary>
    public bool WantsActorCheck(TimeSpan every)
    {
        if (Stopwatch.GetElapsedTime(actorChecked) < every) return false;
        actorChecked = Stopwatch.GetTimestamp();
        return true;
    }

    /// <summary>Whether its present write has been under way for longer than this.</summary>
    public bool IsStuck(TimeSpan patience) => Volatile.Read(ref writingSince) is not 0 and var since && Stopwatch.GetElapsedTime(since) > patience;

    /// <summary>The connection has ended.</summary>
    public void Close()
    {
        lock (changing)
        {
            closed = true;
            foreach (var subscription in subscriptions) subscription.View.Remove(this);
            subscriptions = [];
        }
    }

    void IThreadPoolWorkItem.Execute() => _ = Pump();

    private async Task Pump()
    {
        try
        {
            do
            {
                Interlocked.Exchange(ref state, Running); // a full fence: what is read below is read after it
                for (var sent = true; sent && !closed;)
                {
                    sent = await SendAside();
                    foreach (var subscription in subscriptions) sent |= await SendNext(subscription);
                }
            }
            while (!closed && Interlocked.CompareExchange(ref state, Idle, Running) != Running);
        }
        catch (Exception e)
        {
            LogEnded(log, e);
            connection.Abort(); // a board out of touch, a territory no longer theirs, a broken socket: the screen comes back and is told
        }
    }

    private async ValueTask<bool> SendAside()
    {
        if (!asides.TryDequeue(out var message)) return false;
        Volatile.Write(ref writingSince, Stopwatch.GetTimestamp());
        await connection.WriteAsync(message, CancellationToken.None);
        Volatile.Write(ref writingSince, 0);
        return true;
    }

    private async ValueTask<bool> SendNext(Subscription subscription)
    {
        if ((subscription.View.Closed || subscription.LookAgain) && !await Follow(subscription)) return true;
        var view = subscription.View;
        var head = view.Head;
        if (subscription.Epoch == head.Epoch && subscription.Seq == head.Seq) return false;
        var message = subscription.Epoch == head.Epoch ? view.FrameAfter(head.Epoch, subscription.Seq) : null;
        if (message is null)
        {
            if (subscription.Epoch == head.Epoch) metrics.SlowDrops.Add(1);
            message = view.Snapshot(node.Time);
            metrics.Snapshots.Add(1);
        }
        else metrics.Deliveries.Add(1);
        (subscription.Epoch, subscription.Seq) = (message.Epoch, message.Seq);
        Volatile.Write(ref writingSince, Stopwatch.GetTimestamp());
        await connection.WriteAsync(message.Message, CancellationToken.None);
        Volatile.Write(ref writingSince, 0);
        return true;
    }

    /// <summary>Goes on with the view that is the person's now. False when the subscription has gone meanwhile.</summary>
    private async ValueTask<bool> Follow(Subscription subscription)
    {
        subscription.LookAgain = false;
        var next = await node.View(actor, subscription.TerritoryId) ?? throw new LedgerUnavailableException("No longer to be seen.");
        if (next == subscription.View && !next.Closed) return true;
        lock (changing)
        {
            subscription.View.Remove(this);
            if (closed || !subscriptions.Contains(subscription)) return false;
            subscription.View = next;
            (subscription.Epoch, subscription.Seq) = (null, 0);
            next.Add(this);
        }
        return true;
    }

    [LoggerMessage(2, LogLevel.Debug, "A connection could not be served on and was closed.")]
    private static partial void LogEnded(ILogger log, Exception error);
}
