using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SnpLive.Grains;
using SnpLive.Grains.Agendas;
using SnpLive.Tests.EndToEnd;
using SnpLive.Tests.Live;
using SnpLive.Tests.Support;
using SnpLive.Web;
using SnpLive.Web.Import;

namespace SnpLive.Tests.Access;

/// <summary>
/// Every cell of role × stream × action × audience × validity edge, over HTTP and over the hub: a board and a snapshot show exactly the slots that the domain's sentences
/// (<see cref="WireMatrix"/>) allow, and a hold and a booking succeed exactly where they say so. What may not be seen never reaches the wire.
/// </summary>
[Trait("Category", "Slow")]
public sealed class RightsOverTheWireTests(ITestOutputHelper output)
{
    private const int PeopleAtOnce = 12;

    // Hours ahead between which a slot can be booked: past any notice, within 48 h, and one for every role.
    private const int Soonest = 2, Latest = 40;

    private readonly ConcurrentDictionary<(string Role, string Stream, string Action, string Audience, (int?, int?) Edge), bool> cells = new();
    private readonly ConcurrentDictionary<string, Task<ImmutableArray<string>>> slots = new();
    private int drawn;

    [Fact]
    public async Task Every_cell_over_http_and_hub_says_what_the_domain_says()
    {
        var seed = Seeds.Next();
        output.WriteLine($"seed {seed}");
        using var folder = new TemporaryFolder();
        var clock = new MovedClock();
        await using var app = SnpApp.Build(
            ["--port", "0", "--data", folder.File("data"), "--contentRoot", Repository.Web, "--demo-territories", "false", "--RateLimits:Enabled", "false"],
            builder => { builder.Services.AddKeyedSingleton<TimeProvider>(Clocks.Domain, clock); builder.Logging.ClearProviders(); });
        await app.StartAsync();
        // Noon: “today” is one civil day here and in Paris, whenever the test runs.
        clock.SetTo(new DateTimeOffset(DateTime.UtcNow.Date.AddHours(11), TimeSpan.Zero));
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var territories = WireMatrix.Territories(new Random(seed));
        var started = Stopwatch.GetTimestamp();
        var (_, errors) = await app.Services.GetRequiredService<ImportService>().Import([.. territories.Select(one => new ImportFile($"{one.Id}.json", WireMatrix.File(one.Id, one.Grants, today).ToJsonString()))]);
        Assert.True(errors.IsDefaultOrEmpty, string.Join('\n', errors));
        output.WriteLine($"imported in {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s");

        var people = from n in Enumerable.Range(0, territories.Length) from role in WireMatrix.Roles select (n, role);
        await Parallel.ForEachAsync(people, new ParallelOptions { MaxDegreeOfParallelism = PeopleAtOnce }, async (one, _) => await Walk(app, clock, territories, one.n, one.role));

        output.WriteLine($"{cells.Count:N0} cells of the matrix and {drawn:N0} drawn, {cells.Values.Count(allowed => allowed):N0} allowed, in {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s");
        Assert.Equal(WireMatrix.Roles.Length * WireMatrix.Streams.Length * WireMatrix.Actions.Length * WireMatrix.Audiences.Length * WireMatrix.Edges.Length, cells.Count);
        Assert.InRange(cells.Count, 8_000, int.MaxValue);
        Assert.InRange(cells.Values.Count(allowed => allowed), cells.Count / 10, cells.Count - cells.Count / 10);
    }

    /// <summary>All that one person may and may not do in their territory, and that they are a stranger to the next.</summary>
    private async Task Walk(WebApplication app, MovedClock clock, ImmutableArray<(string Id, ImmutableArray<WireMatrix.Given> Grants)> territories, int n, string role)
    {
        var (id, grants) = territories[n];
        var address = new Uri(app.Urls.First());
        using var person = await ApiClient.SignIn(address, WireMatrix.PersonOf(id, role));
        var foreign = await person.Get($"/api/territories/{territories[(n + 1) % territories.Length].Id}/board");
        Assert.Equal((HttpStatusCode.NotFound, "territory-unknown"), (foreign.Status, foreign.Code));

        var board = await person.Get($"/api/territories/{id}/board");
        Assert.True(board.Status == HttpStatusCode.OK, board.ToString());
        var seen = board.Body!["slots"]!.AsArray().Select(one => (string)one!["agendaId"]!).ToHashSet();
        await using var screen = await LiveClient.ConnectAsync(address, [new("Cookie", person.Cookies.GetCookieHeader(address))]);
        await screen.WatchAsync([id]);
        await screen.UntilAsync(client => client.Picture(id) is not null, "a snapshot");
        var live = screen.Picture(id)!.Slots.Values.Select(one => one.GetProperty("agendaId").GetString()!).ToHashSet();

        foreach (var slot in WireMatrix.SlotsOf(id))
        {
            Check("seeFreeSlots", slot, seen.Contains(slot.Agenda) ? "" : null, live.Contains(slot.Agenda) ? "" : null);
            var slotId = (await slots.GetOrAdd(slot.Agenda, agenda => Slots(app, agenda, clock)))[WireMatrix.Roles.IndexOf(role)];
            var held = await person.Hold(slotId);
            Check("hold", slot, Granted(held));
            if (held.Status == HttpStatusCode.OK) Assert.Equal(HttpStatusCode.OK, (await person.Post($"/api/holds/{(string)held.Body!["holdId"]!}/release", new JsonObject { ["requestId"] = Guid.NewGuid() })).Status);
            Check("book", slot, Granted(await person.Book(slotId, Patient.New())));
        }

        // What came of a try: nothing to say when granted, the refusal's name when the reason stood in the way, null when there was no right.
        void Check(string action, WireMatrix.Shown slot, params string?[] came)
        {
            var allowed = WireMatrix.Allows(role, slot, grants, action);
            // §3.5, §6.4: nurses take authorised motives only, and none is authorised yet.
            var expected = !allowed ? null : action == "book" && slot.Stream == "nursing" ? "reason-not-allowed" : "";
            var audience = string.Join(' ', slot.Audience);
            if (came.Any(one => one != expected))
                Assert.Fail($"{action} of {role}, {slot.Stream} [{audience}] in {id}: {string.Join(", ", came.Select(Said))} and not {Said(expected)}; {string.Join("; ", grants.Where(g => g.Role == role && g.Action == action))}");
            if (n < WireMatrix.Edges.Length) cells[(role, slot.Stream, action, audience, WireMatrix.EdgeOf(n, role, slot.Stream, action))] = allowed;
            else Interlocked.Increment(ref drawn);
        }
    }

    private static string Said(string? came) => came switch { null => "denied", "" => "granted", _ => came };

    private static string? Granted(ApiAnswer answer) => answer.Status switch
    {
        HttpStatusCode.OK or HttpStatusCode.Created => "",
        HttpStatusCode.Forbidden or HttpStatusCode.NotFound => null,
        _ => answer.Code == "on-behalf-of-required" ? null : answer.Code ?? answer.ToString(),
    };

    /// <summary>An agenda's slots, one for each role so that nobody waits for another; from the grain itself: who may not see one gets no id from us.</summary>
    private static async Task<ImmutableArray<string>> Slots(WebApplication app, string agenda, MovedClock clock)
    {
        var picture = await app.Services.GetRequiredService<IGrainFactory>().GetGrain<IAgendaGrain>(agenda).Look(clock.GetUtcNow().AddHours(Soonest), clock.GetUtcNow().AddHours(Latest));
        return [.. picture.Slots.OrderBy(one => one.Facts.Start).Select(one => one.Facts.SlotId)];
    }
}
