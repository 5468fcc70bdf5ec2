using System.Diagnostics;
using Npgsql;
using SnpLive.Tests.Support;

[assembly: AssemblyFixture(typeof(SnpLive.Tests.Ledger.PostgresServer))]

namespace SnpLive.Tests.Ledger;

/// <summary>
/// A throw-away PostgreSQL for one test run, from the installed server binaries: own folder, free port on loopback, never as root.
/// Its shell waits on a pipe from this process, so the server goes when the tests end, however they end.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly TimeSpan OrderWithin = TimeSpan.FromSeconds(60);
    private readonly Lazy<Task<string>> started;
    private Process? process;
    private int databases;

    public PostgresServer() => started = new(Start);

    /// <summary>Why there is no server here; null when there is one.</summary>
    public static string? Missing => Binaries() is null ? "PostgreSQL's server binaries (initdb, postgres) are not installed" : null;

    /// <summary>An empty database. Skips the calling test when there are no server binaries.</summary>
    public async Task<string> NewDatabase()
    {
        Assert.SkipWhen(Missing is not null, Missing ?? "");
        var server = await started.Value;
        var name = $"test_{Interlocked.Increment(ref databases)}";
        await using var source = NpgsqlDataSource.Create(server);
        await using var create = source.CreateCommand($"CREATE DATABASE {name}");
        await create.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
    }

    /// <summary>Shuts it down as an operator would: sessions are ended, the data are complete. Only for a server of one's own.</summary>
    public Task Stop() => Order("stop", answersAfterwards: false);

    /// <summary><c>kill -9</c> of the postmaster: its sessions end by themselves, the log is replayed at the next start. Only for a server of one's own.</summary>
    public Task Crash() => Order("crash", answersAfterwards: false);

    /// <summary>Starts it on the same port and data, and waits until it answers.</summary>
    public Task StartAgain() => Order("start", answersAfterwards: true);

    public async ValueTask DisposeAsync()
    {
        if (process is null) return;
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }
        process.Dispose();
    }

    private async Task<string> Start()
    {
        var port = Ports.Free();
        var folder = Directory.CreateTempSubdirectory("snplive-pg-").FullName;
        var bin = Binaries()!;
        // It ends at once (QUIT), without a last checkpoint: its data are thrown away.
        // fsync stays on: the tests are about durability. Only the first set-up of the cluster skips it.
        var script = $"""
            trap 'rm -rf "{folder}"' EXIT
            trap 'exit 1' INT TERM HUP
            "{bin}/initdb" -D "{folder}/data" -U postgres -A trust -E UTF8 --locale=C --no-sync > "{folder}/initdb.log" 2>&1 || exit 1
            "{bin}/postgres" -D "{folder}/data" -p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories="{folder}" \
              -c shared_buffers=128MB -c max_connections=200 -c log_min_messages=fatal > "{folder}/server.log" 2>&1 < /dev/null &
            while read -r order; do case "$order" in
              stop) "{bin}/pg_ctl" -D "{folder}/data" -m fast -w stop ;;
              crash) kill -9 "$(head -1 "{folder}/data/postmaster.pid")" ;;
              start) until "{bin}/pg_ctl" -D "{folder}/data" -w -l "{folder}/server.log" start -o "-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='{folder}' \
                -c shared_buffers=128MB -c max_connections=200 -c log_min_messages=fatal"; do sleep 0.1; done ;;
            esac > /dev/null 2>&1; done
            "{bin}/pg_ctl" -D "{folder}/data" -m immediate -w stop > /dev/null 2>&1; wait
            """;
        process = Process.Start(Shell(folder, script))!;
        var connection = $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres";
        await UntilReady(connection, folder);
        return connection;
    }

    private async Task Order(string order, bool answersAfterwards)
    {
        var server = await started.Value;
        await process!.StandardInput.WriteLineAsync(order);
        await process.StandardInput.FlushAsync();
        await using var source = NpgsqlDataSource.Create(server + ";Pooling=false;Timeout=2");
        for (var began = Stopwatch.StartNew(); began.Elapsed < OrderWithin; await Task.Delay(50))
        {
            try
            {
                await using var open = await source.OpenConnectionAsync();
                if (answersAfterwards) return;
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException)
            {
                if (!answersAfterwards) return;
            }
        }
        throw new InvalidOperationException($"PostgreSQL did not {order} within {OrderWithin}.");
    }

    private static ProcessStartInfo Shell(string folder, string script)
    {
        var info = new ProcessStartInfo { WorkingDirectory = folder, RedirectStandardInput = true, UseShellExecute = false };
        if (Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows())
        {
            // PostgreSQL refuses to run as root: give the folder to an unprivileged user and become that one.
            var user = File.ReadLines("/etc/passwd").Any(l => l.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";
            using (var chown = Process.Start("chown", [user, folder])) chown.WaitForExit();
            info.FileName = "setpriv";
            foreach (var argument in (string[])[$"--reuid={user}", $"--regid={GroupOf(user)}", "--clear-groups", "--"]) info.ArgumentList.Add(argument);
            info.ArgumentList.Add("sh");
        }
        else
        {
            info.FileName = "sh";
        }
        info.ArgumentList.Add("-c");
        info.ArgumentList.Add(script);
        return info;
    }

    private static string GroupOf(string user) => File.ReadLines("/etc/passwd").Select(l => l.Split(':')).First(f => f[0] == user)[3];

    private async Task UntilReady(string connection, string folder)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        var began = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await using var open = await source.OpenConnectionAsync();
                return;
            }
            catch (NpgsqlException e)
            {
                if (process!.HasExited || began.Elapsed > TimeSpan.FromSeconds(60)) throw new InvalidOperationException($"PostgreSQL did not start in {folder}: {Log(folder)}", e);
            }
            await Task.Delay(50);
        }
    }

    private static string Log(string folder) => string.Join('\n', Directory.Exists(folder) ? Directory.GetFiles(folder, "*.log").Select(File.ReadAllText) : []);

    private static string? Binaries()
    {
        var debian = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(VersionOf).Select(d => Path.Combine(d, "bin")) : [];
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return debian.Concat(path).FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")) && File.Exists(Path.Combine(d, "postgres")));
    }

    private static int VersionOf(string folder) => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0;
}
