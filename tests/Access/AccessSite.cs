using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SnpLive.Grains;
using SnpLive.Silo.Access;
using SnpLive.Tests.EndToEnd;
using SnpLive.Tests.Ledger;
using SnpLive.Tests.Support;
using SnpLive.Tests.Web;
using SnpLive.Web;
using SnpLive.Web.Import;

namespace SnpLive.Tests.Access;

/// <summary>The whole product in this process with two neighbouring tenants; the coordinator is the data officer and keeps the grants, the doctor is the medical lead.</summary>
internal sealed class AccessSite : IAsyncDisposable
{
    internal const string T = "acc";
    internal const string Other = "autre";
    private readonly TemporaryFolder folder = new();
    private WebApplication app = null!;

    internal LogLines Logs { get; } = new();
    internal MovedClock Clock { get; } = new();
    internal Uri Address => new(app.Urls.First());
    internal IServiceProvider Services => app.Services;
    internal string Data => folder.File("data");
    internal string[] Storage { get; private init; } = [];

    /// <summary>Every address that was asked for, as it was written.</summary>
    internal System.Collections.Concurrent.ConcurrentQueue<string> Asked { get; } = new();

    internal static async Task<AccessSite> Start(string backend, PostgresServer postgres, params string[] more)
    {
        var site = new AccessSite { Storage = await Backends.Options(backend, postgres) };
        site.app = SnpApp.Build(
            ["--port", "0", "--data", site.Data, "--contentRoot", Repository.Web, "--demo-territories", "false", "--RateLimits:Enabled", "false", .. site.Storage, .. more],
            builder =>
            {
                builder.Services.AddKeyedSingleton<TimeProvider>(Clocks.Domain, site.Clock);
                builder.Services.AddSingleton<IStartupFilter>(new AskedFilter(site.Asked));
                builder.Logging.ClearProviders().AddProvider(site.Logs).SetMinimumLevel(LogLevel.Trace);
            });
        await site.app.StartAsync();
        var files = TestTerritory.Write(site.folder, Territory(T, "sas-acc"), Territory(Other, "sas-autre"));
        var (_, errors) = await site.app.Services.GetRequiredService<ImportService>().Import([.. files.Select(f => new ImportFile(Path.GetFileName(f), File.ReadAllText(f)))]);
        Assert.Empty(errors);
        return site;
    }

    internal Task<ApiClient> SignIn(string identity) => ApiClient.SignIn(Address, identity);

    internal Task<AccessReport> Verify() => Services.GetRequiredService<AccessVerifier>().Run();

    internal Task Stop() => app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        folder.Dispose();
    }

    private sealed class AskedFilter(System.Collections.Concurrent.ConcurrentQueue<string> asked) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, then) =>
            {
                asked.Enqueue(Uri.UnescapeDataString(context.Features.Get<IHttpRequestFeature>()!.RawTarget));
                return then(context);
            });
            next(app);
        };
    }

    private static JsonObject Territory(string id, string sas)
    {
        var territory = TestTerritory.Of(id, sas, doctors: 1);
        void Grant(string role, string? named, params string[] actions)
        {
            var grant = new JsonObject
            {
                ["roles"] = new JsonArray(role), ["streams"] = new JsonArray("*"), ["actions"] = new JsonArray([.. actions.Select(one => JsonValue.Create(one))]), ["source"] = "essai",
            };
            if (named is not null) (grant["condition"], grant["person"]) = ("namedPerson", named);
            territory["grants"]!.AsArray().Add((JsonNode)grant);
        }
        Grant("coordinator", null, "readAudit", "manageGrants");
        Grant("regulator", null, "breakGlass");
        Grant("generalPractitioner", $"{id}-gp-1", "reviewBreakGlass");
        return territory;
    }
}
