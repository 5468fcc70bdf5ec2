using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Boards;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;

namespace SnpLive.Web.Live;

/// <summary>
/// One territory in this node's memory: the raw picture, its labels, and one filtered picture per audience. All changes go through one loop that
/// takes a piece of work at a time; readers use what the loop published last. A <see cref="BoardLease"/> keeps it in step with the board grain.
/// </summary>
internal sealed partial class TerritoryBoard : IAsyncDisposable
{
    /// <summary>A territory's document and the views made with it; a changed document begins another edition.</summary>
    private sealed class Edition(TerritoryLabels? labels, DateOnly today)
    {
        public TerritoryLabels? Labels => labels;
        /// <summary>View keys by what they are made from: finding an old one costs less than making it again.</summary>
        public ConcurrentDictionary<string, string> Keys { get; } = new(StringComparer.Ordinal);
        public ConcurrentDictionary<string, LiveView> Views { get; } = new(StringComparer.Ordinal);
        /// <summary>Civil day for which grants hold. Loop only.</summary>
        public DateOnly Today { get; set; } = today;
        /// <summary>Slots as shown, and when they will change by themselves. Loop only.</summary>
        public Dictionary<string, (SlotFace Face, DateTimeOffset? Next)> Faces { get; } = new(StringComparer.Ordinal);
    }

    /// <summary>Where the raw picture stands.</summary>
    internal sealed record Position(string? Epoch, long Seq);

    /// <summary>Work taken between two looks at what is to be published.</summary>
    private const int WorkAtOnce = 256;

    /// <summary>Keys remembered; more than people of a territory and its SAS.</summary>
    private const int MaxKeys = 10_000;

    private readonly LiveParts parts;
    private readonly Channel<Action> work;
    private readonly RawPicture raw;
    private readonly HashSet<string> dirty = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly BoardLease lease;
    private readonly Timer ticker, flusher;
    private volatile Edition? edition;
    private volatile Position position = new(null, 0);
    private volatile bool stopped, stale;
    private long lastUsed = Stopwatch.GetTimestamp(), lastFrame;
    private DateTimeOffset lastNow;
    private bool flushArmed;

    public TerritoryBoard(string territoryId, LiveParts parts, string nodeId, IBoardObserver observer)
    {
        (Id, this.parts) = (territoryId, parts);
        work = Channel.CreateBounded<Action>(new BoundedChannelOptions(parts.Options.BoardQueue) { SingleReader = true });
        raw = new(parts.Options.FramesAhead);
        using (ExecutionContext.SuppressFlow()) // a board outlives the request that first asked for it
        {
            flusher = new(_ => Post(() => flushArmed = false));
            ticker = new(_ => Post(Tick), null, parts.Options.Tick, parts.Options.Tick);
            lease = new(this, parts, nodeId, observer);
            _ = Task.Run(Loop);
            lease.Start();
        }
    }

    public string Id { get; }

    /// <summary>Where the raw picture stands: what the board is told when the lease is renewed.</summary>
    public Position At => position;

    /// <summary>Dropped from memory: ask the node for another one.</summary>
    public bool Stopped => stopped;

    /// <summary>What this territory's document says; null before it is known or when there is none.</summary>
    public TerritoryLabels? Labels => edition?.Labels;

    /// <summary>The actor's view; null when there is no such territory for them. Throws when the board has no picture to be trusted.</summary>
    public async ValueTask<LiveView?> View(Actor actor)
    {
        Volatile.Write(ref lastUsed, Stopwatch.GetTimestamp());
        if (!ready.Task.IsCompletedSuccessfully) await Ready();
        if (stale) throw new LedgerUnavailableException($"Board {Id} has lost touch.");
        if (edition is not { Labels: { } labels } current || !labels.IsOpenTo(actor)) return null;
        var delegated = await DelegatedTo(actor, labels);
        var traits = delegated.IsEmpty ? TraitsOf(actor) : $"{TraitsOf(actor)}|{string.Join(',', delegated)}";
        var key = current.Keys.GetOrAdd(traits, (_, who) => KeyOf(who, labels, delegated), actor);
        if (!current.Views.TryGetValue(key, out var view))
        {
            var made = new TaskCompletionSource<LiveView?>(TaskCreationOptions.RunContinuationsAsynchronously);
            if (!Post(() => made.TrySetResult(MakeView(key, actor, delegated)))) throw new LedgerUnavailableException($"Board {Id} is overloaded.");
            view = await made.Task.WaitAsync(parts.Options.StartPatience);
        }
        view?.Touch();
        return view;
    }

