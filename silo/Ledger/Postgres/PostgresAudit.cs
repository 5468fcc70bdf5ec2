using System.Data;
using System.Runtime.CompilerServices;
using Npgsql;
using SnpLive.Grains.Ledger;

namespace SnpLive.Silo.Ledger.Postgres;

/// <summary>Reads all tables side by side: server-side cursors in one read-only transaction.</summary>
internal sealed class PostgresAudit : IAuditSource
{
    private const int FetchRows = 500;
    private readonly NpgsqlConnection connection;
    private readonly NpgsqlTransaction transaction;
    private int cursors;

    private PostgresAudit(NpgsqlConnection connection, NpgsqlTransaction transaction) => (this.connection, this.transaction) = (connection, transaction);

    public static async Task<PostgresAudit> Open(NpgsqlDataSource source)
    {
        var connection = await source.OpenConnectionAsync();
        var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead);
        var audit = new PostgresAudit(connection, transaction);
        // An audit reads and folds at leisure; it holds no lock that a writer could meet.
        await audit.Run("SET TRANSACTION READ ONLY; SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0");
        return audit;
    }

    public IAsyncEnumerable<(string Stream, RecordedCommand Row)> Commands() => Rows(
        "SELECT stream, version, actor_id, request_id, fingerprint, answer, occurred_at, schema, payload FROM event ORDER BY stream, version",
        r => (r.GetString(0), PostgresReads.Command(r, 1)));

    public IAsyncEnumerable<(string Stream, ClaimRow Row)> Claims() => Rows(
        "SELECT stream, holder, key, owner, until FROM claim ORDER BY stream, holder, key",
        r => (r.GetString(0), new ClaimRow(r.GetString(1), r.GetString(2), r.GetString(3), r.GetFieldValue<DateTimeOffset>(4))));

    public IAsyncEnumerable<(string Stream, OccupancyRow Row)> Occupancy() => Rows(
        "SELECT stream, slot_id, place, booking_id FROM occupancy ORDER BY stream, slot_id, place",
        r => (r.GetString(0), new OccupancyRow(r.GetString(1), r.GetInt32(2), r.GetString(3))));

    public IAsyncEnumerable<(string Stream, SlotRow Row)> Slots() => Rows(
        "SELECT stream, slot_id, agenda_id, starts_at, ends_at, withdrawn, version, facts FROM slot ORDER BY stream, slot_id",
        r => (r.GetString(0), PostgresBoard.Slot(r, 1)));

    public IAsyncEnumerable<(string Stream, SnapshotRow Row)> Snapshots() => Rows(
        "SELECT stream, version, schema, state FROM snapshot ORDER BY stream",
        r => (r.GetString(0), new SnapshotRow(r.GetInt64(1), r.GetInt32(2), r.GetString(3))));

    public IAsyncEnumerable<(string Stream, string Actor, Guid Request, long Times)> RepeatedRequests() => Rows(
        "SELECT min(stream), actor_id, request_id, count(*) FROM event GROUP BY actor_id, request_id HAVING count(*) > 1",
        r => (r.GetString(0), r.GetString(1), r.GetGuid(2), r.GetInt64(3)));

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }

    private async IAsyncEnumerable<T> Rows<T>(string select, Func<NpgsqlDataReader, T> map, [EnumeratorCancellation] CancellationToken stop = default)
    {
        var cursor = $"audit_{++cursors}";
        await Run($"DECLARE {cursor} NO SCROLL CURSOR FOR {select}");
        var page = new List<T>(FetchRows);
        do
        {
            page.Clear();
            await Fetch(cursor, map, page, stop);
            foreach (var row in page) yield return row;
        }
        while (page.Count == FetchRows);
        await Run($"CLOSE {cursor}");
    }

    private async Task Fetch<T>(string cursor, Func<NpgsqlDataReader, T> map, List<T> page, CancellationToken stop)
    {
        // A whole page at once: the connection can serve only one reader, and the other cursors want their turn.
        await using var command = Command($"FETCH {FetchRows} FROM {cursor}");
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop)) page.Add(map(reader));
    }

    private async Task Run(string sql)
    {
        await using var command = Command(sql);
        await command.ExecuteNonQueryAsync();
    }

    // Composed from constants and the cursor's own number; nothing comes from outside.
#pragma warning disable CA2100
    private NpgsqlCommand Command(string sql) => new(sql, connection, transaction) { CommandTimeout = 0 };
#pragma warning restore CA2100
}
