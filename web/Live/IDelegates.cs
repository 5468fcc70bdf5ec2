using System.Collections.Immutable;
using SnpLive.Grains.People;
using SnpLive.Grains.Territories;

namespace SnpLive.Web.Live;

/// <summary>Which agendas somebody manages because their practitioner asked them to.</summary>
internal interface IDelegates
{
    /// <summary>Ids of a territory's agendas, sorted; some seconds old. Empty at once for who cannot be a delegate.</summary>
    ValueTask<ImmutableArray<string>> Of(Actor actor, TerritoryDocument territory);
}