    /// <summary>From the board grain.</summary>
    public void Changed(BoardFrame frame) => Post(() =>
    {
        var missing = raw.Apply(frame, dirty);
        position = new(raw.Epoch, raw.Seq);
        if (!missing) return;
        parts.Metrics.Gaps.Add(1);
        lease.AskNow();
    });

    /// <summary>From the lease: the board's answer, and the document when the board's epoch is another.</summary>
    /// <returns>Whether the board must be asked again: frames are still missing.</returns>
    public Task<bool> Take(BoardSnapshot? snapshot, TerritoryLabels? labels)
    {
        var taken = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var posted = Post(() =>
        {
            stale = false;
            var missing = raw.Take(snapshot, dirty);
            position = new(raw.Epoch, raw.Seq);
            if (edition is null || edition.Labels != labels) Begin(labels);
            taken.SetResult(missing);
            ready.TrySetResult();
        });
        if (!posted) taken.SetResult(true);
        return taken.Task;
    }

    /// <summary>From the lease: the board has been silent for too long. Screens must not take this picture for live.</summary>
    public void LoseTouch() => Post(() =>
    {
        if (stale) return;
        stale = true;
        LogLostTouch(parts.Log, Id);
        CloseViews(edition);
    });

    /// <summary>Ends it; its screens look for another one.</summary>
    public async ValueTask DisposeAsync()
    {
        if (stopped) return;
        stopped = true;
        await ticker.DisposeAsync();
        await flusher.DisposeAsync();
        Post(() => CloseViews(edition));
        work.Writer.TryComplete();
        ready.TrySetException(new LedgerUnavailableException($"Board {Id} is going away."));
        _ = ready.Task.Exception;
        await lease.DisposeAsync();
    }

    private async Task Ready()
    {
        try { await ready.Task.WaitAsync(parts.Options.StartPatience); }
        catch (TimeoutException e) { throw new LedgerUnavailableException($"Board {Id} has no picture yet.", e); }
    }

    private bool Post(Action piece) => work.Writer.TryWrite(piece);

    private async Task Loop()
    {
        while (await work.Reader.WaitToReadAsync())
        {
            try
            {
                for (var i = 0; i < WorkAtOnce && work.Reader.TryRead(out var piece); i++) piece();
                Flush();
            }
            catch (Exception e) { LogFailed(parts.Log, e, Id); }
        }
    }

    /// <summary>The first change goes at once; while changes keep coming they are gathered for as long as it takes to deliver a frame to all viewers.</summary>
    private void Flush()
    {
        if (dirty.Count == 0 || flushArmed || edition is not { } current) return;
        var interval = Interval(current);
        var passed = Stopwatch.GetElapsedTime(lastFrame);
        if (passed < interval && !stopped)
        {
            flushArmed = flusher.Change(interval - passed, Timeout.InfiniteTimeSpan);
            if (flushArmed) return;
        }
        lastFrame = Stopwatch.GetTimestamp();
        Publish(current);
    }

    private TimeSpan Interval(Edition current)
    {
        var viewers = 0;
        foreach (var (_, view) in current.Views) viewers += view.Viewers;
        var interval = parts.Options.FrameIntervalPerViewer * viewers;
        if (interval < parts.Options.MinFrameInterval) return TimeSpan.Zero;
        return interval < parts.Options.MaxFrameInterval ? interval : parts.Options.MaxFrameInterval;
    }

    private void Publish(Edition current)
    {
        var now = Now();
        var changes = new List<ViewChange>(dirty.Count);
        foreach (var id in dirty)
            if (Refresh(current, id, now, out var face)) changes.Add(new(id, face));
        dirty.Clear();
        if (changes.Count == 0) return;
        foreach (var (_, view) in current.Views) view.Advance(changes, now);
    }

