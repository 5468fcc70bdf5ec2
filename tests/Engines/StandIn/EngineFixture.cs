using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using SnpLive.Grains;
using SnpLive.Silo.Engines;

namespace SnpLive.Tests.Engines;

/// <summary>An engine of its own for some tests, with this assembly's grains too. Several live side by side. The stand-in's flavour.</summary>
public sealed class EngineFixture : IAsyncDisposable
{
    private readonly IHost host;

    private EngineFixture(IHost host)
    {
        this.host = host;
        Client = host.Services.GetRequiredService<IClusterClient>();
    }

    public IClusterClient Client { get; }

    public IGrainFactory Grains => Client;

    /// <summary>The services that grains are made from.</summary>
    public IServiceProvider Services => host.Services;

    /// <param name="services">Adds what the grains need: storages by name, the domain's clock (otherwise the real one).</param>
    /// <param name="options">Time-outs, collection, queue limits.</param>
    public static async Task<EngineFixture> StartAsync(Action<IServiceCollection>? services = null, EngineOptions? options = null)
    {
        options ??= new();
        options.GrainAssemblies.Add(typeof(EngineFixture).Assembly);
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        EngineHost.AddEngine(builder, options);
        services?.Invoke(builder.Services);
        builder.Services.TryAddKeyedSingleton(Clocks.Domain, TimeProvider.System);
        var host = builder.Build();
        await host.StartAsync();
        return new(host);
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await host.StopAsync(limit.Token);
        if (host is IAsyncDisposable disposable) await disposable.DisposeAsync();
        else host.Dispose();
    }
}
