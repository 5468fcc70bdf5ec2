using System.Collections.Immutable;
using Npgsql;
using SnpLive.Grains.Ledger;

namespace SnpLive.Silo.Ledger.Postgres;

/// <summary>The single-statement reads.</summary>
internal sealed class PostgresReads(NpgsqlDataSource source)
{
    /// <summary>One statement, hence one snapshot: a snapshot row and a tail from different instants could leave a gap.</summary>
    public async Task<StreamRead> Read(string stream)
    {
        await using var command = Command("""
            WITH s AS MATERIALIZED (SELECT version, schema, state FROM snapshot WHERE stream = $1)
            SELECT version, NULL AS actor_id, NULL::uuid AS request_id, NULL AS fingerprint, NULL AS answer, NULL::timestamptz AS occurred_at,
              schema, state AS payload FROM s
            UNION ALL
            (SELECT version, actor_id, request_id, fingerprint, answer, occurred_at, schema, payload FROM event
             WHERE stream = $1 AND version > coalesce((SELECT version FROM s), 0) ORDER BY version)
            """, stream);
        await using var reader = await command.ExecuteReaderAsync();
        SnapshotRow? snapshot = null;
        var tail = ImmutableArray.CreateBuilder<RecordedCommand>();
        while (await reader.ReadAsync())
        {
            if (reader.IsDBNull(1)) snapshot = new(reader.GetInt64(0), reader.GetInt32(6), reader.GetString(7));
            else tail.Add(Command(reader, 0));
        }
        return new(snapshot, tail.DrainToImmutable());
    }

    public Task<RecordedAnswer?> FindAnswer(string actorId, Guid requestId) => First(
        "SELECT stream, version, fingerprint, answer, occurred_at FROM event WHERE request_id = $2 AND actor_id = $1",
        r => new RecordedAnswer(r.GetString(0), r.GetInt64(1), r.GetString(2), r.GetString(3), r.GetFieldValue<DateTimeOffset>(4)), actorId, requestId);

    public async Task<ImmutableArray<long>> ReadVersions(ImmutableArray<string> streams)
    {
        await using var command = Command(LastVersions, (object)streams.ToArray());
        await using var reader = await command.ExecuteReaderAsync();
        return await Longs(reader);
    }

    public async Task<ImmutableArray<DueRow>> ReadDue(DateTimeOffset now, int limit)
    {
        await using var command = Command(
            "SELECT stream, cause, due_at FROM due WHERE due_at <= $1 ORDER BY due_at, stream, cause LIMIT $2", Instants.Utc(now), limit);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = ImmutableArray.CreateBuilder<DueRow>();
        while (await reader.ReadAsync()) rows.Add(new(reader.GetString(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2)));
        return rows.DrainToImmutable();
    }

    public Task<PersonRow?> ReadPerson(string surrogate) => First(
        "SELECT sas_id, sealed FROM person WHERE surrogate = $1", r => new PersonRow(r.GetString(0), r.GetString(1)), surrogate);

    public Task<string?> ReadNote(string noteId) => First("SELECT sealed FROM note WHERE note_id = $1", r => r.GetString(0), noteId);

    public Task<DocumentRow?> ReadDocument(string type, string key) => First(
        "SELECT version, payload FROM document WHERE type = $1 AND key = $2", r => new DocumentRow(r.GetInt64(0), r.GetString(1)), type, key);

    /// <summary>The last version of each stream of an array, in its order: one step into the primary key per stream.</summary>
    internal const string LastVersions = """
        SELECT coalesce((SELECT e.version FROM event e WHERE e.stream = s.stream ORDER BY e.version DESC LIMIT 1), 0)
        FROM unnest($1::text[]) WITH ORDINALITY AS s(stream, n) ORDER BY n
        """;

    internal static async Task<ImmutableArray<long>> Longs(NpgsqlDataReader reader)
    {
        var values = ImmutableArray.CreateBuilder<long>();
        while (await reader.ReadAsync()) values.Add(reader.GetInt64(0));
        return values.DrainToImmutable();
    }

    internal static RecordedCommand Command(NpgsqlDataReader r, int at) => new(r.GetInt64(at), r.GetString(at + 1), r.GetGuid(at + 2), r.GetString(at + 3),
        r.GetString(at + 4), r.GetFieldValue<DateTimeOffset>(at + 5), r.GetInt32(at + 6), r.GetString(at + 7));

    private async Task<T?> First<T>(string sql, Func<NpgsqlDataReader, T> map, params object[] values) where T : class
    {
        await using var command = Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync() ? map(reader) : null;
    }

    private NpgsqlCommand Command(string sql, params object[] values)
    {
        var command = source.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return command;
    }
}
