using System.Collections.Immutable;
using Npgsql;
using SnpLive.Grains.Calls;
using SnpLive.Grains.People;
using SnpLive.Silo.Persons;

namespace SnpLive.Silo.Ledger.Postgres;

/// <summary>One person's rows, and one territory's.</summary>
internal sealed partial class PostgresVault
{
    private delegate Task<int> Statement(string sql, params object[] values);

    public async Task<StoredPerson?> Person(string surrogate) => (await Rows("SELECT sas_id, sealed, used_at, objected_at FROM person WHERE surrogate = $1",
        r => new StoredPerson(r.GetString(0), r.GetString(1), r.GetFieldValue<DateTimeOffset>(2), r.IsDBNull(3) ? null : r.GetFieldValue<DateTimeOffset>(3)), surrogate)).FirstOrDefault();

    public Task<ImmutableArray<StoredNote>> NotesOf(string surrogate, string territoryId) => Rows(
        "SELECT note_id, sealed, used_at FROM note WHERE surrogate = $1 AND territory_id = $2 AND note_id NOT LIKE $3 ORDER BY used_at DESC, note_id DESC",
        r => new StoredNote(r.GetString(0), r.GetString(1), r.GetFieldValue<DateTimeOffset>(2)), surrogate, territoryId, Glass);

    public async Task<PersonRefusal?> Correct(string surrogate, string sasId, string before, string after, ImmutableArray<string> hashes)
    {
        try
        {
            // The primary key of the hashes is what keeps two persons apart, also against a booking at this moment.
            return await InTransaction<PersonRefusal?>(async run =>
            {
                if (await run("UPDATE person SET sealed = $3 WHERE surrogate = $1 AND sealed = $2", surrogate, before, after) != 1) return PersonRefusal.Changed;
                await run("DELETE FROM person_trait WHERE surrogate = $1", surrogate);
                await run("INSERT INTO person_trait (sas_id, trait_hash, surrogate) SELECT $1, h, $3 FROM unnest($2::text[]) h", sasId, hashes.ToArray(), surrogate);
                return null;
            });
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return PersonRefusal.Exists;
        }
    }

    public async Task<bool> Object(string surrogate, DateTimeOffset? at) => at is { } instant
        ? await Run("UPDATE person SET objected_at = $2 WHERE surrogate = $1", surrogate, Instants.Utc(instant)) == 1
        : await Run("UPDATE person SET objected_at = NULL WHERE surrogate = $1", surrogate) == 1;

    public Task<ImmutableArray<StoredCall>> CallFiles(string sasId, string after, int limit) => Rows(
        "SELECT surrogate, sealed, used_at FROM person WHERE surrogate > $2 AND starts_with(surrogate, $3) AND sas_id = $1 ORDER BY surrogate LIMIT $4",
        r => new StoredCall(r.GetString(0), r.GetString(1), r.GetFieldValue<DateTimeOffset>(2)), sasId, after, CallStreams.FilePrefix, limit);

    public Task<bool> Erase(string? surrogate, string territoryId, DateTimeOffset now, ImmutableArray<string> calls, DateTimeOffset callsBefore) => InTransaction(async run =>
    {
        // The rows of persons first: a booking, or an operator, that comes at this moment waits, and then finds nobody.
        string[] gone = surrogate is null ? [.. calls] : [surrogate, .. calls];
        await run("SELECT 1 FROM person WHERE surrogate = ANY($1) ORDER BY surrogate FOR UPDATE", (object)gone);
        // A row in use is counted by writing it as it is.
        if (await run("UPDATE person SET used_at = used_at WHERE surrogate = ANY($1) AND used_at > $2", calls.ToArray(), Instants.Utc(callsBefore)) > 0) return false;
        if (surrogate is not null && await run(
            "DELETE FROM note WHERE surrogate = $1 AND territory_id = $2 AND NOT EXISTS "
                + "(SELECT 1 FROM note n WHERE n.surrogate = $1 AND n.territory_id = $2 AND n.used_at > $3 AND n.note_id NOT LIKE $4)",
            surrogate, territoryId, Instants.Utc(now), Glass) == 0) return false;
        await run("DELETE FROM note WHERE surrogate = ANY($1)", (object)calls.ToArray());
        await DropForgotten(run, gone);
        return true;
    });

    public Task<ImmutableArray<string>> StreamsOf(string territoryId) => Rows("SELECT DISTINCT stream FROM event WHERE territory_id = $1 ORDER BY stream", r => r.GetString(0), territoryId);

    public Task EraseStreams(ImmutableArray<string> streams) => InTransaction(async run =>
    {
        foreach (var table in (string[])["event", "claim", "occupancy", "slot", "due", "snapshot"]) await run($"DELETE FROM {table} WHERE stream = ANY($1)", (object)streams.ToArray());
        return true;
    });

    public Task EraseWakes(ImmutableArray<string> agendas) => Run(
        "DELETE FROM due WHERE EXISTS (SELECT 1 FROM unnest($1::text[]) a WHERE stream = 'notify/' || a OR stream LIKE 'request/' || a || '.%')", (object)agendas.ToArray());

    public async Task<int> EraseNotes(string territoryId, int limit)
    {
        var page = await Rows("SELECT note_id, surrogate FROM note WHERE territory_id = $1 LIMIT $2", r => (Id: r.GetString(0), Surrogate: r.GetString(1)), territoryId, limit);
        if (page.IsEmpty) return 0;
        return await InTransaction(async run =>
        {
            await run("DELETE FROM note WHERE note_id = ANY($1)", (object)page.Select(one => one.Id).ToArray());
            await DropForgotten(run, [.. page.Select(one => one.Surrogate).Distinct()]);
            return page.Length;
        });
    }

    public Task EraseDocuments(string territoryId, ImmutableArray<string> people) => InTransaction(async run =>
    {
        await run("DELETE FROM document WHERE type IN ('territory', 'members', 'access-requests', 'keys', 'glass') AND substr(key, strpos(key, '/') + 1) = $1", territoryId);
        await run("DELETE FROM document WHERE type IN ('professional', 'account', 'notice-settings') AND substr(key, strpos(key, '/') + 1) = ANY($1)", (object)people.ToArray());
        // Whoever of its neighbours shared that computer signs in there again.
        await run("DELETE FROM document WHERE type = 'device' AND EXISTS (SELECT 1 FROM json_array_elements(payload::json -> 'people') one WHERE one ->> 'personId' = ANY($1))", (object)people.ToArray());
        await run("DELETE FROM document WHERE type = 'login' AND payload::json ->> 'accountId' = ANY($1)", (object)people.ToArray());
        return true;
    });

    /// <summary>Removes persons about whom no note is left.</summary>
    private static async Task DropForgotten(Statement run, string[] surrogates)
    {
        await run("DELETE FROM person WHERE surrogate = ANY($1) AND NOT EXISTS (SELECT 1 FROM note WHERE note.surrogate = person.surrogate)", (object)surrogates);
        await run("DELETE FROM person_trait WHERE surrogate = ANY($1) AND NOT EXISTS (SELECT 1 FROM person WHERE person.surrogate = person_trait.surrogate)", (object)surrogates);
    }

    // Constants of this file; every value is a parameter.
#pragma warning disable CA2100
    private Task<T> InTransaction<T>(Func<Statement, Task<T>> change) => PostgresErrors.Guard(async () =>
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var result = await change(async (sql, values) =>
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            foreach (var value in values) command.Parameters.Add(new() { Value = value });
            return await command.ExecuteNonQueryAsync();
        });
        await transaction.CommitAsync();
        return result;
    });
#pragma warning restore CA2100
}
