using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using SnpLive.Grains.Ledger;

namespace SnpLive.Silo.Ledger.Sqlite;

/// <summary>A few reading connections. Each read runs on the pool, as SQLite blocks, and sees one snapshot of the file.</summary>
internal sealed class SqliteReads(SqliteFile file, int connections) : IDisposable
{
    private readonly ConcurrentBag<SqliteConnection> free = [];
    private readonly SemaphoreSlim turns = new(connections);

    public Task<StreamRead> Read(string stream) => InSnapshot(c =>
    {
        var snapshot = First(c, "SELECT version, schema, state FROM snapshot WHERE stream = ?1",
            r => new SnapshotRow(r.GetInt64(0), r.GetInt32(1), r.GetString(2)), stream);
        var tail = All(c, """
            SELECT version, actor_id, request_id, fingerprint, answer, occurred_at, schema, payload FROM event
            WHERE stream = ?1 AND version > ?2 ORDER BY version
            """,
            r => Command(r, 0), stream, snapshot?.Version ?? 0);
        return new StreamRead(snapshot, tail);
    });

    public Task<RecordedAnswer?> FindAnswer(string actorId, Guid requestId) => InSnapshot(c => First(c,
        "SELECT stream, version, fingerprint, answer, occurred_at FROM event WHERE request_id = ?1 AND actor_id = ?2",
        Answer, requestId.ToByteArray(bigEndian: true), actorId));

    public Task<BoardRead> ReadBoard(ImmutableArray<string> agendaIds, DateTimeOffset from, DateTimeOffset to, DateTimeOffset heldSince) => InSnapshot(c =>
    {
        var streams = Json(agendaIds.Select(LedgerNames.AgendaStream));
        var slots = All(c, """
            SELECT s.slot_id, s.agenda_id, s.starts_at, s.ends_at, s.withdrawn, s.version, s.facts, (SELECT count(*) FROM occupancy o WHERE o.slot_id = s.slot_id)
            FROM slot s WHERE s.agenda_id IN (SELECT value FROM json_each(?1)) AND s.starts_at < ?3 AND s.ends_at > ?2 AND s.starts_at > ?2 - 86400000000
            ORDER BY s.agenda_id, s.starts_at, s.slot_id
            """, r => new BoardSlotRow(Slot(r, 0), r.GetInt32(7)), Json(agendaIds), Instants.ToMicroseconds(from), Instants.ToMicroseconds(to));
        var held = All(c, """
            SELECT DISTINCT stream FROM event WHERE kind = 'slot-held' AND occurred_at > ?2 AND stream IN (SELECT value FROM json_each(?1))
            """,
            r => r.GetString(0)[LedgerNames.AgendaStreams.Length..], streams, Instants.ToMicroseconds(heldSince));
        return new BoardRead(Versions(c, streams), slots, held);
    });

    public Task<ImmutableArray<long>> ReadVersions(ImmutableArray<string> streams) => InSnapshot(c => Versions(c, Json(streams)));

    public Task<ImmutableArray<DueRow>> ReadDue(DateTimeOffset now, int limit) => InSnapshot(c => All(c,
        "SELECT stream, cause, due_at FROM due WHERE due_at <= ?1 ORDER BY due_at, stream, cause LIMIT ?2",
        r => new DueRow(r.GetString(0), r.GetString(1), Instant(r, 2)), Instants.ToMicroseconds(now), limit));

    public Task<ImmutableArray<string>> ReadBookedStreams(ImmutableArray<string> actorIds, DateTimeOffset since) => InSnapshot(c => All(c, """
        SELECT DISTINCT stream FROM event WHERE kind = 'slot-booked' AND actor_id IN (SELECT value FROM json_each(?1)) AND occurred_at >= ?2 ORDER BY stream
        """, r => r.GetString(0), Json(actorIds), Instants.ToMicroseconds(since)));

    public Task<ImmutableArray<string>> ReadRequestStreams(ImmutableArray<string> territoryIds, DateTimeOffset since) => InSnapshot(c => All(c, """
        SELECT stream FROM event WHERE kind = 'request-opened' AND territory_id IN (SELECT value FROM json_each(?1)) AND occurred_at >= ?2 ORDER BY stream
        """, r => r.GetString(0), Json(territoryIds), Instants.ToMicroseconds(since)));

    public Task<ClaimRow?> ReadClaimByTraits(string sasId, ImmutableArray<string> traitHashes, string key, DateTimeOffset now) => InSnapshot(c => First(c, """
        SELECT c.holder, c.key, c.owner, c.until FROM person_trait p JOIN claim c ON c.holder = p.surrogate AND c.key = ?3
        WHERE p.sas_id = ?1 AND p.trait_hash IN (SELECT value FROM json_each(?2)) AND c.until > ?4
        """, Claim, sasId, Json(traitHashes), key, Instants.ToMicroseconds(now)));

    public Task<ImmutableArray<ClaimRow>> ReadClaims(string holder, DateTimeOffset now) => InSnapshot(c => All(c,
        "SELECT holder, key, owner, until FROM claim WHERE holder = ?1 AND until > ?2 ORDER BY key", Claim, holder, Instants.ToMicroseconds(now)));

