using System.Net;
using System.Text.Json.Nodes;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Requests;
using SnpLive.Tests.Ledger;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.EndToEnd;

/// <summary>What happens by itself: holds end, slots are published ahead, a need learns of its booking. The domain's clock is moved, the engine's is not.</summary>
[Trait("Category", "Slow")]
public sealed class PassingTimeTests(PostgresServer postgres)
{
    private const string Territory = "temps";

    [Theory, MemberData(nameof(Backends.All), MemberType = typeof(Backends))]
    public async Task A_hold_ends_at_its_time_and_the_slot_is_anybodys(string backend)
    {
        await using var site = await TimedSite.Start(backend, postgres, TestTerritory.Of(Territory, "sas-t", doctors: 1));
        using var holder = await site.SignIn("temps-pha-1");
        using var other = await site.SignIn("temps-reg-1");
        var slot = (string)(await holder.Slots(Territory, "free"))[5]["id"]!;
        var held = await holder.Hold(slot);
        Assert.Equal(HttpStatusCode.OK, held.Status);

        var refused = await other.Book(slot, Patient.New());
        Assert.Equal("slot-held", refused.Code);
        Assert.Equal("Pharmacie temps", (string?)refused.Body!["heldBy"]);
        await Eventually.True(async () => await StateOf(other, slot) == "held", "the board shows the hold");

        site.Clock.Offset = TimeSpan.FromMinutes(3);
        await Eventually.True(async () => await StateOf(other, slot) == "free", "the board shows it free again, pushed by time alone");
        Assert.Equal(HttpStatusCode.Created, (await other.Book(slot, Patient.New())).Status);
        var late = await holder.Book(slot, Patient.New(), holdId: (string)held.Body!["holdId"]!);
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
    }

    [Theory, MemberData(nameof(Backends.All), MemberType = typeof(Backends))]
    public async Task Tomorrow_the_sweeper_has_published_one_more_day(string backend)
    {
        await using var site = await TimedSite.Start(backend, postgres, TestTerritory.Of(Territory, "sas-t", doctors: 1));
        var agenda = site.Grains.GetGrain<IAgendaGrain>("temps-agenda-1");
        var last = await LastSlot(agenda);
        site.Clock.Offset = TimeSpan.FromHours(29); // past 04:00 of the next civil day, when publishing is over, whatever the hour now, on a day of 25 hours too
        await Eventually.True(async () => await LastSlot(agenda) >= last.AddHours(23), "one more day is published");
        Assert.True(await LastSlot(agenda) <= last.AddHours(49), "more than the horizon is published");
    }

    [Theory, MemberData(nameof(Backends.All), MemberType = typeof(Backends))]
    public async Task A_need_without_a_slot_learns_of_the_booking_that_serves_it(string backend)
    {
        await using var site = await TimedSite.Start(backend, postgres, TestTerritory.Of(Territory, "sas-t", doctors: 1));
        using var pharmacist = await site.SignIn("temps-pha-1");
        var requestId = Guid.NewGuid();
        var unserved = new JsonObject
        {
            ["requestId"] = requestId, ["territoryId"] = Territory, ["stream"] = "gp", ["reasonNotServed"] = "tooFar", ["eligibility"] = "Visitor", ["reason"] = "M03.14",
        };
        var recorded = await pharmacist.Post("/api/requests/unserved", unserved);
        Assert.Equal(HttpStatusCode.Created, recorded.Status);
        Assert.Equal((string?)recorded.Body!["careRequestId"], (string?)(await pharmacist.Post("/api/requests/unserved", unserved.DeepClone())).Body!["careRequestId"]);
        var need = site.Grains.GetGrain<ICareRequestGrain>((string)recorded.Body["careRequestId"]!);
        Assert.Equal(CareRequestStatus.Unserved, (await need.Get())!.Status);

        var slot = (string)(await pharmacist.Slots(Territory, "free"))[0]["id"]!;
        var booked = await pharmacist.Book(slot, Patient.New(), more: new() { ["careRequestId"] = (string)recorded.Body["careRequestId"]! });
        Assert.Equal(HttpStatusCode.Created, booked.Status);
        await Eventually.True(async () => (await need.Get())!.Status == CareRequestStatus.Served, "the need is served");
        Assert.Equal((string?)booked.Body!["bookingId"], (await need.Get())!.BookingId);
    }

    private static async Task<string> StateOf(ApiClient person, string slot) =>
        (string)(await person.Slots(Territory)).Single(s => (string)s["id"]! == slot)["state"]!;

    private static async Task<DateTimeOffset> LastSlot(IAgendaGrain agenda) =>
        (await agenda.Look(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(10))).Slots.Max(s => s.Facts.Start);
}
