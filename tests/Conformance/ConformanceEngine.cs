using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using SnpLive.Silo.Engines;
using SnpLive.Tests.Engines;

namespace SnpLive.Tests.Conformance;

/// <summary>The engine of a test class; each test uses grain keys of its own.</summary>
public sealed class ConformanceEngine : IAsyncLifetime
{
    private EngineFixture? engine;

    public Stage Stage { get; } = new();

    public MemoryDocuments Documents { get; } = new();

    public IGrainFactory Grains => engine!.Grains;

    public static Task<EngineFixture> StartAsync(Stage stage, MemoryDocuments documents, EngineOptions options) => EngineFixture.StartAsync(
        services =>
        {
            services.AddSingleton(stage);
            services.AddKeyedSingleton<IGrainStorage>(SnpLive.Grains.Documents.Storage, documents);
        },
        options);

    public async ValueTask InitializeAsync() => engine = await StartAsync(Stage, Documents, new() { ResponseTimeout = Stage.Patience });

    public async ValueTask DisposeAsync()
    {
        if (engine is not null) await engine.DisposeAsync();
    }
}
