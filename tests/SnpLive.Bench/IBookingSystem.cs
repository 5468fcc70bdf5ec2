using System.Runtime;
using SnpLive.Bench.Http;
using SnpLive.Bench.Opponents;
using SnpLive.Silo.Ledger;

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

/// <summary>What a system has used so far, and what its ledger did since the last question.</summary>
/// <param name="Cpu">Of its own process; zero when it lives in the bench's.</param>
/// <param name="Compiled">Methods that the just-in-time compiler of its process has made so far, each tier counted.</param>
/// <param name="Ledger">Null when it has none, or wrote nothing.</param>
internal sealed record SystemUse(TimeSpan Cpu, long Compiled, LedgerFigures? Ledger)
{
    /// <summary>Of a system in this process without a ledger of ours.</summary>
    public static SystemUse Here(LedgerFigures? ledger = null) => new(TimeSpan.Zero, JitInfo.GetCompiledMethodCount(), ledger);
}

/// <summary>One way to sell slots durably: ours, or an opponent's. Each instance has a database of its own on the same server.</summary>
internal interface IBookingSystem : IAsyncDisposable
{
    /// <summary>Creates tables and slots, opens connections.</summary>
    Task Open(string database, Territory territory);

    /// <summary>One caller (0, 1, …) asks for a slot, for a new patient. A caller asks for one slot at a time.</summary>
    Task<Outcome> Book(int caller, string slotId);

    Task<Stored> Stored();

    /// <summary>Use so far; the ledger's figures begin anew with each call.</summary>
    Task<SystemUse> Use() => Task.FromResult(SystemUse.Here());

    /// <summary>
    /// Uses every connection once. A server process reports its counters with the first transaction that ends a second after its last report,
    /// so this makes <c>pg_stat_database</c> complete; its own transactions are measured and subtracted.
    /// </summary>
    Task TouchConnections();
}

/// <summary>A system that takes part.</summary>
/// <param name="Letter">Its name in tables.</param>
/// <param name="Name">What it is.</param>
/// <param name="Create">A fresh one, for one trial.</param>
/// <param name="OwnProcess">Whether it runs in a process of its own, behind HTTP.</param>
internal sealed record Contestant(string Letter, string Name, Func<IBookingSystem> Create, bool OwnProcess = false)
{
    /// <summary>Not a system: see <see cref="MachineLimit"/>.</summary>
    public const string Limit = "limit";

    /// <summary>Those of a level in the order of a round, ours first; the next round runs it backwards.</summary>
    public static IReadOnlyList<Contestant> At(string level, BenchOptions options)
    {
        var pool = options.Pool;
        IEnumerable<Contestant> all = options.Storage == LedgerStorage.Sqlite
            ? [new("ours", "SnpLive on SQLite", () => new OwnSystem(LedgerStorage.Sqlite))]
            : level == "http"
                ? [
                    new("ours", "SnpLive's server: sessions, rights, grain, group commit", () => new HttpSystem("ours", pool), true),
                    new("U", $"minimal API, one INSERT … ON CONFLICT DO NOTHING per booking, pool of {pool}", () => new HttpSystem("U", pool), true),
                    new("L", $"minimal API, a transaction with SELECT … FOR UPDATE per booking, pool of {pool}", () => new HttpSystem("L", pool), true),
                ]
                : [
                    new("ours", "SnpLive: agenda grain, engine, group commit", () => new OwnSystem()),
                    new("U", $"one INSERT … ON CONFLICT DO NOTHING per booking, pool of {pool}", () => new UniqueInsert(pool)),
                    new("L", $"a transaction with SELECT … FOR UPDATE per booking, pool of {pool}", () => new RowLock(pool)),
                    new("S", $"the whole agenda rewritten per booking, pool of {pool}", () => new DocumentPerAgenda(pool)),
                ];
        return [.. all.Where(c => options.Systems.Count == 0 || options.Systems.Contains(c.Letter))];
    }
}
