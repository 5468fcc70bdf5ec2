using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SnpLive.Grains.Ledger;
using SnpLive.Grains;

namespace SnpLive.Silo.Ledger;

/// <summary>
/// Serves the ledger's wake-ups: reads what is due, wakes, clears. "Due" goes by the application's clock, pauses by the real one. A wake-up is
/// cleared only after it was served, so it is served at least once, whatever crashes in between.
/// </summary>
internal sealed class DueSweeper(
    ILedger ledger,
    IDueHandler handler,
    DueSignal signal,
    LedgerOptions options,
    [FromKeyedServices(Clocks.Domain)] TimeProvider clock,
    ILogger<DueSweeper> log) : BackgroundService
{
    private readonly WakeBackOff backOff = new(options);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            var more = false;
            try
            {
                more = await Sweep(stoppingToken);
                failures = 0;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                failures++;
                log.LogWarning(e, "Due wake-ups could not be read or cleared ({Failures} times in a row).", failures);
            }
            if (!more) await Pause(failures, stoppingToken);
        }
    }

    /// <summary>One round, cleared by one statement; true when it served from a full batch and more may wait.</summary>
    internal async Task<bool> Sweep(CancellationToken stop)
    {
        // Rows that pause after a failure stay the oldest: read past them, or they would hide all others.
        var due = await ledger.ReadDue(clock.GetUtcNow(), options.SweepBatch + backOff.Count);
        backOff.KeepOnly(due);
        var ready = due.Where(backOff.IsReady).Take(options.SweepBatch).ToImmutableArray();
        var served = new ConcurrentBag<DueRow>();
        var limits = new ParallelOptions { MaxDegreeOfParallelism = options.SweepParallelism, CancellationToken = stop };
        await Parallel.ForEachAsync(ready, limits, async (row, stopping) =>
        {
            if (await Serve(row, stopping)) served.Add(row);
        });
        if (served.IsEmpty) return false;
        await ledger.ClearDue([.. served]);
        return ready.Length == options.SweepBatch;
    }

    private async Task<bool> Serve(DueRow row, CancellationToken stop)
    {
        try
        {
            await handler.Wake(row).WaitAsync(options.WakeTimeout, stop);
            backOff.Forget(row);
            LedgerMetrics.Woke(served: true);
            return true;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return false; // the row stays and is served after the restart
        }
        catch (Exception e)
        {
            var pause = backOff.Failed(row);
            LedgerMetrics.Woke(served: false);
            log.LogWarning(e, "{Cause} of {Stream} failed; it is repeated in {Pause}.", row.Cause, row.Stream, pause);
            return false;
        }
    }

    private async Task Pause(int failures, CancellationToken stop)
    {
        try
        {
            // With the database away a nudge cannot help: wait the pause out.
            if (failures > 0) await Task.Delay(backOff.PauseAfter(failures), stop);
            else if (await signal.Wait(options.SweepInterval, stop)) await Task.Delay(options.SweepGather, stop);
        }
        catch (OperationCanceledException)
        {
            // Stopping; the loop's condition ends it.
        }
    }
}
