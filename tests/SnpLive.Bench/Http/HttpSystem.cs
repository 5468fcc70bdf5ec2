using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using SnpLive.Tests.Support;

namespace SnpLive.Bench.Http;

/// <summary>
/// A system in a process of its own, behind Kestrel and sessions: this very program, started as <c>bench serve</c>. It talks HTTP with the callers and, over its
/// standard streams, with the bench: a word in, a line of JSON out. It ends when its input ends, however the bench ends.
/// </summary>
internal sealed class HttpSystem(string letter, int pool) : IBookingSystem
{
    private readonly TemporaryFolder data = new();
    private readonly SemaphoreSlim asking = new(1, 1);
    private Process? server;
    private HttpCaller[] callers = [];

    public async Task Open(string database, Territory territory)
    {
        var info = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet") info.ArgumentList.Add(typeof(HttpSystem).Assembly.Location);
        foreach (var argument in new ServeOptions(letter, database, data.Path, pool, territory).ToArguments()) info.ArgumentList.Add(argument);
        // The limit per person stays in the way of every request, but one loop may ask more often than a person.
        info.Environment["RateLimits__Burst"] = info.Environment["RateLimits__PerSecond"] = "1000000";
        server = Process.Start(info)!;
        var port = JsonSerializer.Deserialize<int>(await Line());
        callers = await Task.WhenAll(Enumerable.Range(0, territory.Callers).Select(n => HttpCaller.SignIn(port, TerritoryFiles.Identity(n))));
    }

    public async Task<Outcome> Book(int caller, string slotId)
    {
        var answer = await callers[caller].Post($"/api/slots/{slotId}/bookings", BookingForm.New());
        return answer.Status switch
        {
            201 => Outcome.Booked,
            409 when answer.Body.Contains("\"slot-taken\"", StringComparison.Ordinal) => Outcome.Taken,
            _ => Outcome.Unexpected,
        };
    }

    public async Task<Stored> Stored() => JsonSerializer.Deserialize<Stored>(await Ask("stored"))!;
    public async Task<SystemUse> Use() => JsonSerializer.Deserialize<SystemUse>(await Ask("use"))!;
    public Task TouchConnections() => Ask("touch");

    public async ValueTask DisposeAsync()
    {
        foreach (var caller in callers) caller.Dispose();
        if (server is not null)
        {
            server.StandardInput.Close();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            try
            {
                await server.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                server.Kill();
            }
            server.Dispose();
        }
        asking.Dispose();
        data.Dispose();
    }

    private async Task<string> Ask(string word)
    {
        await asking.WaitAsync();
        try
        {
            await server!.StandardInput.WriteLineAsync(word);
            await server.StandardInput.FlushAsync();
            return await Line();
        }
        finally
        {
            asking.Release();
        }
    }

    private async Task<string> Line() => await server!.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"The server of {letter} has ended.");
}

/// <summary>What a serving process must know.</summary>
internal sealed record ServeOptions(string Letter, string Database, string Data, int Pool, Territory Territory)
{
    public IEnumerable<string> ToArguments() =>
        ["serve", Letter, Database, Data, Text(Pool), Text(Territory.Agendas), Text(Territory.SlotsPerAgenda), Text(Territory.Callers), Text(Territory.First.UtcTicks)];

    public static ServeOptions Parse(string[] a) => new(a[1], a[2], a[3], (int)Number(a[4]), new((int)Number(a[5]), (int)Number(a[6]), (int)Number(a[7]), new(Number(a[8]), TimeSpan.Zero)));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
