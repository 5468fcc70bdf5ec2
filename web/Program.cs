using Microsoft.AspNetCore.Connections;
using SnpLive.Grains.Ledger;
using SnpLive.Silo.Ledger;
using SnpLive.Web;
using SnpLive.Web.Hosting;
using SnpLive.Web.Import;

try
{
    return args switch
    {
        ["import", .. var rest] => await ImportClient.Run(rest, Console.Out, Console.Error),
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
    await app.StartAsync();
    await Greeting.Print(app, Console.Out);
    await app.WaitForShutdownAsync(); // Ctrl-C and SIGTERM
    return 0;
}
