using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using SnpLive.Tests.Support;
using SnpLive.Web;

namespace SnpLive.Tests.Traffic;

/// <summary>A server with simulated traffic, very fast: the board moves by itself, and stays usable.</summary>
public sealed class TrafficTests
{
    private const string Territory = "trafic";

    [Fact, Trait("Category", "Slow")]
    public async Task The_board_lives_by_itself_and_keeps_slots_for_those_who_look()
    {
        using var folder = new TemporaryFolder();
        await using var app = await Start(folder, "--traffic", "--Traffic:Speed", "600", "--Traffic:RequestsPerThousandPerDay", "400", "--Traffic:KeepFree", "0.5");
        using var regulator = await ApiClient.SignIn(new(app.Urls.First()), $"{Territory}-reg-1");
        Assert.True((bool)(await regulator.Get("/api/session")).Body!["traffic"]!);
        var before = (await regulator.Slots(Territory, "free")).Length;
        Assert.True(before > 4, $"only {before} free slots");

        var seen = new HashSet<string>();
        await Eventually.True(async () =>
        {
            var slots = (await regulator.Slots(Territory)).Where(InWindow).ToList();
            seen.UnionWith(slots.Select(slot => (string)slot["state"]!));
            var free = slots.Count(slot => (string?)slot["state"] == "free");
            var open = free + slots.Count(slot => (string?)slot["state"] is "booked" or "held");
            // Visits under way at once may each pass the bound by one.
            Assert.True(free >= open * 0.5 - 8, $"{free} of {open} slots are left");
            return seen.IsSupersetOf(["held", "booked"]);
        }, "slots are held and booked");
    }

    [Fact]
    public async Task Without_the_switch_nobody_acts()
    {
        using var folder = new TemporaryFolder();
        await using var app = await Start(folder, "--Traffic:Speed", "600", "--Traffic:RequestsPerThousandPerDay", "400");
        using var regulator = await ApiClient.SignIn(new(app.Urls.First()), $"{Territory}-reg-1");
        Assert.False((bool)(await regulator.Get("/api/session")).Body!["traffic"]!);
        Assert.DoesNotContain(await regulator.Slots(Territory), slot => (string?)slot["state"] is "held" or "booked");
    }

    private static bool InWindow(JsonObject slot) => (DateTimeOffset)slot["start"]! < DateTimeOffset.UtcNow.AddHours(24);

    private static async Task<Microsoft.AspNetCore.Builder.WebApplication> Start(TemporaryFolder folder, params string[] more)
    {
        var app = SnpApp.Build(
            ["--port", "0", "--data", folder.File("data"), "--contentRoot", Repository.Web, "--demo-territories", "false", .. more],
            builder => builder.Logging.SetMinimumLevel(LogLevel.Error));
        await app.StartAsync();
        var files = TestTerritory.Write(folder, TestTerritory.Of(Territory, "sas-t", doctors: 4));
        var import = await Tool.Run(["import", .. files, "--port", $"{new Uri(app.Urls.First()).Port}", "--data", folder.File("data")]);
        Assert.True(import.ExitCode == 0, import.Output);
        return app;
    }
}
