using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Npgsql;
using SnpLive.Grains.People;
using SnpLive.Silo.Access;

namespace SnpLive.Silo.Ledger.Postgres;

/// <summary>
/// The access log on PostgreSQL. Processes take turns by an advisory lock that ends with the commit: whoever gets it reads the head that the one before has
/// committed (each statement sees what was committed before it). The primary key would stop two entries at one place even without it.
/// </summary>
internal sealed class PostgresAccess(NpgsqlDataSource appender, NpgsqlDataSource owner) : IAccessStore
{
    // "SnpAcces" in ASCII.
    private const long LockKey = 0x536E704163636573;
    private const string Columns = "seq, at, actor_id, role, organization_id, session, action, subject, territory_id, sas_id, why, object, previous, hash";

    public Task<AccessHead> Append(IReadOnlyList<AccessEntry> entries, AccessChain chain) => PostgresErrors.Guard(async () =>
    {
        await using var connection = await appender.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var head = await Insert(connection, entries, chain);
        await transaction.CommitAsync();
        return head;
    });

    public Task<AccessHead> Head() => PostgresErrors.Guard(async () =>
    {
        await using var command = appender.CreateCommand("SELECT seq, hash FROM access_log ORDER BY seq DESC LIMIT 1");
        await using var reader = await command.ExecuteReaderAsync();
        return await HeadOf(reader) ?? new AccessHead(0, AccessChain.Origin);
    });

    public Task<ImmutableArray<AccessRow>> ReadAfter(long seq, int limit) => Rows($"SELECT {Columns} FROM access_log WHERE seq > $1 ORDER BY seq LIMIT $2", [seq, limit]);

    public async Task<ImmutableArray<AccessEntry>> Find(AccessQuery query)
    {
        var (where, values) = (new StringBuilder("true"), new List<object>());
        void And(string condition, object? value)
        {
            if (value is null) return;
            values.Add(value);
            where.Append(" AND ").Append(condition.Replace("$", $"${values.Count.ToString(CultureInfo.InvariantCulture)}", StringComparison.Ordinal));
        }
        And("territory_id = $", query.TerritoryId);
        And("sas_id = $", query.SasId);
        And("subject = ANY($)", query.Subjects.IsDefault ? null : query.Subjects.ToArray());
        And("actor_id = $", query.ActorId);
        And("at >= $", query.From is { } from ? Instants.Utc(from) : null);
        And("at < $", query.To is { } to ? Instants.Utc(to) : null);
        And("seq < $", query.Before);
        And("action = $", query.Action is { } action ? AccessCodes.Write(action) : null);
        And("territory_id = ANY($)", query.Territories.IsDefault ? null : query.Territories.ToArray());
        values.Add(query.Limit);
        return [.. (await Rows($"SELECT {Columns} FROM access_log WHERE {where} ORDER BY seq DESC LIMIT ${values.Count.ToString(CultureInfo.InvariantCulture)}", values)).Select(row => row.Entry)];
    }

    public Task<long> Purge(DateTimeOffset before, AccessChain chain, DateTimeOffset now) => PostgresErrors.Guard(async () =>
    {
        // By the owner: the appending role may not delete.
        await using var connection = await owner.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await Lock(connection);
        var through = await Through(connection, before);
        if (through is null) return 0L;
        await Insert(connection, [AccessChain.Purged(through, now)], chain);
        await using var announce = new NpgsqlCommand("SET LOCAL snplive.access_purge = 'on'", connection);
        await announce.ExecuteNonQueryAsync();
        await using var delete = new NpgsqlCommand("DELETE FROM access_log WHERE seq <= $1", connection) { Parameters = { new() { Value = through.Seq } } };
        var removed = await delete.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
        return removed;
    });

    private static async Task<AccessHead?> Through(NpgsqlConnection connection, DateTimeOffset before)
    {
        await using var command = new NpgsqlCommand(AccessSql.Before("$1"), connection) { Parameters = { new() { Value = Instants.Utc(before) } } };
        await using var reader = await command.ExecuteReaderAsync();
        return await HeadOf(reader);
    }

    private static async Task Lock(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand($"SELECT pg_advisory_xact_lock({LockKey.ToString(CultureInfo.InvariantCulture)})", connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<AccessHead> Insert(NpgsqlConnection connection, IReadOnlyList<AccessEntry> entries, AccessChain chain)
    {
        var head = await LockedHead(connection);
        var rows = chain.Follow(head, entries);
        await using var command = new NpgsqlCommand(
            $"INSERT INTO access_log ({Columns}) SELECT * FROM unnest($1::bigint[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], "
                + "$9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[])", connection);
        void Column<T>(Func<AccessRow, T> of) => command.Parameters.Add(new() { Value = rows.Select(of).ToArray() });
        Column(r => r.Entry.Seq);
        Column(r => Instants.Utc(r.Entry.At));
        foreach (var of in (Func<AccessRow, string>[])
            [
                r => r.Entry.ActorId, r => AccessCodes.Write(r.Entry.Role), r => r.Entry.OrganizationId, r => r.Entry.Session, r => AccessCodes.Write(r.Entry.Action),
                r => r.Entry.Subject, r => r.Entry.TerritoryId, r => r.Entry.SasId, r => r.Entry.Why, r => r.Entry.Object, r => r.Previous, r => r.Hash,
            ])
            Column(of);
        await command.ExecuteNonQueryAsync();
        return new(rows[^1].Entry.Seq, rows[^1].Hash);
    }

    // Two statements of one round trip: the second looks after the first has got the lock.
    private static async Task<AccessHead> LockedHead(NpgsqlConnection connection)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand($"SELECT pg_advisory_xact_lock({LockKey.ToString(CultureInfo.InvariantCulture)})"),
                new NpgsqlBatchCommand("SELECT seq, hash FROM access_log ORDER BY seq DESC LIMIT 1"),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync();
        await reader.NextResultAsync();
        return await HeadOf(reader) ?? new(0, AccessChain.Origin);
    }

    private static async Task<AccessHead?> HeadOf(NpgsqlDataReader reader) => await reader.ReadAsync() ? new(reader.GetInt64(0), reader.GetString(1)) : null;

    // Composed from constants of this file; every value is a parameter.
#pragma warning disable CA2100
    private Task<ImmutableArray<AccessRow>> Rows(string sql, IEnumerable<object> values) => PostgresErrors.Guard(async () =>
    {
        await using var command = appender.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync();
        var rows = ImmutableArray.CreateBuilder<AccessRow>();
        while (await reader.ReadAsync()) rows.Add(Row(reader));
        return rows.DrainToImmutable();
    });
#pragma warning restore CA2100

    private static AccessRow Row(NpgsqlDataReader r) => new(
        new(r.GetInt64(0), r.GetFieldValue<DateTimeOffset>(1), r.GetString(2), AccessCodes.Read<Role>(r.GetString(3)), r.GetString(4), r.GetString(5),
            AccessCodes.Read<AccessAction>(r.GetString(6)), r.GetString(7), r.GetString(8), r.GetString(9), r.GetString(10), r.GetString(11)),
        r.GetString(12), r.GetString(13));
}
