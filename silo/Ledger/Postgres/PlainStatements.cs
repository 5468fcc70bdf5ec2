using Npgsql;
using SnpLive.Grains.Ledger;

namespace SnpLive.Silo.Ledger.Postgres;

/// <summary>
/// The hopeful way to write a batch, chains of one stream included: a statement per table that looks nothing up, all sent together as one implicit transaction in one
/// round trip. A unique constraint tells when a row is not as new as hoped; then nothing of the batch is written, and <see cref="BatchStatement"/> finds out which
/// commits to refuse. Whether each version is the next of its stream must be known before (<see cref="StreamHeads"/>): no constraint tells of a gap.
/// </summary>
internal static class PlainStatements
{
    /// <param name="From">What it writes.</param>
    /// <param name="IsNeeded">Whether a batch has such rows.</param>
    /// <param name="Columns">Those given to it, in this order; <c>{0}</c> in the text stands for them, unnested as <c>u</c>.</param>
    /// <param name="Sql">Its text.</param>
    private sealed record Step(Func<BatchInput, InputTable> From, Func<BatchInput, bool> IsNeeded, string[] Columns, string Sql);

    // What is least certain goes first, so that little is undone; and the same order everywhere, so that two processes wait for each other in one direction only.
    private static readonly Step[] Steps =
    [
        new(i => i.Persons, i => i.Persons.HasNew, ["sas_id", "trait_hash", "surrogate", "known"],
            "INSERT INTO person_trait (sas_id, trait_hash, surrogate) SELECT sas_id, trait_hash, surrogate FROM {0} WHERE NOT known"),
        new(i => i.Persons, i => i.Persons.HasFormerHash, ["sas_id", "former_hash", "surrogate"],
            "INSERT INTO person_trait (sas_id, trait_hash, surrogate) SELECT sas_id, former_hash, surrogate FROM {0} WHERE former_hash IS NOT NULL"),
        new(i => i.Persons, i => i.Persons.HasKnown, ["surrogate", "sas_id", "trait_hash", "sealed", "used_at", "known"], """
            WITH sealed_again AS (UPDATE person x SET sealed = u.sealed, used_at = greatest(x.used_at, u.used_at)
              FROM {0} JOIN person_trait t ON t.sas_id = u.sas_id AND t.trait_hash = u.trait_hash AND t.surrogate = u.surrogate
              WHERE u.known AND x.surrogate = u.surrogate AND x.sas_id = u.sas_id RETURNING 1)
            SELECT ledger_expect((SELECT count(*) FROM {0} WHERE u.known), (SELECT count(*) FROM sealed_again), 'persons')
            """),
        Rows("holder, key, owner", i => i.Drops, "DELETE FROM claim k USING {0} WHERE k.holder = u.holder AND k.key = u.key AND k.owner = u.owner"),
        Insert("claim", "holder, key, owner, until, stream, taken_at", i => i.Takes),
        Rows("booking_id", i => i.Vacates, "DELETE FROM occupancy o USING {0} WHERE o.booking_id = u.booking_id"),
        Insert("occupancy", "slot_id, place, booking_id, stream", i => i.Places),
        Insert("event", BatchStatement.EventColumns, i => i.Commits),
        // Along a chain the last facts count.
        Rows(BatchStatement.SlotColumns, i => i.Slots, $$"""
            WITH published AS (INSERT INTO slot AS x ({{BatchStatement.SlotColumns}}) SELECT DISTINCT ON (slot_id) * FROM {0} ORDER BY slot_id, version DESC
              {{BatchStatement.RepublishSlot}} RETURNING 1)
            SELECT ledger_expect((SELECT count(DISTINCT slot_id) FROM {0}), (SELECT count(*) FROM published), 'slots')
            """),
        Rows("stream, cause", i => i.ClearDue, "DELETE FROM due x USING {0} WHERE x.stream = u.stream AND x.cause = u.cause"),
        Rows("stream, cause, due_at", i => i.SetDue,
            "INSERT INTO due (stream, cause, due_at) SELECT * FROM {0} ON CONFLICT (stream, cause) DO UPDATE SET due_at = excluded.due_at"),
        new(i => i.Persons, i => i.Persons.HasNew, ["surrogate", "sas_id", "sealed", "used_at", "known"],
            "INSERT INTO person (surrogate, sas_id, sealed, used_at) SELECT surrogate, sas_id, sealed, used_at FROM {0} WHERE NOT known"),
        Rows("note_id, surrogate, note, territory_id, used_at", i => i.Persons,
            "INSERT INTO note (note_id, surrogate, sealed, territory_id, used_at) SELECT * FROM {0} WHERE note IS NOT NULL"),
    ];

    /// <summary>
    /// Whether it has a way to write this: not for the file of a call, which is written more than once, nor for a known patient while a key is replaced, who may have
    /// one of two hashes or both.
    /// </summary>
    public static bool CanWrite(Commit commit) => commit.Person is not ({ TraitHash: null } or { IsKnown: true, FormerHash: not null });

    /// <summary>The steps that a batch needs, a bit each.</summary>
    public static int NeededBy(BatchInput input)
    {
        var needed = 0;
        for (var i = 0; i < Steps.Length; i++)
            if (Steps[i].IsNeeded(input)) needed |= 1 << i;
        return needed;
    }

    /// <summary>Those steps, bound to the input's arrays.</summary>
    public static NpgsqlBatch Build(NpgsqlConnection connection, BatchInput input, int needed)
    {
        var batch = new NpgsqlBatch(connection);
        for (var i = 0; i < Steps.Length; i++)
            if ((needed & 1 << i) != 0) batch.BatchCommands.Add(Command(Steps[i], input));
        return batch;
    }

    private static NpgsqlBatchCommand Command(Step step, BatchInput input)
    {
        var columns = Array.ConvertAll(step.Columns, name => step.From(input).Columns.Single(column => column.Name == name));
        var arrays = string.Join(", ", columns.Select((column, i) => $"${i + 1}::{column.SqlType}[]"));
        // Composed from the constants above.
#pragma warning disable CA2100
        var command = new NpgsqlBatchCommand(step.Sql.Replace("{0}", $"unnest({arrays}) AS u({string.Join(", ", step.Columns)})", StringComparison.Ordinal));
#pragma warning restore CA2100
        foreach (var column in columns) command.Parameters.Add(column.NewParameter());
        return command;
    }

    private static Step Insert(string into, string columns, Func<BatchInput, InputTable> rows) => Rows(columns, rows, $"INSERT INTO {into} ({columns}) SELECT * FROM {{0}}");

    private static Step Rows(string columns, Func<BatchInput, InputTable> rows, string sql) => new(rows, i => rows(i).Count > 0, columns.Split(", "), sql);
}
