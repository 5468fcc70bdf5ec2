using System.Net;
using System.Text.Json.Nodes;
using SnpLive.Tests.EndToEnd;
using SnpLive.Tests.Ledger;
using SnpLive.Tests.Live;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.Access;

/// <summary>The access log through the whole product: who opened what is on record, and those concerned can look it up.</summary>
[Trait("Category", "Slow")]
public sealed class AccessOverHttpTests(PostgresServer postgres)
{
    private const string T = AccessSite.T;
    private static readonly Patient Secret = new("Quenouillard", "Léocadie", "1947-05-23", "06 39 98 45 67");

    private static JsonObject Check(string slot, Patient patient) =>
        new() { ["slotId"] = slot, ["lastName"] = patient.LastName, ["firstName"] = patient.FirstName, ["birthDate"] = patient.BirthDate };

    private static JsonObject Glass(string reason) => new() { ["requestId"] = Guid.NewGuid(), ["reason"] = reason };

    private static string[] Told(ApiAnswer page, params string[] members) => [.. page.Body!["entries"]!.AsArray().Select(one => string.Join(' ', members.Select(m => (string?)one![m])))];

    private static string[] By(ApiAnswer page) => [.. page.Body!["entries"]!.AsArray().Select(one => (string)one!["by"]!["id"]!)];

    [Theory, MemberData(nameof(Backends.All), MemberType = typeof(Backends))]
    public async Task Every_opening_is_on_record_and_shown_without_a_name(string backend)
    {
        await using var site = await AccessSite.Start(backend, postgres);
        using var pharmacist = await site.SignIn($"{T}-pha-1");
        using var doctor = await site.SignIn($"{T}-gp-1");
        using var officer = await site.SignIn($"{T}-coo-1");
        var slot = (string)(await pharmacist.Slots(T, "free"))[3]["id"]!;
        Assert.Equal(HttpStatusCode.OK, (await pharmacist.Post("/api/patients/check", Check(slot, Secret))).Status);
        Assert.Equal(HttpStatusCode.OK, (await pharmacist.Hold(slot)).Status);
        var held = await pharmacist.Slots(T);
        var booked = await pharmacist.Book(slot, Secret, holdId: (string?)held.Single(s => (string)s["id"]! == slot)["hold"]?["id"]);
        Assert.True(booked.Status == HttpStatusCode.Created, booked.ToString());
        var id = (string)booked.Body!["bookingId"]!;
        Assert.Equal(Secret.LastName, (string?)(await doctor.Get($"/api/bookings/{id}")).Body!["patient"]!["lastName"]);
        var asked = ApiClient.Booking(Secret, Guid.NewGuid());
        (asked["territoryId"], asked["stream"], asked["registeredGp"]) = (T, "gp", "absent");
        asked["eligibility"] = "RegisteredGpAbsent";
        var request = (string)(await pharmacist.Post("/api/requests", asked)).Body!["id"]!;
        Assert.NotNull((await pharmacist.Get($"/api/requests/{request}")).Body!["patient"]);

        var log = await officer.Get($"/api/access-log?territory={T}");
        Assert.True(log.Status == HttpStatusCode.OK, log.ToString());
        Assert.Equal([$"read request {request}", $"read booking {id}", $"search patientCheck {slot}"], Told(log, "action", "why", "object"));
        Assert.Equal([$"{T}-pha-1", $"{T}-gp-1", $"{T}-pha-1"], By(log));
        Assert.Single(log.Body!["entries"]!.AsArray().Select(one => (string)one!["subject"]!).Distinct()); // one patient, one number, from the first search on
        Assert.Equal("Pharmacie acc", (string?)log.Body!["entries"]![0]!["by"]!["organization"]);
        foreach (var leak in (string[])[Secret.LastName, Secret.FirstName, Secret.BirthDate, "4567"]) Assert.DoesNotContain(leak, log.ToString(), StringComparison.OrdinalIgnoreCase);

        // Three clicks from the agenda: who read this patient, searched them included; and what became of the booking.
        var readers = await doctor.Get($"/api/bookings/{id}/access");
        Assert.Equal(["read", "read", "search"], Told(readers, "action"));
        Assert.Equal(HttpStatusCode.OK, (await pharmacist.Post($"/api/bookings/{id}/cancel", new JsonObject { ["requestId"] = Guid.NewGuid(), ["reason"] = "patientRequest" })).Status);
        var history = await doctor.Get($"/api/bookings/{id}/history");
        Assert.Equal([("held", null), ("booked", null), ("cancelled", "patientRequest")],
            history.Body!["events"]!.AsArray().Select(one => ((string)one!["what"]!, (string?)one["detail"])));
        Assert.Equal(HttpStatusCode.OK, (await officer.Get($"/api/bookings/{id}/history")).Status);

        // By person and by time.
        var subject = (string)log.Body["entries"]![1]!["subject"]!;
        Assert.Equal(3, Told(await officer.Get($"/api/access-log?territory={T}&person={subject}"), "action").Length);
        Assert.Single(Told(await officer.Get($"/api/access-log?territory={T}&actor={T}-gp-1"), "action"));
        Assert.Empty(Told(await officer.Get($"/api/access-log?territory={T}&to={Uri.EscapeDataString(DateTimeOffset.UtcNow.AddHours(-1).ToString("O"))}"), "action"));
        var (report, audit) = (await site.Verify(), await Tools(site, backend));
        Assert.Empty(report.Findings);
        Assert.True(audit.ExitCode == 0, audit.Output);
    }

