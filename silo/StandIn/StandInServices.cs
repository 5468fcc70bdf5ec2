using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;

namespace SnpLive.StandIn;

public static class StandInServices
{
    /// <summary>
    /// Registers the engine, with the grain classes of the given assemblies. Hosted services stop in reverse order:
    /// register it before whatever calls grains while it stops.
    /// </summary>
    public static IServiceCollection AddStandIn(
        this IServiceCollection services, StandInOptions options, IEnumerable<Assembly> grainAssemblies)
    {
        var classes = new GrainClassCatalog(grainAssemblies.Distinct());
        services.AddSingleton(provider => new GrainEngine(provider, provider.GetRequiredService<ILoggerFactory>(), options, classes));
        services.AddSingleton<IClusterClient>(provider => provider.GetRequiredService<GrainEngine>());
        services.AddSingleton<IGrainFactory>(provider => provider.GetRequiredService<GrainEngine>());
        return services.AddHostedService(provider => provider.GetRequiredService<GrainEngine>());
    }
}
