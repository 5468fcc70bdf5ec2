using SnpLive.Silo.Hosting;
using SnpLive.Silo.Ledger;

namespace SnpLive.Web.Hosting;

/// <summary><c>snp verify</c>: audits a database against its log.</summary>
internal static class Verify
{
    internal static async Task<int> Run(string[] args, TextWriter output, TextWriter errors)
    {
        CommandLine.Check(args);
        var builder = Host.CreateApplicationBuilder(args);
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        var server = ServerOptions.Read(builder.Configuration);
        var file = Path.Combine(server.Data, "ledger.db");
        if (server.Storage == "sqlite" && !File.Exists(file)) throw new StartRefusedException(Messages.NoDatabase(file)); // an empty new one would be found clean
        builder.Services.AddSnpStore(SnpApp.SiloOptionsOf(server, builder.Configuration));
        using var host = builder.Build();
        await host.StartAsync();
        var report = await host.Services.GetRequiredService<Verifier>().Run();
        await host.StopAsync();
        foreach (var one in report.Findings) errors.WriteLine($"{one.Kind} {one.Stream} {one.What}: expected {one.Expected}, found {one.Found}");
        if (report.IsClean) output.WriteLine(Messages.Verified(report.Streams, report.Commands));
        else errors.WriteLine(Messages.NotVerified(report.TotalFindings));
        return report.IsClean ? 0 : 1;
    }
}
