using SnpLive.Grains.People;
using SnpLive.Grains.Territories;
using SnpLive.Web.Live;

namespace SnpLive.Web.Territories;

/// <summary>The territories as this node last read them: names, places, who belongs where. A few seconds old at most while grains answer.</summary>
internal sealed class TerritoryCatalogue(IGrainFactory grains, TimeProvider time, ILogger<TerritoryCatalogue> logger) : ITerritoryReading
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenMisses = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private Reading? current;
    private Task<Reading>? running;

    /// <summary>What is known; an old reading is given while a newer one is fetched.</summary>
    internal async ValueTask<TerritorySetView> Read()
    {
        if (current is not { } reading) return (await Refresh()).View;
        if (Age(reading) > Fresh) _ = RefreshQuietly();
        return reading.View;
    }

    /// <summary>An agenda by id. One that was just imported is looked for once more.</summary>
    internal async ValueTask<(TerritorySetView Territories, KnownAgenda? Agenda)> Agenda(string id)
    {
        var view = await Read();
        if (view.Agenda(id) is { } known) return (view, known);
        if (current is { } reading && Age(reading) > BetweenMisses) view = (await Refresh()).View;
        return (view, view.Agenda(id));
    }

    /// <summary>Reads anew, for instance after an import.</summary>
    public async Task Renew()
    {
        if (running is { } underWay) await underWay;
        await Refresh();
    }

    private TimeSpan Age(Reading reading) => time.GetUtcNow() - reading.At;

    private Task<Reading> Refresh()
    {
        lock (gate)
        {
            if (running is { IsCompleted: false } underWay) return underWay;
            return running = Fetch();
        }
    }

    private async Task RefreshQuietly()
    {
        try { await Refresh(); }
        catch (Exception error) { logger.CatalogueNotRefreshed(error.GetType().Name); }
    }

    private async Task<Reading> Fetch()
    {
        await Task.Yield(); // outside the lock
        var at = time.GetUtcNow();
        var ids = await grains.GetGrain<ITerritoryDirectoryGrain>(ITerritoryDirectoryGrain.Key).List();
        var documents = await Task.WhenAll(ids.Select(id => grains.GetGrain<ITerritoryGrain>(id).Get()));
        var invited = await Task.WhenAll(ids.Select(id => grains.GetGrain<IMembersGrain>(id).List()));
        return current = new(new([.. documents.OfType<TerritoryDocument>()], [.. invited.SelectMany(one => one)]), at);
    }

    private sealed record Reading(TerritorySetView View, DateTimeOffset At);
}

internal static partial class TerritoryLog
{
    [LoggerMessage(30, LogLevel.Warning, "The territories could not be read again ({Kind}); the last reading stays in use.")]
    internal static partial void CatalogueNotRefreshed(this ILogger logger, string kind);
}
