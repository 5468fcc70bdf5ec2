using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using SnpLive.Grains.People;
using SnpLive.Grains.People.AccessRequests;
using SnpLive.Grains.People.Devices;
using SnpLive.Grains.People.Keys;
using SnpLive.Silo.Ledger;
using SnpLive.Tests.EndToEnd;
using SnpLive.Tests.Ledger;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.Access;

/// <summary>One person's rights over their data through the whole product, and a territory that leaves.</summary>
[Trait("Category", "Slow")]
public sealed class PersonsOverHttpTests(PostgresServer postgres)
{
    private const string T = AccessSite.T;
    private static readonly Patient Secret = new("Quenouillard", "Léocadie", "1947-05-23", "06 39 98 45 67");

    private static JsonObject Body(string reason, string territory = T) => new() { ["territory"] = territory, ["reason"] = reason };

    private static JsonObject Traits(Patient one, string territory = T)
    {
        var body = Body("access", territory);
        (body["lastName"], body["firstName"], body["birthDate"]) = (one.LastName, one.FirstName, one.BirthDate);
        return body;
    }

    private static async Task<string?> Found(ApiClient officer, Patient one)
    {
        var answer = await officer.Post("/api/persons/search", Traits(one));
        Assert.True(answer.Status == HttpStatusCode.OK, answer.ToString());
        return (string?)answer.Body!["personId"];
    }

