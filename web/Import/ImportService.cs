using System.Collections.Immutable;
using SnpLive.Grains.Territories;
using SnpLive.Web.Territories;

namespace SnpLive.Web.Import;

/// <summary>A file as it was read.</summary>
internal sealed record ImportFile(string Name, string Content);

/// <summary>One fault of a file.</summary>
internal sealed record ImportFault(string File, string Path, string Code, string Message);

/// <summary>Territory documents, or every fault of all files: nothing is half-imported.</summary>
internal sealed record ImportReading(ImmutableArray<TerritoryDocument> Documents, ImmutableArray<ImportFault> Faults);

/// <summary>Reads territory files.</summary>
internal interface ITerritoryReader
{
    ImportReading Read(IReadOnlyList<ImportFile> files);
}

/// <summary>What the import did to one territory.</summary>
internal sealed record ImportOutcome(string Id, string Name, bool TerritoryChanged, int AgendasChanged, int ProfessionalsChanged, string? Problem);

/// <summary>Imports territories: through HTTP, and the demonstration at the first start.</summary>
internal sealed class ImportService(ITerritoryReader reader, IGrainFactory grains, TerritoryCatalogue catalogue) : IDisposable
{
    // Two imports at once would only disturb each other; a territory is told in one piece.
    private readonly SemaphoreSlim oneAtATime = new(1, 1);

    internal async Task<(IReadOnlyList<ImportOutcome> Outcomes, ImmutableArray<ImportFault> Faults)> Import(IReadOnlyList<ImportFile> files)
    {
        var reading = reader.Read(files);
        if (!reading.Faults.IsEmpty) return ([], reading.Faults);
        await oneAtATime.WaitAsync();
        try
        {
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
