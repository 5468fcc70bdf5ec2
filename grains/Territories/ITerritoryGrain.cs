using System.Collections.Immutable;
using Orleans.Concurrency;
using SnpLive.Grains.Territories.Grants;

namespace SnpLive.Grains.Territories;

/// <summary>What an import did to one territory.</summary>
/// <param name="TerritoryChanged">Whether the document changed.</param>
/// <param name="AgendasChanged">How many agendas got a new definition.</param>
/// <param name="ProfessionalsChanged">How many people changed.</param>
/// <param name="Problem">Null, or why it stopped (the import can be repeated).</param>
[GenerateSerializer, Immutable, Alias("snp.TerritoryImported")]
public sealed record TerritoryImported(
    [property: Id(0)] bool TerritoryChanged, [property: Id(1)] int AgendasChanged, [property: Id(2)] int ProfessionalsChanged,
    [property: Id(3)] string? Problem);

/// <summary>One CPTS: its document, and who may do what in it. Never on the way of a booking.</summary>
[Alias("snp.ITerritoryGrain")]
public interface ITerritoryGrain : IGrainWithStringKey
{
    /// <summary>The document, with the grants as they are decided now; null when the territory does not exist.</summary>
    [Alias("Get"), ReadOnly] Task<TerritoryDocument?> Get();

    /// <summary>Keeps the document and hands people and agendas their part; writes nothing when nothing changed.</summary>
    [Alias("Put")] Task<TerritoryImported> Put(TerritoryDocument document);

    /// <summary>Grants with who decided them and what became of them, in the order they were given.</summary>
    [Alias("Grants"), ReadOnly] Task<ImmutableArray<GrantEntry>> Grants();

    /// <summary>Changes grants; accepted ones are in force on every agenda when it answers.</summary>
    [Alias("Execute")] Task<GrantAnswer> Execute(GrantCommand command);

    /// <summary>A wake-up of the sweeper: hands the grants to the agendas again.</summary>
    [Alias("Wake")] Task Wake(string cause);

    /// <summary>Takes the territory out of the directory and forgets its document: nobody reaches it any more. Its rows go afterwards (<see cref="ITenantEraser"/>).</summary>
    [Alias("Erase")] Task Erase();
}

/// <summary>The list of territories. One grain, key <see cref="Key"/>.</summary>
[Alias("snp.ITerritoryDirectoryGrain")]
public interface ITerritoryDirectoryGrain : IGrainWithStringKey
{
    /// <summary>The only key.</summary>
    const string Key = "all";

    /// <summary>Ids in the order they were registered.</summary>
    [Alias("List"), ReadOnly] Task<ImmutableArray<string>> List();

    /// <summary>Adds an id, once.</summary>
    [Alias("Register")] Task Register(string territoryId);

    /// <summary>Removes an id; one that is not there changes nothing.</summary>
    [Alias("Remove")] Task Remove(string territoryId);
}
