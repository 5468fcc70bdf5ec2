using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using Orleans.TestingHost;
using SnpLive.Grains;
using SnpLive.Silo.Engines;

namespace SnpLive.Tests.Engines;

/// <summary>An engine of its own for some tests, with this assembly's grains too. Several live side by side. Orleans' flavour.</summary>
public sealed class EngineFixture : IAsyncDisposable
{
    private readonly InProcessTestCluster cluster;

    private EngineFixture(InProcessTestCluster cluster) => this.cluster = cluster;

    public IClusterClient Client => cluster.Client;

    public IGrainFactory Grains => Client;

    /// <summary>The services that grains are made from.</summary>
    public IServiceProvider Services => cluster.GetSiloServiceProvider();

    /// <param name="services">Adds what the grains need: storages by name, the domain's clock (otherwise the real one).</param>
    /// <param name="options">Time-outs, collection, queue limits.</param>
    public static async Task<EngineFixture> StartAsync(Action<IServiceCollection>? services = null, EngineOptions? options = null)
    {
        options ??= new();
        var builder = new InProcessTestClusterBuilder(1);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) =>
        {
            EngineHost.Configure(silo, options);
            services?.Invoke(silo.Services);
            silo.Services.TryAddKeyedSingleton(Clocks.Domain, TimeProvider.System);
        });
        builder.ConfigureClient(client =>
            client.Configure<ClientMessagingOptions>(o => o.ResponseTimeout = options.ResponseTimeout));
        var cluster = builder.Build();
        try
        {
            await cluster.DeployAsync();
            return new(cluster);
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await cluster.StopAllSilosAsync();
        await cluster.DisposeAsync();
    }
}
