using System.Net;
using System.Net.Sockets;

namespace SnpLive.Silo.Engines;

/// <summary>The two ports of a silo. Orleans itself has no "any free port".</summary>
internal readonly record struct LoopbackPorts(int Silo, int Gateway)
{
    /// <summary>The given ports; a free one instead of each 0. Another process may take it before the silo does: the start then fails.</summary>
    internal static LoopbackPorts Of(int silo, int gateway)
    {
        // Both are held until both are known, so that they differ.
        using var first = new TcpListener(IPAddress.Loopback, 0);
        using var second = new TcpListener(IPAddress.Loopback, 0);
        return new(silo != 0 ? silo : Free(first), gateway != 0 ? gateway : Free(second));
    }

    private static int Free(TcpListener listener)
    {
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
