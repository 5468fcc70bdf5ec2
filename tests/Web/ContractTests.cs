using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using SnpLive.Grains;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.Web;

/// <summary>The shapes that clients rely on, member by member.</summary>
public sealed class ContractTests(WebSiteFixture fixture) : IClassFixture<WebSiteFixture>
{
    private readonly WebSite site = fixture.Site;

    private static readonly BookingConfirmed Confirmed = new("t-agenda-1.b1", "t-agenda-1.r1", WebSite.Facts(), WebSite.Now.AddHours(48));

    /// <summary>The names of an answer's members, in order.</summary>
    internal static string[] Members(JsonNode? node) => [.. node!.AsObject().Select(one => one.Key)];

    [Fact]
    public async Task Territories()
    {
        using var me = await site.SignIn(WebSite.Pharmacist);
        var list = (await me.Get("/api/territories")).Body!.AsArray();
        Assert.Equal(
            """[{"id":"t","name":"Territoire t","sas":{"id":"sas-t","name":"SAS-T"},"windowHours":48,"timeZone":"Europe/Paris","communes":[{"code":"44043","name":"Clisson","postalCode":"44190","population":7452,"lat":47.087,"lon":-1.282}]}]""",
            list.ToJsonString());
    }

    [Fact]
    public async Task Members_are_professionals_one_may_book_for()
    {
        using var me = await site.SignIn(WebSite.Pharmacist);
        var list = (await me.Get("/api/territories/t/members")).Body!.AsArray();
        Assert.Equal("""{"id":"t-gp-1","name":"Dr Essai 1","speciality":"Médecin généraliste"}""", Unescaped(list[0]));
        Assert.DoesNotContain(list, one => ((string?)one!["id"])!.Contains("reg", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Board()
    {
        await using var own = await WebSite.Start();
        own.Boards.Slots.Add(FakeBoards.Slot("t-agenda-1.s9"));
        using var me = await own.SignIn(WebSite.Pharmacist);
        var board = (await me.Get("/api/territories/t/board")).Body!;
        Assert.Equal(["view", "epoch", "seq", "asOf", "slots"], Members(board));
        Assert.Equal(
            ["id", "agendaId", "start", "end", "stream", "mode", "state", "capacity", "taken", "minNotice", "audience", "practitioner", "place"],
            Members(board["slots"]![0]));
        var late = Uri.EscapeDataString(WebSite.Now.AddHours(5).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Empty((await me.Get($"/api/territories/t/board?from={late}")).Body!["slots"]!.AsArray());
        Assert.Empty((await me.Get("/api/territories/t/board?stream=imaging")).Body!["slots"]!.AsArray());
        Assert.Single((await me.Get("/api/territories/t/board?stream=gp")).Body!["slots"]!.AsArray());
    }

    [Fact]
    public async Task Turns_are_steps_without_a_count_and_only_of_a_territory_one_knows()
    {
        await using var own = await WebSite.Start();
        own.Boards.Slots.Add(FakeBoards.Slot("t-agenda-1.s9"));
        using var me = await own.SignIn(WebSite.Pharmacist);
        Assert.Equal("""[{"agendaId":"t-agenda-1","turn":1}]""", (await me.Get("/api/territories/t/turns")).Body!.ToJsonString());
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await me.Get("/api/territories/nowhere/turns")).Status);
    }

    [Fact]
    public async Task A_booking_is_sealed_and_told()
    {
        await using var own = await WebSite.Start();
        own.Answers(Confirmed);
        using var me = await own.SignIn(WebSite.Pharmacist);
        var id = Guid.NewGuid();
        var answer = await me.Book(WebSite.Slot, new("  Le\u00A0Goff ", "E\u0301ve", "1950-01-02", "06 39 98 01 02"), id, more: new() { ["note"] = "Sonnez deux fois", ["decidedAt"] = "2026-03-02T11:40:00+01:00" });

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal(["bookingId", "careRequestId", "deadline", "slot", "requestId"], Members(answer.Body));
        Assert.Equal(("t-agenda-1.b1", id.ToString()), ((string?)answer.Body!["bookingId"], (string?)answer.Body["requestId"]));
        Assert.Equal("booked", (string?)answer.Body["slot"]!["state"]);
        Assert.Equal("Maison de santé t", (string?)answer.Body["slot"]!["place"]!["name"]);

        var command = Assert.IsType<BookSlot>(Assert.Single(own.Agenda.Received));
        Assert.Equal((id, WebSite.Pharmacist, (string?)null, false), (command.RequestId, command.Actor.Id, command.Surrogate, command.Override));
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 10, 40, 0, TimeSpan.Zero), command.DecidedAt);
        Assert.InRange(command.NotAfter, DateTimeOffset.UtcNow.AddSeconds(1), DateTimeOffset.UtcNow.AddSeconds(11));
        Assert.Equal("sas-t", own.Vault.SealedFor);
        Assert.Equal(("Le Goff", "Éve", "+33639980102"), (own.Vault.Identity!.LastName, own.Vault.Identity.FirstName, own.Vault.LastNote!.Phone));

        foreach (var secret in (string[])["Goff", "Éve", "639980102", "Sonnez"]) Assert.DoesNotContain(secret, own.Logs.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task For_whom_a_telesecretary_books_is_looked_up()
    {
        await using var own = await WebSite.Start();
        own.Answers(Confirmed);
        using var me = await own.SignIn(WebSite.Pharmacist);
        await me.Book(WebSite.Slot, Patient.New(), more: new() { ["onBehalfOf"] = WebSite.Doctor });
        var named = Assert.IsType<BookSlot>(Assert.Single(own.Agenda.Received)).OnBehalfOf!;
        Assert.Equal((WebSite.Doctor, Role.GeneralPractitioner), (named.ProfessionalId, named.Role));
        var unknown = await me.Book(WebSite.Slot, Patient.New(), more: new() { ["onBehalfOf"] = "nobody" });
        Assert.Equal(HttpStatusCode.BadRequest, unknown.Status);
        Assert.NotNull(unknown.Body!["errors"]!["onBehalfOf"]);
    }

    [Fact]
    public async Task Every_fault_of_a_form_is_told_at_once()
    {
        using var me = await site.SignIn(WebSite.Pharmacist);
        var answer = await me.Post($"/api/slots/{WebSite.Slot}/bookings", new JsonObject
        {
            ["requestId"] = "x", ["holdId"] = "h", ["careRequestId"] = "../x", ["onBehalfOf"] = "a b",
            ["patient"] = new JsonObject
            {
                ["lastName"] = "D<b>", ["firstName"] = "", ["usedName"] = "\u202E", ["birthDate"] = "1850-01-01", ["sex"] = "X", ["phone"] = "12",
                ["contactName"] = new string('a', 101), ["communeCode"] = "Clisson", ["address"] = new string('a', 201), ["registeredGp"] = "\u0007",
            },
            ["eligibility"] = "Nobody", ["reason"] = "M99.99", ["decidedAt"] = "yesterday", ["note"] = new string('a', 501), ["override"] = "no",
        });
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("invalid-input", answer.Code);
        Assert.Equal(
            [
                "careRequestId", "decidedAt", "eligibility", "holdId", "note", "onBehalfOf", "override", "patient.address", "patient.birthDate", "patient.communeCode",
                "patient.contactName", "patient.firstName", "patient.lastName", "patient.phone", "patient.registeredGp", "patient.sex", "patient.usedName", "reason",
                "requestId", "vitalSignsExcluded",
            ],
            Members(answer.Body!["errors"]).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("NoRegisteredGp")]
    [InlineData("noRegisteredGp")]
    public async Task Codes_are_read_in_both_writings(string eligibility)
    {
        await using var own = await WebSite.Start();
        own.Answers(Confirmed);
        using var me = await own.SignIn(WebSite.Pharmacist);
        Assert.Equal(HttpStatusCode.Created, (await me.Book(WebSite.Slot, Patient.New(), more: new() { ["eligibility"] = eligibility })).Status);
    }

    [Fact]
    public async Task A_lost_race_offers_what_else_is_free()
    {
        await using var own = await WebSite.Start();
        for (var n = 1; n <= 5; n++) own.Boards.Slots.Add(FakeBoards.Slot($"t-agenda-1.s{n}"));
        own.Answers(new Refused(Refusal.SlotTaken));
        using var me = await own.SignIn(WebSite.Pharmacist);
        var answer = await me.Book(WebSite.Slot, Patient.New());
        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Equal(["type", "title", "status", "detail", "code", "alternatives"], Members(answer.Body));
        Assert.Equal("slot-taken", answer.Code);
        Assert.Equal(["t-agenda-1.s2", "t-agenda-1.s3", "t-agenda-1.s4"], answer.Body!["alternatives"]!.AsArray().Select(one => (string?)one!["id"]));
    }

    [Fact]
    public async Task A_held_slot_says_by_whom_and_until_when()
    {
        await using var own = await WebSite.Start();
        own.Answers(new Refused(Refusal.SlotHeld, WebSite.Now.AddMinutes(2), "t-pha"));
        using var me = await own.SignIn(WebSite.Pharmacist);
        var answer = await me.Hold(WebSite.Slot);
        Assert.Equal("slot-held", answer.Code);
        Assert.Equal("Pharmacie t", (string?)answer.Body!["heldBy"]);
        Assert.NotNull(answer.Body["until"]);
    }

    [Fact]
    public async Task A_stranger_learns_only_until_when()
    {
        await using var own = await WebSite.Start();
        own.Boards.Slots.Add(FakeBoards.Slot("t-agenda-1.s2"));
        own.Answers(new Refused(Refusal.PatientAlreadyBooked, WebSite.Now.AddHours(20)));
        using var me = await own.SignIn(WebSite.Pharmacist);
        var answer = await me.Book(WebSite.Slot, Patient.New());
        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Equal(["type", "title", "status", "detail", "code", "until", "alternatives"], Members(answer.Body));
        Assert.Empty(answer.Body!["alternatives"]!.AsArray());
    }

    [Fact]
    public async Task What_is_not_known_is_not_called_failed()
    {
        await using var own = await WebSite.Start("--Commands:AnswerLimit", "00:00:00.200");
        using var me = await own.SignIn(WebSite.Pharmacist);
        own.Agenda.Answer = _ => new TaskCompletionSource<AgendaAnswer>().Task;
        var late = await me.Book(WebSite.Slot, Patient.New());
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "outcome-unknown"), (late.Status, late.Code));
        own.Agenda.Answer = _ => throw new TimeoutException();
        Assert.Equal("outcome-unknown", (await me.Hold(WebSite.Slot)).Code);
        own.Agenda.Answer = _ => throw new LedgerUnavailableException();
        Assert.Equal("ledger-unavailable", (await me.Hold(WebSite.Slot)).Code);
        own.Agenda.Answer = _ => throw new InvalidOperationException("Patient DUPONT");
        var bug = await me.Hold(WebSite.Slot);
        Assert.Equal((HttpStatusCode.InternalServerError, "internal-error"), (bug.Status, bug.Code));
        Assert.DoesNotContain("DUPONT", bug.Body!.ToJsonString() + own.Logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unavailable_ledger_says_when_to_come_back()
    {
        await using var own = await WebSite.Start();
        own.Answers(new Refused(Refusal.LedgerUnavailable));
        using var me = await own.SignIn(WebSite.Pharmacist);
        using var http = own.Anonymous();
        http.DefaultRequestHeaders.Add("Cookie", me.Cookies.GetCookieHeader(own.Address));
        using var response = await http.PostAsJsonAsync($"/api/slots/{WebSite.Slot}/hold", new { requestId = Guid.NewGuid() });
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(2), response.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Unserved_needs_are_recorded_under_one_key_per_command()
    {
        using var me = await site.SignIn(WebSite.Pharmacist);
        var body = new JsonObject
        {
            ["requestId"] = Guid.NewGuid(), ["territoryId"] = "t", ["stream"] = "gp", ["reasonNotServed"] = "tooFar", ["eligibility"] = "Visitor", ["reason"] = "M03.14",
        };
        var answer = await me.Post("/api/requests/unserved", body);
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal(["careRequestId", "decidedAt", "deadline", "reasonNotServed", "requestId"], Members(answer.Body));
        await me.Post("/api/requests/unserved", body);
        var keys = site.Grains.Asked.Where(one => one.Key.StartsWith("r-", StringComparison.Ordinal)).Select(one => one.Key).ToList();
        Assert.Equal(2, keys.Count);
        Assert.Single(keys.Distinct());
        body["territoryId"] = "elsewhere";
        Assert.Equal("territory-unknown", (await me.Post("/api/requests/unserved", body)).Code);
    }

    [Fact]
    public async Task An_emergency_exit_is_recorded_and_frees_what_was_in_hand_then()
    {
        await using var own = await WebSite.Start();
        own.Answers(new HoldGranted("t-agenda-1.h7", WebSite.Slot, WebSite.Now.AddMinutes(3)));
        using var me = await own.SignIn(WebSite.Pharmacist);
        Assert.Equal(HttpStatusCode.OK, (await me.Hold(WebSite.Slot)).Status);
        own.Answers(new Done());
        var body = new JsonObject { ["requestId"] = Guid.NewGuid(), ["territoryId"] = "t", ["secondsAgo"] = 600 };
        Assert.Equal(HttpStatusCode.Created, (await me.Post("/api/emergencies", body)).Status);
        Assert.Empty(own.Agenda.Received.OfType<ReleaseHold>()); // held after the key was pressed: another patient's

        body = new JsonObject { ["requestId"] = Guid.NewGuid(), ["territoryId"] = "t" };
        var answer = await me.Post("/api/emergencies", body);
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal(["emergencyId", "exit", "raisedAt", "recordedAt", "requestId"], Members(answer.Body));
        Assert.Equal("call15", (string?)answer.Body!["exit"]);
        Assert.Equal("t-agenda-1.h7", Assert.Single(own.Agenda.Received.OfType<ReleaseHold>()).HoldId);

        body["territoryId"] = "elsewhere";
        Assert.Equal("territory-unknown", (await me.Post("/api/emergencies", body)).Code);
        body["secondsAgo"] = -1;
        Assert.Equal("invalid-input", (await me.Post("/api/emergencies", body)).Code);
    }

    [Fact]
    public async Task A_command_is_found_again_by_its_author_only()
    {
        var id = Guid.NewGuid();
        var answer = JsonSerializer.Serialize<AgendaAnswer>(Confirmed, SnpJson.Options);
        site.Ledger.Answers[(WebSite.Pharmacist, id)] = new("agenda/t-agenda-1", 3, "f", answer, WebSite.Now);
        using var me = await site.SignIn(WebSite.Pharmacist);
        var found = await me.Get($"/api/commands/{id}");
        Assert.Equal(["requestId", "status", "acceptedAt", "answer"], Members(found.Body));
        Assert.Equal(("accepted", "t-agenda-1.b1"), ((string?)found.Body!["status"], (string?)found.Body["answer"]!["bookingId"]));
        using var other = await site.SignIn(WebSite.Doctor);
        Assert.Equal("command-unknown", (await other.Get($"/api/commands/{id}")).Code);
    }

    [Fact]
    public async Task Reference_and_health()
    {
        using var me = await site.SignIn(WebSite.Pharmacist);
        var reasons = (await me.Get("/api/reasons")).Body!.AsArray();
        Assert.Equal(52, reasons.Count);
        Assert.Equal(["code", "label", "vital"], Members(reasons[0]));
        Assert.Equal(["name", "version", "engine", "commits"], Members((await me.Get("/api/version")).Body));
        using var http = site.Anonymous();
        foreach (var path in (string[])["/health/live", "/health/ready"])
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri(path, UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task What_cannot_be_put_on_record_is_not_shown()
    {
        await using var own = await WebSite.Start();
        using var client = await own.SignIn(WebSite.Pharmacist);
        var body = new JsonObject { ["slotId"] = WebSite.Slot, ["lastName"] = "Le Goff", ["firstName"] = "Éve", ["birthDate"] = "1961-05-03" };
        own.Vault.Until = WebSite.Now;
        Assert.Equal(HttpStatusCode.OK, (await client.Post("/api/patients/check", body)).Status);
        var why = Assert.Single(own.Vault.Reasons);
        Assert.Equal((WebSite.Pharmacist, Grains.People.AccessAction.Search, "t", "sas-t", WebSite.Slot), (why.Actor.Id, why.Action, why.TerritoryId, why.SasId, why.Object));
        Assert.Matches("^[0-9a-f]{16}$", why.Session);
        own.Vault.NotRecorded = true;
        var refused = await client.Post("/api/patients/check", body.DeepClone());
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "access-not-recorded", null), (refused.Status, refused.Code, refused.Body!["bookedUntil"]));
    }

    [Fact]
    public async Task OpenAPI_lists_the_contract()
    {
        using var http = site.Anonymous();
        var document = await http.GetFromJsonAsync<JsonObject>("/openapi/v1.json");
        var operations = document!["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(one => $"{one.Key.ToUpperInvariant()} {path.Key}"));
        Assert.Equal(Contract.Operations, operations.Order(StringComparer.Ordinal));
        var book = document["components"]!["schemas"]!["BookBody"]!;
        Assert.Equal(["requestId"], book["required"]!.AsArray().Select(one => (string?)one).Order(StringComparer.Ordinal));
    }

    private static string Unescaped(JsonNode? node) => node!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
