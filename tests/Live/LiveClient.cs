using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SnpLive.Tests.Live;

/// <summary>A territory as a screen knows it.</summary>
public sealed record LivePicture(string TerritoryId, string View, string Epoch, long Seq, DateTimeOffset AsOf, ImmutableDictionary<string, JsonElement> Slots)
{
    public JsonObject Cursor => new() { ["territoryId"] = TerritoryId, ["view"] = View, ["epoch"] = Epoch, ["seq"] = Seq };

    public string? StateOf(string slotId) => Slots.TryGetValue(slotId, out var slot) ? slot.GetProperty("state").GetString() : null;
}

/// <summary>The hub refused.</summary>
public sealed class LiveRefusedException(string message) : Exception(message);

/// <summary>
/// A screen: speaks SignalR's JSON protocol over a bare WebSocket and keeps pictures by the contract's rules: a frame is applied when it is of the
/// same view and epoch and the next one; another epoch is ignored until its snapshot comes; after a gap it watches again from where it is.
/// </summary>
public sealed class LiveClient : IAsyncDisposable
{
    public const byte End = 0x1e;
    private readonly ClientWebSocket socket = new();
    private readonly CancellationTokenSource closing = new();
    private readonly ConcurrentDictionary<string, LivePicture> pictures = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonElement?>> calls = new();
    private readonly SemaphoreSlim sending = new(1);
    private TaskCompletionSource open = Opened(), changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task reading = Task.CompletedTask;
    private int lastCall, frames, snapshots;

    public int Frames => Volatile.Read(ref frames);
    public int Snapshots => Volatile.Read(ref snapshots);
    public int Gaps { get; private set; }
    /// <summary>Gaps are healed by watching again; a test may look at them instead.</summary>
    public bool HealsGaps { get; set; } = true;
    public Task Closed => reading;
    /// <summary>News of notices as they came: kind, notice.</summary>
    public ConcurrentQueue<JsonElement> Notices { get; } = new();
    /// <summary>What came of dispatch centres: message, arguments.</summary>
    public ConcurrentQueue<(string Target, JsonElement Arguments)> Centres { get; } = new();
    /// <summary>Territories whose list of requests is to be read again.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();
    /// <summary>Territories in which a glass was broken or examined.</summary>
    public ConcurrentQueue<string> Glasses { get; } = new();
    /// <summary>Told of each snapshot or frame, with the time it was read off the socket.</summary>
    public Action<LivePicture>? Applied { get; set; }

