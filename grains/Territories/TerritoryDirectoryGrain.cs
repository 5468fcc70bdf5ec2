using System.Collections.Immutable;

namespace SnpLive.Grains.Territories;

/// <summary>What the directory's document holds.</summary>
[GenerateSerializer, Immutable, Alias("snp.TerritoryDirectoryState")]
public sealed record TerritoryDirectoryState
{
    /// <summary>Ids in order of registration.</summary>
    [Id(0)] public ImmutableArray<string> Territories { get; init; } = [];
}

/// <inheritdoc cref="ITerritoryDirectoryGrain"/>
public sealed class TerritoryDirectoryGrain([PersistentState("directory", Documents.Storage)] IPersistentState<TerritoryDirectoryState> document)
    : Grain, ITerritoryDirectoryGrain
{
    /// <inheritdoc/>
    public Task<ImmutableArray<string>> List() => Task.FromResult(document.State.Territories);

    /// <inheritdoc/>
    public async Task Register(string territoryId)
    {
        if (document.State.Territories.Contains(territoryId)) return;
        document.State = new() { Territories = document.State.Territories.Add(territoryId) };
        await document.WriteStateAsync();
    }

    /// <inheritdoc/>
    public async Task Remove(string territoryId)
    {
        if (!document.State.Territories.Contains(territoryId)) return;
        document.State = new() { Territories = document.State.Territories.Remove(territoryId) };
        await document.WriteStateAsync();
    }
}