    public Task<PersonRow?> ReadPerson(string surrogate) => InSnapshot(c => First(c,
        "SELECT sas_id, sealed, objected_at FROM person WHERE surrogate = ?1", r => new PersonRow(r.GetString(0), r.GetString(1), r.IsDBNull(2) ? null : Instant(r, 2)), surrogate));

    public Task<ImmutableArray<(string TraitHash, string Surrogate)>> ReadSurrogates(string sasId, ImmutableArray<string> traitHashes) => InSnapshot(c => All(c,
        "SELECT trait_hash, surrogate FROM person_trait WHERE sas_id = ?1 AND trait_hash IN (SELECT value FROM json_each(?2))", r => (r.GetString(0), r.GetString(1)), sasId, Json(traitHashes)));

    public Task<ImmutableArray<string>> ReadTraitHashes(string surrogate) => InSnapshot(c => All(c,
        "SELECT trait_hash FROM person_trait WHERE surrogate = ?1 ORDER BY trait_hash", r => r.GetString(0), surrogate));

    public Task<ImmutableArray<RecordedCommand>> ReadMentions(string stream, ImmutableArray<string> ids, DateTimeOffset since) => InSnapshot(c => All(c, """
        SELECT version, actor_id, request_id, fingerprint, answer, occurred_at, schema, payload FROM event
        WHERE stream = ?1 AND occurred_at >= ?3 AND EXISTS (SELECT 1 FROM json_each(?2) i WHERE instr(payload, '"' || i.value || '"') > 0) ORDER BY version
        """, r => Command(r, 0), stream, Json(ids), Instants.ToMicroseconds(since)));

    public Task<string?> ReadNote(string noteId) => InSnapshot(c => First(c, "SELECT sealed FROM note WHERE note_id = ?1 AND sealed <> ''", r => r.GetString(0), noteId));

    public Task<DocumentRow?> ReadDocument(string type, string key) => InSnapshot(c => First(c,
        "SELECT version, payload FROM document WHERE type = ?1 AND key = ?2", r => new DocumentRow(r.GetInt64(0), r.GetString(1)), type, key));

    public void Dispose()
    {
        foreach (var connection in free) connection.Dispose();
        turns.Dispose();
    }

    internal static RecordedAnswer Answer(SqliteDataReader r) => new(r.GetString(0), r.GetInt64(1), r.GetString(2), r.GetString(3), Instant(r, 4));
    internal static ClaimRow Claim(SqliteDataReader r) => new(r.GetString(0), r.GetString(1), r.GetString(2), Instant(r, 3));
    internal static DateTimeOffset Instant(SqliteDataReader r, int at) => Instants.FromMicroseconds(r.GetInt64(at));
    internal static RecordedCommand Command(SqliteDataReader r, int at) => new(r.GetInt64(at), r.GetString(at + 1), new Guid((byte[])r.GetValue(at + 2), bigEndian: true),
        r.GetString(at + 3), r.GetString(at + 4), Instant(r, at + 5), r.GetInt32(at + 6), r.GetString(at + 7));
    internal static SlotRow Slot(SqliteDataReader r, int at) => new(r.GetString(at), r.GetString(at + 1), Instant(r, at + 2), Instant(r, at + 3),
        r.GetBoolean(at + 4), r.GetInt64(at + 5), r.GetString(at + 6));

    private static ImmutableArray<long> Versions(SqliteConnection c, string streams) => All(c,
        "SELECT coalesce((SELECT e.version FROM event e WHERE e.stream = s.value ORDER BY e.version DESC LIMIT 1), 0) FROM json_each(?1) s ORDER BY s.key",
        r => r.GetInt64(0), streams);

    internal static string Json(IEnumerable<string> values) => JsonSerializer.Serialize(values);

    /// <summary>Runs a read in one transaction: in WAL mode it sees the file as it was at its first statement.</summary>
    internal async Task<T> InSnapshot<T>(Func<SqliteConnection, T> read)
    {
        await turns.WaitAsync();
        try
        {
            return await Task.Run(() =>
            {
                var connection = free.TryTake(out var rested) ? rested : file.OpenReader();
                using (var transaction = connection.BeginTransaction(deferred: true))
                {
                    var result = read(connection);
                    transaction.Commit();
                    free.Add(connection);
                    return result;
                }
            });
        }
        catch (SqliteException e)
        {
            throw new LedgerUnavailableException("The ledger's file cannot be read.", e);
        }
        finally
        {
            turns.Release();
        }
    }

    internal static T? First<T>(SqliteConnection c, string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<object> values) where T : class
    {
        using var command = Bound(c, sql, values);
        using var reader = command.ExecuteReader();
        return reader.Read() ? map(reader) : null;
    }

    internal static ImmutableArray<T> All<T>(SqliteConnection c, string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<object> values)
    {
        using var command = Bound(c, sql, values);
        using var reader = command.ExecuteReader();
        var rows = ImmutableArray.CreateBuilder<T>();
        while (reader.Read()) rows.Add(map(reader));
        return rows.DrainToImmutable();
    }

    internal static SqliteCommand Bound(SqliteConnection c, string sql, ReadOnlySpan<object> values)
    {
        var command = c.CreateCommand();
        // Constants of this file; every value is a parameter.
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var i = 0; i < values.Length; i++) command.Parameters.AddWithValue($"?{i + 1}", values[i]);
        return command;
    }
}
