using Microsoft.AspNetCore.SignalR;
using SnpLive.Grains.Ledger;
using SnpLive.Web.Calls;

namespace SnpLive.Web.Live;

/// <summary>Where a screen is in a view; what it knows when it comes back.</summary>
/// <param name="TerritoryId">The territory; may be left out, the view tells.</param>
/// <param name="View">The view.</param>
/// <param name="Epoch">Its epoch.</param>
/// <param name="Seq">Number of the last frame (or snapshot) applied.</param>
public sealed record WatchCursor(string? TerritoryId, string? View, string? Epoch, long Seq);

/// <summary>Subscribes screens to boards; nothing is commanded here. Errors are codes: <c>invalid-request</c>, <c>territory-unknown</c>, <c>unavailable</c>.</summary>
internal sealed class LiveHub(BoardNode node) : Hub
{
    private const int LongestId = 64;

    /// <summary>
    /// Watches territories: missing frames follow when the cursor is near enough, else a snapshot. All or none: with one unknown (or forbidden)
    /// territory among them nothing is watched.
    /// </summary>
    /// <returns>Where each view is now: a screen already there hears nothing until something changes.</returns>
    public async Task<IReadOnlyList<WatchCursor>> Watch(string[]? territoryIds, WatchCursor?[]? cursors)
    {
        var ids = Check(territoryIds);
        if (cursors?.Length > node.Options.MaxTerritoriesPerCall || LiveConnection.Of(Context.Items) is not { } connection) throw new HubException("invalid-request");
        var views = new List<(string TerritoryId, LiveView View)>(ids.Length);
        try
        {
            foreach (var id in ids)
                views.Add((id, await node.View(connection.Actor, id) ?? throw new HubException("territory-unknown")));
        }
        catch (Exception e) when (e is LedgerUnavailableException or TimeoutException) { throw new HubException("unavailable"); }
        return connection.Watch(views, cursors ?? []) ?? throw new HubException("invalid-request");
    }

    /// <summary>Stops watching; also an innocent question to a server that has been silent.</summary>
    public void Unwatch(string[]? territoryIds) => LiveConnection.Of(Context.Items)?.Unwatch(Check(territoryIds));

    /// <summary>Watches a dispatch centre; a snapshot follows, then frames. Also said again after a gap.</summary>
    public async Task<CentreCursor> WatchCentre(string? centreId)
    {
        if (centreId is not { Length: > 0 and <= LongestId } || LiveConnection.Of(Context.Items) is not { } connection) throw new HubException("invalid-request");
        try { return (Centres is { } centres ? await centres.Watch(connection, centreId) : null) ?? throw new HubException("centre-unknown"); }
        catch (Exception e) when (e is LedgerUnavailableException or TimeoutException or OrleansException) { throw new HubException("unavailable"); }
    }

    /// <summary>Stops watching a dispatch centre.</summary>
    public void UnwatchCentre(string? centreId)
    {
        if (centreId is not null && LiveConnection.Of(Context.Items) is { } connection) Centres?.Unwatch(connection, centreId);
    }

    // Not every host of boards has centres.
    private CentreNode? Centres => Context.GetHttpContext()?.RequestServices.GetService<CentreNode>();

    private string[] Check(string[]? territoryIds)
    {
        if (territoryIds is null || territoryIds.Length > node.Options.MaxTerritoriesPerCall || territoryIds.Any(id => id is not { Length: > 0 and <= LongestId }))
            throw new HubException("invalid-request");
        return [.. territoryIds.Distinct(StringComparer.Ordinal)];
    }
}
