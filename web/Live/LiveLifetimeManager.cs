using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using SnpLive.Grains.Boards;
using SnpLive.Grains.Requests;
using SnpLive.Web.Sessions;

namespace SnpLive.Web.Live;

/// <summary>
/// SignalR's own manager cannot skip a slow member of a group and queues its writes without bound. This one gives each connection a
/// <see cref="LiveConnection"/>, closes those that never take a write, and those whose session has ended.
/// </summary>
internal sealed partial class LiveLifetimeManager : DefaultHubLifetimeManager<LiveHub>, IDisposable
{
    /// <summary>The hub's message: <c>Requests(territoryId)</c>: look again at your list of requests.</summary>
    internal const string RequestsMessage = "Requests";
    private static readonly TimeSpan LookAround = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, LiveConnection> connections = new(StringComparer.Ordinal);
    private readonly BoardNode node;
    private readonly LiveMetrics metrics;
    private readonly IServiceScopeFactory scopes;
    private readonly ILogger log;
    private readonly Timer timer;

    public LiveLifetimeManager(BoardNode node, LiveMetrics metrics, IServiceScopeFactory scopes, ILogger<DefaultHubLifetimeManager<LiveHub>> log) : base(log)
    {
        (this.node, this.metrics, this.scopes, this.log) = (node, metrics, scopes, log);
        timer = new(_ => LookAtAll(), null, LookAround, LookAround);
        node.Requests += TellOfRequest;
    }

    /// <inheritdoc/>
    public override async Task OnConnectedAsync(HubConnectionContext connection)
    {
        await base.OnConnectedAsync(connection);
        metrics.Connections.Add(1);
        if (await Find(connection) is { } actor) connections[connection.ConnectionId] = new(connection, actor, node, metrics, log);
        else connection.Abort();
    }

    /// <inheritdoc/>
    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        metrics.Connections.Add(-1);
        if (connections.TryRemove(connection.ConnectionId, out var gone)) gone.Close();
        return base.OnDisconnectedAsync(connection);
    }

    /// <summary>Sends a message to the screens of some people, beside the boards.</summary>
    public void Offer(Func<Grains.People.Actor, bool> to, string target, params object?[] arguments)
    {
        var message = new InvocationMessage(target, arguments);
        foreach (var (_, connection) in connections)
            if (to(connection.Actor)) connection.Offer(message);
    }

    /// <summary>Some people may have to see other slots than before: their screens are given what they may see now, without waiting for the next check.</summary>
    public void LookAgain(Func<Grains.People.Actor, bool> at)
    {
        foreach (var (_, connection) in connections)
            if (at(connection.Actor)) connection.Know(connection.Actor);
    }

    /// <summary>Somebody's session may have ended: their screens are looked up now, without waiting for the next check.</summary>
    public void LookUpAgain(string personId)
    {
        foreach (var (_, connection) in connections)
            if (connection.Actor.Id == personId) _ = CheckActor(connection);
    }

    /// <inheritdoc/>
    public void Dispose() => timer.Dispose();

    /// <summary>No content: who may know the request asks for it.</summary>
    private void TellOfRequest(RequestNews news) => Offer(
        actor => RequestRights.IsDesk(actor, news.TerritoryId) || actor.OrganizationId == news.OrganizationId || actor.Id == news.OnBehalfOf || actor.Id == news.Owner,
        RequestsMessage, news.TerritoryId);

    private void LookAtAll()
    {
        foreach (var (_, connection) in connections)
        {
            if (connection.IsStuck(node.Options.WritePatience))
            {
                metrics.SlowAborts.Add(1);
                connection.Context.Abort();
            }
            else if (connection.WantsActorCheck(node.Options.ActorCheck)) _ = CheckActor(connection);
        }
    }

    private async Task CheckActor(LiveConnection connection)
    {
        try { connection.Know(await Find(connection.Context)); }
        catch (Exception e) { LogCheckFailed(log, e); } // next time
    }

    private async Task<Grains.People.Actor?> Find(HubConnectionContext connection)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IActorSource>().Find(connection.User);
    }

    [LoggerMessage(1, LogLevel.Warning, "A connection's person could not be looked up.")]
    private static partial void LogCheckFailed(ILogger log, Exception error);
}
