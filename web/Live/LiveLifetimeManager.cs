using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using SnpLive.Web.Sessions;

namespace SnpLive.Web.Live;

/// <summary>
/// SignalR's own manager cannot skip a slow member of a group and queues its writes without bound. This one gives each connection a
/// <see cref="LiveConnection"/>, closes those that never take a write, and those whose session has ended.
/// </summary>
internal sealed partial class LiveLifetimeManager : DefaultHubLifetimeManager<LiveHub>, IDisposable
{
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

    /// <inheritdoc/>
    public void Dispose() => timer.Dispose();

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
