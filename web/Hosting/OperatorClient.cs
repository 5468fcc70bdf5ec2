using System.Net;
using SnpLive.Grains;
using SnpLive.Web.Security;

namespace SnpLive.Web.Hosting;

/// <summary>Speaks to the running server with the operator's token; what hinders it is a sentence for the person at the console.</summary>
internal sealed class OperatorClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private readonly HttpClient client;

    private OperatorClient(HttpClient client) => this.client = client;

    /// <summary>A client for the server that the switches <c>--port</c>, <c>--address</c> and <c>--data</c> name.</summary>
    /// <exception cref="StartRefusedException">The token cannot be read.</exception>
    internal static async Task<OperatorClient> Open(IReadOnlyList<string> args)
    {
        var address = CommandLine.Value(args, "address") ?? $"http://localhost:{CommandLine.Value(args, "port") ?? "8080"}";
        var tokenFile = OperatorToken.FileIn(CommandLine.Value(args, "data") ?? "data");
        string token;
        try { token = (await File.ReadAllTextAsync(tokenFile)).Trim(); }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException) { throw new StartRefusedException(Messages.NoToken(tokenFile), unreadable); }
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new(address), Timeout = Patience };
        client.DefaultRequestHeaders.Add(OperatorToken.Header, token);
        return new(client);
    }

    /// <exception cref="StartRefusedException">No server answers.</exception>
    internal async Task<(HttpStatusCode Status, string Body)> Post<T>(string path, T body)
    {
        try
        {
            using var response = await client.PostAsJsonAsync(path, body, SnpJson.Options);
            return (response.StatusCode, await response.Content.ReadAsStringAsync());
        }
        catch (HttpRequestException none) { throw new StartRefusedException(Messages.NoServer(client.BaseAddress!.ToString().TrimEnd('/')), none); }
    }

    public void Dispose() => client.Dispose();
}
