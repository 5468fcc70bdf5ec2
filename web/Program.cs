using Microsoft.AspNetCore.Connections;
using SnpLive.Grains.Ledger;
using SnpLive.Silo.Ledger;
using SnpLive.Web;
using SnpLive.Web.Accounts;
using SnpLive.Web.Audit;
using SnpLive.Web.Hosting;
using SnpLive.Web.Import;
using SnpLive.Web.Keys;
using SnpLive.Web.Tenants;

try
{
    return args switch
    {
        ["import", .. var rest] => await ImportClient.Run(rest, Console.Out, Console.Error),
        ["invite", .. var rest] => await InviteClient.Run(rest, Console.Out, Console.Error),
        ["keys", .. var rest] => await KeysClient.Run(rest, Console.Out, Console.Error),
        ["tenant", .. var rest] => await TenantClient.Run(rest, Console.Out, Console.Error),
        ["audit", .. var rest] => await AuditCommand.Run(rest, Console.Out, Console.Error),
        ["verify", .. var rest] => await Verify.Run(rest, Console.Out, Console.Error),
        ["run", .. var rest] => await Serve(rest),
        _ => await Serve(args),
    };
}
catch (Exception refused) when (Sentence(refused) is { } sentence)
{
    Console.Error.WriteLine(sentence);
    return 2;
}

// What the person who starts it can mend is told in a sentence; anything else is a bug and keeps its trace.
static string? Sentence(Exception refused) => refused switch
{
    StartRefusedException => refused.Message,
    LedgerInUseException => Messages.LedgerInUse,
    LedgerUnavailableException => Messages.LedgerUnreachable,
    IOException { InnerException: AddressInUseException } => Messages.PortInUse,
    _ => null,
};

static async Task<int> Serve(string[] args)
{
    await using var app = SnpApp.Build(args);
    try { await app.StartAsync(); }
    catch
    {
        await StopWhatStarted(app);
        throw;
    }
    await Greeting.Print(app, Console.Out);
    await app.WaitForShutdownAsync(); // Ctrl-C and SIGTERM
    return 0;
}

// What had started ends in order: Orleans writes traces when its services vanish under it. What never started may complain; why is told already.
static async Task StopWhatStarted(WebApplication app)
{
    try { await app.StopAsync(); }
    catch (Exception e) when (e is not OutOfMemoryException) { }
}
