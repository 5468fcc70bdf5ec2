using System.Collections.Immutable;
using Orleans.Concurrency;
using SnpLive.Grains.Agendas;

namespace SnpLive.Grains.Boards;

/// <summary>What one commit changed on an agenda.</summary>
/// <param name="AgendaId">The agenda.</param>
/// <param name="FromVersion">The version before; a board that knows another one has a gap.</param>
/// <param name="Version">The version after.</param>
/// <param name="Slots">Slots as they are now.</param>
[GenerateSerializer, Immutable, Alias("snp.AgendaChange")]
public sealed record AgendaChange(
    [property: Id(0)] string AgendaId, [property: Id(1)] long FromVersion, [property: Id(2)] long Version, [property: Id(3)] ImmutableArray<SlotPicture> Slots);

/// <summary>The whole picture of a territory at (epoch, seq).</summary>
/// <param name="TerritoryId">The territory.</param>
/// <param name="Epoch">Changes when the board starts anew or the territory's document changes.</param>
/// <param name="Seq">Number of the last change in it.</param>
/// <param name="AsOf">UTC.</param>
/// <param name="Slots">All slots.</param>
[GenerateSerializer, Immutable, Alias("snp.BoardSnapshot")]
public sealed record BoardSnapshot(
    [property: Id(0)] string TerritoryId, [property: Id(1)] string Epoch, [property: Id(2)] long Seq, [property: Id(3)] DateTimeOffset AsOf,
    [property: Id(4)] ImmutableArray<SlotPicture> Slots);

/// <summary>One change of the picture; <see cref="Seq"/> follows the one before without a gap.</summary>
/// <param name="TerritoryId">The territory.</param>
/// <param name="Epoch">Board epoch.</param>
/// <param name="Seq">Number.</param>
/// <param name="AsOf">UTC.</param>
/// <param name="Slots">Slots as they are now.</param>
/// <param name="Removed">Slots that left the picture.</param>
[GenerateSerializer, Immutable, Alias("snp.BoardFrame")]
public sealed record BoardFrame(
    [property: Id(0)] string TerritoryId, [property: Id(1)] string Epoch, [property: Id(2)] long Seq, [property: Id(3)] DateTimeOffset AsOf,
    [property: Id(4)] ImmutableArray<SlotPicture> Slots, [property: Id(5)] ImmutableArray<string> Removed);

/// <summary>A request of a territory is not what it was. No content: screens that may know it ask again.</summary>
/// <param name="TerritoryId">The territory.</param>
/// <param name="OrganizationId">Who asked.</param>
/// <param name="OnBehalfOf">The professional for whom; null: for the requester.</param>
/// <param name="Owner">Who looks after it now; null: nobody.</param>
[GenerateSerializer, Immutable, Alias("snp.RequestNews")]
public sealed record RequestNews(
    [property: Id(0)] string TerritoryId, [property: Id(1)] string OrganizationId, [property: Id(2)] string? OnBehalfOf, [property: Id(3)] string? Owner);

/// <summary>A web node that watches boards.</summary>
[Alias("snp.IBoardObserver")]
public interface IBoardObserver : IGrainObserver
{
    /// <summary>A change. May be lost; the node notices by number.</summary>
    [Alias("Changed"), OneWay] Task Changed(BoardFrame frame);

    /// <summary>News beside the picture. May be lost: screens also ask by themselves now and then.</summary>
    [Alias("RequestChanged"), OneWay] Task RequestChanged(RequestNews news);
}

/// <summary>The live picture of a territory's slots, its numbering, and the web nodes that watch. In memory only.</summary>
[Alias("snp.IBoardGrain")]
public interface IBoardGrain : IGrainWithStringKey
{
    /// <summary>From an agenda, after its commit; may be lost, the board compares versions with the ledger.</summary>
    [Alias("AgendaChanged"), OneWay] Task AgendaChanged(AgendaChange change);

    /// <summary>From a care request, after its commit; may be lost.</summary>
    [Alias("RequestChanged"), OneWay] Task RequestChanged(RequestNews news);

    /// <summary>From the territory: its document changed; a new epoch begins.</summary>
    [Alias("TerritoryChanged"), OneWay] Task TerritoryChanged();

    /// <summary>Takes or renews a lease of a web node; answers with a snapshot when the node is not at (epoch, seq) of the picture, else null.</summary>
    /// <param name="nodeId">The node.</param>
    /// <param name="observer">Its observer.</param>
    /// <param name="epoch">What the node knows; null at first.</param>
    /// <param name="seq">What the node knows.</param>
    [Alias("Watch")] Task<BoardSnapshot?> Watch(string nodeId, IBoardObserver observer, string? epoch, long seq);

    /// <summary>Whose turn it is among equally good slots, per agenda of the territory (<see cref="FairShare"/>); some minutes old.</summary>
    [Alias("Turns")] Task<ImmutableArray<AgendaTurn>> Turns();

    /// <summary>Ends a lease.</summary>
    [Alias("Unwatch")] Task Unwatch(string nodeId);
}
