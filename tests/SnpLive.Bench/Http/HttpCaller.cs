using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SnpLive.Bench.Http;

/// <summary>An answer: status and body, and the session's cookie when one was set.</summary>
internal readonly record struct HttpAnswer(int Status, string Body, string? Cookie);

/// <summary>
/// One person with one kept connection, who sends a request, waits for its answer and sends the next. As thin as it can be: the load generator shares the
/// processors with what it measures, so every microsecond here would bring all systems closer together.
/// </summary>
internal sealed class HttpCaller : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] buffer = new byte[16 * 1024];
    private int filled;

    private string? Cookie { get; set; }

    public static async Task<HttpCaller> SignIn(int port, string identity)
    {
        var caller = new HttpCaller();
        await caller.socket.ConnectAsync(IPAddress.Loopback, port);
        var answer = await caller.Post("/api/session", $$"""{"identity":"{{identity}}"}""");
        if (answer.Status != 200) throw new InvalidOperationException($"{identity} could not sign in: {answer.Status} {answer.Body}");
        return caller;
    }

    public async Task<HttpAnswer> Post(string path, string body, string? extraHeader = null)
    {
        var request = $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body).ToString(CultureInfo.InvariantCulture)}\r\n"
            + (Cookie is null ? "" : $"Cookie: {Cookie}\r\n") + (extraHeader is null ? "" : extraHeader + "\r\n") + "\r\n" + body;
        var bytes = Encoding.UTF8.GetBytes(request);
        for (var sent = 0; sent < bytes.Length;) sent += await socket.SendAsync(bytes.AsMemory(sent));
        var answer = await Read();
        Cookie = answer.Cookie ?? Cookie; // as a browser does; who keeps an old one has it renewed by every answer
        return answer;
    }

    public void Dispose() => socket.Dispose();

    private async Task<HttpAnswer> Read()
    {
        filled = 0;
        int head;
        while ((head = buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8)) < 0) await Fill();
        var headers = Encoding.ASCII.GetString(buffer, 0, head + 2);
        var status = int.Parse(headers.AsSpan(9, 3), CultureInfo.InvariantCulture);
        var start = head + 4;
        string body;
        if (Header(headers, "Content-Length") is { } length)
        {
            var end = start + int.Parse(length, CultureInfo.InvariantCulture);
            while (filled < end) await Fill();
            body = Encoding.UTF8.GetString(buffer, start, end - start);
        }
        else if (Header(headers, "Transfer-Encoding") is not null) body = await ReadChunks(start);
        else body = "";
        return new(status, body, Header(headers, "Set-Cookie")?.Split(';')[0]);
    }

    private async Task<string> ReadChunks(int at)
    {
        var body = new StringBuilder();
        while (true)
        {
            int line;
            while ((line = buffer.AsSpan(at, filled - at).IndexOf("\r\n"u8)) < 0) await Fill();
            var size = int.Parse(buffer.AsSpan(at, line), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            at += line + 2;
            while (filled < at + size + 2) await Fill();
            if (size == 0) return body.ToString();
            body.Append(Encoding.UTF8.GetString(buffer, at, size));
            at += size + 2;
        }
    }

    private async Task Fill()
    {
        if (filled == buffer.Length) throw new InvalidOperationException("An answer is larger than any that a booking gets.");
        var read = await socket.ReceiveAsync(buffer.AsMemory(filled));
        filled += read > 0 ? read : throw new InvalidOperationException("The server closed the connection.");
    }

    private static string? Header(string headers, string name)
    {
        var at = headers.IndexOf($"\r\n{name}: ", StringComparison.OrdinalIgnoreCase);
        if (at < 0) return null;
        at += name.Length + 4;
        return headers[at..headers.IndexOf("\r\n", at, StringComparison.Ordinal)];
    }
}
