using Npgsql;

namespace SnpLive.Silo.Ledger.Postgres;

/// <summary>Why a row of the answer says that a commit was not written; a smaller number goes first when there are several reasons.</summary>
internal enum Verdict
{
    Check = 0,
    Known = 1,
    Stale = 2,
    OtherPerson = 3,
    Held = 4,
}

/// <summary>
/// The text of the statement that writes a batch. One statement is one implicit transaction in one round trip. It first finds, against its snapshot,
/// the commits to refuse; then writes all rows of the others; then compares the number of rows written with the number wanted and raises an error when
/// another process came between (the snapshot is not a lock; the unique constraints and these counts are what guarantees). Fencing is therefore all or
/// nothing for a command, and an error is all or nothing for the batch.
/// </summary>
internal static class BatchStatement
{
    /// <summary>Columns of the answer: commit, verdict, four texts, a version and an instant. One <see cref="Verdict.Check"/> row, and one per reason to refuse.</summary>
    public static NpgsqlCommand Build(NpgsqlConnection connection, BatchInput input, BatchParts parts)
    {
        var text = new Builder(input, parts);
        // The text is composed from constants; every value is a parameter.
#pragma warning disable CA2100
        var command = new NpgsqlCommand(text.Sql(), connection);
#pragma warning restore CA2100
        foreach (var column in text.Parameters) command.Parameters.Add(column.NewParameter());
        return command;
    }

    private sealed class Builder(BatchInput input, BatchParts parts)
    {
        // Few commits are refused, so a hashed NOT IN over their numbers is cheaper than joining the arrays with each other.
        private const string Accepted = "n NOT IN (SELECT n FROM refused)";

        private readonly List<string> steps = [];
        private readonly List<string> refusals = [];
        private readonly List<string> checks = [];
        private int next = 1;

        public List<Column> Parameters { get; } = [];

        public string Sql()
        {
            Filters();
            steps.Add($"refused AS MATERIALIZED ({string.Join(" UNION ALL ", refusals.Select(name => $"SELECT n FROM {name}"))})");
            Log();
            if (parts.HasFlag(BatchParts.Claims)) Claims();
            if (parts.HasFlag(BatchParts.Places)) Places();
            if (parts.HasFlag(BatchParts.Slots)) Slots();
            if (parts.HasFlag(BatchParts.Due)) Due();
            if (parts.HasFlag(BatchParts.Persons)) Persons();
            return $"WITH {string.Join(",\n", steps)}\n{Answer()}";
        }

        private void Filters()
        {
            Input("c", input.Commits);
            Filter("known", "SELECT c.n, e.stream, e.version, e.fingerprint, e.answer, e.occurred_at "
                + "FROM c JOIN event e ON e.request_id = c.request_id AND e.actor_id = c.actor_id");
            Filter("stale", "SELECT n FROM c WHERE version - 1 <> "
                + "coalesce((SELECT e.version FROM event e WHERE e.stream = c.stream ORDER BY e.version DESC LIMIT 1), 0)");
            if (parts.HasFlag(BatchParts.Claims))
            {
                Input("t", input.Takes);
                Filter("held", "SELECT t.n, k.holder, k.key, k.owner, k.until FROM t JOIN claim k ON k.holder = t.holder AND k.key = t.key "
                    + "WHERE k.until > t.taken_at AND k.owner <> t.owner AND k.owner <> t.instead_of");
            }
            if (parts.HasFlag(BatchParts.Persons))
            {
                Input("p", input.Persons);
                Filter("other", "SELECT p.n, o.surrogate "
                    + "FROM p JOIN person o ON o.sas_id = p.sas_id AND o.trait_hash = p.trait_hash WHERE o.surrogate <> p.surrogate");
            }
        }

        private void Log()
        {
            const string columns = "stream, version, actor_id, request_id, fingerprint, answer, occurred_at, local_date, "
                + "territory_id, care_stream, kind, channel, schema, payload";
            steps.Add($"logged AS (INSERT INTO event ({columns}) SELECT {columns} FROM c WHERE {Accepted} RETURNING 1)");
            checks.Add(Check("event", $"SELECT count(*) FROM c WHERE {Accepted}", "logged"));
        }

        private void Claims()
        {
            steps.Add($"dropped AS (DELETE FROM claim k USING {Unnest("d", input.Drops)} WHERE {Accepted} "
                + "AND k.holder = d.holder AND k.key = d.key AND k.owner = d.owner RETURNING 1)");
            // Reading `dropped` first orders the two, so that a claim can change hands within one command.
            // A claim extended by its owner stays with the stream that took it: that stream's fold accounts for it.
            steps.Add($"""
                taken AS (INSERT INTO claim AS k (holder, key, owner, until, stream, taken_at)
                  SELECT holder, key, owner, until, stream, taken_at FROM t WHERE {Accepted} AND (SELECT count(*) FROM dropped) >= 0
                  ON CONFLICT (holder, key) DO UPDATE SET owner = excluded.owner, until = excluded.until, taken_at = excluded.taken_at,
                    stream = CASE WHEN k.owner = excluded.owner THEN k.stream ELSE excluded.stream END
                  WHERE k.until <= excluded.taken_at OR k.owner = excluded.owner RETURNING 1)
                """);
            checks.Add(Check("claim", $"SELECT count(*) FROM t WHERE {Accepted}", "taken"));
        }

