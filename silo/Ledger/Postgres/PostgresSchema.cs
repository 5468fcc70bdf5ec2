using System.Globalization;
using Npgsql;

namespace SnpLive.Silo.Ledger.Postgres;

/// <summary>Creates and upgrades the tables. Several processes may start at once: one works, the others wait and find it done.</summary>
internal static class PostgresSchema
{
    // Any constant will do, as long as no other program uses it on this database: "SnpLive" in ASCII.
    private const long LockKey = 0x536E704C697665;

    public static async Task Upgrade(NpgsqlDataSource source)
    {
        var scripts = EmbeddedSql.Scripts("Postgres");
        await using var connection = await source.OpenConnectionAsync();
        if (connection.PostgreSqlVersion.Major < 15)
            throw new InvalidOperationException($"PostgreSQL 15 or newer is needed, not {connection.PostgreSqlVersion}.");
        await using var transaction = await connection.BeginTransactionAsync();
        // An upgrade may take longer than an ordinary statement, and so may waiting for another process's upgrade.
        await Run(connection, "SET LOCAL lock_timeout = '10min'; SET LOCAL statement_timeout = '10min'");
        await Run(connection, $"SELECT pg_advisory_xact_lock({LockKey.ToString(CultureInfo.InvariantCulture)})");
        await Run(connection, "CREATE TABLE IF NOT EXISTS meta (key text PRIMARY KEY, value bigint NOT NULL)");
        var version = await Version(connection);
        if (version > scripts.Count) throw EmbeddedSql.TooNew(version, scripts.Count);
        foreach (var script in scripts.Skip((int)version)) await Run(connection, script);
        if (version < scripts.Count)
        {
            var reached = scripts.Count.ToString(CultureInfo.InvariantCulture);
            await Run(connection, $"INSERT INTO meta VALUES ('schema', {reached}) ON CONFLICT (key) DO UPDATE SET value = excluded.value");
        }
        await transaction.CommitAsync();
    }

    private static async Task<long> Version(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("SELECT coalesce((SELECT value FROM meta WHERE key = 'schema'), 0)", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task Run(NpgsqlConnection connection, string sql)
    {
        // Scripts are embedded in the assembly.
#pragma warning disable CA2100
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
