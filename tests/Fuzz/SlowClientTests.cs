using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using SnpLive.Tests.EndToEnd;
using SnpLive.Tests.Ledger;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.Fuzz;

/// <summary>Sockets that say nothing, and requests that come a letter at a time: they cost little, delay nobody, and are ended.</summary>
[Trait("Category", "Slow")]
public sealed class SlowClientTests(PostgresServer postgres, ITestOutputHelper output)
{
    private const int Idle = 2_000;
    private const int Loris = 50;
    private const int HeaderSeconds = 2;
    private const long BytesPerSocket = 48 * 1024;

    [Fact]
    public async Task Thousands_of_idle_sockets_and_a_slow_loris_delay_nobody()
    {
        var storage = await Backends.Options(Backends.Sqlite, postgres);
        await using var site = await TestSite.StartOn([.. storage, "--Limits:HeaderSeconds", $"{HeaderSeconds}"], TestTerritory.Of("foule", "sas-f", 1));
        using var me = await site.SignIn("foule-pha-1");
        for (var warm = 0; warm < 20; warm++) await me.Slots("foule");
        var before = site.Server.Memory;
        var idle = new List<Socket>();
        try
        {
            for (var n = 0; n < Idle; n++) idle.Add(await Connect(site.Server.Port));
            var loris = await Task.WhenAll(Enumerable.Range(0, Loris).Select(_ => Connect(site.Server.Port)));
            idle.AddRange(loris);
            var slowest = TimeSpan.Zero;
            var clock = Stopwatch.StartNew();
            var drip = Task.WhenAll(loris.Select(Drip));
            while (!drip.IsCompleted && clock.Elapsed < TimeSpan.FromSeconds(30))
            {
                var asked = Stopwatch.StartNew();
                Assert.Equal(HttpStatusCode.OK, (await me.Get("/api/territories/foule/board")).Status);
                if (asked.Elapsed > slowest) slowest = asked.Elapsed;
                await Task.Delay(50);
            }
            var grown = site.Server.Memory - before;
            output.WriteLine($"{Idle} idle sockets and {Loris} slow ones: slowest answer {slowest.TotalMilliseconds:F0} ms, {grown / (1024 * 1024)} MiB more, the slow ones were ended after {clock.Elapsed.TotalSeconds:F1} s");
            Assert.True(drip.IsCompletedSuccessfully, "Requests that never end were not ended.");
            Assert.True(slowest < TimeSpan.FromSeconds(3), $"Somebody waited {slowest}.");
            Assert.True(grown < (Idle + Loris) * BytesPerSocket, $"Memory grew by {grown:N0} bytes.");
        }
        finally
        {
            foreach (var socket in idle) socket.Dispose();
        }
    }

    private static async Task<Socket> Connect(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return socket;
    }

    /// <summary>A header a letter at a time, until the server has had enough.</summary>
    private static async Task Drip(Socket socket)
    {
        try
        {
            foreach (var letter in "GET /api/session HTTP/1.1\r\nHost: localhost\r\nX-Slow: " + new string('a', 1_000))
            {
                await socket.SendAsync(Encoding.ASCII.GetBytes([letter]));
                await Task.Delay(100);
            }
        }
        catch (SocketException)
        {
            // Ended by the server.
        }
    }
}
