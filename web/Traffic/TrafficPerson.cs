using System.Net;
using System.Text.Json.Nodes;

namespace SnpLive.Web.Traffic;

/// <summary>A demonstration person at this server's own door: signs in and acts through HTTP like everybody else, with their rights and no others.</summary>
internal sealed class TrafficPerson : IDisposable
{
    private readonly HttpClient http;

    internal TrafficPerson(Uri server, string id)
    {
        Id = id;
        http = new(new SocketsHttpHandler { UseProxy = false, CookieContainer = new() }) { BaseAddress = server, Timeout = TimeSpan.FromSeconds(30) };
    }

    internal string Id { get; }

    /// <summary>One thing at a time: who looks at the demonstration as this person still finds a hold to take.</summary>
    internal bool Busy { get; set; }

    internal Task<JsonNode?> Get(string path, CancellationToken stop) => Send(HttpMethod.Get, path, null, stop);

    /// <summary>The answer's body; null when it was refused. A refusal is an answer like another: a person would look for another slot, too.</summary>
    internal Task<JsonNode?> Post(string path, JsonObject body, CancellationToken stop)
    {
        body["requestId"] = Guid.NewGuid().ToString();
        return Send(HttpMethod.Post, path, body, stop);
    }

    public void Dispose() => http.Dispose();

    private async Task<JsonNode?> Send(HttpMethod method, string path, JsonObject? body, CancellationToken stop)
    {
        var answer = await Once(method, path, body, stop);
        if (answer.StatusCode == HttpStatusCode.Unauthorized)
        {
            answer.Dispose();
            using var signedIn = await Once(HttpMethod.Post, "/api/session", new() { ["identity"] = Id }, stop);
            answer = await Once(method, path, body, stop);
        }
        using (answer)
        {
            if (!answer.IsSuccessStatusCode) return null;
            var text = await answer.Content.ReadAsStringAsync(stop);
            return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text);
        }
    }

    private async Task<HttpResponseMessage> Once(HttpMethod method, string path, JsonObject? body, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = JsonContent.Create<JsonNode>(body);
        return await http.SendAsync(request, stop);
    }
}
