using System.Globalization;
using Npgsql;

namespace SnpLive.Bench;

/// <summary>What PostgreSQL has used so far.</summary>
/// <param name="Cpu">Processor time of all its processes, user and system.</param>
/// <param name="Wal">Position in its write-ahead log, in bytes.</param>
internal readonly record struct PostgresUse(TimeSpan Cpu, long Wal)
{
    public static PostgresUse operator -(PostgresUse later, PostgresUse earlier) => new(later.Cpu - earlier.Cpu, later.Wal - earlier.Wal);
}

/// <summary>Reads the use of the whole server, so of one system at a time: trials run one after the other. Linux only; elsewhere the processor time is zero.</summary>
internal sealed class PostgresMeter : IAsyncDisposable
{
    // Of /proc: what the kernel calls USER_HZ, 100 on every Linux that .NET runs on.
    private const double TicksPerSecond = 100;
    private const int Parent = 1, User = 11, System = 12, UserOfChildren = 13, SystemOfChildren = 14;

    private readonly NpgsqlConnection connection;
    private readonly int postmaster;

    private PostgresMeter(NpgsqlConnection connection, int postmaster) => (this.connection, this.postmaster) = (connection, postmaster);

    public static async Task<PostgresMeter> Open(string database)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return new(connection, Stat(connection.ProcessID) is { } own ? (int)own[Parent] : 0);
    }

    public async Task<PostgresUse> Read()
    {
        await using var command = new NpgsqlCommand("SELECT (pg_current_wal_insert_lsn() - '0/0')::int8", connection);
        var wal = (long)(await command.ExecuteScalarAsync())!;
        return new(TimeSpan.FromSeconds(Ticks() / TicksPerSecond), wal);
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    /// <summary>Of the living processes, and of those that the postmaster has seen end.</summary>
    private double Ticks()
    {
        if (postmaster == 0 || Stat(postmaster) is not { } server) return 0;
        var ticks = server[User] + server[System] + server[UserOfChildren] + server[SystemOfChildren];
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var process)
                && Stat(process) is { } stat && (int)stat[Parent] == postmaster) ticks += stat[User] + stat[System];
        return ticks;
    }

    /// <summary>The numbers after the name in <c>/proc/PID/stat</c>; null when the process has gone.</summary>
    private static double[]? Stat(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            return [.. text[(text.LastIndexOf(')') + 2)..].Split(' ').Select(field => double.TryParse(field, CultureInfo.InvariantCulture, out var number) ? number : 0)];
        }
        catch (IOException)
        {
            return null;
        }
    }
}
