using Npgsql;
using SnpLive.Grains.Agendas;

namespace SnpLive.Bench.Opponents;

/// <summary>
/// U: one auto-committed <c>INSERT … ON CONFLICT DO NOTHING</c> per booking. The unique indexes decide; PostgreSQL shares fsyncs between sessions by itself.
/// Only who is refused asks a second time, to tell a repeat from a lost race.
/// </summary>
internal sealed class UniqueInsert(int pool) : IOpponent
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
        await using (var insert = new NpgsqlCommand(BookingRow.Insert + " ON CONFLICT DO NOTHING", connection))
        {
            var confirmed = BookingRow.Fill(insert.Parameters, command, territory!.Facts(command.SlotId));
            if (await insert.ExecuteNonQueryAsync() == 1) return (Outcome.Booked, confirmed);
        }
        await using var repeat = new NpgsqlCommand(BookingRow.Repeat, connection);
        BookingRow.FillRepeat(repeat.Parameters, command);
        return (BookingRow.OfRepeat(await repeat.ExecuteScalarAsync(), command), null);
    }

    public Task<Stored> Stored() => BookingTable.Count(source!);

    public Task TouchConnections() => BookingTable.TouchAll(source!, pool);

    public async ValueTask DisposeAsync()
    {
        if (source is not null) await source.DisposeAsync();
    }
}
