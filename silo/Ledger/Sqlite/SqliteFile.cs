using System.Globalization;
using Microsoft.Data.Sqlite;

namespace SnpLive.Silo.Ledger.Sqlite;

/// <summary>The database file, its settings, and the lock that makes this process its only user.</summary>
internal sealed class SqliteFile : IDisposable
{
    private readonly string path;
    private readonly FileStream ownership;
    private readonly TimeSpan busyTimeout;

    static SqliteFile() => SQLitePCL.Batteries_V2.Init();

    public SqliteFile(LedgerOptions options)
    {
        Directory.CreateDirectory(options.DataDirectory);
        path = Path.Combine(options.DataDirectory, "ledger.db");
        busyTimeout = options.BusyTimeout;
        ownership = Own(path + ".lock");
    }

    /// <summary>The connection that writes.</summary>
    public SqliteConnection OpenWriter()
    {
        var connection = Open(SqliteOpenMode.ReadWriteCreate);
        // WAL: readers never wait. FULL: the log is flushed before a commit returns.
        Run(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;");
        // 64 MiB of pages: claims and requests have random keys, and the default of 2 MiB would fetch a page for nearly each of them.
        // A checkpoint every 16 MiB of log instead of 4 copies pages that changed several times only once.
        Run(connection, "PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000; PRAGMA temp_store = MEMORY;");
        return connection;
    }

    /// <summary>A connection that only reads.</summary>
    public SqliteConnection OpenReader() => Open(SqliteOpenMode.ReadOnly);

    public void Dispose() => ownership.Dispose();

    public static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        // Constants and embedded scripts only.
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private SqliteConnection Open(SqliteOpenMode mode)
    {
        // Not pooled: these connections live as long as the ledger, and a closed one must release the file.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = Math.Max(1, (int)busyTimeout.TotalSeconds),
        }.ConnectionString);
        connection.Open();
        Run(connection, $"PRAGMA busy_timeout = {((long)busyTimeout.TotalMilliseconds).ToString(CultureInfo.InvariantCulture)};");
        return connection;
    }

    private static FileStream Own(string lockPath)
    {
        try
        {
            // An operating-system lock: it vanishes with the process, however that ends.
            return new FileStream(lockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new LedgerInUseException(
                $"The ledger's file is in use by another process ({lockPath} is locked). SQLite serves one process: "
                + "stop the other one, choose another data directory, or use PostgreSQL.", e);
        }
    }
}
