using SnpLive.Tests.Ledger;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.EndToEnd;

/// <summary>The storage backends that every end-to-end test runs on.</summary>
public static class Backends
{
    public const string Sqlite = "sqlite";
    public const string Postgres = "postgres";

    public static TheoryData<string> All => new(Sqlite, Postgres);

    /// <summary>Command-line options for a fresh database of this backend; skips the test where the backend is not to be had.</summary>
    public static async Task<string[]> Options(string backend, PostgresServer postgres)
    {
        if (backend == Sqlite) return ["--storage", "sqlite"];
        return ["--storage", "postgres", "--connection", await postgres.NewDatabase()];
    }
}

/// <summary>A running server with the given territories imported.</summary>
public sealed class TestSite : IAsyncDisposable
{
    private readonly TemporaryFolder folder;

    private TestSite(TemporaryFolder folder, ServerProcess server, string[] storage) => (this.folder, Server, Storage) = (folder, server, storage);

    public ServerProcess Server { get; }
    public string[] Storage { get; }
    public string Data { get; private init; } = "";

    public static Task<TestSite> Start(string backend, PostgresServer postgres, params System.Text.Json.Nodes.JsonObject[] territories) => Start(backend, postgres, [], territories);

    /// <summary>The same with further options of the server.</summary>
    public static async Task<TestSite> Start(string backend, PostgresServer postgres, string[] more, params System.Text.Json.Nodes.JsonObject[] territories) =>
        await StartOn([.. await Backends.Options(backend, postgres), .. more], territories);

    /// <summary>The same on a database, and a disk, of the caller's choice.</summary>
    public static Task<TestSite> StartOn(string[] storage, params System.Text.Json.Nodes.JsonObject[] territories) => StartOn(storage, null, territories);

    /// <inheritdoc cref="StartOn(string[], System.Text.Json.Nodes.JsonObject[])"/>
    public static async Task<TestSite> StartOn(string[] storage, string? data, params System.Text.Json.Nodes.JsonObject[] territories)
    {
        var folder = new TemporaryFolder();
        var files = TestTerritory.Write(folder, territories);
        var server = await ServerProcess.Start(data ?? folder.File("data"), [.. storage, "--demo-territories", "false"]);
        var site = new TestSite(folder, server, storage) { Data = data ?? folder.File("data") };
        var import = await site.Run(["import", .. files, "--port", $"{server.Port}"]);
        if (import.ExitCode != 0) throw new InvalidOperationException($"Import failed: {import.Output}\n{server.Output}");
        return site;
    }

    /// <summary>Signs somebody in.</summary>
    public Task<ApiClient> SignIn(string identity) => ApiClient.SignIn(Server.Address, identity);

    /// <summary>Runs <c>snp verify</c> on the site's database.</summary>
    public Task<(int ExitCode, string Output)> Verify() => Run(["verify", .. Storage]);

    private Task<(int ExitCode, string Output)> Run(string[] arguments) => Tool.Run([.. arguments, "--data", Data]);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        folder.Dispose();
    }
}
