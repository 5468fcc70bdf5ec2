using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace SnpLive.Tests.Support;

/// <summary>Ports for servers that are started, killed, and started again on the same port.</summary>
public static class Ports
{
    // Below those that the kernel gives to connections by itself (from 32768 on): a port that is free now must not be the source of one when its server begins to listen.
    private const int First = 20_000, After = 32_000, Attempts = 1_000;
    private static readonly ConcurrentDictionary<int, bool> Given = new();

    /// <summary>A port of the loopback interface that nobody listens on, never the same twice in one process.</summary>
    public static int Free()
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var port = Random.Shared.Next(First, After);
            if (!Given.TryAdd(port, true)) continue;
            using var probe = new TcpListener(IPAddress.Loopback, port) { ExclusiveAddressUse = true };
            try { probe.Start(); }
            catch (SocketException) { continue; }
            return port;
        }
        throw new InvalidOperationException($"No port between {First} and {After} is free.");
    }
}
