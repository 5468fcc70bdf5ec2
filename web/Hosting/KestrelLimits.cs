using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace SnpLive.Web.Hosting;

/// <summary>Bounds that keep slow or hostile clients from growing memory. Section <c>Limits</c>.</summary>
internal sealed record KestrelLimits
{
    /// <summary>Bytes of a request body; the import has its own bound.</summary>
    public int BodyBytes { get; init; } = 64 * 1024;
    /// <summary>Bytes of an import.</summary>
    public int ImportBytes { get; init; } = 20 * 1024 * 1024;
    /// <summary>Bytes of all headers.</summary>
    public int HeaderBytes { get; init; } = 16 * 1024;
    /// <summary>Number of headers.</summary>
    public int HeaderCount { get; init; } = 64;
    /// <summary>Bytes of the request line.</summary>
    public int RequestLineBytes { get; init; } = 4 * 1024;
    /// <summary>Seconds in which all headers must have come.</summary>
    public int HeaderSeconds { get; init; } = 10;
    /// <summary>Seconds that an idle connection is kept.</summary>
    public int KeepAliveSeconds { get; init; } = 120;
    /// <summary>Open connections.</summary>
    public int Connections { get; init; } = 5_000;
    /// <summary>Open live connections.</summary>
    public int LiveConnections { get; init; } = 10_000;

    internal void ApplyTo(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = BodyBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = HeaderBytes;
        kestrel.Limits.MaxRequestHeaderCount = HeaderCount;
        kestrel.Limits.MaxRequestLineSize = RequestLineBytes;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(HeaderSeconds);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(KeepAliveSeconds);
        kestrel.Limits.MaxConcurrentConnections = Connections;
        kestrel.Limits.MaxConcurrentUpgradedConnections = LiveConnections;
    }

    /// <summary>Listens where the options say.</summary>
    internal static void Listen(KestrelServerOptions kestrel, ServerOptions server)
    {
        var certificate = server.Tls?.Load();
        // Kestrel binds "localhost" on both families, but not on a free port.
        if (server.Listen == "localhost" && server.Port != 0) kestrel.ListenLocalhost(server.Port, Secure);
        else if (server.Listen == "localhost") kestrel.Listen(IPAddress.Loopback, 0, Secure);
        else if (server.Listen is "*" or "+") kestrel.ListenAnyIP(server.Port, Secure);
        else if (IPAddress.TryParse(server.Listen, out var address)) kestrel.Listen(address, server.Port, Secure);
        else throw new StartRefusedException(Messages.BadOption("--listen", server.Listen, "localhost | * | adresse IP"));

        void Secure(ListenOptions listen)
        {
            if (certificate is not null) listen.UseHttps(certificate);
        }
    }
}
