using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SnpLive.Silo.Ledger;
using SnpLive.Tests.Support;
using SnpLive.Tests.Web;
using SnpLive.Web;
using SnpLive.Web.Import;

namespace SnpLive.Tests.Fuzz;

/// <summary>The whole product in this process, with a territory of one's own and one of others, where something is to be found that must not be.</summary>
public sealed class FuzzSite : IAsyncLifetime
{
    internal const string Own = "proie";
    internal const string Foreign = "voisin";
    private readonly TemporaryFolder folder = new();
    private WebApplication app = null!;

    internal LogLines Logs { get; } = new();
    internal Uri Address => new(app.Urls.First());
    /// <summary>Ids of the foreign territory that really exist, by what they name.</summary>
    internal string[] ForeignIds { get; private set; } = [];
    /// <summary>Ids of one's own that really exist.</summary>
    internal string[] OwnIds { get; private set; } = [];
    /// <summary>Never to be seen in an answer.</summary>
    internal Patient Secret { get; } = new("Introuvablement", "Zoé", "1951-03-07", "06 39 98 76 54");

    public async ValueTask InitializeAsync()
    {
        app = SnpApp.Build(
            ["--port", "0", "--data", folder.File("data"), "--contentRoot", Repository.Web, "--demo-territories", "false", "--RateLimits:Enabled", "false", "--Accounts:PasswordIterations", "1000", "--Accounts:RefusalTakes", "00:00:00"],
            builder => builder.Logging.ClearProviders().AddProvider(Logs));
        await app.StartAsync();
        var files = TestTerritory.Write(folder, TestTerritory.Of(Own, "sas-a", 1), TestTerritory.Of(Foreign, "sas-b", 1));
        var (_, errors) = await app.Services.GetRequiredService<ImportService>()
            .Import([.. files.Select(f => new ImportFile(Path.GetFileName(f), File.ReadAllText(f)))]);
        Assert.Empty(errors);
        using var neighbour = await ApiClient.SignIn(Address, $"{Foreign}-reg-1");
        var slots = await neighbour.Slots(Foreign, "free");
        var (booked, held) = ((string)slots[8]["id"]!, (string)slots[9]["id"]!);
        var booking = await neighbour.Book(booked, Secret, more: new() { ["note"] = "Introuvablement fatiguée" });
        Assert.Equal(HttpStatusCode.Created, booking.Status);
        var hold = await neighbour.Hold(held);
        ForeignIds = [Foreign, $"{Foreign}-agenda-1", booked, held, (string)booking.Body!["bookingId"]!, (string)hold.Body!["holdId"]!, (string)booking.Body["careRequestId"]!, $"{Foreign}-gp-1"];
        using var me = await ApiClient.SignIn(Address, $"{Own}-pha-1");
        OwnIds = [Own, $"{Own}-agenda-1", (string)(await me.Slots(Own, "free"))[8]["id"]!];
    }

    internal async Task<Contract> Contract()
    {
        using var http = new HttpClient { BaseAddress = Address };
        return new(JsonNode.Parse(await http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)))!.AsObject());
    }

    /// <summary>Rows of the log, and what an audit finds.</summary>
    internal async Task<(long Commands, string Findings)> Audit()
    {
        var report = await app.Services.GetRequiredService<Verifier>().Run();
        return (report.Commands, string.Join('\n', report.Findings));
    }

    /// <summary>Says nothing of its inside, and nothing of others.</summary>
    internal void Discreet(string what, string said)
    {
        foreach (var leak in (string[])["   at ", "SnpLive.", "Microsoft.", "System.", "Npgsql", "SQLite", "Exception", Secret.LastName, "76 54", "fatiguée"])
            Assert.False(said.Contains(leak, StringComparison.OrdinalIgnoreCase), $"{what} gives away '{leak}': {said[..Math.Min(600, said.Length)]}");
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        folder.Dispose();
    }
}