    /// <summary><c>snp audit verify</c> beside the running server on PostgreSQL, <c>snp audit export</c> after it on SQLite.</summary>
    private static async Task<(int ExitCode, string Output)> Tools(AccessSite site, string backend)
    {
        if (backend == Backends.Sqlite) await site.Stop();
        else return await Tool.Run(["audit", "verify", "--data", site.Data, .. site.Storage]);
        var lines = await Tool.Run(["audit", "export", "--data", site.Data, .. site.Storage]);
        Assert.Equal((0, 3), (lines.ExitCode, lines.Output.Split('\n').Count(line => line.StartsWith("<110>1 ", StringComparison.Ordinal))));
        Assert.DoesNotContain(Secret.LastName, lines.Output, StringComparison.OrdinalIgnoreCase);
        return lines;
    }

    [Fact]
    public async Task The_journal_is_the_data_officers_and_a_booking_its_parties()
    {
        await using var site = await AccessSite.Start(Backends.Sqlite, postgres);
        using var pharmacist = await site.SignIn($"{T}-pha-1");
        var booked = await pharmacist.Book((string)(await pharmacist.Slots(T, "free"))[3]["id"]!, Patient.New());
        var id = (string)booked.Body!["bookingId"]!;
        foreach (var (who, log, concerned) in ((string, string?, bool)[])
            [($"{T}-pha-1", "audit-not-allowed", true), ($"{T}-gp-1", "audit-not-allowed", true), ($"{T}-reg-1", "audit-not-allowed", false), ($"{T}-tel-1", "audit-not-allowed", true),
                ($"{T}-coo-1", null, true), ($"{AccessSite.Other}-coo-1", "territory-unknown", false), ($"{AccessSite.Other}-gp-1", "territory-unknown", false)])
        {
            using var person = await site.SignIn(who);
            Assert.Equal((who, log), (who, (await person.Get($"/api/access-log?territory={T}")).Code));
            foreach (var part in (string[])["access", "history"])
                Assert.Equal((who, concerned ? null : "booking-unknown"), (who, (await person.Get($"/api/bookings/{id}/{part}")).Code));
            var own = (await person.Get("/api/territories")).Body!.AsArray().Where(one => one!["may"] is JsonArray may && may.Any(right => (string)right! == "readAudit")).Select(one => (string)one!["id"]!);
            Assert.Equal(who.EndsWith("coo-1", StringComparison.Ordinal) ? [who[..^6]] : [], own);
        }
        using var officer = await site.SignIn($"{T}-coo-1");
        using var doctor = await site.SignIn($"{T}-gp-1");
        Assert.Equal("audit-not-allowed", (await doctor.Get("/api/access-log")).Code);
        Assert.Equal(HttpStatusCode.OK, (await doctor.Get($"/api/bookings/{id}")).Status);
        var everywhere = await officer.Get("/api/access-log"); // all territories whose data officer one is
        Assert.Equal([$"read booking {id} Territoire {T}"], Told(everywhere, "action", "why", "object", "territory"));
        using var neighbour = await site.SignIn($"{AccessSite.Other}-coo-1");
        Assert.Empty(Told(await neighbour.Get("/api/access-log"), "action"));
        foreach (var wrong in (string[])["?territory=a%20b", $"?territory={T}&person=a%20b", $"?territory={T}&before=0", $"?territory={T}&from=x"])
            Assert.Equal("invalid-input", (await officer.Get($"/api/access-log{wrong}")).Code);
    }

