using Npgsql;
using SnpLive.Grains.Agendas;

namespace SnpLive.Bench.Opponents;

/// <summary>
/// L: a transaction that locks the slot's row, looks whether a place is left, writes and commits: three round trips (BEGIN travels with the first
/// statement, the insert with the update). The unique indexes stay, as a second lock and for the request guard.
/// </summary>
internal sealed class RowLock(int pool) : IOpponent
{
    private NpgsqlDataSource? source;
    private Territory? territory;

    public async Task Open(string database, Territory territory)
    {
        this.territory = territory;
        source = BookingTable.Connect(database, pool);
        await BookingTable.Create(source, territory);
        await BookingTable.TouchAll(source, pool);
    }

    public async Task<(Outcome Outcome, BookingConfirmed? Confirmed)> Book(BookSlot command)
    {
        await using var connection = await source!.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        if (!await LockFree(connection, command.SlotId))
        {
            await using var repeat = new NpgsqlCommand(BookingRow.Repeat, connection);
            BookingRow.FillRepeat(repeat.Parameters, command);
            return (BookingRow.OfRepeat(await repeat.ExecuteScalarAsync(), command), null);
        }
        BookingConfirmed confirmed;
        await using (var batch = new NpgsqlBatch(connection))
        {
            var insert = new NpgsqlBatchCommand(BookingRow.Insert);
            confirmed = BookingRow.Fill(insert.Parameters, command, territory!.Facts(command.SlotId));
            batch.BatchCommands.Add(insert);
            var take = new NpgsqlBatchCommand("UPDATE slot SET taken = taken + 1 WHERE slot_id = $1");
            take.Parameters.Add(new NpgsqlParameter<string> { TypedValue = command.SlotId });
            batch.BatchCommands.Add(take);
            await batch.ExecuteNonQueryAsync();
        }
        await transaction.CommitAsync();
        return (Outcome.Booked, confirmed);
    }

    public async Task<Stored> Stored()
    {
        var stored = await BookingTable.Count(source!);
        await using var command = source!.CreateCommand("SELECT coalesce(sum(taken), 0) FROM slot");
        var taken = (long)(await command.ExecuteScalarAsync())!;
        return taken == stored.Bookings ? stored : stored with { Fault = $"slots say that {taken} places are taken" };
    }

    public Task TouchConnections() => BookingTable.TouchAll(source!, pool);

    public async ValueTask DisposeAsync()
    {
        if (source is not null) await source.DisposeAsync();
    }

    private static async Task<bool> LockFree(NpgsqlConnection connection, string slotId)
    {
        // After waiting for the lock PostgreSQL re-reads this row, so the columns are the present ones.
        await using var command = new NpgsqlCommand("SELECT capacity - taken FROM slot WHERE slot_id = $1 FOR UPDATE", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = slotId });
        return await command.ExecuteScalarAsync() is int places && places > 0;
    }
}
