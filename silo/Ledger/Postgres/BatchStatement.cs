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
/// The text of the statement that writes a batch of which not every row may be new. One statement is one implicit transaction in one round trip. It first finds, against its snapshot,
/// the commits to refuse; then writes all rows of the others; then compares the number of rows written with the number wanted and raises an error when
/// another process came between (the snapshot is not a lock; the unique constraints and these counts are what guarantees). Fencing is therefore all or
/// nothing for a command, and an error is all or nothing for the batch.
/// </summary>
internal static class BatchStatement
{
    /// <summary>Columns of an event that are given; its number is not.</summary>
    public const string EventColumns = "stream, version, actor_id, request_id, fingerprint, answer, occurred_at, local_date, territory_id, care_stream, kind, channel, schema, payload";

    /// <summary>Columns of published facts.</summary>
    public const string SlotColumns = "slot_id, agenda_id, starts_at, ends_at, withdrawn, version, facts, stream";

    /// <summary>What to do with facts that were published before; nothing with another agenda's.</summary>
    public const string RepublishSlot = """
        ON CONFLICT (slot_id) DO UPDATE SET starts_at = excluded.starts_at, ends_at = excluded.ends_at, withdrawn = excluded.withdrawn,
          version = excluded.version, facts = excluded.facts
        WHERE x.agenda_id = excluded.agenda_id AND x.stream = excluded.stream
        """;

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
        private readonly List<string> wanted = [];
        private readonly List<string> written = [];
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
                // One look-up per claim tells both what to refuse and whether to insert or to update: a speculative insert (ON CONFLICT) of a row that is
                // nearly always new looks twice, locks and logs more.
                steps.Add($"t AS MATERIALIZED (SELECT u.*, k.owner AS present_owner, k.until AS present_until FROM {Unnest("u", input.Takes)} "
                    + "LEFT JOIN claim k ON k.holder = u.holder AND k.key = u.key)");
                Filter("held", "SELECT n, holder, key, present_owner AS owner, present_until AS until FROM t "
                    + "WHERE present_until > taken_at AND present_owner <> owner AND present_owner IS DISTINCT FROM dropped_owner");
            }
            if (parts.HasFlag(BatchParts.Persons))
            {
                // Under either hash while a key is replaced: one patient stays one.
                steps.Add($"p AS MATERIALIZED (SELECT u.*, x.surrogate AS present, o.surrogate AS current, f.surrogate AS former FROM {Unnest("u", input.Persons)} "
                    + "LEFT JOIN person x ON x.surrogate = u.surrogate "
                    + "LEFT JOIN person_trait o ON o.sas_id = u.sas_id AND o.trait_hash = u.trait_hash "
                    + "LEFT JOIN person_trait f ON f.sas_id = u.sas_id AND f.trait_hash = u.former_hash)");
                Filter("other", "SELECT n, CASE WHEN current <> surrogate THEN current ELSE former END AS surrogate FROM p WHERE current <> surrogate OR former <> surrogate");
            }
        }

        private void Log()
        {
            steps.Add($"logged AS (INSERT INTO event ({EventColumns}) SELECT {EventColumns} FROM c WHERE {Accepted} RETURNING 1)");
            Expect($"c WHERE {Accepted}", "logged");
        }

        private void Claims()
        {
            steps.Add($"dropped AS (DELETE FROM claim k USING {Unnest("d", input.Drops)} WHERE {Accepted} "
                + "AND k.holder = d.holder AND k.key = d.key AND k.owner = d.owner RETURNING 1)");
            // Reading `dropped` first orders the two, so that a claim can change hands within one command: what was dropped is inserted anew.
            steps.Add($"""
                taken AS (INSERT INTO claim (holder, key, owner, until, stream, taken_at)
                  SELECT holder, key, owner, until, stream, taken_at FROM t
                  WHERE (present_owner IS NULL OR present_owner = dropped_owner) AND {Accepted} AND (SELECT count(*) FROM dropped) >= 0 RETURNING 1)
                """);
            // A claim extended by its owner stays with the stream that took it: that stream's fold accounts for it.
            steps.Add($"""
                taken_over AS (UPDATE claim k SET owner = t.owner, until = t.until, taken_at = t.taken_at,
                    stream = CASE WHEN k.owner = t.owner THEN k.stream ELSE t.stream END
                  FROM t WHERE t.present_owner IS NOT NULL AND t.present_owner IS DISTINCT FROM t.dropped_owner AND {Accepted}
                    AND k.holder = t.holder AND k.key = t.key AND (k.until <= t.taken_at OR k.owner = t.owner) RETURNING 1)
                """);
            Expect($"t WHERE {Accepted}", "taken", "taken_over");
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
            Input("s", input.Slots);
            steps.Add($"published AS (INSERT INTO slot AS x ({SlotColumns}) SELECT {SlotColumns} FROM s WHERE {Accepted} {RepublishSlot} RETURNING 1)");
            Expect($"s WHERE {Accepted}", "published");
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
                sealed_new AS (INSERT INTO person (surrogate, sas_id, sealed, used_at)
                  SELECT surrogate, sas_id, sealed, used_at FROM p WHERE present IS NULL AND {Accepted} RETURNING 1)
                """);
            steps.Add($"""
                sealed_again AS (UPDATE person x SET sealed = p.sealed, used_at = greatest(x.used_at, p.used_at) FROM p
                  WHERE p.present IS NOT NULL AND {Accepted} AND x.surrogate = p.surrogate AND x.sas_id = p.sas_id
                    AND (p.trait_hash IS NULL OR p.current IS NOT NULL OR p.former IS NOT NULL) RETURNING 1)
                """);
            steps.Add($"""
                traits AS (INSERT INTO person_trait (sas_id, trait_hash, surrogate)
                  SELECT sas_id, trait_hash, surrogate FROM p WHERE trait_hash IS NOT NULL AND current IS NULL AND {Accepted}
                  UNION ALL SELECT sas_id, former_hash, surrogate FROM p WHERE former_hash IS NOT NULL AND former IS NULL AND {Accepted})
                """);
            // A booking's id is new, and so is its note's.
            steps.Add($"sealed_notes AS (INSERT INTO note (note_id, surrogate, sealed, territory_id, used_at) SELECT note_id, surrogate, note, territory_id, used_at FROM p WHERE note IS NOT NULL AND {Accepted})");
            Expect($"p WHERE {Accepted}", "sealed_new", "sealed_again");
        }

        private string Answer()
        {
            var rows = new List<string>
            {
                $"SELECT -1 AS n, {(int)Verdict.Check} AS verdict, ledger_expect({Sum(wanted)}, {Sum(written)}, 'rows') AS a, "
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

        /// <summary>No table may take more than is wanted, so one comparison of the sums tells of all.</summary>
        private void Expect(string rows, params ReadOnlySpan<string> writers)
        {
            wanted.Add(rows);
            written.AddRange(writers);
        }

        private static string Sum(IEnumerable<string> rows) => string.Join(" + ", rows.Select(from => $"(SELECT count(*) FROM {from})"));

        private string Unnest(string alias, InputTable table)
        {
            Parameters.AddRange(table.Columns);
            return table.Unnest(alias, ref next);
        }
    }
}
