using System.Globalization;
using Microsoft.Data.Sqlite;

namespace SnpLive.Silo.Ledger.Sqlite;

/// <summary>Creates and upgrades the tables in one exclusive transaction.</summary>
internal static class SqliteSchema
{
    public static void Upgrade(SqliteConnection connection)
    {
        var scripts = EmbeddedSql.Scripts("Sqlite");
        SqliteFile.Run(connection, "BEGIN EXCLUSIVE");
        try
        {
            SqliteFile.Run(connection, "CREATE TABLE IF NOT EXISTS meta (key TEXT NOT NULL PRIMARY KEY, value INTEGER NOT NULL) STRICT");
            var version = Version(connection);
            if (version > scripts.Count) throw EmbeddedSql.TooNew(version, scripts.Count);
            foreach (var script in scripts.Skip((int)version)) SqliteFile.Run(connection, script);
            SqliteFile.Run(connection, $"INSERT OR REPLACE INTO meta VALUES ('schema', {scripts.Count.ToString(CultureInfo.InvariantCulture)})");
            SqliteFile.Run(connection, "COMMIT");
        }
        catch
        {
            SqliteFile.Run(connection, "ROLLBACK");
            throw;
        }
    }

    private static long Version(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT coalesce((SELECT value FROM meta WHERE key = 'schema'), 0)";
        return (long)command.ExecuteScalar()!;
    }
}
