using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using SnpLive.Grains.Ledger;
using SnpLive.Silo.Persons;

namespace SnpLive.Silo.Ledger.Sqlite;

/// <summary>The sealed rows in the ledger's file.</summary>
internal sealed partial class SqliteVault(SqliteWriter writer, SqliteReads reads) : IVaultStore
{
    private const string Glass = PersonVault.Glass + "%";

    public Task<VaultPurge> Purge(DateTimeOffset notesBefore, DateTimeOffset before, int limit) => Change(c =>
    {
        var (notes, all) = (Instants.ToMicroseconds(notesBefore), Instants.ToMicroseconds(before));
        var emptied = Run(c, """
            UPDATE note SET sealed = '' WHERE note_id IN (SELECT note_id FROM note
              WHERE sealed <> '' AND used_at < ?1 AND (used_at < ?2 OR note_id NOT LIKE ?3) ORDER BY used_at LIMIT ?4)
            """, notes, all, Glass, limit);
        var removed = Run(c, "DELETE FROM note WHERE note_id IN (SELECT note_id FROM note WHERE sealed = '' AND used_at < ?1 ORDER BY used_at LIMIT ?2)", all, limit);
        var gone = SqliteReads.All(c, "SELECT surrogate FROM person WHERE used_at < ?1 ORDER BY used_at LIMIT ?2", r => r.GetString(0), all, limit);
        if (gone.IsEmpty) return new VaultPurge(Math.Max(emptied, removed), 0);
        var names = SqliteReads.Json(gone);
        Run(c, "DELETE FROM note WHERE surrogate IN (SELECT value FROM json_each(?1)) AND note_id NOT LIKE ?2", names, Glass);
        Run(c, "DELETE FROM person_trait WHERE surrogate IN (SELECT value FROM json_each(?1))", names);
        return new VaultPurge(Math.Max(emptied, removed), Run(c, "DELETE FROM person WHERE surrogate IN (SELECT value FROM json_each(?1))", names));
    });

    public Task<ImmutableArray<SealedRow>> PersonsToRenew(string after, string sealMark, string hashMark, int limit) => reads.InSnapshot(c => SqliteReads.All(c, """
        SELECT surrogate, sas_id, sealed, EXISTS (SELECT 1 FROM person_trait t WHERE t.surrogate = p.surrogate) AS found FROM person p
        WHERE surrogate > ?1 AND (substr(sealed, 1, length(?2)) <> ?2 OR found AND NOT EXISTS
          (SELECT 1 FROM person_trait t WHERE t.surrogate = p.surrogate AND substr(t.trait_hash, 1, length(?3)) = ?3))
        ORDER BY surrogate LIMIT ?4
        """, r => new SealedRow(r.GetString(0), r.GetString(1), r.GetString(2), r.GetBoolean(3)), after, sealMark, hashMark, limit));

    public Task<ImmutableArray<SealedRow>> NotesToRenew(string after, string sealMark, int limit) => reads.InSnapshot(c => SqliteReads.All(c,
        "SELECT note_id, sealed FROM note WHERE note_id > ?1 AND sealed <> '' AND substr(sealed, 1, length(?2)) <> ?2 ORDER BY note_id LIMIT ?3",
        r => new SealedRow(r.GetString(0), "", r.GetString(1), false), after, sealMark, limit));

    public Task RenewPersons(ImmutableArray<RenewedRow> rows) => Change(c =>
    {
        foreach (var one in rows)
            if (Run(c, "UPDATE person SET sealed = ?3 WHERE surrogate = ?1 AND sealed = ?2", one.Row.Id, one.Row.Sealed, one.Sealed) == 1 && one.TraitHash is { } hash)
                Run(c, "INSERT INTO person_trait (sas_id, trait_hash, surrogate) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING", one.Row.SasId, hash, one.Row.Id);
        return true;
    });

    public Task RenewNotes(ImmutableArray<RenewedRow> rows) => Change(c =>
    {
        foreach (var one in rows) Run(c, "UPDATE note SET sealed = ?3 WHERE note_id = ?1 AND sealed = ?2", one.Row.Id, one.Row.Sealed, one.Sealed);
        return true;
    });

    public Task<ImmutableArray<KeyUse>> Uses() => reads.InSnapshot(c => SqliteReads.All(c, """
        SELECT 1, CASE instr(sealed, '.') WHEN 0 THEN 1 ELSE CAST(substr(sealed, 1, instr(sealed, '.') - 1) AS INTEGER) END AS id, count(*)
        FROM (SELECT sealed FROM person UNION ALL SELECT sealed FROM note WHERE sealed <> '') GROUP BY id
        UNION ALL SELECT 0, CASE instr(trait_hash, '.') WHEN 0 THEN 1 ELSE CAST(substr(trait_hash, 1, instr(trait_hash, '.') - 1) AS INTEGER) END AS id, count(*)
        FROM person_trait GROUP BY id
        """, r => new KeyUse(r.GetBoolean(0), r.GetInt32(1), r.GetInt64(2))));

    public Task<ImmutableArray<(string SasId, string Hash)>> Traits(string afterSas, string afterHash, int limit) => reads.InSnapshot(c => SqliteReads.All(c,
        "SELECT sas_id, trait_hash FROM person_trait WHERE (sas_id, trait_hash) > (?1, ?2) ORDER BY sas_id, trait_hash LIMIT ?3",
        r => (r.GetString(0), r.GetString(1)), afterSas, afterHash, limit));

    public Task DropTraits(ImmutableArray<(string SasId, string Hash)> rows) => Change(c => Run(c,
        "DELETE FROM person_trait WHERE (sas_id, trait_hash) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?1))",
        JsonSerializer.Serialize(rows.Select(one => new[] { one.SasId, one.Hash }))));

    private async Task<T> Change<T>(Func<SqliteConnection, T> change)
    {
        try
        {
            return await writer.Run(c => c.InTransaction(s => change(s.Connection)));
        }
        catch (SqliteException e)
        {
            throw new LedgerUnavailableException("The ledger's file cannot be written.", e);
        }
    }

    private static int Run(SqliteConnection c, string sql, params ReadOnlySpan<object> values)
    {
        using var command = SqliteReads.Bound(c, sql, values);
        return command.ExecuteNonQuery();
    }
}
