using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SnpLive.Grains.Ledger;

namespace SnpLive.Silo.Persons;

/// <summary>
/// Keeps the vault: what is past its retention goes, page by page, and what an old key made is renewed. What is gone is its own mark, so a walk that was cut off
/// goes on where it was; the booking stays in the log as history without identity.
/// </summary>
internal sealed partial class VaultKeeper(
    Func<IVaultStore> store, VaultRenewal renewal, KeyAdmin admin, VaultKeys keys, VaultOptions options, TimeProvider clock, ILogger<VaultKeeper> log) : BackgroundService
{
    private DateTimeOffset? walkedAt;
    private (int Seal, int Hash)? renewed;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.LookEvery);
        try
        {
            do await Guarded(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) { }
    }

    /// <summary>Does what is due.</summary>
    internal async Task Look(CancellationToken stop)
    {
        keys.Reload();
        await admin.NoteHashKey();
        var now = clock.GetUtcNow();
        if (walkedAt is null || now - walkedAt >= options.WalkEvery)
        {
            await Purge(stop);
            (walkedAt, renewed) = (now, null);
        }
        var current = (keys.Seals.Current, keys.Hashes.Current);
        if (keys.Seals.Former is null && keys.Hashes.Former is null || renewed == current) return;
        await renewal.Run(stop);
        renewed = current; // what is unreadable is tried again at the next walk
    }

    /// <summary>Walks over all that is past its retention, now.</summary>
    internal async Task<VaultPurge> Purge(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var (notes, persons) = (0, 0);
        while (true)
        {
            var page = await store().Purge(now - options.KeepNotes, now - options.Keep, options.Page);
            (notes, persons) = (notes + page.Notes, persons + page.Persons);
            if (page.Most < options.Page) break;
            await Task.Delay(options.PagePause, stop);
        }
        if (notes + persons > 0) LogPurged(log, notes, persons);
        return new(notes, persons);
    }

    // Neither an absent database nor an unreadable key file may end the server; the next time may do.
    private async Task Guarded(CancellationToken stop)
    {
        try { await Look(stop); }
        catch (Exception e) when (e is LedgerUnavailableException or IOException or UnauthorizedAccessException or InvalidDataException) { LogFailed(log, e.GetType().Name); }
    }

    [LoggerMessage(93, LogLevel.Information, "Past their retention: {Notes} notes and {Persons} identities were removed.")]
    private static partial void LogPurged(ILogger logger, int notes, int persons);

    [LoggerMessage(94, LogLevel.Warning, "The vault could not be walked ({Kind}); it is tried again.")]
    private static partial void LogFailed(ILogger logger, string kind);
}