        private void Places()
        {
            steps.Add($"vacated AS (DELETE FROM occupancy o USING {Unnest("v", input.Vacates)} WHERE {Accepted} "
                + "AND o.booking_id = v.booking_id RETURNING 1)");
            steps.Add($"occupied AS (INSERT INTO occupancy (slot_id, place, booking_id, stream) SELECT slot_id, place, booking_id, stream "
                + $"FROM {Unnest("o", input.Places)} WHERE {Accepted} AND (SELECT count(*) FROM vacated) >= 0)");
        }

        private void Slots()
        {
            const string columns = "slot_id, agenda_id, starts_at, ends_at, withdrawn, version, facts, stream";
            Input("s", input.Slots);
            steps.Add($"""
                published AS (INSERT INTO slot AS x ({columns}) SELECT {columns} FROM s WHERE {Accepted}
                  ON CONFLICT (slot_id) DO UPDATE SET starts_at = excluded.starts_at, ends_at = excluded.ends_at, withdrawn = excluded.withdrawn,
                    version = excluded.version, facts = excluded.facts
                  WHERE x.agenda_id = excluded.agenda_id AND x.stream = excluded.stream RETURNING 1)
                """);
            checks.Add(Check("slot", $"SELECT count(*) FROM s WHERE {Accepted}", "published"));
        }

        private void Due()
        {
            steps.Add($"cleared AS (DELETE FROM due x USING {Unnest("u", input.ClearDue)} WHERE {Accepted} "
                + "AND x.stream = u.stream AND x.cause = u.cause)");
            steps.Add("set_due AS (INSERT INTO due (stream, cause, due_at) SELECT stream, cause, due_at "
                + $"FROM {Unnest("w", input.SetDue)} WHERE {Accepted} "
                + "ON CONFLICT (stream, cause) DO UPDATE SET due_at = excluded.due_at)");
        }

        private void Persons()
        {
            steps.Add($"""
                sealed_persons AS (INSERT INTO person AS x (surrogate, sas_id, trait_hash, sealed)
                  SELECT surrogate, sas_id, trait_hash, sealed FROM p WHERE {Accepted}
                  ON CONFLICT (surrogate) DO UPDATE SET sealed = excluded.sealed
                  WHERE x.sas_id = excluded.sas_id AND x.trait_hash = excluded.trait_hash RETURNING 1)
                """);
            steps.Add($"""
                sealed_notes AS (INSERT INTO note AS x (note_id, surrogate, sealed)
                  SELECT note_id, surrogate, note FROM p WHERE note IS NOT NULL AND {Accepted}
                  ON CONFLICT (note_id) DO UPDATE SET sealed = excluded.sealed WHERE x.surrogate = excluded.surrogate RETURNING 1)
                """);
            checks.Add(Check("person", $"SELECT count(*) FROM p WHERE {Accepted}", "sealed_persons"));
            checks.Add(Check("note", $"SELECT count(*) FROM p WHERE note IS NOT NULL AND {Accepted}", "sealed_notes"));
        }

        private string Answer()
        {
            var rows = new List<string>
            {
                $"SELECT -1 AS n, {(int)Verdict.Check} AS verdict, concat({string.Join(", ", checks)}) AS a, "
                    + "NULL::text AS b, NULL::text AS c, NULL::text AS d, NULL::int8 AS v, NULL::timestamptz AS at",
                $"SELECT n, {(int)Verdict.Known}, stream, fingerprint, answer, NULL, version, occurred_at FROM known",
                $"SELECT n, {(int)Verdict.Stale}, NULL, NULL, NULL, NULL, NULL, NULL FROM stale",
            };
            if (parts.HasFlag(BatchParts.Persons)) rows.Add($"SELECT n, {(int)Verdict.OtherPerson}, surrogate, NULL, NULL, NULL, NULL, NULL FROM other");
            if (parts.HasFlag(BatchParts.Claims)) rows.Add($"SELECT n, {(int)Verdict.Held}, holder, key, owner, NULL, NULL, until FROM held");
            return string.Join("\nUNION ALL ", rows);
        }

        private void Input(string alias, InputTable table) => steps.Add($"{alias} AS MATERIALIZED (SELECT * FROM {Unnest(alias, table)})");

        private void Filter(string name, string select)
        {
            refusals.Add(name);
            steps.Add($"{name} AS MATERIALIZED ({select})");
        }

        private static string Check(string what, string wanted, string written) => $"ledger_expect(({wanted}), (SELECT count(*) FROM {written}), '{what}')";

        private string Unnest(string alias, InputTable table)
        {
            Parameters.AddRange(table.Columns);
            return table.Unnest(alias, ref next);
        }
    }
}
