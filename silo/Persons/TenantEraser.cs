using System.Collections.Immutable;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.Territories;

namespace SnpLive.Silo.Persons;

/// <summary>Patients first, then the log, then the documents: what is cut off leaves less, never more.</summary>
internal sealed class TenantEraser(Func<IVaultStore> store, VaultOptions options) : ITenantEraser
{
    /// <inheritdoc/>
    public async Task<TenantErased> Erase(string territoryId, ImmutableArray<string> people)
    {
        var notes = 0;
        while (await store().EraseNotes(territoryId, options.Page) is > 0 and var page)
        {
            notes += page;
            await Task.Delay(options.PagePause);
        }
        var streams = await store().StreamsOf(territoryId);
        foreach (var some in streams.Chunk(options.Page))
        {
            await store().EraseStreams([.. some]);
            await Task.Delay(options.PagePause);
        }
        await store().EraseWakes([.. streams.Where(one => one.StartsWith(LedgerNames.AgendaStreams, StringComparison.Ordinal)).Select(one => one[LedgerNames.AgendaStreams.Length..])]);
        await store().EraseDocuments(territoryId, people);
        return new(streams.Length, notes, people.Length);
    }
}
