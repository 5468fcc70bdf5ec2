using System.Diagnostics;
using Npgsql;
using SnpLive.Silo.Engines;

namespace SnpLive.Bench;

/// <summary>Where figures were measured; goes with every one of them.</summary>
internal sealed record Surroundings(
    string At, string Commit, string Engine, string Runtime, int Cores, string Load, string Postgres, IReadOnlyDictionary<string, string> Settings)
{
    private static readonly string[] Named =
        ["fsync", "synchronous_commit", "wal_sync_method", "commit_delay", "commit_siblings", "shared_buffers", "max_wal_size", "full_page_writes", "max_connections"];

    public static async Task<Surroundings> Look(string database)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var connection = await source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("SELECT name, current_setting(name) FROM pg_settings WHERE name = ANY($1) ORDER BY name", connection);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = Named });
        var settings = new Dictionary<string, string>();
        await using (var rows = await command.ExecuteReaderAsync())
            while (await rows.ReadAsync()) settings[rows.GetString(0)] = rows.GetString(1);
        return new(DateTimeOffset.UtcNow.ToString("u"), CheckedOut(), EngineHost.Name, Environment.Version.ToString(), Environment.ProcessorCount, LoadAverage(),
            connection.PostgreSqlVersion.ToString(), settings);
    }

    /// <summary>One, five and fifteen minutes: other work on the machine is part of the result.</summary>
    public static string LoadAverage() => File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]) : "unknown";

    public override string ToString() =>
        $"{At}, commit {Commit}, engine {Engine}, .NET {Runtime}, {Cores} cores, load {Load}\nPostgreSQL {Postgres}: {string.Join(", ", Settings.Select(s => $"{s.Key}={s.Value}"))}";

    private static string CheckedOut()
    {
        var git = new ProcessStartInfo("git") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = AppContext.BaseDirectory };
        foreach (var argument in (string[])["describe", "--always", "--dirty", "--abbrev=12"]) git.ArgumentList.Add(argument);
        try
        {
            using var process = Process.Start(git)!;
            var text = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return text.Length > 0 ? text : "unknown";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "unknown";
        }
    }
}