    /// <summary>Makes a slot's face anew; false when it looks as before.</summary>
    private bool Refresh(Edition current, string id, DateTimeOffset now, out SlotFace? face)
    {
        face = null;
        if (current.Labels is not { } labels || !raw.Slots.TryGetValue(id, out var slot)) return current.Faces.Remove(id);
        face = labels.Face(slot, now);
        var same = current.Faces.TryGetValue(id, out var before) && before.Face.LooksLike(face);
        current.Faces[id] = (same ? before.Face : face, SlotStates.NextChange(slot, now));
        return !same;
    }

    /// <summary>Another document, or other grants in force: every screen gets a snapshot of its new view.</summary>
    private void Begin(TerritoryLabels? labels)
    {
        var (now, last) = (Now(), edition);
        var next = new Edition(labels, labels?.Today(now) ?? default);
        foreach (var id in raw.Slots.Keys) Refresh(next, id, now, out _);
        dirty.Clear();
        edition = next;
        CloseViews(last);
    }

    private static void CloseViews(Edition? edition)
    {
        foreach (var (key, view) in edition?.Views ?? [])
            if (edition!.Views.TryRemove(key, out _)) view.Close();
    }

    private LiveView? MakeView(string key, Actor actor, ImmutableArray<string> delegated)
    {
        if (edition is not { Labels: { } labels } current || stopped) return null;
        if (current.Views.TryGetValue(key, out var there)) return there;
        Publish(current); // so that the new view starts where the others are
        var view = new LiveView(Id, NameOf(key), face => delegated.Contains(face.Facts.AgendaId) || labels.MaySee(actor, face.Facts, current.Today), parts.Options, parts.Metrics);
        view.Restart(current.Faces.Values.Select(f => f.Face), Now());
        current.Views[key] = view;
        return view;
    }

    private void Tick()
    {
        if (edition is not { } current) return;
        var now = Now();
        if (now < lastNow) dirty.UnionWith(raw.Slots.Keys); // the clock was set back
        lastNow = now;
        foreach (var (id, (_, next)) in current.Faces)
            if (next <= now) dirty.Add(id);
        if (current.Labels is { } labels && labels.Today(now) is var today && today != current.Today)
        {
            if (labels.GrantsChange(current.Today, today)) Begin(labels);
            else current.Today = today;
        }
        foreach (var (key, view) in current.Views)
            if (view.Idle > parts.Options.ViewIdle && current.Views.TryRemove(key, out _)) view.Close();
        if (current.Keys.Count > MaxKeys) current.Keys.Clear();
        if (current.Views.IsEmpty && Stopwatch.GetElapsedTime(Volatile.Read(ref lastUsed)) > parts.Options.BoardIdle) parts.Idle(this);
    }

    /// <summary>What a delegate manages they see, whoever may book it. When that cannot be told now, the next look does.</summary>
    private async ValueTask<ImmutableArray<string>> DelegatedTo(Actor actor, TerritoryLabels labels)
    {
        try { return await parts.Delegates.Of(actor, labels.Document).AsTask().WaitAsync(parts.Options.BoardPatience); }
        catch (Exception e)
        {
            LogNoDelegates(parts.Log, e, Id);
            return [];
        }
    }

    private string KeyOf(Actor actor, TerritoryLabels labels, ImmutableArray<string> delegated)
    {
        var key = ViewKey.Of(actor, Id, labels.Scopes);
        return delegated.IsEmpty ? key : $"{key}|for={string.Join(',', delegated)}";
    }

    private static string TraitsOf(Actor actor) =>
        $"{actor.Role}|{actor.SasId}|{string.Join(',', actor.Memberships)}|{string.Join(',', actor.Groups)}|{string.Join(',', actor.Agendas)}";

    private DateTimeOffset Now() => parts.Time.GetUtcNow();

    private static string NameOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 8));

    [LoggerMessage(1, LogLevel.Error, "Board {Territory}: work failed.")]
    private static partial void LogFailed(ILogger log, Exception error, string territory);

    [LoggerMessage(3, LogLevel.Warning, "Board {Territory}: whose delegate somebody is cannot be told now.")]
    private static partial void LogNoDelegates(ILogger log, Exception error, string territory);

    [LoggerMessage(2, LogLevel.Warning, "Board {Territory} has been silent for too long: its screens are disconnected until it answers.")]
    private static partial void LogLostTouch(ILogger log, string territory);
}
