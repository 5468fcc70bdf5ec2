using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using SnpLive.Grains.Calls;
using SnpLive.Grains.People;
using SnpLive.Silo.Persons;

namespace SnpLive.Silo.Ledger.Sqlite;

/// <summary>One person's rows, and one territory's.</summary>
internal sealed partial class SqliteVault
{
    private static readonly string[] EraseStream =
    [
        .. ((string[])["event", "claim", "occupancy", "slot", "due", "snapshot"]).Select(table => $"DELETE FROM {table} WHERE stream IN (SELECT value FROM json_each(?1))"),
    ];

    public Task<StoredPerson?> Person(string surrogate) => reads.InSnapshot(c => SqliteReads.First(c, "SELECT sas_id, sealed, used_at, objected_at FROM person WHERE surrogate = ?1",
        r => new StoredPerson(r.GetString(0), r.GetString(1), SqliteReads.Instant(r, 2), r.IsDBNull(3) ? null : SqliteReads.Instant(r, 3)), surrogate));

    public Task<ImmutableArray<StoredNote>> NotesOf(string surrogate, string territoryId) => reads.InSnapshot(c => SqliteReads.All(c,
        "SELECT note_id, sealed, used_at FROM note WHERE surrogate = ?1 AND territory_id = ?2 AND note_id NOT LIKE ?3 ORDER BY used_at DESC, note_id DESC",
        r => new StoredNote(r.GetString(0), r.GetString(1), SqliteReads.Instant(r, 2)), surrogate, territoryId, Glass));

    public Task<PersonRefusal?> Correct(string surrogate, string sasId, string before, string after, ImmutableArray<string> hashes) => Change<PersonRefusal?>(c =>
    {
        var names = SqliteReads.Json(hashes);
        if (Any(c, "SELECT 1 FROM person_trait WHERE sas_id = ?1 AND trait_hash IN (SELECT value FROM json_each(?2)) AND surrogate <> ?3", sasId, names, surrogate)) return PersonRefusal.Exists;
        if (Run(c, "UPDATE person SET sealed = ?3 WHERE surrogate = ?1 AND sealed = ?2", surrogate, before, after) != 1) return PersonRefusal.Changed;
        Run(c, "DELETE FROM person_trait WHERE surrogate = ?1", surrogate);
        Run(c, "INSERT INTO person_trait (sas_id, trait_hash, surrogate) SELECT ?1, value, ?3 FROM json_each(?2)", sasId, names, surrogate);
        return null;
    });

    public Task<bool> Object(string surrogate, DateTimeOffset? at) => Change(c =>
        Run(c, "UPDATE person SET objected_at = ?2 WHERE surrogate = ?1", surrogate, at is { } instant ? Instants.ToMicroseconds(instant) : DBNull.Value) == 1);

    public Task<ImmutableArray<StoredCall>> CallFiles(string sasId, string after, int limit) => reads.InSnapshot(c => SqliteReads.All(c,
        "SELECT surrogate, sealed, used_at FROM person WHERE surrogate > ?2 AND substr(surrogate, 1, length(?3)) = ?3 AND sas_id = ?1 ORDER BY surrogate LIMIT ?4",
        r => new StoredCall(r.GetString(0), r.GetString(1), SqliteReads.Instant(r, 2)), sasId, after, CallStreams.FilePrefix, limit));

    public Task<bool> Erase(string? surrogate, string territoryId, DateTimeOffset now, ImmutableArray<string> calls, DateTimeOffset callsBefore) => Change(c =>
    {
        var files = SqliteReads.Json(calls);
        if (Any(c, "SELECT 1 FROM person WHERE surrogate IN (SELECT value FROM json_each(?1)) AND used_at > ?2", files, Instants.ToMicroseconds(callsBefore))) return false;
        if (surrogate is not null)
        {
            if (Any(c, "SELECT 1 FROM note WHERE surrogate = ?1 AND territory_id = ?2 AND used_at > ?3 AND note_id NOT LIKE ?4", surrogate, territoryId, Instants.ToMicroseconds(now), Glass)) return false;
            Run(c, "DELETE FROM note WHERE surrogate = ?1 AND territory_id = ?2", surrogate, territoryId);
        }
        Run(c, "DELETE FROM note WHERE surrogate IN (SELECT value FROM json_each(?1))", files);
        DropForgotten(c, surrogate is null ? calls : calls.Prepend(surrogate));
        return true;
    });

