using System.Runtime;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace SnpLive.Bench.Http;

/// <summary><c>bench serve</c>: one system behind HTTP, for a bench in another process (<see cref="HttpSystem"/>).</summary>
internal static class Serve
{
    public static async Task<int> Run(string[] arguments)
    {
        var options = ServeOptions.Parse(arguments);
        var answers = Console.Out;
        Console.SetOut(Console.Error); // a line on the answers' way would be taken for one
        using var watch = new LedgerWatch();
        var (app, store) = options.Letter == "ours" ? await OwnServer.Start(options) : await OpponentServer.Start(options);
        await using var running = app;
        await answers.WriteLineAsync(JsonSerializer.Serialize(new Uri(app.Urls.First()).Port));
        await answers.FlushAsync();
        while (await Console.In.ReadLineAsync() is { } word)
        {
            object? answer = word switch
            {
                "use" => new SystemUse(Environment.CpuUsage.TotalTime, JitInfo.GetCompiledMethodCount(), watch.Take()),
                "stored" => await store.Stored(),
                "touch" => await Done(store.TouchConnections()),
                _ => throw new InvalidOperationException($"'{word}' is no question."),
            };
            await answers.WriteLineAsync(JsonSerializer.Serialize(answer));
            await answers.FlushAsync();
        }
        await app.StopAsync();
        return 0;
    }

    /// <summary>Only errors are worth a line while measuring, and none on the answers' way.</summary>
    public static void Quieten(WebApplicationBuilder builder) =>
        builder.Logging.ClearProviders().AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Error);

    private static async Task<bool> Done(Task work)
    {
        await work;
        return true;
    }
}

/// <summary>What a served system is asked besides bookings.</summary>
internal sealed record ServedStore(Func<Task<Stored>> Stored, Func<Task> TouchConnections);
