using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;
using SnpLive.Grains.Territories.Grants;
using SnpLive.Silo.Ledger;
using SnpLive.Tests.EndToEnd;
using SnpLive.Tests.Ledger;
using SnpLive.Tests.Live;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.Access;

/// <summary>“Droits” through the whole product: what a coordinator decides is in force at once, on agendas and on open screens.</summary>
[Trait("Category", "Slow")]
public sealed class GrantsOverHttpTests(PostgresServer postgres)
{
    private const string T = AccessSite.T;
    private const string Path = $"/api/territories/{T}/grants";

    private static JsonObject Terms(string role = "pharmacist", string stream = "gp", params string[] actions) => new()
    {
        ["requestId"] = Guid.NewGuid(), ["role"] = role, ["stream"] = stream, ["source"] = "Réunion du bureau", ["actions"] = new JsonArray([.. actions.Select(one => JsonValue.Create(one))]),
    };

    private static JsonObject End(string? lastDay = null) => new() { ["requestId"] = Guid.NewGuid(), ["lastDay"] = lastDay };

    private static async Task<string> IdOf(ApiClient coordinator, string role, string action, string state = "inForce") => (string)(await coordinator.Get(Path)).Body!["grants"]!.AsArray()
        .Single(one => (string)one!["role"]! == role && (string)one["action"]! == action && (string)one["state"]! == state)!["id"]!;

    [Fact]
    public async Task An_open_board_follows_the_grants_at_once()
    {
        await using var site = await AccessSite.Start(Backends.Sqlite, postgres, "--Grants:SpreadAfter", "00:00:01");
        using var coordinator = await site.SignIn($"{T}-coo-1");
        using var pharmacist = await site.SignIn($"{T}-pha-1");
        var free = await pharmacist.Slots(T, "free");
        var (slot, other) = ((string)free[8]["id"]!, (string)free[9]["id"]!);
        await using var screen = await LiveClient.ConnectAsync(site.Address, [new("Cookie", pharmacist.Cookies.GetCookieHeader(site.Address))]);
        await screen.WatchAsync(T);
        await screen.UntilAsync(one => one.Picture(T)?.Slots.ContainsKey(slot) == true, "the slots");

        var (see, book) = (await IdOf(coordinator, "pharmacist", "seeFreeSlots"), await IdOf(coordinator, "pharmacist", "book"));
        var end = End();
        var ended = await coordinator.Post($"{Path}/{book}/end", end);
        Assert.True(ended.Status == HttpStatusCode.OK, ended.ToString());
        Assert.Equal("ended", (string?)ended.Body!["grants"]![0]!["state"]);
        Assert.Equal("not-allowed", (await pharmacist.Book(slot, Patient.New())).Code); // decided by the agenda, and known there when the answer came
        Assert.Equal(ended.ToString(), (await coordinator.Post($"{Path}/{book}/end", end.DeepClone())).ToString()); // a repeat is the same command
        Assert.Equal("request-id-reused", (await coordinator.Post($"{Path}/{see}/end", end.DeepClone())).Code);
        Assert.Equal(HttpStatusCode.OK, (await coordinator.Post($"{Path}/{see}/end", End())).Status);
        await screen.UntilAsync(one => one.Picture(T)!.Slots.IsEmpty, "an empty board", TimeSpan.FromSeconds(5));

        var again = await coordinator.Post(Path, Terms(actions: ["seeFreeSlots", "book"]));
        Assert.True(again.Status == HttpStatusCode.OK, again.ToString());
        Assert.Equal("Coordinatrice", (string?)again.Body!["grants"]![0]!["decidedBy"]);
        await screen.UntilAsync(one => one.Picture(T)!.Slots.ContainsKey(slot), "the slots again", TimeSpan.FromSeconds(5));
        Assert.Equal(HttpStatusCode.Created, (await pharmacist.Book(slot, Patient.New())).Status);

        // A process that died after its commit, before any agenda heard: the wake-up that the commit left hands it on, and not from what this one remembers.
        var ledger = site.Services.GetRequiredService<ILedger>();
        var known = GrantCommit.Load(await ledger.Read(GrantCommit.Stream(T)));
        var booking = known.Entries.Single(one => one is { EndedAt: null, Grant: { Role: Role.Pharmacist, Action: GrantAction.Book } });
        var (commit, _) = GrantCommit.Build(known, T, "Europe/Paris", GrantAsked.Import(), [new GrantEnded(booking.GrantId, null, "system")], new GrantsChanged([]), site.Clock.GetUtcNow(),
            site.Services.GetRequiredService<GrantOptions>());
        Assert.IsType<CommitResult.Appended>(await ledger.Append(commit));
        var agenda = site.Services.GetRequiredService<IGrainFactory>().GetGrain<IAgendaGrain>(other[..other.LastIndexOf('.')]);
        await Eventually.True(async () => !(await agenda.Definition())!.Grants.Any(one => one is { Role: Role.Pharmacist, Action: GrantAction.Book }), "the wake-up", TimeSpan.FromSeconds(15));
        Assert.Equal("not-allowed", (await pharmacist.Book(other, Patient.New())).Code);
        var report = await site.Services.GetRequiredService<Verifier>().Run();
        Assert.True(report.Findings.IsEmpty, string.Join('\n', report.Findings));
    }

