using System.Collections.Immutable;

namespace SnpLive.Grains.Territories;

/// <summary>What was removed of a territory.</summary>
/// <param name="Streams">Agendas, requests and notices, with all their rows.</param>
/// <param name="Notes">Notes of patients, with those about whom nothing is left.</param>
/// <param name="People">Professionals who belonged to no other territory, with their accounts.</param>
public sealed record TenantErased(int Streams, int Notes, int People);

/// <summary>
/// Removes a territory from the database, which the log itself never does: its own rows whole, so that no stream has a gap. What stays: the access log to the end
/// of its retention (it must be kept, and names no patient), and the calls of the SAS, which are not the territory's.
/// </summary>
public interface ITenantEraser
{
    /// <summary>Removes it, in pages; asked again, it completes what was cut off.</summary>
    /// <param name="territoryId">The territory. Nobody may reach it any more.</param>
    /// <param name="people">Ids of those who belong to no other.</param>
    Task<TenantErased> Erase(string territoryId, ImmutableArray<string> people);
}
