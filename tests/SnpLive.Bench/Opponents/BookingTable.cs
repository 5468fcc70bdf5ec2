using Npgsql;

namespace SnpLive.Bench.Opponents;

/// <summary>
/// What both opponents store: one wide row per booking with the columns of our event, place, claim, person and note, and the same three guards —
/// one booking per place, one effect per (request id, actor), one active booking per patient and care stream. One table instead of our five is in their favour.
/// </summary>
internal static class BookingTable
{
    private const string Schema = """
        CREATE TABLE slot (
          slot_id   text COLLATE "C" PRIMARY KEY,
          agenda_id text COLLATE "C" NOT NULL,
          capacity  integer NOT NULL,
          taken     integer NOT NULL DEFAULT 0
        ) WITH (fillfactor = 80);
        CREATE TABLE booking (
          seq          bigint GENERATED ALWAYS AS IDENTITY,
          slot_id      text COLLATE "C" NOT NULL,
          place        integer NOT NULL,
          booking_id   text COLLATE "C" NOT NULL,
          stream       text COLLATE "C" NOT NULL,
          actor_id     text COLLATE "C" NOT NULL,
          request_id   uuid NOT NULL,
          fingerprint  text COLLATE "C" NOT NULL,
          answer       text COLLATE "C" NOT NULL,
          occurred_at  timestamptz NOT NULL,
          local_date   date NOT NULL,
          territory_id text COLLATE "C" NOT NULL,
          care_stream  text COLLATE "C" NOT NULL,
          kind         text COLLATE "C" NOT NULL,
          channel      text COLLATE "C" NOT NULL,
          schema       integer NOT NULL,
          payload      text COLLATE "C" NOT NULL,
          surrogate    text COLLATE "C" NOT NULL,
          sas_id       text COLLATE "C" NOT NULL,
          trait_hash   text COLLATE "C" NOT NULL,
          sealed       text COLLATE "C" NOT NULL,
          note_sealed  text COLLATE "C",
          claim_until  timestamptz NOT NULL,
          active       boolean NOT NULL,
          PRIMARY KEY (slot_id, place),
          CONSTRAINT booking_request UNIQUE (request_id, actor_id)
        );
        CREATE UNIQUE INDEX booking_patient ON booking (trait_hash, care_stream) WHERE active;
        """;

    /// <summary>
    /// As a team that tuned it would: a pool that is full from the start, statements prepared by Npgsql on first use,
    /// no reset of the session between uses, no JIT for statements this small.
    /// </summary>
    public static NpgsqlDataSource Connect(string database, int pool) => NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database)
    {
        MinPoolSize = pool,
        MaxPoolSize = pool,
        MaxAutoPrepare = 20,
        AutoPrepareMinUsages = 1,
        NoResetOnClose = true,
        Enlist = false,
        Options = "-c jit=off",
    });

    public static async Task Create(NpgsqlDataSource source, Territory territory)
    {
        await using (var create = source.CreateCommand(Schema)) await create.ExecuteNonQueryAsync();
        await using var fill = source.CreateCommand("INSERT INTO slot (slot_id, agenda_id, capacity) SELECT s, a, 1 FROM unnest($1::text[], $2::text[]) AS t(s, a)");
        var slots = Enumerable.Range(0, territory.Slots).Select(territory.SlotId).ToArray();
        fill.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = slots });
        fill.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. slots.Select(s => s[..s.LastIndexOf('.')])] });
        await fill.ExecuteNonQueryAsync();
        await using var analyze = source.CreateCommand("ANALYZE slot");
        await analyze.ExecuteNonQueryAsync();
    }

    public static async Task<Stored> Count(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand(
            "SELECT (SELECT count(*) FROM booking), (SELECT count(*) FROM (SELECT 1 FROM booking GROUP BY slot_id HAVING count(*) > 1) twice)");
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        return new(row.GetInt64(0), row.GetInt64(1));
    }

    /// <summary>Takes all connections of the pool at once, so that each is used.</summary>
    public static async Task TouchAll(NpgsqlDataSource source, int pool)
    {
        var open = await Task.WhenAll(Enumerable.Range(0, pool).Select(_ => source.OpenConnectionAsync().AsTask()));
        foreach (var connection in open)
        {
            // It reads a table: PostgreSQL keeps its transaction counters back after a statement that touches none.
            await using (var command = new NpgsqlCommand("SELECT 1 FROM slot LIMIT 1", connection)) await command.ExecuteScalarAsync();
        }
        foreach (var connection in open) await connection.DisposeAsync();
    }
}