    /// <param name="server">Such as <c>http://localhost:5000</c>.</param>
    /// <param name="headers">Such as <c>Cookie</c>.</param>
    /// <param name="http">For a transport with small buffers.</param>
    public static async Task<LiveClient> ConnectAsync(Uri server, IEnumerable<KeyValuePair<string, string>>? headers = null, HttpMessageInvoker? http = null)
    {
        var client = new LiveClient();
        foreach (var (name, value) in headers ?? []) client.socket.Options.SetRequestHeader(name, value);
        client.socket.Options.KeepAliveInterval = TimeSpan.Zero;
        var address = new UriBuilder(server) { Scheme = server.Scheme == "https" ? "wss" : "ws", Path = "/hubs/live" }.Uri;
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            await client.socket.ConnectAsync(address, http, limit.Token);
            await client.SendAsync("""{"protocol":"json","version":1}""");
        }
        catch
        {
            client.socket.Dispose();
            throw;
        }
        client.reading = Task.Run(client.ReadAsync);
        return client;
    }

    public LivePicture? Picture(string territoryId) => pictures.GetValueOrDefault(territoryId);

    /// <summary>Watches; with cursors when pictures are known (of this or an earlier connection).</summary>
    public async Task<JsonElement?> WatchAsync(IEnumerable<string> territoryIds, params LivePicture?[] known)
    {
        foreach (var picture in known)
            if (picture is not null) pictures[picture.TerritoryId] = picture;
        var cursors = known.OfType<LivePicture>().Select(p => (JsonNode)p.Cursor).ToArray();
        return await InvokeAsync("Watch", new JsonArray([.. territoryIds.Select(id => JsonValue.Create(id))]), new JsonArray(cursors));
    }

    public Task<JsonElement?> WatchAsync(params string[] territoryIds) => WatchAsync(territoryIds, []);

    /// <summary>Calls a hub method and waits for its completion.</summary>
    public async Task<JsonElement?> InvokeAsync(string method, params JsonNode?[] arguments)
    {
        var id = $"{Interlocked.Increment(ref lastCall)}";
        var call = calls[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await SendAsync(new JsonObject
        {
            ["type"] = 1, ["invocationId"] = id, ["target"] = method, ["arguments"] = new JsonArray([.. arguments.Select(a => a?.DeepClone())]),
        }.ToJsonString());
        return await call.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>Sends anything at all.</summary>
    public async Task SendAsync(string message)
    {
        await sending.WaitAsync();
        try { await socket.SendAsync((byte[])[.. Encoding.UTF8.GetBytes(message), End], WebSocketMessageType.Text, true, closing.Token); }
        finally { sending.Release(); }
    }

    /// <summary>Stops reading, as a stalled screen does: buffers fill up to the server.</summary>
    public void Stall() => Interlocked.Exchange(ref open, new(TaskCreationOptions.RunContinuationsAsynchronously));

    public void Resume() => Volatile.Read(ref open).TrySetResult();

    /// <summary>Waits until something holds; looks after every message.</summary>
    public async Task UntilAsync(Func<LiveClient, bool> holds, string what, TimeSpan? within = null)
    {
        var limit = DateTime.UtcNow + (within ?? TimeSpan.FromSeconds(20));
        while (true)
        {
            var next = Volatile.Read(ref changed).Task;
            if (holds(this)) return;
            var left = limit - DateTime.UtcNow;
            if (left <= TimeSpan.Zero || reading.IsCompleted) Assert.Fail($"Never came: {what}{(reading.IsCompleted ? " (connection closed)" : "")}.");
            await Task.WhenAny(next, reading, Task.Delay(left));
        }
    }

    /// <summary>Breaks the connection without a word.</summary>
    public void Cut() => socket.Abort();

    public async ValueTask DisposeAsync()
    {
        Resume();
        socket.Abort();
        await closing.CancelAsync();
        await reading;
        socket.Dispose();
    }

    private static TaskCompletionSource Opened()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }

    private async Task ReadAsync()
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        try
        {
            while (true)
            {
                await Volatile.Read(ref open).Task;
                var got = await socket.ReceiveAsync(buffer.GetMemory(8 * 1024), closing.Token);
                if (got.MessageType == WebSocketMessageType.Close) break;
                buffer.Advance(got.Count);
                var rest = Take(buffer.WrittenMemory);
                if (rest.Length == buffer.WrittenCount) continue;
                var kept = rest.ToArray();
                buffer.ResetWrittenCount();
                buffer.Write(kept);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException) { }
        foreach (var (_, call) in calls) call.TrySetException(new LiveRefusedException("closed"));
        Signal();
    }

    private ReadOnlyMemory<byte> Take(ReadOnlyMemory<byte> bytes)
    {
        for (int end; (end = bytes.Span.IndexOf(End)) >= 0; bytes = bytes[(end + 1)..])
        {
            var message = JsonSerializer.Deserialize<JsonElement>(bytes.Span[..end]);
            if (!message.TryGetProperty("type", out var type)) continue; // the handshake's answer
            if (type.GetInt32() == 1) Hear(message.GetProperty("target").GetString()!, message.GetProperty("arguments"));
            else if (type.GetInt32() == 3) Complete(message);
            else if (type.GetInt32() == 6) _ = SendAsync("""{"type":6}""").ContinueWith(t => t.Exception, TaskScheduler.Default);
        }
        return bytes;
    }

    private void Complete(JsonElement message)
    {
        if (!calls.TryRemove(message.GetProperty("invocationId").GetString()!, out var call)) return;
        if (message.TryGetProperty("error", out var error)) call.TrySetException(new LiveRefusedException(error.GetString()!));
        else call.TrySetResult(message.TryGetProperty("result", out var result) ? result : null);
    }

    private void Hear(string target, JsonElement said)
    {
        if (target == "Notice")
        {
            Notices.Enqueue(said);
            Signal();
        }
        if (target is "CentreSnapshot" or "CentreFrame") Centres.Enqueue((target, said));
        if (target == "Requests")
        {
            Requests.Enqueue(said[0].GetString()!);
            Signal();
        }
        if (target == "BreakGlass")
        {
            Glasses.Enqueue(said[0].GetString()!);
            Signal();
        }
        if (target is not ("Snapshot" or "Frame")) return; // what goes to a person has another shape
        var (territory, view, epoch) = (said[0].GetString()!, said[1].GetString()!, said[2].GetString()!);
        var (seq, asOf, content) = (said[3].GetInt64(), said[4].GetDateTimeOffset(), said[5]);
        if (target == "Snapshot")
        {
            Interlocked.Increment(ref snapshots);
            Put(new(territory, view, epoch, seq, asOf, content.EnumerateArray().ToImmutableDictionary(s => s.GetProperty("id").GetString()!)));
        }
        else if (target == "Frame" && pictures.TryGetValue(territory, out var known) && known.View == view && known.Epoch == epoch && seq > known.Seq)
        {
            Interlocked.Increment(ref frames);
            if (seq == known.Seq + 1) Put(known with { Seq = seq, AsOf = asOf, Slots = Changed(known.Slots, content) });
            else
            {
                Gaps++;
                if (HealsGaps) _ = WatchAsync([territory], known).ContinueWith(t => t.Exception, TaskScheduler.Default);
            }
        }
        Signal();
    }

    private void Put(LivePicture picture)
    {
        pictures[picture.TerritoryId] = picture;
        Applied?.Invoke(picture);
    }

    private static ImmutableDictionary<string, JsonElement> Changed(ImmutableDictionary<string, JsonElement> slots, JsonElement changes)
    {
        var after = slots.ToBuilder();
        foreach (var change in changes.EnumerateArray())
        {
            var id = change.GetProperty("id").GetString()!;
            if (change.TryGetProperty("slot", out var slot)) after[id] = slot;
            else if (change.GetProperty("removed").GetBoolean()) after.Remove(id);
        }
        return after.ToImmutable();
    }

    private void Signal() => Interlocked.Exchange(ref changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
