using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.Web;

public sealed class OperatorTests(WebSiteFixture fixture) : IClassFixture<WebSiteFixture>
{
    private readonly WebSite site = fixture.Site;

    private string Token => File.ReadAllText(Path.Combine(site.Data, "operator.token"));

    private static object Body(string content) => new { files = new[] { new { name = "t.json", content } } };

    [Fact]
    public void Only_the_owner_reads_the_token()
    {
        Assert.Equal(64, Token.Length);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(site.Data, "operator.token")));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task Without_the_token_nothing_is_imported(string? token)
    {
        using var http = site.Anonymous();
        if (token is not null) http.DefaultRequestHeaders.TryAddWithoutValidation("X-Snp-Operator", token);
        using var response = await http.PostAsJsonAsync("/api/import", Body("{}"));
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task A_session_is_not_the_operator()
    {
        using var me = await site.SignIn(WebSite.Pharmacist);
        Assert.Equal(HttpStatusCode.Unauthorized, (await me.Post("/api/import", new JsonObject { ["files"] = new JsonArray() })).Status);
    }

    [Fact]
    public async Task The_operator_is_not_a_person()
    {
        using var http = site.Anonymous();
        http.DefaultRequestHeaders.Add("X-Snp-Operator", Token);
        using var response = await http.GetAsync(new Uri("/api/territories", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task With_the_token_a_territory_is_imported()
    {
        using var http = site.Anonymous();
        http.DefaultRequestHeaders.Add("X-Snp-Operator", Token);
        var file = TestTerritory.Of("t", "sas-t", doctors: 30).ToJsonString(); // larger than other bodies may be
        Assert.True(file.Length > 30_000);
        using var response = await http.PostAsJsonAsync("/api/import", Body(file));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var body = await response.Content.ReadFromJsonAsync<JsonObject>();
        Assert.Equal("""{"territories":[{"id":"t","name":"Territoire t","territoryChanged":true,"agendasChanged":2,"professionalsChanged":3}]}""", body!.ToJsonString());
        Assert.Equal(30, site.TerritoryGrain.LastPut!.Agendas.Length);
    }

    [Fact]
    public async Task Faults_are_told_by_file_and_path()
    {
        using var http = site.Anonymous();
        http.DefaultRequestHeaders.Add("X-Snp-Operator", Token);
        using var response = await http.PostAsJsonAsync("/api/import", Body("""{"id": 7}"""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        var body = await response.Content.ReadFromJsonAsync<JsonObject>();
        Assert.Equal("import-invalid", (string?)body!["code"]);
        var errors = body["importErrors"]!.AsArray();
        Assert.Contains(errors, one => (string?)one!["file"] == "t.json" && ((string?)one["path"])!.StartsWith('$') && one["message"] is not null && one["code"] is not null);
    }

    [Fact]
    public async Task Keys_are_the_operators_and_refusals_have_codes()
    {
        using var me = await site.SignIn(WebSite.Pharmacist);
        using var http = site.Anonymous();
        http.DefaultRequestHeaders.Add("X-Snp-Operator", Token);
        foreach (var path in (string[])["", "/rotate", "/retire"]) Assert.Equal(HttpStatusCode.Unauthorized, (await me.Post("/api/operator/keys" + path, new JsonObject { ["kind"] = "seal", ["id"] = 1 })).Status);
        async Task<JsonNode> Answer(string path, object body)
        {
            using var response = await http.PostAsJsonAsync("/api/operator/keys" + path, body);
            return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        }
        Assert.Equal(
            """[{"kind":"seal","id":1,"current":true,"present":true,"rows":3},{"kind":"hash","id":1,"current":false,"present":true,"rows":2,"retirableFrom":"2026-06-08T08:00:00\u002B00:00"}]""",
            (await Answer("", new { }))["keys"]!.ToJsonString());
        Assert.NotNull((await Answer("/rotate", new { kind = "seal" }))["keys"]);
        Assert.Equal("former-key-in-use", (string?)(await Answer("/rotate", new { kind = "hash" }))["code"]);
        Assert.Equal("key-overlap", (string?)(await Answer("/retire", new { kind = "hash", id = 1 }))["code"]);
        Assert.Equal("key-unknown", (string?)(await Answer("/retire", new { kind = "hash", id = 7 }))["code"]);
        foreach (var wrong in (object[])[new { }, new { kind = "access", id = 1 }, new { kind = "seal", id = 0 }]) Assert.Equal("invalid-input", (string?)(await Answer("/retire", wrong))["code"]);
    }
}
