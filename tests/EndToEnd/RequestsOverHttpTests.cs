using System.Net;
using System.Text.Json.Nodes;
using SnpLive.Tests.Ledger;
using SnpLive.Tests.Live;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.EndToEnd;

/// <summary>Requests without a call, through the whole product.</summary>
[Trait("Category", "Slow")]
public sealed class RequestsOverHttpTests(PostgresServer postgres)
{
    private const string T = "dem";

    /// <summary>A territory with a second pharmacy, and an emergency desk that asks and does not book.</summary>
    private static JsonObject Territory()
    {
        var territory = TestTerritory.Of(T, "sas-dem", doctors: 1);
        territory["rules"]!["emergencyDesk"] = "requestOnly";
        JsonObject Organization(string id, string kind) => new() { ["id"] = id, ["kind"] = kind, ["name"] = id, ["communeCode"] = "44043" };
        JsonObject Person(string id, string role, string organization) =>
            new() { ["id"] = id, ["name"] = id, ["role"] = role, ["organizationId"] = organization, ["memberships"] = new JsonArray(T), ["demo"] = true };
        foreach (var one in (JsonObject[])[Organization("dem-pha-b", "pharmacy"), Organization("dem-urg", "emergencyDepartment")]) territory["organizations"]!.AsArray().Add((JsonNode)one);
        foreach (var one in (JsonObject[])[Person("dem-pha-b-1", "pharmacist", "dem-pha-b"), Person("dem-urg-1", "emergencyDesk", "dem-urg"), Person("dem-tel-2", "teleSecretary", "dem-tele")])
            territory["professionals"]!.AsArray().Add((JsonNode)one);
        var grant = territory["grants"]!.AsArray().First(g => g!["roles"]!.AsArray().Any(r => (string)r! == "pharmacist"))!;
        grant["roles"]!.AsArray().Add("emergencyDesk"); // the basis of what is booked on its behalf
        return territory;
    }

    private Task<TimedSite> Start(string backend = "sqlite") => TimedSite.Start(backend, postgres, Territory());

    private static JsonObject Asked(Patient? patient = null, Guid? requestId = null, JsonObject? more = null)
    {
        var body = ApiClient.Booking(patient ?? Patient.New(), requestId ?? Guid.NewGuid());
        (body["territoryId"], body["stream"], body["registeredGp"], body["eligibility"]) = (T, "gp", "absent", "RegisteredGpAbsent");
        foreach (var (name, value) in more ?? []) body[name] = value?.DeepClone();
        return body;
    }

    private static JsonObject Command(params (string Name, string Value)[] members)
    {
        var body = new JsonObject { ["requestId"] = Guid.NewGuid() };
        foreach (var (name, value) in members) body[name] = value;
        return body;
    }

    private static async Task<string> Open(ApiClient person, JsonObject? body = null)
    {
        var opened = await person.Post("/api/requests", body ?? Asked());
        Assert.True(opened.Status == HttpStatusCode.Created, opened.ToString());
        return (string)opened.Body!["id"]!;
    }

    private static Task<ApiAnswer> On(ApiClient person, string id, string action, params (string, string)[] members) => person.Post($"/api/requests/{id}/{action}", Command(members));

    private static async Task<JsonObject?> Listed(ApiClient person, string id)
    {
        var list = await person.Get($"/api/requests?territory={T}");
        Assert.True(list.Status == HttpStatusCode.OK, list.ToString());
        return list.Body!["requests"]!.AsArray().Select(one => one!.AsObject()).SingleOrDefault(one => (string)one["id"]! == id);
    }

    private static string[] Strings(JsonNode? list) => [.. list!.AsArray().Select(one => (string)one!)];

