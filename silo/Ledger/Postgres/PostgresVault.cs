using System.Collections.Immutable;
using Npgsql;
using SnpLive.Silo.Persons;

namespace SnpLive.Silo.Ledger.Postgres;

/// <summary>The sealed rows on PostgreSQL. A page skips rows that a booking has locked: the next walk finds them.</summary>
internal sealed partial class PostgresVault(NpgsqlDataSource source) : IVaultStore
{
    private const string Glass = PersonVault.Glass + "%";

    public async Task<VaultPurge> Purge(DateTimeOffset notesBefore, DateTimeOffset before, int limit)
    {
        var (notes, all) = (Instants.Utc(notesBefore), Instants.Utc(before));
        var emptied = await Run("""
            UPDATE note SET sealed = '' WHERE note_id IN (SELECT note_id FROM note
              WHERE sealed <> '' AND used_at < $1 AND (used_at < $2 OR note_id NOT LIKE $3) ORDER BY used_at LIMIT $4 FOR UPDATE SKIP LOCKED)
            """, notes, all, Glass, limit);
        var removed = await Run(
            "DELETE FROM note WHERE note_id IN (SELECT note_id FROM note WHERE sealed = '' AND used_at < $1 ORDER BY used_at LIMIT $2 FOR UPDATE SKIP LOCKED)", all, limit);
        var persons = await Run("""
            WITH gone AS MATERIALIZED (SELECT surrogate FROM person WHERE used_at < $1 ORDER BY used_at LIMIT $2 FOR UPDATE SKIP LOCKED),
              n AS (DELETE FROM note USING gone WHERE note.surrogate = gone.surrogate AND note.note_id NOT LIKE $3),
              t AS (DELETE FROM person_trait USING gone WHERE person_trait.surrogate = gone.surrogate)
            DELETE FROM person USING gone WHERE person.surrogate = gone.surrogate
            """, all, limit, Glass);
        return new(Math.Max(emptied, removed), persons);
    }

    public Task<ImmutableArray<SealedRow>> PersonsToRenew(string after, string sealMark, string hashMark, int limit) => Rows("""
        SELECT surrogate, sas_id, sealed, found FROM
          (SELECT p.*, EXISTS (SELECT 1 FROM person_trait t WHERE t.surrogate = p.surrogate) AS found FROM person p WHERE surrogate > $1) p
        WHERE NOT starts_with(sealed, $2) OR found AND NOT EXISTS (SELECT 1 FROM person_trait t WHERE t.surrogate = p.surrogate AND starts_with(t.trait_hash, $3))
        ORDER BY surrogate LIMIT $4
        """, r => new SealedRow(r.GetString(0), r.GetString(1), r.GetString(2), r.GetBoolean(3)), after, sealMark, hashMark, limit);

    public Task<ImmutableArray<SealedRow>> NotesToRenew(string after, string sealMark, int limit) => Rows(
        "SELECT note_id, sealed FROM note WHERE note_id > $1 AND sealed <> '' AND NOT starts_with(sealed, $2) ORDER BY note_id LIMIT $3",
        r => new SealedRow(r.GetString(0), "", r.GetString(1), false), after, sealMark, limit);

    public Task RenewPersons(ImmutableArray<RenewedRow> rows) => Run("""
        WITH u AS MATERIALIZED (SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) AS u(id, sas, before, after, hash)),
          renewed AS (UPDATE person SET sealed = u.after FROM u WHERE surrogate = u.id AND sealed = u.before RETURNING u.sas, u.hash, u.id)
        INSERT INTO person_trait (sas_id, trait_hash, surrogate) SELECT sas, hash, id FROM renewed WHERE hash IS NOT NULL ON CONFLICT DO NOTHING
        """, Texts(rows, r => r.Row.Id), Texts(rows, r => r.Row.SasId), Texts(rows, r => r.Row.Sealed), Texts(rows, r => r.Sealed), Texts(rows, r => r.TraitHash!));

    public Task RenewNotes(ImmutableArray<RenewedRow> rows) => Run(
        "UPDATE note SET sealed = u.after FROM unnest($1::text[], $2::text[], $3::text[]) AS u(id, before, after) WHERE note_id = u.id AND sealed = u.before",
        Texts(rows, r => r.Row.Id), Texts(rows, r => r.Row.Sealed), Texts(rows, r => r.Sealed));

    public Task<ImmutableArray<KeyUse>> Uses() => Rows("""
        SELECT true, CASE strpos(sealed, '.') WHEN 0 THEN 1 ELSE split_part(sealed, '.', 1)::int END AS id, count(*)
        FROM (SELECT sealed FROM person UNION ALL SELECT sealed FROM note WHERE sealed <> '') s GROUP BY id
        UNION ALL SELECT false, CASE strpos(trait_hash, '.') WHEN 0 THEN 1 ELSE split_part(trait_hash, '.', 1)::int END AS id, count(*) FROM person_trait GROUP BY id
        """, r => new KeyUse(r.GetBoolean(0), r.GetInt32(1), r.GetInt64(2)));

    public Task<ImmutableArray<(string SasId, string Hash)>> Traits(string afterSas, string afterHash, int limit) => Rows(
        "SELECT sas_id, trait_hash FROM person_trait WHERE (sas_id, trait_hash) > ($1, $2) ORDER BY sas_id, trait_hash LIMIT $3",
        r => (r.GetString(0), r.GetString(1)), afterSas, afterHash, limit);

    public Task DropTraits(ImmutableArray<(string SasId, string Hash)> rows) => Run(
        "DELETE FROM person_trait WHERE (sas_id, trait_hash) IN (SELECT * FROM unnest($1::text[], $2::text[]))",
        rows.Select(one => one.SasId).ToArray(), rows.Select(one => one.Hash).ToArray());

    private static string[] Texts(ImmutableArray<RenewedRow> rows, Func<RenewedRow, string> of) => [.. rows.Select(of)];

    // Constants of this file; every value is a parameter.
#pragma warning disable CA2100
    private Task<int> Run(string sql, params object[] values) => PostgresErrors.Guard(async () =>
    {
        await using var command = source.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return await command.ExecuteNonQueryAsync();
    });

    private Task<ImmutableArray<T>> Rows<T>(string sql, Func<NpgsqlDataReader, T> map, params object[] values) => PostgresErrors.Guard(async () =>
    {
        await using var command = source.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync();
        var rows = ImmutableArray.CreateBuilder<T>();
        while (await reader.ReadAsync()) rows.Add(map(reader));
        return rows.DrainToImmutable();
    });
#pragma warning restore CA2100
}
