using System.Collections.Immutable;
using System.Data;
using Npgsql;
using SnpLive.Grains.Ledger;

namespace SnpLive.Silo.Ledger.Postgres;

/// <summary>The board: three range reads in one snapshot.</summary>
internal static class PostgresBoard
{
    private const string Slots = """
        SELECT s.slot_id, s.agenda_id, s.starts_at, s.ends_at, s.withdrawn, s.version, s.facts, (SELECT count(*)::int4 FROM occupancy o WHERE o.slot_id = s.slot_id)
        FROM slot s WHERE s.agenda_id = ANY($1) AND s.starts_at < $3 AND s.ends_at > $2 AND s.starts_at > $2 - interval '24 hours'
        ORDER BY s.agenda_id, s.starts_at, s.slot_id
        """;
    private const string Held = "SELECT DISTINCT stream FROM event WHERE kind = 'slot-held' AND occurred_at > $2 AND stream = ANY($1)";

    public static async Task<BoardRead> Read(NpgsqlDataSource source, ImmutableArray<string> agendaIds, DateTimeOffset from, DateTimeOffset to, DateTimeOffset heldSince)
    {
        object streams = agendaIds.Select(LedgerNames.AgendaStream).ToArray();
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead);
        BoardRead board;
        await using (var batch = new NpgsqlBatch(connection, transaction))
        {
            Add(batch, PostgresReads.LastVersions, streams);
            Add(batch, Slots, agendaIds.ToArray(), Instants.Utc(from), Instants.Utc(to));
            Add(batch, Held, streams, Instants.Utc(heldSince));
            await using var reader = await batch.ExecuteReaderAsync();
            var versions = await PostgresReads.Longs(reader);
            await reader.NextResultAsync();
            var slots = await SlotRows(reader);
            await reader.NextResultAsync();
            board = new(versions, slots, await HeldAgendas(reader));
        }
        await transaction.CommitAsync();
        return board;
    }

    private static async Task<ImmutableArray<BoardSlotRow>> SlotRows(NpgsqlDataReader r)
    {
        var rows = ImmutableArray.CreateBuilder<BoardSlotRow>();
        while (await r.ReadAsync()) rows.Add(new(Slot(r, 0), r.GetInt32(7)));
        return rows.DrainToImmutable();
    }

    internal static SlotRow Slot(NpgsqlDataReader r, int at) => new(r.GetString(at), r.GetString(at + 1), r.GetFieldValue<DateTimeOffset>(at + 2),
        r.GetFieldValue<DateTimeOffset>(at + 3), r.GetBoolean(at + 4), r.GetInt64(at + 5), r.GetString(at + 6));

    private static async Task<ImmutableArray<string>> HeldAgendas(NpgsqlDataReader r)
    {
        var ids = ImmutableArray.CreateBuilder<string>();
        while (await r.ReadAsync()) ids.Add(r.GetString(0)[LedgerNames.AgendaStreams.Length..]);
        return ids.DrainToImmutable();
    }

    private static void Add(NpgsqlBatch batch, string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        batch.BatchCommands.Add(command);
    }
}