    [Fact]
    public async Task Only_who_may_and_only_what_holds_together()
    {
        await using var site = await AccessSite.Start(Backends.Sqlite, postgres);
        using var coordinator = await site.SignIn($"{T}-coo-1");
        foreach (var (who, code) in ((string, string)[])[($"{T}-pha-1", "grant-not-allowed"), ($"{T}-reg-1", "grant-not-allowed"), ($"{AccessSite.Other}-coo-1", "territory-unknown")])
        {
            using var person = await site.SignIn(who);
            Assert.Equal((who, code), (who, (await person.Get(Path)).Code));
            Assert.Equal((who, code), (who, (await person.Post(Path, Terms(actions: "hold"))).Code));
            Assert.Equal((who, code), (who, (await person.Post($"{Path}/g1/end", End())).Code));
        }
        var manage = await IdOf(coordinator, "coordinator", "manageGrants");
        Assert.Equal("grant-locks-out", (await coordinator.Post($"{Path}/{manage}/end", End())).Code);
        Assert.Equal("grant-overlap", (await coordinator.Post(Path, Terms(actions: "hold"))).Code);
        Assert.Equal("grant-unknown", (await coordinator.Post($"{Path}/g9999/end", End())).Code);
        Assert.Equal("grant-unknown", (await coordinator.Post($"{Path}/a%20b/end", End())).Code);
        Assert.Equal("grant-own-agenda-needed", (await coordinator.Post(Path, Terms("nurse", "nursing", "openSlot"))).Code);
        Assert.Equal("grant-unknown-role", (await coordinator.Post(Path, Terms("system", "nursing", "hold"))).Code);
        foreach (var wrong in (JsonObject[])[Terms("nobody", "gp", "hold"), Terms("nurse", "dentist", "hold"), Terms("nurse", "gp", "fly"), Terms("nurse")])
            Assert.Equal("invalid-input", (await coordinator.Post(Path, wrong)).Code);
        var coming = Terms("nurse", "nursing", "hold");
        coming["from"] = "2999-01-01";
        Assert.Equal("coming", (string?)(await coordinator.Post(Path, coming)).Body!["grants"]![0]!["state"]);
        var id = await IdOf(coordinator, "nurse", "hold", "coming");
        var corrected = Terms("nurse", "nursing");
        corrected.Remove("actions");
        corrected["action"] = "hold";
        Assert.Equal("inForce", (string?)(await coordinator.Post($"{Path}/{id}/correct", corrected)).Body!["grants"]![0]!["state"]);
        Assert.Contains("manageGrants", (await coordinator.Get("/api/territories")).Body!.ToJsonString(), StringComparison.Ordinal);
    }
}
