using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace SnpLive.Bench.Push;

/// <summary>A change as one screen saw it.</summary>
internal readonly record struct Sight(string Slot, int Number, long Clicked, long Seen);

/// <summary>One screen: reads as fast as it can, and notes which click it sees and when. Speaks SignalR's JSON protocol, ours and the opponent's, or polls.</summary>
internal sealed class Screen(PushSite site, PushBoard board, Clicker clicker) : IAsyncDisposable
{
    private const byte End = 0x1e;
    private static readonly TimeSpan PollEvery = TimeSpan.FromSeconds(1);
    // As the product's browser application has it: a screen says little.
    private static readonly TimeSpan AliveEvery = TimeSpan.FromSeconds(10);
    private long saidAlive = Stopwatch.GetTimestamp();
    private readonly ClientWebSocket socket = new();
    private readonly CancellationTokenSource closing = new();
    private readonly Dictionary<string, int> seen = [];
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task reading = Task.CompletedTask;

    public List<Sight> Sights { get; } = [];
    /// <summary>Bytes of messages that tell changes: what grows with them.</summary>
    public long ChangeBytes { get; private set; }
    /// <summary>Bytes of whole pictures: one at the opening, others only for a screen that fell behind.</summary>
    public long PictureBytes { get; private set; }
    /// <summary>Signs of life and answers.</summary>
    public long OtherBytes { get; private set; }

    /// <summary>Connects and watches; a stalled one never reads again.</summary>
    public async Task Open(bool stalled, HttpClient http, TimeSpan offset)
    {
        if (site.System == PushOpponent.Polling)
        {
            reading = Task.Run(() => Poll(http, offset));
            return;
        }
        socket.Options.SetRequestHeader("Cookie", board.Cookie);
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        await socket.ConnectAsync(new UriBuilder(site.Screens) { Scheme = "ws", Path = "/hubs/live" }.Uri, closing.Token);
        await Say("""{"protocol":"json","version":1}""");
        var more = site.System == PushServer.Ours ? ",[]" : "";
        await Say($$"""{"type":1,"invocationId":"1","target":"Watch","arguments":[["{{board.Id}}"]{{more}}]}""");
        if (stalled) return;
        reading = Task.Run(Read);
        await ready.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await reading;
        socket.Dispose();
        closing.Dispose();
    }

    private async Task Read()
    {
        var (buffer, kept) = (new byte[64 * 1024], 0);
        try
        {
            while (true)
            {
                if (kept == buffer.Length) Array.Resize(ref buffer, kept * 2);
                var got = await socket.ReceiveAsync(buffer.AsMemory(kept), closing.Token);
                if (got.MessageType == WebSocketMessageType.Close) return;
                var at = Stopwatch.GetTimestamp();
                kept += got.Count;
                var from = 0;
                for (int end; (end = buffer.AsSpan(from, kept - from).IndexOf(End)) >= 0; from += end + 1) Hear(buffer.AsMemory(from, end), at);
                if (from > 0) Buffer.BlockCopy(buffer, from, buffer, 0, kept -= from);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // Closed.
        }
    }

    private void Hear(ReadOnlyMemory<byte> message, long at)
    {
        using var json = JsonDocument.Parse(message);
        var said = json.RootElement;
        var target = said.TryGetProperty("target", out var named) ? named.GetString() : null;
        if (target is "Changed" or "Frame") ChangeBytes += message.Length + 1;
        else if (target is "Snapshot") PictureBytes += message.Length + 1;
        else OtherBytes += message.Length + 1;
        if (!said.TryGetProperty("type", out var type)) return;
        if (type.GetInt32() == 3) ready.TrySetResult();
        if (type.GetInt32() == 6 && Stopwatch.GetElapsedTime(saidAlive, at) >= AliveEvery)
        {
            saidAlive = at;
            _ = Say("""{"type":6}""").ContinueWith(t => t.Exception, TaskScheduler.Default);
        }
        if (type.GetInt32() != 1) return;
        var arguments = said.GetProperty("arguments");
        switch (target)
        {
            case "Changed": See(arguments[0], at); break;
            case "Frame":
                foreach (var change in arguments[5].EnumerateArray())
                    if (change.TryGetProperty("slot", out var slot)) See(slot, at);
                break;
        }
    }

    private void See(JsonElement slot, long at)
    {
        var id = slot.GetProperty("id").GetString()!;
        if (clicker.Last(id) is not { } click || click.State != slot.GetProperty("state").GetString() || seen.GetValueOrDefault(id) == click.Number) return;
        seen[id] = click.Number;
        Sights.Add(new(id, click.Number, click.At, at));
    }

    private async Task Poll(HttpClient http, TimeSpan offset)
    {
        try
        {
            await Task.Delay(offset, closing.Token);
            using var timer = new PeriodicTimer(PollEvery);
            do
            {
                var body = await http.GetByteArrayAsync(new Uri(site.Screens, $"/board/{board.Id}"), closing.Token);
                var at = Stopwatch.GetTimestamp();
                ChangeBytes += body.Length;
                using var json = JsonDocument.Parse(body);
                foreach (var slot in json.RootElement.EnumerateArray()) See(slot, at);
            } while (await timer.WaitForNextTickAsync(closing.Token));
        }
        catch (OperationCanceledException)
        {
            // Closed.
        }
    }

    private Task Say(string text) => socket.SendAsync((byte[])[.. Encoding.UTF8.GetBytes(text), End], WebSocketMessageType.Text, true, closing.Token);
}
