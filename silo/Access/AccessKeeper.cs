using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SnpLive.Grains.Ledger;

namespace SnpLive.Silo.Access;

/// <summary>Writes anchors, and removes what is older than the retention.</summary>
internal sealed partial class AccessKeeper(
    AccessLog log, Func<IAccessStore> store, AccessAnchors anchors, AccessChain chain, AccessOptions options, TimeProvider clock, ILogger<AccessKeeper> logger) : BackgroundService, IHostedLifecycleService
{
    private AccessHead? anchored;

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Every(options.AnchorEvery, Anchor, stoppingToken), Every(options.PurgeEvery, Purge, stoppingToken));

    /// <summary>After everything that reads patients' data has stopped.</summary>
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        await log.DisposeAsync();
        await Guarded(Anchor);
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Removes what is older than the retention, now.</summary>
    internal async Task Purge()
    {
        var removed = await store().Purge(clock.GetUtcNow() - options.Keep, chain, clock.GetUtcNow());
        if (removed > 0) LogPurged(logger, removed);
    }

    private Task Anchor()
    {
        if (log.Head is not { } head || head == anchored) return Task.CompletedTask;
        anchors.Add(head, clock.GetUtcNow());
        anchored = head;
        return Task.CompletedTask;
    }

    private async Task Every(TimeSpan interval, Func<Task> work, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(interval);
        try
        {
            do await Guarded(work);
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException) { }
    }

    // Neither an absent database nor a full disk may end the server; the next time may do.
    private async Task Guarded(Func<Task> work)
    {
        try { await work(); }
        catch (Exception e) when (e is LedgerUnavailableException or IOException or UnauthorizedAccessException) { LogFailed(logger, e.GetType().Name); }
    }

    [LoggerMessage(81, LogLevel.Information, "{Count} entries of the access log are past their retention and were removed.")]
    private static partial void LogPurged(ILogger logger, long count);

    [LoggerMessage(82, LogLevel.Warning, "The access log could not be anchored or purged ({Kind}); it is tried again.")]
    private static partial void LogFailed(ILogger logger, string kind);
}
