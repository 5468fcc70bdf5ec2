using System.Collections.Concurrent;
using SnpLive.Grains.Notifications;
using SnpLive.Grains.Rules;
using SnpLive.Web.Hosting;
using SnpLive.Web.Notifications.Channels;
using SnpLive.Web.Territories;

namespace SnpLive.Web.Notifications.Weekly;

/// <summary>
/// Asks every agenda for its weekly message when the moment has come in its territory. It remembers nothing that matters: each agenda's own stream knows
/// whether the week was told, so that restarts and several servers tell it once.
/// </summary>
internal sealed partial class WeeklyClock(TerritoryCatalogue catalogue, IGrainFactory grains, ChannelOptions options, Clock clock, ILogger<WeeklyClock> log) : BackgroundService
{
    private readonly ConcurrentDictionary<string, DateOnly> told = new(StringComparer.Ordinal);

    /// <summary>The Monday whose message is to leave now; null when it is not the moment. Sunday evening's is about the next day's week.</summary>
    internal static DateOnly? WeekToTell(WeeklyOptions weekly, string territoryId, string timeZone, DateTimeOffset now)
    {
        var (day, time) = weekly.Territories.TryGetValue(territoryId, out var own) ? (own.Day, own.Time) : (weekly.Day, weekly.Time);
        var today = CivilTime.Day(now, timeZone);
        var last = today.AddDays(-(((int)today.DayOfWeek - (int)day + 7) % 7));
        if (CivilTime.InstantOf(last, time, timeZone) > now) last = last.AddDays(-7);
        if (now - CivilTime.InstantOf(last, time, timeZone) > weekly.CatchUp) return null;
        var sinceMonday = ((int)last.DayOfWeek - (int)DayOfWeek.Monday + 7) % 7;
        return last.AddDays(7 - sinceMonday);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Weekly.Look);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try { await Look(stoppingToken); }
                catch (Exception e) when (!stoppingToken.IsCancellationRequested) { LogLate(log, e); }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    private async Task Look(CancellationToken stop)
    {
        foreach (var territory in (await catalogue.Read()).All)
        {
            if (WeekToTell(options.Weekly, territory.Id, territory.Rules.TimeZone, clock.Now) is not { } monday) continue;
            if (told.TryGetValue(territory.Id, out var known) && known == monday) continue;
            foreach (var agenda in territory.Agendas)
            {
                stop.ThrowIfCancellationRequested();
                await grains.GetGrain<INoticeGrain>(agenda.Id).Weekly(monday);
            }
            told[territory.Id] = monday;
        }
    }

    [LoggerMessage(44, LogLevel.Warning, "Weekly messages could not be queued; they are tried again.")]
    private static partial void LogLate(ILogger log, Exception error);
}