    [Fact]
    public async Task A_request_goes_from_hand_to_hand_and_both_sides_see_it()
    {
        await using var site = await Start();
        using var pharmacist = await site.SignIn("dem-pha-1");
        using var desk = await site.SignIn("dem-tel-1");
        using var colleague = await site.SignIn("dem-tel-2");
        var opened = await pharmacist.Post("/api/requests", Asked());
        Assert.Equal(HttpStatusCode.Created, opened.Status);
        Assert.Equal(
            [
                "id", "territoryId", "stream", "status", "door", "requestedBy", "organization", "onBehalfOf", "own", "mine", "eligibility", "registeredGp", "reason", "openedAt",
                "decidedAt", "deadline", "allowed", "requestId",
            ],
            opened.Body!.AsObject().Select(one => one.Key));
        var id = (string)opened.Body["id"]!;
        Assert.Equal(("open", "pharmacist", "absent", "dem-pha-1", true), ((string)opened.Body["status"]!, (string)opened.Body["door"]!, (string)opened.Body["registeredGp"]!, (string)opened.Body["onBehalfOf"]!, (bool)opened.Body["own"]!));

        Assert.Equal(["patient", "take", "end", "cancel", "book"], Strings((await Listed(desk, id))!["allowed"]));
        Assert.Equal(HttpStatusCode.OK, (await On(desk, id, "take")).Status);
        Assert.Equal("dem-tel-1", (string)(await Listed(pharmacist, id))!["owner"]!["id"]!);
        Assert.Equal(["patient", "takeOver"], Strings((await Listed(colleague, id))!["allowed"]));

        var race = await On(colleague, id, "take");
        Assert.Equal((HttpStatusCode.Conflict, "care-request-taken", "Télésecrétariat dem"), (race.Status, race.Code, (string?)race.Body!["heldBy"]));
        Assert.Equal("care-request-taken", (await On(colleague, id, "unserved", ("reason", "tooFar"))).Code);
        Assert.Equal(HttpStatusCode.OK, (await On(colleague, id, "take", ("from", "dem-tel-1"))).Status); // handed over
        Assert.Equal(HttpStatusCode.OK, (await On(colleague, id, "release")).Status);
        var ended = await On(desk, id, "unserved", ("reason", "abandoned"));
        Assert.Equal(("unserved", "abandoned"), ((string)ended.Body!["status"]!, (string)ended.Body["unserved"]!));
        Assert.Equal("abandoned", (string)(await Listed(pharmacist, id))!["unserved"]!); // still there, to be seen
        Assert.Equal("care-request-ended", (await On(desk, id, "cancel", ("reason", "mistake"))).Code);
        Assert.Empty((await site.Audit()).Findings);
    }

    [Theory, MemberData(nameof(Backends.All), MemberType = typeof(Backends))]
    public async Task A_repeat_does_nothing_twice_and_is_looked_up_by_its_author_only(string backend)
    {
        await using var site = await Start(backend);
        using var pharmacist = await site.SignIn("dem-pha-1");
        using var desk = await site.SignIn("dem-tel-1");
        var requestId = Guid.NewGuid();
        var body = Asked(requestId: requestId);
        var first = await pharmacist.Post("/api/requests", body);
        var again = await pharmacist.Post("/api/requests", body.DeepClone());
        Assert.Equal(((string)first.Body!["id"]!, HttpStatusCode.Created), ((string)again.Body!["id"]!, again.Status));
        body["reason"] = "M03.11";
        Assert.Equal("request-id-reused", (await pharmacist.Post("/api/requests", body.DeepClone())).Code);

        var found = await pharmacist.Get($"/api/commands/{requestId}");
        Assert.Equal(("accepted", (string)first.Body["id"]!), ((string)found.Body!["status"]!, (string)found.Body["answer"]!["id"]!));
        Assert.Equal("command-unknown", (await desk.Get($"/api/commands/{requestId}")).Code);

        var id = (string)first.Body["id"]!;
        var take = Command();
        Assert.Equal(HttpStatusCode.OK, (await desk.Post($"/api/requests/{id}/take", take)).Status);
        Assert.Equal(HttpStatusCode.OK, (await On(desk, id, "release")).Status);
        var repeated = await desk.Post($"/api/requests/{id}/take", take.DeepClone());
        Assert.Equal((HttpStatusCode.OK, "dem-tel-1"), (repeated.Status, (string)repeated.Body!["owner"]!["id"]!)); // the first answer…
        Assert.Null((await Listed(desk, id))!["owner"]);                                                         // …and nothing was done again
        Assert.Equal("take", Strings((await Listed(desk, id))!["allowed"])[1]);
        Assert.Single((await pharmacist.Get($"/api/requests?territory={T}")).Body!["requests"]!.AsArray());
    }

