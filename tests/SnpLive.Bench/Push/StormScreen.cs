using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace SnpLive.Bench.Push;

/// <summary>A screen that keeps only where it is in its board's numbering: thousands of them fit into one process.</summary>
internal sealed class StormScreen(PushSite site, PushBoard board) : IAsyncDisposable
{
    private const byte End = 0x1e;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private Line? line;
    private (string View, string Epoch, long Seq)? at;

    public long Bytes { get; private set; }

    /// <summary>Connects, watches, and returns when it is where the board was when it asked.</summary>
    public async Task Open(bool fromWhereItWas)
    {
        if (!fromWhereItWas) at = null;
        line = new(this);
        await line.Open().WaitAsync(Patience);
    }

    public void Drop() => line?.Drop();

    public async ValueTask DisposeAsync()
    {
        if (line is null) return;
        line.Drop();
        await line.Closed;
    }

    private sealed class Line(StormScreen screen)
    {
        private readonly ClientWebSocket socket = new();
        private readonly TaskCompletionSource right = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private (string Epoch, long Seq)? goal;

        public Task Closed { get; private set; } = Task.CompletedTask;

        public async Task Open()
        {
            socket.Options.SetRequestHeader("Cookie", screen.Board.Cookie);
            socket.Options.KeepAliveInterval = TimeSpan.Zero;
            await socket.ConnectAsync(new UriBuilder(screen.Site.Address) { Scheme = "ws", Path = "/hubs/live" }.Uri, CancellationToken.None);
            var cursor = screen.at is { } at ? $$"""{"territoryId":"{{screen.Board.Id}}","view":{{JsonSerializer.Serialize(at.View)}},"epoch":"{{at.Epoch}}","seq":{{at.Seq}}}""" : "";
            await Say("""{"protocol":"json","version":1}""");
            await Say($$"""{"type":1,"invocationId":"1","target":"Watch","arguments":[["{{screen.Board.Id}}"],[{{cursor}}]]}""");
            Closed = Task.Run(Read);
            await right.Task;
        }

        public void Drop() => socket.Abort();

        private async Task Read()
        {
            var (buffer, kept) = (new byte[4 * 1024], 0);
            try
            {
                while (true)
                {
                    if (kept == buffer.Length) Array.Resize(ref buffer, kept * 2);
                    var got = await socket.ReceiveAsync(buffer.AsMemory(kept), CancellationToken.None);
                    if (got.MessageType == WebSocketMessageType.Close) break;
                    screen.Bytes += got.Count;
                    var (from, looked) = (0, kept);
                    kept += got.Count;
                    for (int end; (end = buffer.AsSpan(looked, kept - looked).IndexOf(End)) >= 0; looked = from)
                    {
                        Hear(buffer.AsSpan(from, looked + end - from));
                        from = looked + end + 1;
                    }
                    if (from > 0) Buffer.BlockCopy(buffer, from, buffer, 0, kept -= from);
                }
            }
            catch (Exception e) when (e is WebSocketException or ObjectDisposedException or OperationCanceledException)
            {
                // Dropped.
            }
            right.TrySetException(new InvalidOperationException("The line was lost before the picture came."));
            socket.Dispose();
        }

        // Only the head of a message is read: type, target, and (territory, view, epoch, seq).
        private void Hear(ReadOnlySpan<byte> message)
        {
            var json = new Utf8JsonReader(message);
            var (type, target) = (0, "");
            while (json.Read())
            {
                if (json.TokenType != JsonTokenType.PropertyName || json.CurrentDepth != 1) continue;
                if (json.ValueTextEquals("type"u8))
                {
                    json.Read();
                    type = json.GetInt32();
                }
                else if (json.ValueTextEquals("target"u8))
                {
                    json.Read();
                    target = json.GetString()!;
                }
                else if (json.ValueTextEquals("result"u8))
                {
                    json.Read();
                    using var result = JsonDocument.ParseValue(ref json);
                    var head = result.RootElement[0];
                    goal = (head.GetProperty("epoch").GetString()!, head.GetProperty("seq").GetInt64());
                }
                else if (json.ValueTextEquals("arguments"u8))
                {
                    string Next(ref Utf8JsonReader reader)
                    {
                        reader.Read();
                        return reader.GetString()!;
                    }
                    json.Read();
                    _ = Next(ref json);
                    var (view, epoch) = (Next(ref json), Next(ref json));
                    json.Read();
                    Applied(target, view, epoch, json.GetInt64());
                    break;
                }
            }
            if (type == 6) _ = Say("""{"type":6}""").ContinueWith(t => t.Exception, TaskScheduler.Default);
            if (goal is { } wanted && screen.at is { } now && now.Epoch == wanted.Epoch && now.Seq >= wanted.Seq) right.TrySetResult();
        }

        private void Applied(string target, string view, string epoch, long seq)
        {
            if (target == "Snapshot") screen.at = (view, epoch, seq);
            else if (screen.at is { } known && known.View == view && known.Epoch == epoch && seq == known.Seq + 1) screen.at = (view, epoch, seq);
        }

        private Task Say(string text) => socket.SendAsync((byte[])[.. Encoding.UTF8.GetBytes(text), End], WebSocketMessageType.Text, true, CancellationToken.None);
    }

    private PushSite Site => site;
    private PushBoard Board => board;
}
