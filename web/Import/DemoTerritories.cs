using SnpLive.Grains.Territories;
using SnpLive.Web.Hosting;

namespace SnpLive.Web.Import;

/// <summary>Fills an empty store with the demonstration territories, before the server listens.</summary>
internal sealed class DemoTerritories(
    ServerOptions server, IWebHostEnvironment environment, IGrainFactory grains, ImportService imports, ILogger<DemoTerritories> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var folder = Path.Combine(environment.ContentRootPath, "demo");
        if (!server.LoadDemo || !Directory.Exists(folder)) return;
        if (!(await grains.GetGrain<ITerritoryDirectoryGrain>(ITerritoryDirectoryGrain.Key).List()).IsEmpty) return;

        var files = new List<ImportFile>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
            files.Add(new(Path.GetFileName(file), await File.ReadAllTextAsync(file, cancellationToken)));
        if (files.Count == 0) return;

        var (outcomes, errors) = await imports.Import(files);
        foreach (var outcome in outcomes) logger.DemoLoaded(outcome.Id, outcome.AgendasChanged, outcome.ProfessionalsChanged, outcome.Problem ?? "");
        if (errors.IsEmpty) return;
        foreach (var error in errors) logger.DemoError(error.File, error.Path, error.Message);
        throw new StartRefusedException(Messages.DemoRefused(errors.Length));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

internal static partial class ImportLog
{
    [LoggerMessage(40, LogLevel.Information, "Demonstration territory {Territory}: {Agendas} agendas, {People} people. {Problem}")]
    internal static partial void DemoLoaded(this ILogger logger, string territory, int agendas, int people, string problem);

    [LoggerMessage(41, LogLevel.Error, "{File} {Path}: {Message}")]
    internal static partial void DemoError(this ILogger logger, string file, string path, string message);
}
