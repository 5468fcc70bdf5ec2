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
    : DocumentGrain<TerritoryDirectoryState>(document), ITerritoryDirectoryGrain
{
    /// <inheritdoc/>
    public Task<ImmutableArray<string>> List() => Task.FromResult(State.Territories);

    /// <inheritdoc/>
    public Task Register(string territoryId) =>
        State.Territories.Contains(territoryId) ? Task.CompletedTask : Keep(new() { Territories = State.Territories.Add(territoryId) });

    /// <inheritdoc/>
    public Task Remove(string territoryId) =>
        State.Territories.Contains(territoryId) ? Keep(new() { Territories = State.Territories.Remove(territoryId) }) : Task.CompletedTask;
}
