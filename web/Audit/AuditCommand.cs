using System.Text;
using SnpLive.Silo.Access;
using SnpLive.Silo.Hosting;
using SnpLive.Silo.Persons;
using SnpLive.Web.Hosting;

namespace SnpLive.Web.Audit;

/// <summary><c>snp audit verify</c> and <c>snp audit export</c>: the access log, beside or without the server.</summary>
internal static class AuditCommand
{
    internal static async Task<int> Run(string[] args, TextWriter output, TextWriter errors)
    {
        CommandLine.Check(args);
        if (CommandLine.Plain(args).ToArray() is not ([("verify" or "export"), ..] and var plain)) throw new StartRefusedException(AuditMessages.Usage);
        var builder = Host.CreateApplicationBuilder([.. args.Where(arg => !plain.Contains(arg))]);
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        var server = ServerOptions.Read(builder.Configuration);
        var key = Path.Combine(server.Keys, VaultKeys.AccessFile);
        if (!File.Exists(key)) throw new StartRefusedException(AuditMessages.NoKey(key)); // with a new one all would seem changed
        builder.Services.AddSnpStore(SnpApp.SiloOptionsOf(server, builder.Configuration));
        using var host = builder.Build();
        await host.StartAsync();
        try
        {
            return plain[0] == "verify"
                ? await Verify(host.Services.GetRequiredService<AccessVerifier>(), output, errors)
                : await Export(host.Services.GetRequiredService<AccessExport>(), plain.ElementAtOrDefault(1), output, errors);
        }
        finally { await host.StopAsync(); }
    }

    private static async Task<int> Verify(AccessVerifier verifier, TextWriter output, TextWriter errors)
    {
        var report = await verifier.Run();
        foreach (var one in report.Findings) await errors.WriteLineAsync($"{one.Kind} {one.Seq}: {one.Detail}");
        if (report.Findings.IsEmpty) await output.WriteLineAsync(AuditMessages.Verified(report.Entries, report.Anchors));
        else await errors.WriteLineAsync(AuditMessages.NotVerified(report.Findings.Length));
        return report.Findings.IsEmpty ? 0 : 1;
    }

    private static async Task<int> Export(AccessExport export, string? file, TextWriter output, TextWriter errors)
    {
        if (file is null)
        {
            await export.Write(output, 0);
            return 0;
        }
        await using var writer = new StreamWriter(file, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        await errors.WriteLineAsync(AuditMessages.Exported(await export.Write(writer, 0)));
        return 0;
    }
}