    [Theory]
    [InlineData("dem-tel-1", true, true)]
    [InlineData("dem-coo-1", true, false)]
    [InlineData("dem-pha-2", true, true)]   // a colleague of the same pharmacy
    [InlineData("dem-pha-b-1", false, false)]
    [InlineData("dem-gp-1", false, false)]
    [InlineData("dem-reg-1", false, false)]
    [InlineData("dem-urg-1", false, false)]
    public async Task Default_deny(string who, bool sees, bool patient)
    {
        await using var site = await Start();
        using var pharmacist = await site.SignIn("dem-pha-1");
        using var person = await site.SignIn(who);
        var asked = Patient.New();
        var id = await Open(pharmacist, Asked(asked));
        Assert.Equal(sees, await Listed(person, id) is not null);
        var detail = await person.Get($"/api/requests/{id}");
        Assert.Equal(sees ? HttpStatusCode.OK : HttpStatusCode.NotFound, detail.Status);
        Assert.Equal(patient ? asked.LastName : null, (string?)detail.Body!["patient"]?["lastName"]);
        foreach (var (action, members) in (( string, (string, string)[])[])[("take", []), ("release", []), ("serve", [("by", "elsewhere")]), ("unserved", [("reason", "refused")]), ("cancel", [("reason", "duplicate")])])
        {
            var one = await Open(pharmacist);
            Assert.Equal(sees ? null : "care-request-unknown", (await On(person, one, action, members)).Code);
        }
        if (who != "dem-coo-1") return;
        Assert.Equal(HttpStatusCode.OK, (await On(person, id, "take")).Status);
        Assert.Equal(asked.LastName, (string?)(await person.Get($"/api/requests/{id}")).Body!["patient"]?["lastName"]); // in hand, one must call the patient
    }

    [Theory]
    [InlineData(-1, "open")]
    [InlineData(0, "unserved")]
    [InlineData(1, "unserved")]
    public async Task The_deadline_is_right_to_the_second(int seconds, string status)
    {
        await using var site = await Start();
        using var pharmacist = await site.SignIn("dem-pha-1");
        using var desk = await site.SignIn("dem-tel-1");
        site.Clock.StoodStill = site.Clock.GetUtcNow(); // both end at one instant
        var (id, other) = (await Open(pharmacist), await Open(pharmacist));
        var deadline = (DateTimeOffset)(await Listed(desk, id))!["deadline"]!;
        site.Clock.StoodStill = deadline.AddSeconds(seconds);
        Assert.Equal(status, (string)(await Listed(desk, id))!["status"]!);
        Assert.Equal(status == "open" ? null : "care-request-ended", (await On(desk, other, "take")).Code);
        if (status == "open") return;
        Assert.Equal("deadlinePassed", (string)(await Listed(desk, id))!["unserved"]!);
        await Eventually.True(async () => await site.Stored(id) == "unserved", "the wake-up has recorded it");
        Assert.Empty((await site.Audit()).Findings);
    }

    [Theory, MemberData(nameof(Backends.All), MemberType = typeof(Backends))]
    public async Task A_booking_made_for_it_serves_it_inside_its_own_window(string backend)
    {
        await using var site = await Start(backend);
        using var pharmacist = await site.SignIn("dem-pha-1");
        using var desk = await site.SignIn("dem-tel-1");
        using var colleague = await site.SignIn("dem-tel-2");
        await using var screen = await LiveClient.ConnectAsync(pharmacist.Address, [new("Cookie", pharmacist.Cookies.GetCookieHeader(pharmacist.Address))]);
        await screen.WatchAsync(T);
        var patient = Patient.New();
        var decided = site.Clock.GetUtcNow().AddHours(-2);
        var id = await Open(pharmacist, Asked(patient, more: new() { ["decidedAt"] = decided.ToString("O") }));
        Assert.Equal(HttpStatusCode.OK, (await On(desk, id, "take")).Status);
        var slot = (string)(await desk.Slots(T, "free"))[3]["id"]!;
        JsonObject For() => new() { ["careRequestId"] = id, ["onBehalfOf"] = "dem-pha-1" };
        Assert.Equal("care-request-taken", (await colleague.Book(slot, patient, more: For())).Code);
        var booked = await desk.Book(slot, patient, more: For());
        Assert.True(booked.Status == HttpStatusCode.Created, booked.ToString());
        Assert.InRange(((DateTimeOffset)booked.Body!["deadline"]! - decided.AddHours(48)).TotalSeconds, -1, 1);
        await Eventually.True(async () => (string)(await Listed(pharmacist, id))!["status"]! == "served", "the request is served");
        Assert.Equal((string)booked.Body["bookingId"]!, (string)(await Listed(desk, id))!["bookingId"]!);
        await screen.UntilAsync(client => client.Requests.Count >= 3 && client.Requests.All(one => one == T), "three changes on the requester's screen");
        Assert.Equal("care-request-ended", (await desk.Book((string)(await desk.Slots(T, "free"))[4]["id"]!, Patient.New(), more: For())).Code);

        // The practitioner falls ill: the need is there again, nobody's, with its old deadline.
        var booking = (string)booked.Body["bookingId"]!;
        Assert.Equal(HttpStatusCode.OK, (await desk.Post($"/api/bookings/{booking}/cancel", new JsonObject { ["requestId"] = Guid.NewGuid(), ["reason"] = "practitionerUnavailable" })).Status);
        await Eventually.True(async () => (string)(await Listed(colleague, id))!["status"]! == "open", "the request is open again");
        var again = (await Listed(colleague, id))!;
        Assert.Null(again["bookingId"]);
        Assert.Null(again["owner"]);
        Assert.NotNull(again["reopenedAt"]);
        Assert.Equal((DateTimeOffset)booked.Body["deadline"]!, (DateTimeOffset)again["deadline"]!);
        Assert.Equal(HttpStatusCode.OK, (await On(colleague, id, "take")).Status);
        Assert.Empty((await site.Audit()).Findings);
    }

