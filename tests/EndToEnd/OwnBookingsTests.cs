using System.Net;
using System.Text.Json.Nodes;
using SnpLive.Tests.Ledger;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.EndToEnd;

/// <summary>What an organisation finds of its own, and what a stranger is told of a patient, on the real server.</summary>
[Trait("Category", "Slow")]
public sealed class OwnBookingsTests(PostgresServer postgres)
{
    [Theory, MemberData(nameof(Backends.All), MemberType = typeof(Backends))]
    public async Task An_organisation_finds_what_it_booked_and_what_became_of_it(string backend)
    {
        await using var site = await TestSite.Start(backend, postgres, TestTerritory.Of("nord", "sas-t", doctors: 2));
        using var pharmacist = await site.SignIn("nord-pha-1");
        using var colleague = await site.SignIn("nord-pha-2");
        using var regulator = await site.SignIn("nord-reg-1");
        var slots = await pharmacist.Slots("nord", "free");
        var patient = Patient.New();
        var first = (string)(await pharmacist.Book((string)slots[4]["id"]!, patient)).Body!["bookingId"]!;
        var second = (string)(await colleague.Book((string)slots[2]["id"]!, Patient.New())).Body!["bookingId"]!;
        await regulator.Book((string)slots[3]["id"]!, Patient.New());

        var list = await Bookings(pharmacist);
        Assert.Equal([second, first], list.Select(Id)); // by the slot's start, whoever of the pharmacy booked
        Assert.Equal(list.Select(one => one.ToJsonString()), (await Bookings(colleague)).Select(one => one.ToJsonString()));
        Assert.DoesNotContain(patient.LastName, string.Concat(list.Select(one => one.ToJsonString())), StringComparison.OrdinalIgnoreCase);

        Assert.Equal(HttpStatusCode.OK, (await colleague.Post($"/api/bookings/{first}/cancel", new JsonObject { ["requestId"] = Guid.NewGuid(), ["reason"] = "bookedByMistake" })).Status);
        var cancelled = (await Bookings(pharmacist)).Single(one => Id(one) == first);
        Assert.Equal(("cancelled", "bookedByMistake", "free"),
            ((string?)cancelled["booking"]!["status"], (string?)cancelled["booking"]!["cancelReason"], (string?)cancelled["slot"]!["state"]));
        Assert.Single(await Bookings(regulator));
        Assert.Empty((await pharmacist.Get($"/api/bookings?from={Uri.EscapeDataString($"{DateTimeOffset.UtcNow.AddDays(9):yyyy-MM-ddTHH:mm:ssZ}")}")).Body!["bookings"]!.AsArray());
    }

    [Theory, MemberData(nameof(Backends.All), MemberType = typeof(Backends))]
    public async Task Every_door_of_one_SAS_is_warned_of_a_second_booking_and_no_other(string backend)
    {
        await using var site = await TestSite.Start(backend, postgres,
            TestTerritory.Of("nord", "sas-t", doctors: 1), TestTerritory.Of("sud", "sas-t", doctors: 1), TestTerritory.Of("loin", "sas-u", doctors: 1));
        using var north = await site.SignIn("nord-pha-1");
        using var south = await site.SignIn("sud-pha-1");
        using var far = await site.SignIn("loin-pha-1");
        var patient = Patient.New();
        Assert.Null(await Check(south, "sud", patient));
        var slot = (await north.Slots("nord", "free"))[0];
        var booking = (string)(await north.Book((string)slot["id"]!, patient)).Body!["bookingId"]!;

        var typedOtherwise = patient with { LastName = patient.LastName.ToUpperInvariant(), FirstName = "eve" };
        Assert.True(await Check(south, "sud", typedOtherwise) >= (DateTimeOffset)slot["end"]!);
        Assert.Null(await Check(far, "loin", patient));
        Assert.Null(await Check(south, "sud", patient with { BirthDate = "1931-01-01" }));
        Assert.Equal(HttpStatusCode.Forbidden, (await far.Post("/api/patients/check", Question((string)slot["id"]!, patient))).Status);

        await north.Post($"/api/bookings/{booking}/cancel", new JsonObject { ["requestId"] = Guid.NewGuid(), ["reason"] = "patientRequest" });
        Assert.Null(await Check(south, "sud", patient));
    }

    private static async Task<JsonObject[]> Bookings(ApiClient client) => [.. (await client.Get("/api/bookings")).Body!["bookings"]!.AsArray().Select(one => one!.AsObject())];

    private static string Id(JsonObject own) => (string)own["booking"]!["id"]!;

    private static async Task<DateTimeOffset?> Check(ApiClient client, string territory, Patient patient)
    {
        var answer = await client.Post("/api/patients/check", Question((string)(await client.Slots(territory, "free"))[0]["id"]!, patient));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return (DateTimeOffset?)answer.Body!["bookedUntil"];
    }

    private static JsonObject Question(string slotId, Patient patient) => new()
    {
        ["slotId"] = slotId, ["lastName"] = patient.LastName, ["firstName"] = patient.FirstName, ["birthDate"] = patient.BirthDate,
    };
}
