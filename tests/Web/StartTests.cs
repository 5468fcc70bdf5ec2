using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using SnpLive.Tests.Support;
using SnpLive.Web;
using SnpLive.Web.Hosting;

namespace SnpLive.Tests.Web;

public sealed class StartTests
{
    private static string? Refusal(params string[] args)
    {
        try { SnpApp.Build(["--demo-territories", "false", .. args], (_, _) => { }); }
        catch (StartRefusedException refused) { return refused.Message; }
        catch (InvalidOperationException) { } // nothing but options is under test: no silo is there to be found
        return null;
    }

    [Fact]
    public async Task Outside_the_demonstration_the_server_starts_and_demonstration_people_are_nobody()
    {
        await using var site = await WebSite.Start("--Demo:Enabled", "false");
        using var http = site.Anonymous();
        Assert.Empty((await http.GetFromJsonAsync<JsonArray>("/api/identities"))!);
        Assert.Equal("""{"demo":false,"password":true}""", await http.GetStringAsync(new Uri("/api/session/ways", UriKind.Relative)));
        using var response = await http.PostAsJsonAsync("/api/session", new { identity = WebSite.Pharmacist });
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public void In_production_everything_that_is_wrong_is_told_at_once()
    {
        using var folder = new TemporaryFolder();
        var message = Refusal("--environment", "Production", "--data", folder.File("data"));
        Assert.NotNull(message);
        Assert.Contains(Messages.DemoInProduction, message, StringComparison.Ordinal);
        Assert.Contains(Messages.NoTls, message, StringComparison.Ordinal);
        Assert.Contains(Messages.NoVaultKey(Path.Combine(folder.File("data"), "keys", "seal.key")), message, StringComparison.Ordinal);
        Assert.Contains(Messages.NoVaultKey(Path.Combine(folder.File("data"), "keys", "hash.key")), message, StringComparison.Ordinal);
    }

    [Fact]
    public void Real_people_beyond_this_computer_need_what_production_needs()
    {
        using var folder = new TemporaryFolder();
        string[] wide = ["--Demo:Enabled", "false", "--listen", "*", "--data", folder.File("data")];
        Assert.Contains(Messages.NoTls, Refusal(wide), StringComparison.Ordinal);
        Assert.DoesNotContain(Messages.DemoInProduction, Refusal(wide), StringComparison.Ordinal);
        Directory.CreateDirectory(folder.File("vault"));
        File.WriteAllText(Path.Combine(folder.File("vault"), "seal.key"), "");
        File.WriteAllText(Path.Combine(folder.File("vault"), "hash.key"), "");
        Assert.Null(Refusal([.. wide, "--keys", folder.File("vault"), "--Proxy:Trusted", "10.0.0.0/24"]));
    }

    [Fact]
    public void Demonstration_people_and_a_real_provider_do_not_go_together() =>
        Assert.Contains(Messages.DemoWithProvider, Refusal("--OpenId:Authority", "https://auth.example"), StringComparison.Ordinal);

    [Theory]
    [InlineData("--port", "http")]
    [InlineData("--port", "70000")]
    [InlineData("--storage", "mysql")]
    [InlineData("--storage", "postgres")]
    [InlineData("--prot", "8080")]
    [InlineData("-p", "8080")]
    [InlineData("--Demo:Enabled", "perhaps")]
    public void A_wrong_option_is_said(string name, string value)
    {
        var refused = Assert.Throws<StartRefusedException>(() => SnpApp.Build([name, value], (_, _) => { }));
        Assert.NotEmpty(refused.Message);
    }

    [Fact]
    public async Task Import_without_a_server_refuses()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("t.json");
        await File.WriteAllTextAsync(file, "{}");
        await File.WriteAllTextAsync(folder.File("operator.token"), "x");
        var (code, output) = await Tool.Run("import", file, "--port", $"{Ports.Free()}", "--data", folder.File(""));
        Assert.Equal(2, code);
        Assert.Contains("./snp run", output, StringComparison.Ordinal);
    }
}
