using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using SnpLive.Tests.EndToEnd;
using SnpLive.Tests.Ledger;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.Agendas;

/// <summary>A practitioner falls ill: from the absence to the patient's other appointment, over HTTP, on a real server and both databases.</summary>
[Trait("Category", "Slow")]
public sealed class AwayOverHttpTests(PostgresServer postgres)
{
    private const string Agenda = "away-agenda-1";

    [Theory, MemberData(nameof(Backends.All), MemberType = typeof(Backends))]
    public async Task Patients_of_an_absent_practitioner_are_found_another_slot_and_none_is_lost(string backend)
    {
        await using var site = await TestSite.Start(backend, postgres, TestTerritory.Of("away", "sas-t", doctors: 2));
        using var doctor = await site.SignIn("away-gp-1");
        using var pharmacist = await site.SignIn("away-pha-1");
        using var secretary = await site.SignIn("away-tel-1");
        using var coordinator = await site.SignIn("away-coo-1");
        var slots = await pharmacist.Slots("away", "free");
        var (first, second) = (On(slots, Agenda)[4], On(slots, Agenda)[5]); // the very next one may start before it is booked
        var ill = await Book(pharmacist, first, Patient.New());
        var other = await Book(pharmacist, second, Patient.New());

        // The coordinator tells the absence, once the doctor has asked for it.
        JsonObject Absence() => Command(("from", Text(DateTimeOffset.UtcNow)), ("to", Text(DateTimeOffset.UtcNow.AddDays(5))));
        Assert.Equal("not-allowed", (await coordinator.Post($"/api/agendas/{Agenda}/absences", Absence())).Code);
        Assert.Equal(HttpStatusCode.OK, (await doctor.Put($"/api/agendas/{Agenda}/delegates", Command(("delegates", new JsonArray("away-coo-1"))))).Status);
        var told = await coordinator.Post($"/api/agendas/{Agenda}/absences", Absence());
        Assert.Equal(HttpStatusCode.OK, told.Status);
        Assert.Equal([ill, other], told.Body!["toReplace"]!.AsArray().Select(one => (string?)one).Order());
        Assert.True((int)told.Body["withdrawn"]! > 100, $"{told}");
        await Eventually.True(async () => On(await pharmacist.Slots("away", "free"), Agenda).Length == 0, "nothing of the agenda is offered");

        var open = (await secretary.Get("/api/replacements?territory=away")).Body!.AsArray();
        Assert.Equal([ill, other], open.Select(one => (string?)one!["bookingId"]).Order());
        Assert.All(open, one => Assert.Equal("teleSecretary", (string?)one!["owner"]));

        // One patient is booked elsewhere, without typing; one does not want to any more.
        var elsewhere = On(await secretary.Slots("away", "free"), "away-agenda-2")[0];
        var again = Command(("replaces", ill));
        var made = await secretary.Post($"/api/slots/{elsewhere}/bookings", again);
        Assert.Equal(HttpStatusCode.Created, made.Status);
        Assert.Equal((string?)made.Body!["bookingId"], (string?)(await secretary.Post($"/api/slots/{elsewhere}/bookings", again.DeepClone())).Body!["bookingId"]);
        Assert.Equal("patient-not-informed", (await pharmacist.Post($"/api/bookings/{other}/cancel", Command(("reason", "patientRequest")))).Code);
        Assert.Equal(HttpStatusCode.OK, (await pharmacist.Post($"/api/bookings/{other}/cancel", Command(("reason", "patientRequest"), ("patientInformed", true)))).Status);
        await Eventually.True(async () => (await secretary.Get("/api/replacements?territory=away")).Body!.AsArray().Count == 0, "nobody waits any more");
        var week = (await doctor.Get($"/api/agendas/{Agenda}")).Body!;
        Assert.Equal(["replaced", "cancelled"], week["bookings"]!.AsArray().OrderBy(one => (string?)one!["id"] != ill).Select(one => (string?)one!["status"]));

        Assert.Equal(HttpStatusCode.OK, (await coordinator.Post($"/api/absences/{(string)told.Body["absenceId"]!}/end", Command())).Status);
        await Eventually.True(async () => On(await pharmacist.Slots("away", "free"), Agenda).Length > 100, "what the template asks for is offered again");
        await site.Server.Terminate();
        var (code, report) = await site.Verify();
        Assert.True(code == 0, report);
    }

    private static string[] On(JsonObject[] slots, string agenda) => [.. slots.Where(one => (string?)one["agendaId"] == agenda).Select(one => (string)one["id"]!)];

    private static async Task<string> Book(ApiClient person, string slot, Patient patient)
    {
        var answer = await person.Book(slot, patient);
        Assert.True(answer.Status == HttpStatusCode.Created, $"{answer}");
        return (string)answer.Body!["bookingId"]!;
    }

    private static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static JsonObject Command(params (string Name, JsonNode? Value)[] members)
    {
        var body = new JsonObject { ["requestId"] = Guid.NewGuid() };
        foreach (var (name, value) in members) body[name] = value;
        return body;
    }
}
