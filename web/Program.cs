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
catch (StartRefusedException refused)
{
    Console.Error.WriteLine(refused.Message);
    return 2;
}

static async Task<int> Serve(string[] args)
{
    await using var app = SnpApp.Build(args);
    await app.StartAsync();
    await Greeting.Print(app, Console.Out);
    await app.WaitForShutdownAsync(); // Ctrl-C and SIGTERM
    return 0;
}
