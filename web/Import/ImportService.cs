using System.Collections.Immutable;
using System.Text;
using SnpLive.Grains.Territories;
using SnpLive.Grains.Territories.Import;
using SnpLive.Web.Territories;

namespace SnpLive.Web.Import;

/// <summary>A file as it was read.</summary>
internal sealed record ImportFile(string Name, string Content);

/// <summary>What the import did to one territory.</summary>
internal sealed record ImportOutcome(string Id, string Name, bool TerritoryChanged, int AgendasChanged, int ProfessionalsChanged, string? Problem);

/// <summary>Imports territories: through HTTP, and the demonstration at the first start.</summary>
internal sealed class ImportService(IGrainFactory grains, TerritoryCatalogue catalogue) : IDisposable
{
    // Two imports at once would only disturb each other; a territory is told in one piece.
    private readonly SemaphoreSlim oneAtATime = new(1, 1);

    internal async Task<(IReadOnlyList<ImportOutcome> Outcomes, ImmutableArray<ImportError> Errors)> Import(IReadOnlyList<ImportFile> files)
    {
        await oneAtATime.WaitAsync();
        try
        {
            await catalogue.Renew();
            var present = (await catalogue.Read()).All;
            var reading = TerritorySet.Read(files.Select(file => new TerritoryFile(file.Name, Encoding.UTF8.GetBytes(file.Content))), present);
            if (!reading.Ok) return ([], reading.Errors);
            var outcomes = new List<ImportOutcome>();
            foreach (var document in reading.Documents) outcomes.Add(await Put(document));
            await catalogue.Renew();
            return (outcomes, []);
        }
        finally { oneAtATime.Release(); }
    }

    public void Dispose() => oneAtATime.Dispose();

    private async Task<ImportOutcome> Put(TerritoryDocument document)
    {
        try
        {
            var done = await grains.GetGrain<ITerritoryGrain>(document.Id).Put(document);
            return new(document.Id, document.Name, done.TerritoryChanged, done.AgendasChanged, done.ProfessionalsChanged, done.Problem);
        }
        catch (TimeoutException)
        {
            // A large territory may take longer than one call: it goes on, and importing again completes it.
            return new(document.Id, document.Name, true, 0, 0, Messages.ImportGoesOn);
        }
    }
}
