using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;

namespace SnpLive.Tests.Support;

/// <summary>The real server in a process of its own, on loopback, so that it can be killed like any process.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(60);
    private readonly StringBuilder output = new();
    private readonly string[] arguments;
    private Process? process;

    private ServerProcess(int port, string[] arguments) => (Port, this.arguments) = (port, arguments);

    public int Port { get; }
    public Uri Address => new($"http://127.0.0.1:{Port}");
    public string Output { get { lock (output) return output.ToString(); } }

    /// <summary>Starts the server on a free port and waits until it is ready.</summary>
    public static async Task<ServerProcess> Start(string data, params string[] more)
    {
        var port = Ports.Free();
        var server = new ServerProcess(port, ["run", "--port", $"{port}", "--data", data, "--contentRoot", Repository.Web, .. more]);
        await server.Start();
        return server;
    }

    /// <summary>Starts it (again) on the same port.</summary>
    public async Task Start()
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add(Repository.Server);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await Ready();
    }

    /// <summary><c>kill -9</c>: no handler runs, nothing is flushed.</summary>
    public async Task Kill()
    {
        process!.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGSTOP: the process stands still, its connections stay open. Returns when its last thread has stopped, which the kernel does in its own time.</summary>
    public void Freeze()
    {
        _ = SysKill(process!.Id, 19);
        var still = SpinWait.SpinUntil(() => Directory.GetDirectories($"/proc/{process.Id}/task").All(t => File.ReadAllText(t + "/stat").Split(") ").Last()[0] == 'T'), TimeSpan.FromSeconds(5));
        Assert.True(still, "The server did not stand still.");
    }

    /// <summary>SIGCONT: it goes on where it stood, knowing nothing of the time between.</summary>
    public void Thaw() => _ = SysKill(process!.Id, 18);

    /// <summary>Resident memory, bytes.</summary>
    public long Memory
    {
        get
        {
            process!.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>SIGTERM; returns the exit code.</summary>
    public async Task<int> Terminate()
    {
        _ = SysKill(process!.Id, 15);
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false }) await Kill();
        process?.Dispose();
    }

    private async Task Ready()
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < ReadyWithin)
        {
            if (process!.HasExited) throw new InvalidOperationException($"The server ended with {process.ExitCode}:\n{Output}");
            try { if ((await http.GetAsync(new Uri(Address, "/health/ready"))).StatusCode == HttpStatusCode.OK) return; }
            catch (HttpRequestException) { /* Not listening yet. */ }
            catch (TaskCanceledException) { /* Listening, not answering yet. */ }
            await Task.Delay(50);
        }
        throw new TimeoutException($"The server was not ready within {ReadyWithin}:\n{Output}");
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (output) output.AppendLine(line);
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int SysKill(int pid, int signal);
}
