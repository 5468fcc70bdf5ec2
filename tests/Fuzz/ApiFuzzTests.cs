using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.Fuzz;

/// <summary>
/// Every operation of the live contract with hostile input, by somebody who is signed in and by nobody: no 500, no word too much, not one row in the log.
/// <see cref="Web.HostileInputTests"/> says what exactly is answered to what.
/// </summary>
public sealed class ApiFuzzTests(FuzzSite site, ITestOutputHelper output) : IClassFixture<FuzzSite>
{
    private const int TextsPerMember = 4;
    private const int CallersAtOnce = 8;
    private const long MostGrowth = 200 * 1024 * 1024;

    private sealed record Attack(Operation Operation, string Address, HttpContent? Body, string What);

    [Fact]
    public async Task Nothing_hostile_gets_a_500_a_leak_or_a_row()
    {
        var seed = Seeds.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var contract = await site.Contract();
        var attacks = contract.Operations.SelectMany(o => Attacks(contract, o, random)).ToArray();
        random.Shuffle(attacks);
        var (commandsBefore, _) = await site.Audit();
        using var me = await ApiClient.SignIn(site.Address, $"{FuzzSite.Own}-pha-1");
        using var http = Client();
        var cookie = me.Cookies.GetCookieHeader(site.Address);
        await me.Slots(FuzzSite.Own);
        var memory = GC.GetTotalMemory(forceFullCollection: true);
        var answers = new System.Collections.Concurrent.ConcurrentDictionary<int, int>();
        await Parallel.ForEachAsync(attacks, new ParallelOptions { MaxDegreeOfParallelism = CallersAtOnce }, async (attack, _) =>
        {
            // A sign-out of the one who attacks would make the rest easy.
            var signedIn = attack.Operation.Path != "/api/session" && attack.What != "by nobody";
            var status = await Send(http, attack, signedIn ? cookie : null);
            answers.AddOrUpdate(status, 1, (_, n) => n + 1);
        });
        var grown = GC.GetTotalMemory(forceFullCollection: true) - memory;
        output.WriteLine($"{attacks.Length} requests on {contract.Operations.Count()} operations: "
            + string.Join(", ", answers.OrderBy(a => a.Key).Select(a => $"{a.Key} × {a.Value}")) + $"; memory {grown / 1024:N0} KiB");
        Assert.DoesNotContain("Unexpected", site.Logs.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(site.Secret.LastName, site.Logs.Text, StringComparison.OrdinalIgnoreCase);
        Assert.True(grown < MostGrowth, $"Memory grew by {grown:N0} bytes.");
        var (commandsAfter, findings) = await site.Audit();
        Assert.Equal("", findings);
        Assert.Equal(commandsBefore, commandsAfter);
        Assert.Equal(HttpStatusCode.OK, (await me.Get("/api/session")).Status);
    }

    [Fact]
    public async Task What_others_have_cannot_be_reached_by_its_id()
    {
        var contract = await site.Contract();
        using var me = await ApiClient.SignIn(site.Address, $"{FuzzSite.Own}-pha-1");
        using var http = Client();
        foreach (var operation in contract.Operations.Where(o => o.PathParameters.Count > 0))
            foreach (var id in site.ForeignIds)
            {
                var body = operation.Body is null ? null : Hostile.Json(Body(contract, operation, _ => id)!.ToJsonString());
                var attack = new Attack(operation, Filled(operation, id), body, $"with {id}");
                var status = await Send(http, attack, me.Cookies.GetCookieHeader(site.Address));
                Assert.True(status is >= 400 and < 500, $"{operation} with {id} of others: {status}");
            }
    }

    private IEnumerable<Attack> Attacks(Contract contract, Operation operation, Random random)
    {
        foreach (var text in Hostile.Texts.Append(new string('z', 3_000)).Concat(site.ForeignIds))
        {
            if (operation.PathParameters.Count > 0 && text.Length > 0) yield return new(operation, Filled(operation, text), Nothing(operation), $"path {Short(text)}");
            foreach (var name in operation.QueryParameters)
                yield return new(operation, $"{Filled(operation, Any(site.OwnIds, random))}?{name}={Uri.EscapeDataString(text)}", Nothing(operation), $"{name}={Short(text)}");
        }
        yield return new(operation, Filled(operation, Any(site.OwnIds, random)), Nothing(operation), "by nobody");
        if (operation.Body is null) yield break;
        // Where an id stands in the address it is somebody else's or nobody's; else the request id is none. So nothing that is sent may have an effect.
        var mayFit = operation.PathParameters.Count > 0;
        var fitting = Body(contract, operation, name => Plausible(name, mayFit))!;
        string Address() => Filled(operation, mayFit ? Any([.. site.ForeignIds, "personne.s1"], random) : "");
        foreach (var content in Hostile.Bodies(fitting.ToJsonString())) yield return new(operation, Address(), content, "a body that is none");
        foreach (var member in Contract.Members(fitting))
        {
            var path = string.Join('.', member);
            foreach (var value in Hostile.Values) yield return new(operation, Address(), Hostile.Json(Hostile.With(fitting, member, value)), $"{path} = {value}");
            foreach (var text in Hostile.Texts.OrderBy(_ => random.Next()).Take(TextsPerMember).Append(Hostile.Huge))
                yield return new(operation, Address(), Hostile.Json(Hostile.With(fitting, member, Hostile.Quoted(text))), $"{path} = {Short(text)}");
        }
    }

    private async Task<int> Send(HttpClient http, Attack attack, string? cookie)
    {
        using var request = new HttpRequestMessage(new(attack.Operation.Method), new Uri(attack.Address, UriKind.Relative)) { Content = attack.Body };
        if (cookie is not null) request.Headers.Add("Cookie", cookie);
        var what = $"{attack.Operation} ({attack.What})";
        HttpResponseMessage response;
        try { response = await http.SendAsync(request); }
        catch (HttpRequestException e) when (e.InnerException is IOException or System.Net.Sockets.SocketException) { return 0; } // closed in our face while we were still sending
        using (response)
        {
            var said = await response.Content.ReadAsStringAsync();
            var status = (int)response.StatusCode;
            Assert.True(status < 500, $"{what}: {status} {said}");
            site.Discreet(what, said);
            // An address that is none, or too long, is refused by the web server itself, before anything of ours: without a word.
            if (status is 400 or 414 && said.Length == 0 && attack.What.StartsWith("path", StringComparison.Ordinal)) return status;
            if (status >= 400)
            {
                Assert.True(response.Content.Headers.ContentType?.MediaType == "application/problem+json", $"{what}: {status} {response.Content.Headers.ContentType} {said}");
                Assert.False(string.IsNullOrEmpty((string?)JsonNode.Parse(said)!["code"]), $"{what}: {said}");
            }
            return status;
        }
    }

    private static JsonNode? Body(Contract contract, Operation operation, Func<string, JsonNode?> text) => contract.Fitting(operation.Body!, text);

    private JsonNode Plausible(string name, bool requestIdFits) => name switch
    {
        "requestId" => requestIdFits ? Guid.NewGuid().ToString() : "none",
        "identity" => "personne-du-tout",
        "territoryId" => FuzzSite.Foreign,
        "birthDate" => "1980-01-01",
        "communeCode" => "44043",
        "phone" => "06 39 98 00 01",
        "reason" => "M03.14",
        "eligibility" => "NoRegisteredGp",
        "sex" => "F",
        "stream" => "gp",
        "start" or "decidedAt" or "from" => DateTimeOffset.UtcNow.AddHours(3).ToString("O", CultureInfo.InvariantCulture),
        "end" or "to" => DateTimeOffset.UtcNow.AddHours(4).ToString("O", CultureInfo.InvariantCulture),
        _ when name.EndsWith("Id", StringComparison.Ordinal) => site.ForeignIds[2],
        _ => "essai",
    };

    private static HttpContent? Nothing(Operation operation) => operation.Body is null ? null : Hostile.Json("{}");

    private static string Filled(Operation operation, string with) =>
        operation.PathParameters.Aggregate(operation.Path, (path, name) => path.Replace($"{{{name}}}", Uri.EscapeDataString(with), StringComparison.Ordinal));

    private static T Any<T>(IReadOnlyList<T> of, Random random) => of[random.Next(of.Count)];

    private static string Short(string text) => text.Length > 30 ? $"{text[..30]}… ({text.Length})" : text;

    private HttpClient Client() => new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, MaxConnectionsPerServer = 32 }) { BaseAddress = site.Address };
}
