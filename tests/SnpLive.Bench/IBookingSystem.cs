using SnpLive.Grains.Agendas;

namespace SnpLive.Bench;

/// <summary>What a caller learned.</summary>
internal enum Outcome
{
    /// <summary>Durable.</summary>
    Booked,
    /// <summary>The slot is somebody else's.</summary>
    Taken,
    /// <summary>Anything that no caller should meet here. One of them breaks the round.</summary>
    Unexpected,
}

/// <summary>What the database says afterwards.</summary>
/// <param name="Bookings">Rows of bookings.</param>
/// <param name="SoldTwice">Slots with more than one.</param>
/// <param name="Fault">What else is wrong; null when nothing is.</param>
internal sealed record Stored(long Bookings, long SoldTwice, string? Fault = null);

/// <summary>One way to sell slots durably: ours, or an opponent's. Each instance has a database of its own on the same server.</summary>
internal interface IBookingSystem : IAsyncDisposable
{
    /// <summary>Creates tables and slots, opens connections.</summary>
    Task Open(string database, Territory territory);

    Task<Outcome> Book(BookSlot command);

    Task<Stored> Stored();

    /// <summary>
    /// Uses every connection once. A server process reports its counters with the first transaction that ends a second after its last report,
    /// so this makes <c>pg_stat_database</c> complete; its own transactions are measured and subtracted.
    /// </summary>
    Task TouchConnections();
}

/// <summary>A system that takes part.</summary>
internal sealed record Contestant(string Letter, string Name, Func<IBookingSystem> Create)
{
    /// <summary>In the order of a round; the next round runs it backwards.</summary>
    public static IReadOnlyList<Contestant> All(int pool) =>
    [
        new("S", "SnpLive: agenda grain, engine, group commit", () => new OwnSystem()),
        new("U", $"one INSERT … ON CONFLICT DO NOTHING per booking, pool of {pool}", () => new Opponents.UniqueInsert(pool)),
        new("L", $"a transaction with SELECT … FOR UPDATE per booking, pool of {pool}", () => new Opponents.RowLock(pool)),
    ];
}
