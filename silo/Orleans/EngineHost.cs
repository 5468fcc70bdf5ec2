using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace SnpLive.Silo.Engines;

/// <summary>Puts the engine that this build has into a host. The flavour of the same name in <c>silo/StandIn/Hosting</c> does it without Orleans.</summary>
public static class EngineHost
{
    /// <summary>Goes with every published figure.</summary>
    public const string Name = "Orleans";

    /// <summary>
    /// A grain that was fenced goes, and the calls that wait for it move to its successor, which may be fenced too. Orleans gives a
    /// call up after two moves, and its caller learns nothing; here its time-out bounds it first.
    /// </summary>
    private const int MaxMoves = 100;

    /// <summary>
    /// Call it before registering hosted services that call grains: those then start after the engine and stop before it.
    /// The documents' storage is a keyed <c>IGrainStorage</c> that the caller registers: Orleans resolves it by the same key.
    /// </summary>
    public static void AddEngine(IHostApplicationBuilder builder, EngineOptions options) => builder.UseOrleans(silo =>
    {
        var ports = LoopbackPorts.Of(options.SiloPort, options.GatewayPort);
        silo.UseLocalhostClustering(ports.Silo, ports.Gateway, serviceId: options.ServiceId, clusterId: options.ClusterId);
        Configure(silo, options);
    });

    /// <summary>All but the clustering, which the test cluster brings itself.</summary>
    internal static void Configure(ISiloBuilder silo, EngineOptions options)
    {
        silo.Configure<SiloMessagingOptions>(o =>
        {
            o.ResponseTimeout = options.ResponseTimeout;
            o.MaxEnqueuedRequestsHardLimit = options.MaxQueuedCalls;
            o.MaxForwardCount = MaxMoves;
        });

        // The client that lives in the silo's process takes its time-out from the silo's options; an outside client from these.
        silo.Configure<ClientMessagingOptions>(o => o.ResponseTimeout = options.ResponseTimeout);
        silo.Configure<GrainCollectionOptions>(o =>
        {
            o.CollectionAge = options.CollectionAge;
            o.CollectionQuantum = options.CollectionQuantum;
        });
    }
}
