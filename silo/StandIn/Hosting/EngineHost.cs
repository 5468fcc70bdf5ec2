using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SnpLive.StandIn;

namespace SnpLive.Silo.Engines;

/// <summary>Puts the engine that this build has into a host. The flavour of the same name in <c>silo/Orleans</c> does it with Orleans.</summary>
public static class EngineHost
{
    /// <summary>Goes with every published figure.</summary>
    public const string Name = "StandIn";

    /// <summary>
    /// Call it before registering hosted services that call grains: those then start after the engine and stop before it.
    /// The documents' storage is a keyed <c>IGrainStorage</c> that the caller registers.
    /// </summary>
    public static void AddEngine(IHostApplicationBuilder builder, EngineOptions options) => AddEngine(builder.Services, options);

    internal static void AddEngine(IServiceCollection services, EngineOptions options)
    {
        var standIn = new StandInOptions
        {
            ResponseTimeout = options.ResponseTimeout,
            CollectionAge = options.CollectionAge,
            CollectionQuantum = options.CollectionQuantum,
            MaxQueuedCalls = options.MaxQueuedCalls,
        };
        services.AddStandIn(standIn, options.GrainAssemblies);
    }
}
