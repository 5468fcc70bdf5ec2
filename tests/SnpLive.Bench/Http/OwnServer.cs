using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using SnpLive.Web;

namespace SnpLive.Bench.Http;

/// <summary>Our server as <c>./snp run</c> starts it, filled through its own import.</summary>
internal static class OwnServer
{
    // The import takes so many files at once.
    private const int FilesAtOnce = 50;

    public static async Task<(WebApplication App, ServedStore Store)> Start(ServeOptions options)
    {
        var pages = Directory.CreateDirectory(Path.Combine(options.Data, "wwwroot")).FullName; // no browser comes here
        string[] arguments = ["--port", "0", "--storage", "postgres", "--connection", options.Database, "--data", options.Data, "--demo-territories", "false", "--webroot", pages];
        var app = SnpApp.Build(arguments, Serve.Quieten);
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new(app.Urls.First()), Timeout = TimeSpan.FromMinutes(10) };
        client.DefaultRequestHeaders.Add("X-Snp-Operator", (await File.ReadAllTextAsync(Path.Combine(options.Data, "operator.token"))).Trim());
        foreach (var files in TerritoryFiles.Of(options.Territory).Chunk(FilesAtOnce))
        {
            using var response = await client.PostAsJsonAsync("/api/import", new { files = files.Select(f => new { name = f.Name, content = f.Content }) });
            if (!response.IsSuccessStatusCode) throw new InvalidOperationException($"The import failed: {await response.Content.ReadAsStringAsync()}");
        }
        var store = new OwnStore(app.Services);
        await store.OpenAgendas(options.Territory, configure: false);
        return (app, new(store.Stored, store.TouchConnections));
    }
}