    [Fact]
    public async Task What_was_booked_elsewhere_serves_it_when_it_is_the_same_patient()
    {
        await using var site = await Start();
        using var pharmacist = await site.SignIn("dem-pha-1");
        var (patient, other) = (Patient.New(), Patient.New());
        var id = await Open(pharmacist, Asked(patient));
        var slots = await pharmacist.Slots(T, "free");
        var right = (string)(await pharmacist.Book((string)slots[2]["id"]!, patient)).Body!["bookingId"]!;
        var wrong = (string)(await pharmacist.Book((string)slots[3]["id"]!, other)).Body!["bookingId"]!;
        Assert.Equal("booking-unknown", (await On(pharmacist, id, "serve", ("by", "booking"), ("bookingId", wrong))).Code);
        Assert.Equal("booking-unknown", (await On(pharmacist, id, "serve", ("by", "booking"), ("bookingId", "nowhere.b1"))).Code);
        Assert.Equal("invalid-input", (await On(pharmacist, id, "serve", ("by", "booking"))).Code);
        var served = await On(pharmacist, id, "serve", ("by", "booking"), ("bookingId", right));
        Assert.Equal(("served", "booking", right), ((string)served.Body!["status"]!, (string)served.Body["servedBy"]!, (string)served.Body["bookingId"]!));
    }

    [Fact]
    public async Task An_emergency_desk_that_may_only_ask_is_booked_for()
    {
        await using var site = await Start();
        using var urgences = await site.SignIn("dem-urg-1");
        using var desk = await site.SignIn("dem-tel-1");
        var slot = (string)(await urgences.Slots(T, "free"))[2]["id"]!;
        Assert.Equal((HttpStatusCode.Forbidden, "request-only"), ((await urgences.Hold(slot)) is var held ? (held.Status, held.Code) : default));
        Assert.Equal("request-only", (await urgences.Book(slot, Patient.New())).Code);
        var patient = Patient.New();
        var id = await Open(urgences, Asked(patient));
        Assert.Equal(HttpStatusCode.Created, (await desk.Book(slot, patient, more: new() { ["careRequestId"] = id, ["onBehalfOf"] = "dem-urg-1" })).Status);
        await Eventually.True(async () => (string)(await Listed(urgences, id))!["status"]! == "served", "the emergency desk sees it served");
    }

    [Fact]
    public async Task Every_fault_of_the_form_is_told_at_once()
    {
        await using var site = await Start();
        using var pharmacist = await site.SignIn("dem-pha-1");
        var answer = await pharmacist.Post("/api/requests", new JsonObject { ["requestId"] = "x", ["stream"] = "y", ["registeredGp"] = "perhaps", ["onBehalfOf"] = "a b", ["patient"] = new JsonObject() });
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(
            [
                "eligibility", "onBehalfOf", "patient.birthDate", "patient.firstName", "patient.lastName", "patient.phone", "patient.sex", "reason", "registeredGp", "requestId", "stream",
                "territoryId", "vitalSignsExcluded",
            ],
            answer.Body!["errors"]!.AsObject().Select(one => one.Key).Order(StringComparer.Ordinal));
        var gp = await pharmacist.Post("/api/requests", Asked(more: new() { ["registeredGp"] = null }));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "registered-gp-not-stated"), (gp.Status, gp.Code));
        Assert.NotNull(gp.Body!["errors"]!["registeredGp"]);
        Assert.Equal("vital-sign", (await pharmacist.Post("/api/requests", Asked(more: new() { ["reason"] = "M03.06" }))).Code);
        Assert.Equal("territory-unknown", (await pharmacist.Post("/api/requests", Asked(more: new() { ["territoryId"] = "elsewhere" }))).Code);
        Assert.Equal("invalid-input", (await pharmacist.Post("/api/requests", Asked(more: new() { ["onBehalfOf"] = "dem-coo-1" }))).Code);
        Assert.Equal("invalid-input", (await On(pharmacist, await Open(pharmacist), "unserved", ("reason", "deadlinePassed"))).Code); // the system says it
    }
}