    public Task<ImmutableArray<string>> StreamsOf(string territoryId) => reads.InSnapshot(c => SqliteReads.All(c,
        "SELECT DISTINCT stream FROM event WHERE territory_id = ?1 ORDER BY stream", r => r.GetString(0), territoryId));

    public Task EraseStreams(ImmutableArray<string> streams) => Change(c =>
    {
        var names = SqliteReads.Json(streams);
        foreach (var sql in EraseStream) Run(c, sql, names);
        return true;
    });

    public Task EraseWakes(ImmutableArray<string> agendas) => Change(c => Run(c,
        "DELETE FROM due WHERE EXISTS (SELECT 1 FROM json_each(?1) WHERE stream = 'notify/' || value OR stream LIKE 'request/' || value || '.%')", SqliteReads.Json(agendas)));

    public Task<int> EraseNotes(string territoryId, int limit) => Change(c =>
    {
        var page = SqliteReads.All(c, "SELECT note_id, surrogate FROM note WHERE territory_id = ?1 LIMIT ?2", r => (Id: r.GetString(0), Surrogate: r.GetString(1)), territoryId, limit);
        if (page.IsEmpty) return 0;
        Run(c, "DELETE FROM note WHERE note_id IN (SELECT value FROM json_each(?1))", SqliteReads.Json(page.Select(one => one.Id)));
        DropForgotten(c, page.Select(one => one.Surrogate).Distinct());
        return page.Length;
    });

    public Task EraseDocuments(string territoryId, ImmutableArray<string> people) => Change(c =>
    {
        var names = SqliteReads.Json(people);
        Run(c, "DELETE FROM document WHERE type IN ('territory', 'members', 'access-requests', 'keys', 'glass') AND substr(key, instr(key, '/') + 1) = ?1", territoryId);
        Run(c, "DELETE FROM document WHERE type IN ('professional', 'account', 'notice-settings') AND substr(key, instr(key, '/') + 1) IN (SELECT value FROM json_each(?1))", names);
        // Whoever of its neighbours shared that computer signs in there again.
        Run(c, "DELETE FROM document WHERE type = 'device' AND EXISTS (SELECT 1 FROM json_each(payload, '$.people') WHERE value ->> 'personId' IN (SELECT value FROM json_each(?1)))", names);
        Run(c, "DELETE FROM document WHERE type = 'login' AND payload ->> 'accountId' IN (SELECT value FROM json_each(?1))", names);
        return true;
    });

    /// <summary>Removes persons about whom no note is left.</summary>
    private static void DropForgotten(SqliteConnection c, IEnumerable<string> surrogates)
    {
        var forgotten = SqliteReads.Json(SqliteReads.All(c,
            "SELECT value FROM json_each(?1) WHERE NOT EXISTS (SELECT 1 FROM note WHERE surrogate = value)", r => r.GetString(0), SqliteReads.Json(surrogates)));
        Run(c, "DELETE FROM person_trait WHERE surrogate IN (SELECT value FROM json_each(?1))", forgotten);
        Run(c, "DELETE FROM person WHERE surrogate IN (SELECT value FROM json_each(?1))", forgotten);
    }

    private static bool Any(SqliteConnection c, string sql, params ReadOnlySpan<object> values) => !SqliteReads.All(c, sql + " LIMIT 1", r => r.GetInt32(0), values).IsEmpty;
}
