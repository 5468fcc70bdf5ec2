using System.Diagnostics;
using SnpLive.Grains;
using SnpLive.Grains.Boards;
using SnpLive.Grains.Territories;

namespace SnpLive.Web.Live;

/// <summary>What boards of a node share.</summary>
internal sealed record LiveParts(
    LiveOptions Options, LiveMetrics Metrics, TimeProvider Time, IGrainFactory Grains, IDelegates Delegates, ITerritoryReading Reading, ILogger Log, Action<TerritoryBoard> Idle);

/// <summary>
/// Keeps a node's lease on one board: renews it every few seconds and at once when frames are missing, and reads the territory's document with
/// each new board epoch. One question at a time.
/// </summary>
internal sealed partial class BoardLease(TerritoryBoard board, LiveParts parts, string nodeId, IBoardObserver observer) : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly SemaphoreSlim wanted = new(0, 1);
    private readonly IBoardGrain grain = parts.Grains.GetGrain<IBoardGrain>(board.Id);
    private Task running = Task.CompletedTask;

    public void Start() => running = Task.Run(Run);

    /// <summary>Does not wait for the next renewal.</summary>
    public void AskNow()
    {
        if (wanted.CurrentCount > 0) return;
        try { wanted.Release(); }
        catch (SemaphoreFullException) { } // somebody else just did
    }

    /// <summary>Ends the lease.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running;
        try { await grain.Unwatch(nodeId).WaitAsync(parts.Options.BoardPatience); }
        catch (Exception e) { LogSilent(parts.Log, e, board.Id); } // it ends by itself
        stopping.Dispose();
        wanted.Dispose();
    }

    private async Task Run()
    {
        var options = parts.Options;
        var (labels, documentEpoch, answered) = ((TerritoryLabels?)null, (string?)null, Stopwatch.GetTimestamp());
        while (!stopping.IsCancellationRequested)
        {
            var pause = options.RenewEvery;
            try
            {
                var at = board.At;
                var snapshot = await grain.Watch(nodeId, observer, at.Epoch, at.Seq).WaitAsync(options.BoardPatience);
                if (snapshot is not null && snapshot.Epoch != documentEpoch)
                {
                    labels = await ReadLabels(labels);
                    documentEpoch = snapshot.Epoch;
                }
                var missing = await board.Take(snapshot, labels);
                answered = Stopwatch.GetTimestamp();
                if (missing) pause = options.AskPause;
            }
            catch (Exception e)
            {
                if (stopping.IsCancellationRequested) return;
                LogSilent(parts.Log, e, board.Id);
                pause = options.RetryPause;
                if (Stopwatch.GetElapsedTime(answered) > options.StaleAfter) board.LoseTouch();
            }
            try { await wanted.WaitAsync(pause, stopping.Token); }
            catch (OperationCanceledException) { return; }
        }
    }

    private async Task<TerritoryLabels?> ReadLabels(TerritoryLabels? known)
    {
        var document = await parts.Grains.GetGrain<ITerritoryGrain>(board.Id).Get().WaitAsync(parts.Options.BoardPatience);
        if (Documents.Same(known?.Document, document)) return known;
        if (known is not null) await RenewReading();
        return document is null ? null : new(document);
    }

    /// <summary>A screen whose picture begins anew asks at once what else it may open: that must be told by the same grants.</summary>
    private async Task RenewReading()
    {
        try { await parts.Reading.Renew().WaitAsync(parts.Options.BoardPatience); }
        catch (Exception e) { LogNotRenewed(parts.Log, e, board.Id); } // it is read again before long
    }

    [LoggerMessage(2, LogLevel.Warning, "Board {Territory} follows its changed document, but what else that opens is not known yet.")]
    private static partial void LogNotRenewed(ILogger log, Exception error, string territory);

    [LoggerMessage(1, LogLevel.Warning, "Board {Territory} does not answer.")]
    private static partial void LogSilent(ILogger log, Exception error, string territory);
}
