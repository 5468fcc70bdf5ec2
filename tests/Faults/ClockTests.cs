using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using SnpLive.Tests.EndToEnd;
using SnpLive.Tests.Ledger;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.Faults;

/// <summary>The server's clock is set forward and back, and civil time changes: holds stay right, nobody is locked out, nothing is sold twice.</summary>
[Trait("Category", "Slow")]
public sealed class ClockTests(PostgresServer postgres)
{
    private const string Territory = "heure";

    [Fact]
    public async Task A_clock_that_is_set_an_hour_forward_and_back_locks_nobody_out()
    {
        await using var site = await TimedSite.Start(Backends.Sqlite, postgres, TestTerritory.Of(Territory, "sas-h", doctors: 1));
        using var a = await site.SignIn($"{Territory}-pha-1");
        using var b = await site.SignIn($"{Territory}-reg-1");
        var slots = (await a.Slots(Territory, "free")).Where(s => (DateTimeOffset)s["start"]! > DateTimeOffset.UtcNow.AddHours(3)).Select(s => (string)s["id"]!).Take(6).ToArray();
        var held = await a.Hold(slots[0]);
        Assert.Equal(HttpStatusCode.OK, held.Status);

        site.Clock.Offset = TimeSpan.FromHours(1);
        Assert.Equal(HttpStatusCode.Created, (await b.Book(slots[0], Patient.New())).Status); // the hold has long ended
        var (patient, request) = (Patient.New(), Guid.NewGuid());
        var ahead = await a.Book(slots[1], patient, request);
        Assert.Equal(HttpStatusCode.Created, ahead.Status);
        Assert.Equal(HttpStatusCode.OK, (await a.Hold(slots[2])).Status);

        site.Clock.Offset = TimeSpan.Zero;
        var back = await b.Book(slots[3], Patient.New());
        Assert.True(back.Status == HttpStatusCode.Created, $"After the clock was set back: {back}");
        Assert.Equal("slot-held", (await b.Book(slots[2], Patient.New())).Code);
        Assert.Equal("slot-taken", (await b.Book(slots[1], Patient.New())).Code);
        Assert.Equal((string?)ahead.Body!["bookingId"], (string?)(await a.Book(slots[1], patient, request)).Body!["bookingId"]);

        site.Clock.Offset = TimeSpan.FromHours(-1);
        Assert.Equal("slot-taken", (await a.Book(slots[0], Patient.New())).Code);
        Assert.Equal(HttpStatusCode.Created, (await a.Book(slots[4], Patient.New())).Status);

        site.Clock.Offset = TimeSpan.Zero;
        Assert.Equal(HttpStatusCode.Created, (await a.Book(slots[5], Patient.New())).Status);
        site.Clock.Offset = TimeSpan.FromMinutes(64);
        Assert.Equal(HttpStatusCode.Created, (await b.Book(slots[2], Patient.New())).Status); // and that hold has ended, too
        Assert.Empty((await site.Audit()).Findings);
    }

    /// <summary>Europe/Paris: 02:00 becomes 03:00 on 28 March 2027, 03:00 becomes 02:00 on 31 October 2027, both at 01:00 UTC.</summary>
    [Theory]
    [InlineData("2027-03-28T01:00:00Z")]
    [InlineData("2027-10-31T01:00:00Z")]
    public async Task Over_a_change_of_civil_time_holds_last_as_long_as_ever_and_no_slots_overlap(string change)
    {
        var at = DateTimeOffset.Parse(change, CultureInfo.InvariantCulture);
        await using var site = await TimedSite.Start(Backends.Sqlite, postgres, TestTerritory.Of(Territory, "sas-h", doctors: 1));
        site.Clock.SetTo(at.AddSeconds(-40));
        using var a = await site.SignIn($"{Territory}-pha-1");
        using var b = await site.SignIn($"{Territory}-reg-1");
        await Eventually.True(async () => (await Around(a)).Length > 20, "slots of the night are published");
        var night = await Around(a);
        for (var n = 1; n < night.Length; n++) Assert.True(Start(night[n]) >= End(night[n - 1]), $"{night[n - 1]} and {night[n]} overlap");

        var slot = (string)night.First(s => Start(s) > at.AddMinutes(45))["id"]!;
        var held = await a.Hold(slot);
        Assert.Equal(HttpStatusCode.OK, held.Status);
        site.Clock.SetTo(at.AddSeconds(30)); // on the other side, 70 s later
        Assert.Equal("slot-held", (await b.Book(slot, Patient.New())).Code);
        Assert.Equal(HttpStatusCode.OK, (await a.Post($"/api/holds/{held.Body!["holdId"]}/extend", new JsonObject { ["requestId"] = Guid.NewGuid() })).Status);
        site.Clock.SetTo(at.AddMinutes(4).AddSeconds(50)); // 5 min 30 s after it was granted, extension included
        Assert.Equal(HttpStatusCode.Created, (await b.Book(slot, Patient.New())).Status);
        Assert.Empty((await site.Audit()).Findings);

        async Task<JsonObject[]> Around(ApiClient who) =>
            [.. (await who.Slots(Territory)).Where(s => Start(s) > at.AddHours(-1) && Start(s) < at.AddHours(8) && (string?)s["state"] == "free")];
    }

    private static DateTimeOffset Start(JsonObject slot) => (DateTimeOffset)slot["start"]!;

    private static DateTimeOffset End(JsonObject slot) => (DateTimeOffset)slot["end"]!;
}
