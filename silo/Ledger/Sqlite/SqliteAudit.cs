using Microsoft.Data.Sqlite;
using SnpLive.Grains.Ledger;

namespace SnpLive.Silo.Ledger.Sqlite;

/// <summary>Reads all tables side by side on one connection, in one transaction.</summary>
internal sealed class SqliteAudit : IAuditSource
{
    private readonly SqliteConnection connection;
    private readonly SqliteTransaction transaction;

    public SqliteAudit(SqliteConnection connection)
    {
        this.connection = connection;
        transaction = connection.BeginTransaction(deferred: true);
    }

    public IAsyncEnumerable<(string Stream, RecordedCommand Row)> Commands() => Rows(
        "SELECT stream, version, actor_id, request_id, fingerprint, answer, occurred_at, schema, payload FROM event ORDER BY stream, version",
        r => (r.GetString(0), SqliteReads.Command(r, 1)));

    public IAsyncEnumerable<(string Stream, ClaimRow Row)> Claims() => Rows(
        "SELECT stream, holder, key, owner, until FROM claim ORDER BY stream, holder, key",
        r => (r.GetString(0), new ClaimRow(r.GetString(1), r.GetString(2), r.GetString(3), SqliteReads.Instant(r, 4))));

    public IAsyncEnumerable<(string Stream, OccupancyRow Row)> Occupancy() => Rows(
        "SELECT stream, slot_id, place, booking_id FROM occupancy ORDER BY stream, slot_id, place",
        r => (r.GetString(0), new OccupancyRow(r.GetString(1), r.GetInt32(2), r.GetString(3))));

    public IAsyncEnumerable<(string Stream, SlotRow Row)> Slots() => Rows(
        "SELECT stream, slot_id, agenda_id, starts_at, ends_at, withdrawn, version, facts FROM slot ORDER BY stream, slot_id",
        r => (r.GetString(0), SqliteReads.Slot(r, 1)));

    public IAsyncEnumerable<(string Stream, SnapshotRow Row)> Snapshots() => Rows(
        "SELECT stream, version, schema, state FROM snapshot ORDER BY stream",
        r => (r.GetString(0), new SnapshotRow(r.GetInt64(1), r.GetInt32(2), r.GetString(3))));

    public IAsyncEnumerable<(string Stream, string Actor, Guid Request, long Times)> RepeatedRequests() => Rows(
        "SELECT min(stream), actor_id, request_id, count(*) FROM event GROUP BY actor_id, request_id HAVING count(*) > 1",
        r => (r.GetString(0), r.GetString(1), new Guid((byte[])r.GetValue(2), bigEndian: true), r.GetInt64(3)));

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }

    private async IAsyncEnumerable<T> Rows<T>(string sql, Func<SqliteDataReader, T> map)
    {
        await using var command = connection.CreateCommand();
        // Constants of this file.
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) yield return map(reader);
    }
}
