using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace SnpLive.Tests.Support;

/// <summary>An answer of the API: status and JSON body.</summary>
public sealed record ApiAnswer(HttpStatusCode Status, JsonNode? Body)
{
    public string? Code => (string?)Body?["code"];
    public override string ToString() => $"{(int)Status} {Body?.ToJsonString()}";
}

/// <summary>One signed-in person at the HTTP API.</summary>
public sealed class ApiClient : IDisposable
{
    private readonly HttpClient http;

    private ApiClient(HttpClient http, CookieContainer cookies, string identity) => (this.http, Cookies, Identity) = (http, cookies, identity);

    public CookieContainer Cookies { get; }
    public string Identity { get; }
    public Uri Address => http.BaseAddress!;

    public static async Task<ApiClient> SignIn(Uri address, string identity)
    {
        var client = Anonymous(address, identity);
        var answer = await client.Post("/api/session", new JsonObject { ["identity"] = identity });
        return answer.Status == HttpStatusCode.OK ? client : throw new InvalidOperationException($"{identity} could not sign in: {answer}");
    }

    /// <summary>A browser that has no session yet.</summary>
    public static ApiClient Anonymous(Uri address, string identity = "")
    {
        var cookies = new CookieContainer();
        var handler = new SocketsHttpHandler { CookieContainer = cookies, MaxConnectionsPerServer = 256, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30) };
        return new ApiClient(new HttpClient(handler) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) }, cookies, identity);
    }

    public Task<ApiAnswer> Get(string path) => Read(http.GetAsync(new Uri(path, UriKind.Relative)));
    public Task<ApiAnswer> Post(string path, JsonNode body) => Read(http.PostAsJsonAsync(new Uri(path, UriKind.Relative), body));
    public Task<ApiAnswer> Put(string path, JsonNode body) => Read(http.PutAsJsonAsync(new Uri(path, UriKind.Relative), body));
    public Task<ApiAnswer> Delete(string path) => Read(http.DeleteAsync(new Uri(path, UriKind.Relative)));

    public Task<ApiAnswer> Book(string slotId, Patient patient, Guid? requestId = null, string? holdId = null, JsonObject? more = null) =>
        Post($"/api/slots/{slotId}/bookings", Booking(patient, requestId ?? Guid.NewGuid(), holdId, more));

    public Task<ApiAnswer> Hold(string slotId, Guid? requestId = null) =>
        Post($"/api/slots/{slotId}/hold", new JsonObject { ["requestId"] = requestId ?? Guid.NewGuid() });

    /// <summary>Slots of a territory's board in a state (any when null), soonest first.</summary>
    public async Task<JsonObject[]> Slots(string territory, string? state = null)
    {
        var board = await Get($"/api/territories/{territory}/board");
        if (board.Status != HttpStatusCode.OK) throw new InvalidOperationException($"No board of {territory}: {board}");
        return [.. board.Body!["slots"]!.AsArray().Select(s => s!.AsObject()).Where(s => state is null || (string?)s["state"] == state)
            .OrderBy(s => (DateTimeOffset)s["start"]!)];
    }

    public static JsonObject Booking(Patient patient, Guid requestId, string? holdId = null, JsonObject? more = null)
    {
        var body = new JsonObject
        {
            ["requestId"] = requestId,
            ["patient"] = new JsonObject
            {
                ["lastName"] = patient.LastName, ["firstName"] = patient.FirstName, ["birthDate"] = patient.BirthDate, ["sex"] = "F", ["phone"] = patient.Phone,
            },
            ["eligibility"] = "NoRegisteredGp",
            ["reason"] = "M03.14",
            ["vitalSignsExcluded"] = true,
        };
        if (holdId is not null) body["holdId"] = holdId;
        foreach (var (name, value) in more ?? []) body[name] = value?.DeepClone();
        return body;
    }

    public void Dispose() => http.Dispose();

    private static async Task<ApiAnswer> Read(Task<HttpResponseMessage> sending)
    {
        using var response = await sending;
        var text = await response.Content.ReadAsStringAsync();
        return new(response.StatusCode, text.Length > 0 && text[0] is '{' or '[' ? JsonNode.Parse(text) : null);
    }
}

/// <summary>A fictitious patient.</summary>
public sealed record Patient(string LastName, string FirstName, string BirthDate, string Phone)
{
    private static int count;

    /// <summary>Somebody nobody has seen before.</summary>
    public static Patient New()
    {
        var n = Interlocked.Increment(ref count);
        var letters = string.Concat($"{n:D6}".Select(d => (char)('a' + (d - '0'))));
        return new($"Patiente{letters}", "Ève", $"19{40 + n % 50}-0{1 + n % 9}-{10 + n % 18}", $"06 39 98 {n / 100 % 100:D2} {n % 100:D2}");
    }
}
