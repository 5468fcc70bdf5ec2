using SnpLive.Web.Sessions;

namespace SnpLive.Web.Hosting;

/// <summary>What the person who started the server reads: the address, and who one can be.</summary>
internal static class Greeting
{
    internal static async Task Print(WebApplication app, TextWriter output)
    {
        var server = app.Services.GetRequiredService<ServerOptions>();
        foreach (var address in app.Urls) output.WriteLine(Messages.ServingAt(address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)));
        if (server.Demo && !server.ListensOnLoopbackOnly) output.WriteLine(Messages.ListensWide);
        if (!server.Demo) return;
        output.WriteLine(Messages.DemoIdentities);
        foreach (var one in await app.Services.GetRequiredService<Identities>().Demo()) output.WriteLine($"  {one.Id,-28} {one.Name} — {one.Organization}");
    }
}
