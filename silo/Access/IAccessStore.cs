using System.Collections.Immutable;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;

namespace SnpLive.Silo.Access;

/// <summary>The table of the access log in one of the databases. All throw <see cref="LedgerUnavailableException"/> when it cannot be reached.</summary>
internal interface IAccessStore
{
    /// <summary>
    /// Adds entries after the newest one, all or none, durable on return. Several callers, also in several processes, are put in an order: each reads the
    /// head and adds to it under one lock (SQLite: the one writer; PostgreSQL: an advisory lock until the commit).
    /// </summary>
    /// <returns>The new head.</returns>
    Task<AccessHead> Append(IReadOnlyList<AccessEntry> entries, AccessChain chain);

    /// <summary>The newest entry.</summary>
    Task<AccessHead> Head();

    /// <summary>Entries after a number, in order.</summary>
    Task<ImmutableArray<AccessRow>> ReadAfter(long seq, int limit);

    /// <summary>Entries that a query finds, the newest first.</summary>
    Task<ImmutableArray<AccessEntry>> Find(AccessQuery query);

    /// <summary>
    /// Removes all entries up to the last one before an instant and adds one that says so (<see cref="AccessChain.Purged"/>), in one transaction. The head always stays.
    /// </summary>
    /// <returns>How many were removed.</returns>
    Task<long> Purge(DateTimeOffset before, AccessChain chain, DateTimeOffset now);
}
