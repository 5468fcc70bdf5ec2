using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SnpLive.Grains;
using SnpLive.Grains.Requests;
using SnpLive.Silo.Ledger;
using SnpLive.Tests.Ledger;
using SnpLive.Tests.Support;
using SnpLive.Web;

namespace SnpLive.Tests.EndToEnd;

/// <summary>The whole product in this process, with a clock of the domain that a test may move; the engine's own clock goes on.</summary>
internal sealed class TimedSite(TemporaryFolder folder, WebApplication app, MovedClock clock) : IAsyncDisposable
{
    public MovedClock Clock => clock;
    public IGrainFactory Grains => app.Services.GetRequiredService<IGrainFactory>();

    public static async Task<TimedSite> Start(string backend, PostgresServer postgres, JsonObject territory)
    {
        var storage = await Backends.Options(backend, postgres);
        var (folder, clock) = (new TemporaryFolder(), new MovedClock());
        var app = SnpApp.Build(
            ["--port", "0", "--data", folder.File("data"), "--contentRoot", Repository.Web, "--demo-territories", "false", .. storage],
            builder => { builder.Services.AddKeyedSingleton<TimeProvider>(Clocks.Domain, clock); builder.Logging.SetMinimumLevel(LogLevel.Error); });
        await app.StartAsync();
        var files = TestTerritory.Write(folder, territory);
        var import = await Tool.Run(["import", .. files, "--port", $"{new Uri(app.Urls.First()).Port}", "--data", folder.File("data")]);
        Assert.True(import.ExitCode == 0, import.Output);
        return new(folder, app, clock);
    }

    public Task<ApiClient> SignIn(string identity) => ApiClient.SignIn(new Uri(app.Urls.First()), identity);

    /// <summary>Where a care request stands in its own events, whatever the hour.</summary>
    public async Task<string?> Stored(string careRequestId) =>
        JsonNamingPolicy.CamelCase.ConvertName($"{(await Grains.GetGrain<ICareRequestGrain>(careRequestId).Get())?.Status}");

    /// <summary>The audit, beside the running server.</summary>
    public Task<VerifyReport> Audit() => app.Services.GetRequiredService<Verifier>().Run();

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        folder.Dispose();
    }
}

/// <summary>The present, moved.</summary>
internal sealed class MovedClock : TimeProvider
{
    public TimeSpan Offset { get; set; }

    /// <summary>Makes it that instant now; it goes on from there.</summary>
    public void SetTo(DateTimeOffset instant) => Offset = instant - base.GetUtcNow();

    /// <summary>The instant at which it stands still; null: it goes on.</summary>
    public DateTimeOffset? StoodStill { get; set; }

    public override DateTimeOffset GetUtcNow() => StoodStill ?? base.GetUtcNow() + Offset;
}
