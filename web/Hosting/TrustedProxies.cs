using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace SnpLive.Web.Hosting;

/// <summary>Believes declared reverse proxies, and nobody else, about who asks and by which scheme.</summary>
internal static class TrustedProxies
{
    /// <exception cref="StartRefusedException">An entry is neither an address nor a network.</exception>
    internal static void UseTrustedProxies(this WebApplication app, ServerOptions server)
    {
        if (server.TrustedProxies.Count == 0) return;
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var entry in server.TrustedProxies)
        {
            if (IPAddress.TryParse(entry, out var address)) options.KnownProxies.Add(address);
            else if (System.Net.IPNetwork.TryParse(entry, out var network)) options.KnownIPNetworks.Add(network);
            else throw new StartRefusedException(Messages.BadOption("Proxy:Trusted", entry, "10.0.0.5, 10.0.0.0/24"));
        }
        app.UseForwardedHeaders(options);
    }
}