    [Fact]
    public async Task A_glass_is_broken_once_with_a_reason_and_on_record()
    {
        await using var site = await AccessSite.Start(Backends.Sqlite, postgres);
        using var pharmacist = await site.SignIn($"{T}-pha-1");
        using var regulator = await site.SignIn($"{T}-reg-1");
        using var stranger = await site.SignIn($"{AccessSite.Other}-reg-1");
        using var officer = await site.SignIn($"{T}-coo-1");
        using var lead = await site.SignIn($"{T}-gp-1");
        await using var screen = await LiveClient.ConnectAsync(site.Address, [new("Cookie", lead.Cookies.GetCookieHeader(site.Address))]);
        await using var other = await LiveClient.ConnectAsync(site.Address, [new("Cookie", pharmacist.Cookies.GetCookieHeader(site.Address))]);
        var slots = await pharmacist.Slots(T, "free");
        var id = (string)(await pharmacist.Book((string)slots[3]["id"]!, Secret)).Body!["bookingId"]!;
        var mine = (string)(await regulator.Book((string)slots[4]["id"]!, Patient.New())).Body!["bookingId"]!;
        const string Reason = "Quenouillard rappelle le 15, essoufflée";

        Assert.Equal("booking-unknown", (await regulator.Get($"/api/bookings/{id}")).Code);
        Assert.Equal("invalid-input", (await regulator.Post($"/api/bookings/{id}/break-glass", Glass("court"))).Code);
        Assert.Equal("booking-unknown", (await stranger.Post($"/api/bookings/{id}/break-glass", Glass(Reason))).Code);
        Assert.Equal("booking-unknown", (await pharmacist.Post($"/api/bookings/{mine}/break-glass", Glass(Reason))).Code);
        Assert.Equal("break-glass-not-needed", (await regulator.Post($"/api/bookings/{mine}/break-glass", Glass(Reason))).Code);
        Assert.Equal([id], (await regulator.Get($"/api/slots/{(string)slots[3]["id"]!}/break-glass")).Body!.AsArray().Select(one => (string)one!["id"]!));
        Assert.Equal("slot-unknown", (await pharmacist.Get($"/api/slots/{(string)slots[3]["id"]!}/break-glass")).Code);
        Assert.Empty((await lead.Get("/api/break-glass")).Body!.AsArray());
        var opened = await regulator.Post($"/api/bookings/{id}/break-glass", Glass(Reason));
        Assert.Equal((HttpStatusCode.OK, Secret.LastName, 120), (opened.Status, (string?)opened.Body!["patient"]!["lastName"], (int)opened.Body["hideAfterSeconds"]!));
        Assert.Equal("booking-unknown", (await regulator.Get($"/api/bookings/{id}")).Code); // one look

        var log = await officer.Get($"/api/access-log?territory={T}");
        Assert.Equal([$"breakGlass breakGlass {id}"], Told(log, "action", "why", "object"));
        Assert.DoesNotContain(Secret.LastName, log.ToString(), StringComparison.OrdinalIgnoreCase);
        var entry = log.Body!["entries"]![0]!;
        Assert.True((bool)entry["hasReason"]!);
        Assert.Equal("access-reason-unknown", (await pharmacist.Get($"/api/access-log/{(long)entry["seq"]!}/reason")).Code);
        Assert.Equal(Reason, (string?)(await officer.Get($"/api/access-log/{(long)entry["seq"]!}/reason")).Body!["reason"]);
        Assert.Equal(["read audit", "breakGlass breakGlass"], Told(await officer.Get($"/api/access-log?territory={T}"), "action", "why")); // reading the reason is on record too

        // The medical lead hears of it at once, sees it without the patient, reads why, and examines it: once.
        await screen.UntilAsync(one => one.Glasses.Contains(T), "news for the lead", TimeSpan.FromSeconds(10));
        Assert.Empty(other.Glasses);
        var toExamine = Assert.Single((await lead.Get("/api/break-glass")).Body!.AsArray())!;
        Assert.Equal((id, $"{T}-reg-1", null), ((string?)toExamine["bookingId"], (string?)toExamine["by"]!["id"], (string?)toExamine["examinedAt"]));
        Assert.DoesNotContain(Secret.LastName, toExamine.ToJsonString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(Reason, (string?)(await lead.Get($"/api/access-log/{(string)toExamine["id"]!}/reason")).Body!["reason"]);
        var act = $"/api/break-glass/{(string)toExamine["id"]!}/examine";
        foreach (var nobody in (ApiClient[])[pharmacist, regulator, officer, stranger])
        {
            Assert.Equal("break-glass-unknown", (await nobody.Post(act, new JsonObject { ["requestId"] = Guid.NewGuid() })).Code);
            Assert.Empty((await nobody.Get("/api/break-glass")).Body!.AsArray());
        }
        Assert.Equal("break-glass-unknown", (await lead.Post("/api/break-glass/999999/examine", new JsonObject { ["requestId"] = Guid.NewGuid() })).Code);
        var examined = await lead.Post(act, new JsonObject { ["requestId"] = Guid.NewGuid() });
        Assert.Equal("Dr Essai 1", (string?)examined.Body!["examinedBy"]);
        Assert.Equal(examined.ToString(), (await lead.Post(act, new JsonObject { ["requestId"] = Guid.NewGuid() })).ToString());
        Assert.DoesNotContain(Secret.LastName, site.Logs.Text, StringComparison.OrdinalIgnoreCase);
    }
}
