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

    public Task<ImmutableArray<string>> ReadBookedStreams(ImmutableArray<string> actorIds, DateTimeOffset since) => Texts(
        "SELECT DISTINCT stream FROM event WHERE kind = 'slot-booked' AND actor_id = ANY($1) AND occurred_at >= $2 ORDER BY stream",
        actorIds.ToArray(), Instants.Utc(since));

    public Task<ImmutableArray<string>> ReadRequestStreams(ImmutableArray<string> territoryIds, DateTimeOffset since) => Texts(
        "SELECT stream FROM event WHERE kind = 'request-opened' AND territory_id = ANY($1) AND occurred_at >= $2 ORDER BY stream",
        territoryIds.ToArray(), Instants.Utc(since));

    public Task<ClaimRow?> ReadClaimByTraits(string sasId, ImmutableArray<string> traitHashes, string key, DateTimeOffset now) => First("""
        SELECT c.holder, c.key, c.owner, c.until FROM person_trait p JOIN claim c ON c.holder = p.surrogate AND c.key = $3
        WHERE p.sas_id = $1 AND p.trait_hash = ANY($2) AND c.until > $4
        """, Claim, sasId, traitHashes.ToArray(), key, Instants.Utc(now));

    public async Task<ImmutableArray<ClaimRow>> ReadClaims(string holder, DateTimeOffset now)
    {
        await using var command = Command("""SELECT holder, key, owner, until FROM claim WHERE holder = $1 AND until > $2 ORDER BY key COLLATE "C" """, holder, Instants.Utc(now));
        await using var reader = await command.ExecuteReaderAsync();
        var claims = ImmutableArray.CreateBuilder<ClaimRow>();
        while (await reader.ReadAsync()) claims.Add(Claim(reader));
        return claims.DrainToImmutable();
    }

    public Task<PersonRow?> ReadPerson(string surrogate) => First(
        "SELECT sas_id, sealed, objected_at FROM person WHERE surrogate = $1",
        r => new PersonRow(r.GetString(0), r.GetString(1), r.IsDBNull(2) ? null : r.GetFieldValue<DateTimeOffset>(2)), surrogate);

    public async Task<ImmutableArray<(string TraitHash, string Surrogate)>> ReadSurrogates(string sasId, ImmutableArray<string> traitHashes)
    {
        await using var command = Command("SELECT trait_hash, surrogate FROM person_trait WHERE sas_id = $1 AND trait_hash = ANY($2)", sasId, traitHashes.ToArray());
        await using var reader = await command.ExecuteReaderAsync();
        var found = ImmutableArray.CreateBuilder<(string, string)>();
        while (await reader.ReadAsync()) found.Add((reader.GetString(0), reader.GetString(1)));
        return found.DrainToImmutable();
    }

    public Task<ImmutableArray<string>> ReadTraitHashes(string surrogate) => Texts("SELECT trait_hash FROM person_trait WHERE surrogate = $1 ORDER BY trait_hash", surrogate);

    public async Task<ImmutableArray<RecordedCommand>> ReadMentions(string stream, ImmutableArray<string> ids, DateTimeOffset since)
    {
        await using var command = Command("""
            SELECT version, actor_id, request_id, fingerprint, answer, occurred_at, schema, payload FROM event
            WHERE stream = $1 AND occurred_at >= $3 AND EXISTS (SELECT 1 FROM unnest($2::text[]) i WHERE strpos(payload, '"' || i || '"') > 0) ORDER BY version
            """, stream, ids.ToArray(), Instants.Utc(since));
        await using var reader = await command.ExecuteReaderAsync();
        var commands = ImmutableArray.CreateBuilder<RecordedCommand>();
        while (await reader.ReadAsync()) commands.Add(Command(reader, 0));
        return commands.DrainToImmutable();
    }

    public Task<string?> ReadNote(string noteId) => First("SELECT sealed FROM note WHERE note_id = $1 AND sealed <> ''", r => r.GetString(0), noteId);

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

    private static ClaimRow Claim(NpgsqlDataReader r) => new(r.GetString(0), r.GetString(1), r.GetString(2), r.GetFieldValue<DateTimeOffset>(3));

    internal static RecordedCommand Command(NpgsqlDataReader r, int at) => new(r.GetInt64(at), r.GetString(at + 1), r.GetGuid(at + 2), r.GetString(at + 3),
        r.GetString(at + 4), r.GetFieldValue<DateTimeOffset>(at + 5), r.GetInt32(at + 6), r.GetString(at + 7));

    private async Task<ImmutableArray<string>> Texts(string sql, params object[] values)
    {
        await using var command = Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync();
        var streams = ImmutableArray.CreateBuilder<string>();
        while (await reader.ReadAsync()) streams.Add(reader.GetString(0));
        return streams.DrainToImmutable();
    }

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
