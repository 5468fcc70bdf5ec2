using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using SnpLive.Grains;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Boards;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;
using SnpLive.Grains.Territories;

namespace SnpLive.Web.Live;

/// <summary>The boards that this web node shows: one grain observer for all of them. A board is loaded at its first viewer.</summary>
internal sealed partial class BoardNode : IBoardObserver, IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan DirectoryPause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Lazy<TerritoryBoard>> boards = new(StringComparer.Ordinal);
    private readonly string nodeId = Guid.NewGuid().ToString("N");
    private readonly IGrainFactory grains;
    private readonly ILogger<BoardNode> log;
    private readonly LiveParts parts;
    private readonly Lazy<IBoardObserver> reference;
    private volatile ImmutableHashSet<string> directory = [];
    private long directoryRead;
    private int closed;

    public BoardNode(
        IGrainFactory grains, IDelegates delegates, ITerritoryReading reading, LiveOptions options, LiveMetrics metrics, [FromKeyedServices(Clocks.Domain)] TimeProvider time,
        ILogger<BoardNode> log)
    {
        (this.grains, this.log) = (grains, log);
        parts = new(options, metrics, time, grains, delegates, reading, log, board => _ = Drop(board));
        reference = new(() => grains.CreateObjectReference<IBoardObserver>(this)); // the engine holds it weakly; this singleton holds it
    }

    public LiveOptions Options => parts.Options;

    public TimeProvider Time => parts.Time;

    /// <inheritdoc/>
    public Task Changed(BoardFrame frame)
    {
        if (boards.TryGetValue(frame.TerritoryId, out var board) && board.IsValueCreated) board.Value.Changed(frame);
        return Task.CompletedTask;
    }

    /// <summary>News of requests, for the screens of those concerned.</summary>
    public event Action<RequestNews>? Requests;

    /// <inheritdoc/>
    public Task RequestChanged(RequestNews news)
    {
        Requests?.Invoke(news);
        return Task.CompletedTask;
    }

    /// <summary>What the actor may see of a territory; null when there is none for them. Throws <see cref="LedgerUnavailableException"/>.</summary>
    public async ValueTask<LiveView?> View(Actor actor, string territoryId)
    {
        while (await Board(territoryId) is { } board)
        {
            var view = await board.View(actor);
            if (!board.Stopped) return view;
            boards.TryRemove(territoryId, out _);
        }
        return null;
    }

    /// <summary>Whose turn it is, per agenda of a territory that exists.</summary>
    public Task<ImmutableArray<AgendaTurn>> Turns(string territoryId) => Ask(grains.GetGrain<IBoardGrain>(territoryId).Turns());

    /// <summary>The board on which an agenda shows; null when there is none.</summary>
    public async ValueTask<TerritoryBoard?> BoardOf(string agendaId)
    {
        foreach (var (_, board) in boards)
            if (board.IsValueCreated && board.Value is { Stopped: false, Labels: { } labels } && labels.Has(agendaId)) return board.Value;
        var definition = await Ask(grains.GetGrain<IAgendaGrain>(agendaId).Definition());
        return definition is null ? null : await Board(definition.TerritoryId);
    }

    Task IHostedService.StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends the leases while the engine can still be told.</summary>
    Task IHostedService.StopAsync(CancellationToken cancellationToken) => DisposeAsync().AsTask().WaitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref closed, 1) != 0) return;
        var all = boards.Values.ToArray();
        boards.Clear();
        await Task.WhenAll(all.Select(b => b.Value.DisposeAsync().AsTask()));
        if (reference.IsValueCreated) grains.DeleteObjectReference<IBoardObserver>(reference.Value);
    }

    private async ValueTask<TerritoryBoard?> Board(string territoryId)
    {
        if (boards.TryGetValue(territoryId, out var there)) return there.Value;
        if (!await Exists(territoryId)) return null;
        return boards.GetOrAdd(territoryId, id => new(() => new(id, parts, nodeId, reference.Value))).Value;
    }

    /// <summary>Names that nobody registered never wake a grain.</summary>
    private async ValueTask<bool> Exists(string territoryId)
    {
        if (directory.Contains(territoryId)) return true;
        var last = Volatile.Read(ref directoryRead);
        if (last != 0 && Stopwatch.GetElapsedTime(last) < DirectoryPause) return false;
        var ids = await Ask(grains.GetGrain<ITerritoryDirectoryGrain>(ITerritoryDirectoryGrain.Key).List());
        directory = [.. ids];
        Volatile.Write(ref directoryRead, Stopwatch.GetTimestamp());
        return directory.Contains(territoryId);
    }

    private async Task<T> Ask<T>(Task<T> question)
    {
        try { return await question.WaitAsync(parts.Options.BoardPatience); }
        catch (Exception e) { throw new LedgerUnavailableException("The boards cannot be reached.", e); }
    }

    private async Task Drop(TerritoryBoard board)
    {
        if (boards.TryGetValue(board.Id, out var there) && there.IsValueCreated && there.Value == board) boards.TryRemove(new(board.Id, there));
        try { await board.DisposeAsync(); }
        catch (Exception e) { LogDropFailed(log, e, board.Id); }
    }

    [LoggerMessage(1, LogLevel.Warning, "Board {Territory} could not be dropped cleanly.")]
    private static partial void LogDropFailed(ILogger log, Exception error, string territory);
}
