using System.Net.Sockets;
using Npgsql;
using SnpLive.Grains.Ledger;

namespace SnpLive.Silo.Ledger.Postgres;

/// <summary>What PostgreSQL's errors mean for a commit.</summary>
internal static class PostgresErrors
{
    /// <summary>Raised by <c>ledger_expect</c>: a row changed between the statement's snapshot and its write.</summary>
    public const string RowChanged = "SL001";

    /// <summary>
    /// The server refused the statement and lives: nothing of it is durable. A FATAL error is another matter: it may follow a commit whose answer was not sent yet.
    /// </summary>
    public static bool IsRolledBack(PostgresException e) => e.InvariantSeverity == "ERROR";

    /// <summary>Two processes met; the same statement may well succeed now.</summary>
    public static bool IsConflict(PostgresException e) => e.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure;

    /// <summary>Another process was first with a row that the statement's snapshot did not show; the next snapshot will.</summary>
    public static bool IsRace(PostgresException e) => e.SqlState is PostgresErrorCodes.UniqueViolation or RowChanged;

    /// <summary>No commit would fare better: read-only server, disk full, out of memory or connections, shutting down, internal trouble.</summary>
    public static bool IsServerWide(PostgresException e) =>
        e.SqlState == PostgresErrorCodes.ReadOnlySqlTransaction
        || e.SqlState.StartsWith("53", StringComparison.Ordinal) || e.SqlState.StartsWith("58", StringComparison.Ordinal)
        || e.SqlState.StartsWith("08", StringComparison.Ordinal) || e.SqlState.StartsWith("57P", StringComparison.Ordinal);

    /// <summary>It waited too long for a lock or in all; rolled back.</summary>
    public static bool IsTooLate(PostgresException e) => e.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled;

    /// <summary>Turns what reads throw into <see cref="LedgerUnavailableException"/> where the database is at fault; a wrong statement stays an error.</summary>
    public static async Task<T> Guard<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (PostgresException e) when (!IsServerWide(e) && !IsTooLate(e) && !IsConflict(e) && IsRolledBack(e))
        {
            throw;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or SocketException or IOException)
        {
            throw new LedgerUnavailableException("The ledger's database cannot be reached or answered too late.", e);
        }
    }
}
