using SnpLive.Tests.Support;
using SnpLive.Web;
using SnpLive.Web.Hosting;

namespace SnpLive.Tests.Web;

public sealed class StartTests
{
    [Fact]
    public async Task Outside_the_demonstration_the_server_refuses_to_start()
    {
        using var folder = new TemporaryFolder();
        var (code, output) = await Tool.Run("run", "--port", "0", "--data", folder.File("data"), "--Demo:Enabled", "false");
        Assert.Equal(2, code);
        Assert.Contains("démonstration", output, StringComparison.Ordinal);
    }

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
        var (code, output) = await Tool.Run("import", file, "--port", $"{ServerProcess.FreePort()}", "--data", folder.File(""));
        Assert.Equal(2, code);
        Assert.Contains("./snp run", output, StringComparison.Ordinal);
    }
}