    private static async Task<JsonNode> Ok(Task<ApiAnswer> doing)
    {
        var answer = await doing;
        Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.Created, answer.ToString());
        return answer.Body!;
    }

    [Fact]
    public async Task A_data_officer_serves_one_persons_rights_on_record()
    {
        await using var site = await AccessSite.Start(Backends.Sqlite, postgres);
        using var pharmacist = await site.SignIn($"{T}-pha-1");
        using var doctor = await site.SignIn($"{T}-gp-1");
        using var officer = await site.SignIn($"{T}-coo-1");
        using var stranger = await site.SignIn($"{AccessSite.Other}-coo-1");
        var slots = (await pharmacist.Slots(T, "free")).Select(one => (string)one["id"]!).ToArray();
        var other = Patient.New();
        var id = (string)(await Ok(pharmacist.Book(slots[3], Secret)))["bookingId"]!;
        await Ok(pharmacist.Book(slots[4], other));

        var person = (await Found(officer, new("QUENOUILLARD", "leocadie", Secret.BirthDate, "")))!;
        Assert.Null(await Found(officer, Secret with { BirthDate = "1947-05-24" }));
        var file = await Ok(officer.Post($"/api/persons/{person}/open", Body("access")));
        Assert.Equal(("Quenouillard", id, "+33639984567", "Dr Essai 1"),
            ((string)file["identity"]!["lastName"]!, (string)file["bookings"]![0]!["id"]!, (string)file["bookings"]![0]!["phone"]!, (string)file["bookings"]![0]!["practitioner"]!));
        // Nobody else, and in no other territory's name.
        foreach (var one in (ApiClient[])[pharmacist, doctor]) Assert.Equal("persons-not-allowed", (await one.Post("/api/persons/search", Traits(Secret))).Code);
        Assert.Equal("territory-unknown", (await stranger.Post("/api/persons/search", Traits(Secret))).Code);
        foreach (var act in (string[])["open", "export", "erase"]) Assert.Equal("person-unknown", (await stranger.Post($"/api/persons/{person}/{act}", Body("access", AccessSite.Other))).Code);
        foreach (var wrong in (JsonObject[])[[], Body("curiosity"), new() { ["territory"] = T }]) Assert.Equal("invalid-input", (await officer.Post($"/api/persons/{person}/open", wrong)).Code);

        // An objection is shown to those who treat the patient, without more, and outlives the next booking.
        var objection = Body("objection");
        objection["objects"] = true;
        await Ok(officer.Post($"/api/persons/{person}/objection", objection));
        await Ok(pharmacist.Post($"/api/bookings/{id}/cancel", new JsonObject { ["requestId"] = Guid.NewGuid(), ["reason"] = "patientRequest" }));
        id = (string)(await Ok(pharmacist.Book(slots[5], Secret)))["bookingId"]!;
        Assert.True((bool)(await Ok(doctor.Get($"/api/bookings/{id}")))["patient"]!["objection"]!);

        // A correction is what everybody sees from then on; two persons are never made one.
        JsonObject Correction(Patient one)
        {
            var body = Traits(one);
            (body["reason"], body["sex"], body["registeredGp"]) = ("correction", "F", "Dr Nouveau");
            return body;
        }
        Assert.Equal("person-exists", (await officer.Post($"/api/persons/{person}/correct", Correction(other))).Code);
        await Ok(officer.Post($"/api/persons/{person}/correct", Correction(Secret with { FirstName = "Léocadine" })));
        Assert.Equal("Léocadine", (string?)(await Ok(pharmacist.Get($"/api/bookings/{id}")))["patient"]!["firstName"]);
        Assert.Null(await Found(officer, Secret));
        Assert.Equal(person, await Found(officer, Secret with { FirstName = "Léocadine" }));

        var export = await Ok(officer.Post($"/api/persons/{person}/export", Body("access")));
        Assert.Equal(2, export["bookings"]!.AsArray().Count);
        Assert.Contains(export["accesses"]!.AsArray(), one => (string)one!["by"]!["id"]! == $"{T}-gp-1");
        Assert.NotNull((string?)export["objectionSince"]);

        Assert.Equal("person-in-use", (await officer.Post($"/api/persons/{person}/erase", Body("erasure"))).Code);
        site.Clock.Offset = TimeSpan.FromDays(4);
        await Ok(officer.Post($"/api/persons/{person}/erase", Body("erasure")));
        Assert.Equal("person-unknown", (await officer.Post($"/api/persons/{person}/open", Body("access"))).Code);
        Assert.Null(await Found(officer, Secret with { FirstName = "Léocadine" }));
        var erased = await Ok(pharmacist.Get($"/api/bookings/{id}")); // the booking stays as history
        Assert.Null(erased["patient"]);
        Assert.Equal("booked", (string?)(await Ok(pharmacist.Get($"/api/bookings/{id}/history")))["events"]!.AsArray().Single(one => (string)one!["what"]! == "booked")!["what"]);

        var log = await officer.Get($"/api/access-log?territory={T}");
        var told = log.Body!["entries"]!.AsArray().Select(one => $"{one!["action"]} {one["why"]}").ToList();
        foreach (var entry in (string[])["search personAccess", "read personAccess", "object personObjection", "correct personCorrection", "export personAccess", "erase personErasure"]) Assert.Contains(entry, told);
        foreach (var leak in (string[])["quenouillard", "ocadi", "1947", "4567"]) Assert.DoesNotContain(leak, log.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Empty((await site.Verify()).Findings);
    }

    [Fact]
    public async Task A_territory_that_leaves_is_erased_and_its_neighbour_is_not()
    {
        await using var site = await AccessSite.Start(Backends.Sqlite, postgres);
        using var pharmacist = await site.SignIn($"{T}-pha-1");
        using var neighbour = await site.SignIn($"{AccessSite.Other}-pha-1");
        await Ok(pharmacist.Book((string)(await pharmacist.Slots(T, "free"))[3]["id"]!, Secret));
        var theirs = (string)(await Ok(neighbour.Book((string)(await neighbour.Slots(AccessSite.Other, "free"))[3]["id"]!, Secret)))["bookingId"]!;
        await KeepMore(site.Services.GetRequiredService<IGrainFactory>());
        Assert.Equal("not-signed-in", (await pharmacist.Post("/api/operator/tenants/erase", new JsonObject { ["territory"] = T, ["confirm"] = T })).Code);
        var port = $"{site.Address.Port}";
        var unsure = await Tool.Run(["tenant", "erase", T, "--confirm", AccessSite.Other, "--port", port, "--data", site.Data]);
        Assert.True(unsure.ExitCode == 1 && unsure.Output.Contains("non confirmé", StringComparison.Ordinal), unsure.Output);
        var done = await Tool.Run(["tenant", "erase", T, "--confirm", T, "--port", port, "--data", site.Data]);
        Assert.True(done.ExitCode == 0 && done.Output.Contains("1 fiche de patient", StringComparison.Ordinal), done.Output);

        Assert.Equal(HttpStatusCode.Unauthorized, (await pharmacist.Get("/api/territories")).Status); // revoked at once
        // Keys are replaced while people work: next door the patient is still known.
        var rotated = await Tool.Run(["keys", "rotate", "hash", "--port", port, "--data", site.Data]);
        Assert.True(rotated.ExitCode == 0 && rotated.Output.Contains("empreintes 2 : en service", StringComparison.Ordinal), rotated.Output);
        var again = await neighbour.Book((string)(await neighbour.Slots(AccessSite.Other, "free"))[4]["id"]!, Secret);
        Assert.Equal("patient-already-booked", again.Code);
        Assert.Equal(Secret.LastName, (string?)(await Ok(neighbour.Get($"/api/bookings/{theirs}")))["patient"]!["lastName"]);
        foreach (var (table, text) in await Rows(site.Data))
            if (table != "access_log") Assert.False(text.Contains($"{T}-", StringComparison.Ordinal) || text.Contains($"|{T}|", StringComparison.Ordinal) || text.Contains($"/{T}|", StringComparison.Ordinal), $"{table}: {text[..Math.Min(400, text.Length)]}");
        var report = await site.Services.GetRequiredService<Verifier>().Run();
        Assert.True(report.IsClean, string.Join('\n', report.Findings));
        Assert.Empty((await site.Verify()).Findings);
    }

    /// <summary>What else names a territory or its people: a machine's key, somebody who asks for access, a shared computer, an examined access.</summary>
    private static async Task KeepMore(IGrainFactory grains)
    {
        var made = await grains.GetGrain<IMachineKeysGrain>(T).Execute(new CreateKey("k-1", "Standard", [KeyScope.Telephony], "hash", 30) { RequestId = Guid.NewGuid(), By = $"{T}-coo-1" });
        Assert.Equal(KeyRefusal.None, made.Refusal);
        Assert.True(await grains.GetGrain<IAccessRequestsGrain>(T).Ask(new("d-1", "Camille Essai", Role.Pharmacist, "Pharmacie", "camille@essai.example", null, default)));
        var computer = grains.GetGrain<ISharedDeviceGrain>("computer");
        await computer.Execute(new ShareDevice($"{T}-pha-1"));
        await computer.Execute(new JoinShift($"{T}-pha-1", "session", "pwd+otp", null, DateTimeOffset.UtcNow));
        await grains.GetGrain<IGlassReviewGrain>(T).Examine(1, $"{T}-med-1");
    }

    private static async Task<List<(string Table, string Text)>> Rows(string data)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "ledger.db")};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        var found = new List<(string, string)>();
        foreach (var table in (string[])["event", "claim", "occupancy", "slot", "due", "snapshot", "document", "person", "person_trait", "note", "access_log"])
        {
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // names of our own tables
            command.CommandText = $"SELECT * FROM {table}";
#pragma warning restore CA2100
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync()) found.Add((table, "|" + string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i).ToString())) + "|"));
        }
        return found;
    }
}
