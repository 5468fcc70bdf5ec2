using System.Text.Json;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using SnpLive.Web.Sessions;

namespace SnpLive.Web.Live;

/// <summary>The live board of a web node: hub, memory, REST's boards.</summary>
public static class LiveServices
{
    /// <summary>The hub's path.</summary>
    public const string Path = "/hubs/live";

    /// <summary>
    /// Needs from the host: the engine's <c>IGrainFactory</c>, the domain's keyed <see cref="TimeProvider"/>, an <see cref="IActorSource"/>,
    /// an <see cref="IDelegates"/> and an <see cref="ITerritoryReading"/>.
    /// </summary>
    public static IServiceCollection AddLive(this IServiceCollection services, Action<LiveOptions>? configure = null)
    {
        var options = new LiveOptions();
        configure?.Invoke(options);
        services.AddMetrics();
        services.AddSingleton(options);
        services.AddSingleton<LiveMetrics>();
        services.AddSingleton<BoardNode>();
        services.AddHostedService(p => p.GetRequiredService<BoardNode>()); // registered after the engine, hence stopped before it
        services.AddSingleton<IBoards, Boards>();
        services.AddSignalR().AddHubOptions<LiveHub>(hub =>
        {
            hub.SupportedProtocols = [LiveMessages.Protocol];
            hub.KeepAliveInterval = options.KeepAlive;
            hub.ClientTimeoutInterval = options.ClientTimeout;
            hub.MaximumReceiveMessageSize = options.MaxReceiveBytes;
            hub.MaximumParallelInvocationsPerClient = 1;
            hub.StreamBufferCapacity = 1;
            hub.EnableDetailedErrors = false;
        }).AddJsonProtocol(json => json.PayloadSerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.CamelCase);
        services.AddSingleton<IHubProtocol, LiveProtocol>(); // of two with one name SignalR takes the last
        services.AddSingleton<LiveLifetimeManager>();
        services.AddSingleton<HubLifetimeManager<LiveHub>>(p => p.GetRequiredService<LiveLifetimeManager>());
        return services;
    }

    /// <summary>Maps the hub at <see cref="Path"/>: signed-in people from pages of this host only, over WebSockets.</summary>
    public static void MapLive(this IEndpointRouteBuilder endpoints)
    {
        var options = endpoints.ServiceProvider.GetRequiredService<LiveOptions>();
        endpoints.MapHub<LiveHub>(Path, hub =>
        {
            hub.Transports = HttpTransportType.WebSockets;
            hub.TransportMaxBufferSize = options.SendBufferBytes;
            hub.ApplicationMaxBufferSize = options.MaxReceiveBytes * 2;
            hub.CloseOnAuthenticationExpiration = true;
        }).Add(endpoint =>
        {
            var next = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = async context =>
            {
                if (!IsOwnPage(context.Request, options)) context.Response.StatusCode = StatusCodes.Status403Forbidden;
                else if (await context.RequestServices.GetRequiredService<IActorSource>().Find(context.User) is null)
                    context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                else await next(context);
            };
        });
    }

    /// <summary>Browsers send the page's origin with every WebSocket, and cookies with it: a foreign page must not listen in.</summary>
    private static bool IsOwnPage(HttpRequest request, LiveOptions options)
    {
        string? origin = request.Headers.Origin;
        if (string.IsNullOrEmpty(origin)) return true; // no browser
        if (options.AllowedOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase)) return true;
        return Uri.TryCreate(origin, UriKind.Absolute, out var page) && string.Equals(page.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
    }
}
