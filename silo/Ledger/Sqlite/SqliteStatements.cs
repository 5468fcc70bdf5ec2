using Microsoft.Data.Sqlite;

namespace SnpLive.Silo.Ledger.Sqlite;

/// <summary>The writer's statements, prepared once per connection.</summary>
internal sealed class SqliteStatements(SqliteConnection connection) : IDisposable
{
    /// <summary>For what is too rare to be prepared.</summary>
    public SqliteConnection Connection => connection;

    public Prepared Begin { get; } = new(connection, "BEGIN IMMEDIATE", 0);
    public Prepared Commit { get; } = new(connection, "COMMIT", 0);
    public Prepared Savepoint { get; } = new(connection, "SAVEPOINT one", 0);
    public Prepared Release { get; } = new(connection, "RELEASE one", 0);
    public Prepared RollbackTo { get; } = new(connection, "ROLLBACK TO one", 0);

    public Prepared FindAnswer { get; } = new(connection,
        "SELECT stream, version, fingerprint, answer, occurred_at FROM event WHERE request_id = ?1 AND actor_id = ?2", 2);
    public Prepared LastVersion { get; } = new(connection, "SELECT version FROM event WHERE stream = ?1 ORDER BY version DESC LIMIT 1", 1);
    public Prepared SurrogateOf { get; } = new(connection, "SELECT surrogate FROM person_trait WHERE sas_id = ?1 AND trait_hash IN (?2, ?3) AND surrogate <> ?4", 4);
    public Prepared FindClaim { get; } = new(connection, "SELECT holder, key, owner, until FROM claim WHERE holder = ?1 AND key = ?2", 2);
    public Prepared IsOccupied { get; } = new(connection, "SELECT 1 FROM occupancy WHERE (slot_id = ?1 AND place = ?2) OR booking_id = ?3", 3);

    public Prepared InsertEvent { get; } = new(connection, """
        INSERT INTO event (stream, version, actor_id, request_id, fingerprint, answer, occurred_at, local_date,
          territory_id, care_stream, kind, channel, schema, payload)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
        """, 14);
    public Prepared DropClaim { get; } = new(connection, "DELETE FROM claim WHERE holder = ?1 AND key = ?2 AND owner = ?3", 3);
    // A claim extended by its owner stays with the stream that took it: that stream's fold accounts for it.
    public Prepared TakeClaim { get; } = new(connection, """
        INSERT INTO claim (holder, key, owner, until, stream, taken_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (holder, key) DO UPDATE SET stream = CASE WHEN owner = excluded.owner THEN stream ELSE excluded.stream END,
          owner = excluded.owner, until = excluded.until, taken_at = excluded.taken_at
        """, 6);
    public Prepared Vacate { get; } = new(connection, "DELETE FROM occupancy WHERE booking_id = ?1", 1);
    public Prepared Occupy { get; } = new(connection, "INSERT INTO occupancy (slot_id, place, booking_id, stream) VALUES (?1, ?2, ?3, ?4)", 4);
    public Prepared WriteSlot { get; } = new(connection, """
        INSERT INTO slot (slot_id, agenda_id, starts_at, ends_at, withdrawn, version, facts, stream) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        ON CONFLICT (slot_id) DO UPDATE SET starts_at = excluded.starts_at, ends_at = excluded.ends_at, withdrawn = excluded.withdrawn,
          version = excluded.version, facts = excluded.facts
        WHERE agenda_id = excluded.agenda_id AND stream = excluded.stream
        """, 8);
    public Prepared ClearDue { get; } = new(connection, "DELETE FROM due WHERE stream = ?1 AND cause = ?2", 2);
    public Prepared ClearDueAt { get; } = new(connection,
        "DELETE FROM due WHERE (stream, cause, due_at) IN (SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?1))", 1);
    public Prepared SetDue { get; } = new(connection,
        "INSERT INTO due (stream, cause, due_at) VALUES (?1, ?2, ?3) ON CONFLICT (stream, cause) DO UPDATE SET due_at = excluded.due_at", 3);
    public Prepared WritePerson { get; } = new(connection, """
        INSERT INTO person (surrogate, sas_id, sealed, used_at) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (surrogate) DO UPDATE SET sealed = excluded.sealed, used_at = max(used_at, excluded.used_at)
        WHERE sas_id = excluded.sas_id AND (?5 IS NULL OR EXISTS (SELECT 1 FROM person_trait t WHERE t.surrogate = person.surrogate AND t.trait_hash IN (?5, ?6)))
        """, 6);
    public Prepared WriteTrait { get; } = new(connection, "INSERT INTO person_trait (sas_id, trait_hash, surrogate) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING", 3);
    public Prepared WriteNote { get; } = new(connection, """
        INSERT INTO note (note_id, surrogate, sealed, territory_id, used_at) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (note_id) DO UPDATE SET sealed = excluded.sealed, used_at = excluded.used_at WHERE surrogate = excluded.surrogate
        """, 5);

    public Prepared AccessHead { get; } = new(connection, "SELECT seq, hash FROM access_log ORDER BY seq DESC LIMIT 1", 0);
    public Prepared InsertAccess { get; } = new(connection, """
        INSERT INTO access_log (seq, at, actor_id, role, organization_id, session, action, subject, territory_id, sas_id, why, object, previous, hash)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
        """, 14);
    public Prepared AccessBefore { get; } = new(connection, Access.AccessSql.Before("?1"), 1);
    public Prepared AllowPurge { get; } = new(connection, "INSERT INTO meta VALUES ('access-purge', 1)", 0);
    public Prepared PurgeAccess { get; } = new(connection, "DELETE FROM access_log WHERE seq <= ?1", 1);
    public Prepared EndPurge { get; } = new(connection, "DELETE FROM meta WHERE key = 'access-purge'", 0);

    public Prepared NewNote { get; } = new(connection,
        "INSERT INTO note (note_id, surrogate, sealed, territory_id, used_at) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING", 5);
    public Prepared SaveSnapshot { get; } = new(connection, """
        INSERT INTO snapshot (stream, version, schema, state) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (stream) DO UPDATE SET version = excluded.version, schema = excluded.schema, state = excluded.state WHERE version < excluded.version
        """, 4);
    public Prepared NewDocument { get; } = new(connection,
        "INSERT INTO document (type, key, version, payload) VALUES (?1, ?2, 1, ?3) ON CONFLICT DO NOTHING", 3);
    public Prepared ReplaceDocument { get; } = new(connection,
        "UPDATE document SET version = version + 1, payload = ?4 WHERE type = ?1 AND key = ?2 AND version = ?3", 4);
    public Prepared ClearDocument { get; } = new(connection, "DELETE FROM document WHERE type = ?1 AND key = ?2 AND version = ?3", 3);

    public void Dispose()
    {
        Prepared[] all =
        [
            Begin, Commit, Savepoint, Release, RollbackTo, FindAnswer, LastVersion, SurrogateOf, FindClaim, IsOccupied,
            InsertEvent, DropClaim, TakeClaim, Vacate, Occupy, WriteSlot, ClearDue, ClearDueAt, SetDue, WritePerson, WriteTrait, WriteNote,
            AccessHead, InsertAccess, AccessBefore, AllowPurge, PurgeAccess, EndPurge, NewNote,
            SaveSnapshot, NewDocument, ReplaceDocument, ClearDocument,
        ];
        foreach (var statement in all) statement.Dispose();
    }
}
