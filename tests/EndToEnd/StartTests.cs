using System.Net;
using System.Text.Json.Nodes;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.EndToEnd;

/// <summary>Starting and stopping as people do, right and wrong: a sentence and an exit code, never a trace.</summary>
[Trait("Category", "Slow")]
public sealed class StartTests
{
    [Fact]
    public async Task The_demonstration_is_there_at_the_first_start_and_again_at_the_second()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.Start(folder.File("data"));
        using (var regulator = await ApiClient.SignIn(server.Address, "regulateur-44"))
        {
            var territory = Assert.Single((await regulator.Get("/api/territories")).Body!.AsArray())!;
            Assert.Equal("sud-loire-vignoble", (string?)territory["id"]);
            Assert.NotEmpty(await regulator.Slots("sud-loire-vignoble"));
            var foreign = await regulator.Get("/api/territories/pays-de-quimper/board");
            Assert.Equal(HttpStatusCode.NotFound, foreign.Status);
        }
        Assert.Equal(0, await server.Terminate());
        var before = await Tool.Run("verify", "--data", folder.File("data"));
        Assert.True(before.ExitCode == 0, before.Output);
        await server.Start();
        using var again = await ApiClient.SignIn(server.Address, "pharmacien-clisson");
        Assert.NotEmpty(await again.Slots("sud-loire-vignoble"));
    }

    [Fact]
    public async Task A_second_server_an_audit_and_a_taken_port_are_refused_in_one_sentence()
    {
        using var folder = new TemporaryFolder();
        using var elsewhere = new TemporaryFolder();
        await using var server = await ServerProcess.Start(folder.File("data"), "--demo-territories", "false");

        Refused(await Tool.Run("run", "--data", folder.File("data"), "--port", "0", "--contentRoot", Repository.Web), "déjà ouverte");
        Refused(await Tool.Run("verify", "--data", folder.File("data")), "déjà ouverte");
        Refused(await Tool.Run("run", "--data", elsewhere.File("data"), "--port", $"{server.Port}", "--contentRoot", Repository.Web, "--demo-territories", "false"), "port");
        Refused(await Tool.Run("run", "--data", elsewhere.File("data"), "--environment", "Production"), "démonstration");
        Refused(await Tool.Run("run", "--storage", "oracle"), "sqlite | postgres");
        Refused(await Tool.Run("verify", "--data", elsewhere.File("nothing")), "n’existe pas");
    }

    [Fact]
    public async Task An_import_with_a_mistake_changes_nothing_and_says_where()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.Start(folder.File("data"), "--demo-territories", "false");
        var good = TestTerritory.Of("bon", "sas-t", doctors: 1);
        var bad = TestTerritory.Of("faux", "sas-t", doctors: 1);
        bad["agendas"]![0]!["placeId"] = "nulle-part";
        bad["rules"]!["windowHours"] = JsonValue.Create(36);
        var files = TestTerritory.Write(folder, good, bad);

        var refused = await Import(files);
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("$.agendas[0].placeId", refused.Output, StringComparison.Ordinal);
        Assert.Contains("$.rules.windowHours", refused.Output, StringComparison.Ordinal);
        Assert.Empty((await new HttpClient { BaseAddress = server.Address }.GetStringAsync(new Uri("/api/identities", UriKind.Relative))).Trim('[', ']'));

        Assert.Equal(0, (await Import(files[0])).ExitCode);
        using var pharmacist = await ApiClient.SignIn(server.Address, "bon-pha-1");
        var commits = (long)(await pharmacist.Get("/api/version")).Body!["commits"]!;
        Assert.Equal(0, (await Import(files[0])).ExitCode);
        Assert.Equal(commits, (long)(await pharmacist.Get("/api/version")).Body!["commits"]!);

        Task<(int ExitCode, string Output)> Import(params string[] paths) => Tool.Run(["import", .. paths, "--port", $"{server.Port}", "--data", folder.File("data")]);
    }

    private static void Refused((int ExitCode, string Output) run, string says)
    {
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(says, run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Output, StringComparison.Ordinal);
    }
}
