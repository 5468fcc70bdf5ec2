using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using SnpLive.Tests.Support;

namespace SnpLive.Bench.Push;

/// <summary>What the measured process tells of itself since the mark.</summary>
internal sealed record PushReading(Effort Effort, string Pool, long Memory, string Reads, IReadOnlyList<(string Slot, long At)> Commits);

/// <summary>One system in its own process, with territories and people.</summary>
internal sealed class PushSite : IAsyncDisposable
{
    private const int ImportedAtOnce = 25;
    private readonly TemporaryFolder folder = new();
    private readonly Process process;

    private PushSite(string system, Process process) => (System, this.process) = (system, process);

    public string System { get; }
    public Uri Address { get; private set; } = null!;
    public Uri Opponent { get; private set; } = null!;
    /// <summary>Where screens look.</summary>
    public Uri Screens => System == PushServer.Ours ? Address : Opponent;
    public IReadOnlyList<PushBoard> Boards { get; private set; } = [];

    public static async Task<PushSite> Start(string system, int boards, int daysAhead = 1)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        var folder = new TemporaryFolder();
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "SnpLive.Bench.dll"), PushServer.Command, system, folder.File("data"), Repository.Web]) start.ArgumentList.Add(argument);
        var site = new PushSite(system, Process.Start(start)!);
        var ports = (await site.process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The measured server did not start.")).Split(' ');
        (site.Address, site.Opponent) = (new($"http://127.0.0.1:{ports[0]}"), new($"http://127.0.0.1:{ports[1]}"));
        await site.Import(folder.File("data"), boards, daysAhead);
        site.Boards = await Task.WhenAll(Enumerable.Range(0, boards).Select(n => PushBoard.Open(site.Address, $"b{n}")));
        folder.Dispose();
        return site;
    }

    public async Task Mark() => await Ask("mark");

    public async Task<PushReading> Report()
    {
        var parts = (await Ask("report")).Split(';');
        var commits = parts[4].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(c => c.Split('=')).Select(c => (c[0], long.Parse(c[1], CultureInfo.InvariantCulture)));
        return new(Effort.Parse(parts[0]), parts[1], long.Parse(parts[2], CultureInfo.InvariantCulture), parts[3], [.. commits]);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var board in Boards) board.Dispose();
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try { await process.WaitForExitAsync(patience.Token); }
        catch (OperationCanceledException) { process.Kill(); }
        process.Dispose();
        folder.Dispose();
    }

    private async Task<string> Ask(string question)
    {
        await process.StandardInput.WriteLineAsync(question);
        await process.StandardInput.FlushAsync();
        return await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The measured server is gone.");
    }

    private async Task Import(string data, int boards, int daysAhead)
    {
        using var http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromMinutes(5) };
        http.DefaultRequestHeaders.Add("X-Snp-Operator", (await File.ReadAllTextAsync(Path.Combine(data, "operator.token"))).Trim());
        foreach (var some in Enumerable.Range(0, boards).Chunk(ImportedAtOnce))
        {
            var files = some.Select(n =>
            {
                var territory = TestTerritory.Of($"b{n}", $"sas-{n}", doctors: 1);
                territory["rules"]!["publishAheadDays"] = daysAhead;
                return (JsonNode)new JsonObject { ["name"] = $"b{n}.json", ["content"] = territory.ToJsonString() };
            });
            using var response = await http.PostAsJsonAsync(new Uri("/api/import", UriKind.Relative), new JsonObject { ["files"] = new JsonArray([.. files]) });
            if (!response.IsSuccessStatusCode) throw new InvalidOperationException($"Import: {await response.Content.ReadAsStringAsync()}");
        }
    }
}

/// <summary>A board, those who click on it, and its slots.</summary>
internal sealed class PushBoard : IDisposable
{
    public required string Id { get; init; }
    public required ApiClient[] People { get; init; }
    public required string[] Slots { get; init; }
    public string Cookie => People[0].Cookies.GetCookieHeader(People[0].Address);

    public static async Task<PushBoard> Open(Uri address, string id)
    {
        var people = await Task.WhenAll(Enumerable.Range(1, 4).SelectMany(n => new[] { $"{id}-reg-{n}", $"{id}-pha-{n}" }).Select(p => ApiClient.SignIn(address, p)));
        using var owner = await ApiClient.SignIn(address, $"{id}-gp-1");
        var (from, to) = (DateTimeOffset.UtcNow.AddHours(1), DateTimeOffset.UtcNow.AddHours(40));
        var agenda = await owner.Get($"/api/agendas/{id}-agenda-1");
        var slots = agenda.Body!["slots"]!.AsArray().Where(s => (DateTimeOffset)s!["start"]! > from && (DateTimeOffset)s["start"]! < to).Select(s => (string)s!["id"]!).ToArray();
        return new() { Id = id, People = people, Slots = slots };
    }

    public void Dispose()
    {
        foreach (var one in People) one.Dispose();
    }
}
