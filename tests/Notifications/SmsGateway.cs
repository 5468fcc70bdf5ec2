using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SnpLive.Tests.Support;
using SnpLive.Web.Notifications.Channels;

namespace SnpLive.Tests.Notifications;

/// <summary>An SMS that arrived.</summary>
internal sealed record ArrivedSms(string Id, string To, string Text, bool Signed);

/// <summary>A real HTTP receiver on loopback, on a port that it keeps while it is down.</summary>
internal sealed class SmsGateway : IAsyncDisposable
{
    public const string Secret = "gateway-secret";
    private WebApplication? app;

    public int Port { get; } = Ports.Free();
    public ConcurrentQueue<ArrivedSms> Arrived { get; } = new();
    /// <summary>What to answer; asked for each message after it was noted.</summary>
    public Func<ArrivedSms, CancellationToken, Task<int>> Answer { get; set; } = (_, _) => Task.FromResult(200);

    public string[] Options => [$"--Notifications:Sms:Url=http://127.0.0.1:{Port}/sms", $"--Notifications:Sms:Secret={Secret}"];

    public async Task Up()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.ListenLocalhost(Port));
        app = builder.Build();
        app.MapPost("/sms", async (HttpContext context) =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync();
            var json = JsonNode.Parse(body)!;
            string header = context.Request.Headers[SmsSender.SignatureHeader]!;
            var signed = header.StartsWith("t=", StringComparison.Ordinal)
                && SmsSender.Sign(Secret, long.Parse(header[2..header.IndexOf(',', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture), body) == header;
            var sms = new ArrivedSms((string)json["id"]!, (string)json["to"]!, (string)json["text"]!, signed);
            Arrived.Enqueue(sms);
            context.Response.StatusCode = await Answer(sms, context.RequestAborted);
        });
        await app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (app is null) return;
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }
}
