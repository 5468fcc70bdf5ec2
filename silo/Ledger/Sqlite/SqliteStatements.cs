using Microsoft.Data.Sqlite;

namespace SnpLive.Silo.Ledger.Sqlite;

/// <summary>The writer's statements, prepared once per connection.</summary>
internal sealed class SqliteStatements(SqliteConnection connection) : IDisposable
{
    public Prepared Begin { get; } = new(connection, "BEGIN IMMEDIATE", 0);
    public Prepared Commit { get; } = new(connection, "COMMIT", 0);
    public Prepared Savepoint { get; } = new(connection, "SAVEPOINT one", 0);
    public Prepared Release { get; } = new(connection, "RELEASE one", 0);
    public Prepared RollbackTo { get; } = new(connection, "ROLLBACK TO one", 0);

    public Prepared FindAnswer { get; } = new(connection,
        "SELECT stream, version, fingerprint, answer, occurred_at FROM event WHERE request_id = ?1 AND actor_id = ?2", 2);
    public Prepared LastVersion { get; } = new(connection, "SELECT version FROM event WHERE stream = ?1 ORDER BY version DESC LIMIT 1", 1);
    public Prepared SurrogateOf { get; } = new(connection, "SELECT surrogate FROM person WHERE sas_id = ?1 AND trait_hash = ?2", 2);
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
    public Prepared ClearDueAt { get; } = new(connection, "DELETE FROM due WHERE stream = ?1 AND cause = ?2 AND due_at = ?3", 3);
    public Prepared SetDue { get; } = new(connection,
        "INSERT INTO due (stream, cause, due_at) VALUES (?1, ?2, ?3) ON CONFLICT (stream, cause) DO UPDATE SET due_at = excluded.due_at", 3);
    public Prepared WritePerson { get; } = new(connection, """
        INSERT INTO person (surrogate, sas_id, trait_hash, sealed) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (surrogate) DO UPDATE SET sealed = excluded.sealed WHERE sas_id = excluded.sas_id AND trait_hash = excluded.trait_hash
        """, 4);
    public Prepared WriteNote { get; } = new(connection, """
        INSERT INTO note (note_id, surrogate, sealed) VALUES (?1, ?2, ?3)
        ON CONFLICT (note_id) DO UPDATE SET sealed = excluded.sealed WHERE surrogate = excluded.surrogate
        """, 3);

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
            InsertEvent, DropClaim, TakeClaim, Vacate, Occupy, WriteSlot, ClearDue, ClearDueAt, SetDue, WritePerson, WriteNote,
            SaveSnapshot, NewDocument, ReplaceDocument, ClearDocument,
        ];
        foreach (var statement in all) statement.Dispose();
    }
}
