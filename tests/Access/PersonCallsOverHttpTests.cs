using System.Net;
using System.Text.Json.Nodes;
using SnpLive.Tests.Calls;
using SnpLive.Tests.EndToEnd;
using SnpLive.Tests.Ledger;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.Access;

/// <summary>One person's rights over calls and requests that never led to a booking: the SAS's officer sees its calls, the territory's sees the territory's own.</summary>
[Trait("Category", "Slow")]
public sealed class PersonCallsOverHttpTests(PostgresServer postgres)
{
    private const string T = "pers", Sas = "sas-pers";
    private static readonly Patient Caller = new("Quenouillard", "Léocadie", "1947-05-23", "06 39 98 45 67");

    private static JsonObject Territory()
    {
        var territory = CallTerritory.Of(T, Sas, operators: 1);
        foreach (var person in (string[])[$"{T}-reg-2", $"{T}-coo-1"])
            territory["grants"]!.AsArray().Add((JsonNode)new JsonObject
            {
                ["roles"] = new JsonArray(person.Contains("reg", StringComparison.Ordinal) ? "regulator" : "coordinator"), ["streams"] = new JsonArray("*"), ["actions"] = new JsonArray("readAudit"),
                ["condition"] = "namedPerson", ["person"] = person, ["source"] = "essai",
            });
        return territory;
    }

    private static JsonObject Body(string reason) => new() { ["territory"] = T, ["reason"] = reason };

    private static async Task<string?> Found(ApiClient officer, Patient one)
    {
        var body = Body("access");
        (body["lastName"], body["firstName"], body["birthDate"]) = (one.LastName, one.FirstName, one.BirthDate);
        return (string?)(await Ok(officer.Post("/api/persons/search", body)))["personId"];
    }

    private static async Task<JsonNode> Ok(Task<ApiAnswer> doing)
    {
        var answer = await doing;
        Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.Created, answer.ToString());
        return answer.Body!;
    }

    [Theory, MemberData(nameof(Backends.All), MemberType = typeof(Backends))]
    public async Task A_call_and_a_request_without_a_booking_are_shown_copied_and_erased(string backend)
    {
        await using var site = await TimedSite.Start(backend, postgres, Territory());
        using var osnp = await site.SignIn($"{T}-osnp-1");
        using var pharmacist = await site.SignIn($"{T}-pha-1");
        using var ofSas = await site.SignIn($"{T}-reg-2");
        using var ofTerritory = await site.SignIn($"{T}-coo-1");
        var call = (await osnp.Ring(Sas, "06 39 98 11 22", take: true, name: "Sa fille")).CallId();
        await Ok(osnp.On(call, "file", new()
        {
            ["caller"] = new JsonObject { ["phone"] = "06 39 98 11 22", ["name"] = "Sa fille" },
            ["patient"] = new JsonObject { ["lastName"] = Caller.LastName, ["firstName"] = Caller.FirstName, ["birthDate"] = Caller.BirthDate, ["sex"] = "F", ["phone"] = Caller.Phone },
        }));
        await Ok(osnp.On(call, "note", new() { ["text"] = "tousse depuis trois jours" }));
        await Ok(osnp.Get($"/api/calls/{call}"));
        var asker = Patient.New();
        var asked = ApiClient.Booking(asker, Guid.NewGuid());
        (asked["territoryId"], asked["stream"], asked["registeredGp"], asked["eligibility"]) = (T, "gp", "absent", "RegisteredGpAbsent");
        var request = (string)(await Ok(pharmacist.Post("/api/requests", asked)))["id"]!;

        // The territory's officer: its request, and no call.
        Assert.Null(await Found(ofTerritory, Caller));
        var requester = (await Found(ofTerritory, asker))!;
        var file = await Ok(ofTerritory.Post($"/api/persons/{requester}/open", Body("access")));
        Assert.Equal((request, "request"), ((string)file["bookings"]![0]!["id"]!, (string)file["bookings"]![0]!["kind"]!));
        Assert.Null(file["calls"]);

        // The SAS's: the call, found by name and birth date however they are written.
        var person = (await Found(ofSas, Caller with { LastName = "QUENOUILLARD", FirstName = "leocadie" }))!;
        Assert.Null(await Found(ofSas, Caller with { BirthDate = "1947-05-24" }));
        Assert.Equal("person-unknown", (await ofTerritory.Post($"/api/persons/{person}/open", Body("access"))).Code);
        file = await Ok(ofSas.Post($"/api/persons/{person}/open", Body("access")));
        Assert.Empty(file["bookings"]!.AsArray());
        var shown = Assert.Single(file["calls"]!.AsArray())!;
        Assert.Equal(("+33639981122", "Sa fille", "+33639984567", "tousse depuis trois jours"),
            ((string)shown["callerPhone"]!, (string)shown["callerName"]!, (string)shown["phone"]!, (string)shown["notes"]![0]!));
        var export = await Ok(ofSas.Post($"/api/persons/{person}/export", Body("access")));
        foreach (var who in (string[])[$"{T}-osnp-1", $"{T}-reg-2"]) Assert.Contains(export["accesses"]!.AsArray(), one => (string)one!["by"]!["id"]! == who);

        // Erased once nothing is to come.
        foreach (var (officer, id) in ((ApiClient, string)[])[(ofSas, person), (ofTerritory, requester)])
            Assert.Equal("person-in-use", (await officer.Post($"/api/persons/{id}/erase", Body("erasure"))).Code);
        site.Clock.Offset = TimeSpan.FromDays(4);
        foreach (var (officer, id, who) in ((ApiClient, string, Patient)[])[(ofSas, person, Caller), (ofTerritory, requester, asker)])
        {
            await Ok(officer.Post($"/api/persons/{id}/erase", Body("erasure")));
            Assert.Equal("person-unknown", (await officer.Post($"/api/persons/{id}/open", Body("access"))).Code);
            Assert.Null(await Found(officer, who));
        }
        var left = await Ok(osnp.Get($"/api/calls/{call}")); // the call stays as history
        foreach (var gone in (string[])["uenouillard", "Sa fille", "39981122", "tousse"]) Assert.DoesNotContain(gone, left.ToJsonString(), StringComparison.OrdinalIgnoreCase);
        Assert.True((await site.Audit()).IsClean);
    }
}
