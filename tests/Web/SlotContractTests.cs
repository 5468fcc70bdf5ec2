using System.Net;
using System.Text.Json.Nodes;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.People;
using SnpLive.Tests.Support;
using static SnpLive.Tests.Web.ContractTests;

namespace SnpLive.Tests.Web;

/// <summary>The shapes of holds, of an agenda's slots, and of bookings once made.</summary>
public sealed class SlotContractTests
{
    [Fact]
    public async Task Holds()
    {
        await using var own = await WebSite.Start();
        own.Answers(new HoldGranted("t-agenda-1.h1", WebSite.Slot, WebSite.Now.AddMinutes(3)));
        using var me = await own.SignIn(WebSite.Pharmacist);
        Assert.Equal(["holdId", "slotId", "until", "requestId"], Members((await me.Hold(WebSite.Slot)).Body));
        Assert.Equal(HttpStatusCode.OK, (await me.Post("/api/holds/t-agenda-1.h1/extend", WebSite.Command())).Status);
        own.Answers(new Done());
        Assert.Equal(["requestId"], Members((await me.Post("/api/holds/t-agenda-1.h1/release", WebSite.Command())).Body));
    }

    [Fact]
    public async Task Slots_are_opened_and_withdrawn()
    {
        await using var own = await WebSite.Start();
        own.Answers(new SlotsOpened(["t-agenda-1.s7"]));
        using var me = await own.SignIn(WebSite.Doctor);
        var slot = new JsonObject { ["start"] = "2026-03-02T10:40:00Z", ["end"] = "2026-03-02T11:00:00Z", ["mode"] = "VR", ["audience"] = new JsonArray("SNP", "PRO"), ["capacity"] = 2 };
        var opened = await me.Post("/api/agendas/t-agenda-1/slots", new JsonObject { ["requestId"] = Guid.NewGuid(), ["slots"] = new JsonArray(slot.DeepClone()) });
        Assert.Equal(HttpStatusCode.Created, opened.Status);
        Assert.Equal("t-agenda-1.s7", (string?)opened.Body!["slotIds"]![0]);
        var sent = Assert.IsType<OpenSlots>(Assert.Single(own.Agenda.Received)).Slots[0];
        Assert.Equal((VisitMode.Video, SnpLive.Grains.Rules.Audience.Snp | SnpLive.Grains.Rules.Audience.Pro, 2), (sent.Mode, sent.Audience, sent.Capacity));

        slot["mode"] = "teleport";
        slot["audience"] = new JsonArray("EVERYBODY", null);
        slot["end"] = "2026-03-02T10:00:00Z";
        slot["capacity"] = 0;
        var wrong = await me.Post("/api/agendas/t-agenda-1/slots", new JsonObject { ["requestId"] = Guid.NewGuid(), ["slots"] = new JsonArray(slot, null) });
        Assert.Equal(
            ["slots[0].audience[0]", "slots[0].audience[1]", "slots[0].capacity", "slots[0].end", "slots[0].mode", "slots[1]"],
            Members(wrong.Body!["errors"]).Order(StringComparer.Ordinal));

        own.Answers(new Done());
        Assert.Equal(HttpStatusCode.OK, (await me.Post($"/api/slots/{WebSite.Slot}/withdraw", new JsonObject { ["requestId"] = Guid.NewGuid(), ["evenIfHeld"] = true })).Status);
        Assert.True(own.Agenda.Received.OfType<WithdrawSlot>().Single().EvenIfHeld);
    }

    [Fact]
    public async Task A_slot_takes_as_many_patients_as_the_domain_allows_and_the_screen_says_the_same()
    {
        await using var own = await WebSite.Start();
        own.Answers(new SlotsOpened(["t-agenda-1.s7"]));
        using var me = await own.SignIn(WebSite.Doctor);
        async Task<HttpStatusCode> Open(int capacity) => (await me.Post("/api/agendas/t-agenda-1/slots", new JsonObject
        {
            ["requestId"] = Guid.NewGuid(),
            ["slots"] = new JsonArray(new JsonObject { ["start"] = "2026-03-02T10:40:00Z", ["end"] = "2026-03-02T11:00:00Z", ["mode"] = "VR", ["capacity"] = capacity }),
        })).Status;
        Assert.Equal(HttpStatusCode.Created, await Open(AgendaDecider.MostCapacity));
        Assert.Equal(HttpStatusCode.BadRequest, await Open(AgendaDecider.MostCapacity + 1));
        var screen = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "web/client/src/agenda/template.ts"), TestContext.Current.CancellationToken);
        Assert.Contains($"export const MOST_PATIENTS = {AgendaDecider.MostCapacity};", screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bookings_are_for_those_they_concern()
    {
        await using var own = await WebSite.Start();
        var booking = new Booking(
            "t-agenda-1.b1", WebSite.Slot, 1, "surrogate", WebSite.Pharmacist, Role.Pharmacist, "t-pha", null, "t-agenda-1.r1", Eligibility.Visitor, "M03.14",
            WebSite.Now, WebSite.Now.AddHours(48), WebSite.Now, false, AppointmentStatus.NoShow, null);
        own.Agenda.AllBookings = [booking];
        own.Agenda.Slots = [new(WebSite.Facts(), 1, false, [])];
        own.Vault.Seal("sas-t", new("Dupont", "Ève", null, new(1950, 1, 2), Sex.F, null, null), new("+33639980102", null, null, "note", null));

        using var doctor = await own.SignIn(WebSite.Doctor);
        var seen = await doctor.Get("/api/bookings/t-agenda-1.b1");
        Assert.Equal(HttpStatusCode.OK, seen.Status);
        Assert.Equal(("Dupont", "noshow", "note"), ((string?)seen.Body!["patient"]!["lastName"], (string?)seen.Body["status"], (string?)seen.Body["note"]));
        var day = await doctor.Get("/api/agendas/t-agenda-1");
        Assert.Single(day.Body!["bookings"]!.AsArray());
        Assert.DoesNotContain("Dupont", day.Body.ToJsonString(), StringComparison.Ordinal);

        using var other = await own.SignIn("t-gp-2");
        Assert.Equal("booking-unknown", (await other.Get("/api/bookings/t-agenda-1.b1")).Code);
        Assert.Null((await other.Get("/api/agendas/t-agenda-1")).Body!["bookings"]);
    }

    [Fact]
    public async Task An_organisation_finds_its_own_bookings_without_patients()
    {
        await using var own = await WebSite.Start();
        Booking Made(string id, string by, string organization) => new(
            $"t-agenda-1.{id}", WebSite.Slot, 1, "surrogate", by, Role.Pharmacist, organization, WebSite.Doctor, "t-agenda-1.r1", Eligibility.Visitor, "M03.14",
            WebSite.Now, WebSite.Now.AddHours(48), WebSite.Now, false, AppointmentStatus.Booked, null);
        own.Agenda.AllBookings = [Made("b1", WebSite.Pharmacist, "t-pha"), Made("b2", "t-reg-1", "t-sas"), Made("b3", "t-pha-2", "t-pha")];
        own.Agenda.Slots = [new(WebSite.Facts(), 1, false, [])];
        own.Ledger.Booked = ["agenda/t-agenda-1", "agenda/gone"];

        using var me = await own.SignIn(WebSite.Pharmacist);
        var answer = await me.Get("/api/bookings");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(["asOf", "bookings"], Members(answer.Body));
        var list = answer.Body!["bookings"]!.AsArray();
        Assert.Equal(["t-agenda-1.b1", "t-agenda-1.b3"], list.Select(one => (string?)one!["booking"]!["id"]));
        Assert.Equal(["booking", "agendaId", "territoryId", "slot"], Members(list[0]));
        Assert.Equal(("Pharmacie t", "booked", "Maison de santé t"),
            ((string?)list[0]!["booking"]!["bookedBy"], (string?)list[0]!["slot"]!["state"], (string?)list[0]!["slot"]!["place"]!["name"]));
        Assert.DoesNotContain("surrogate", answer.Body.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await me.Get("/api/bookings?from=yesterday")).Status);

        using var stranger = await own.SignIn("t-gp-2"); // of another organisation: its agendas are not even asked
        Assert.Empty((await stranger.Get("/api/bookings")).Body!["bookings"]!.AsArray());
    }

    internal static JsonObject PatientCheck() => new()
    {
        ["slotId"] = WebSite.Slot, ["lastName"] = "Le Goff", ["firstName"] = "Ève", ["birthDate"] = "1950-01-02",
    };

    [Fact]
    public async Task A_second_booking_is_warned_of_in_neutral_words()
    {
        await using var own = await WebSite.Start();
        own.Vault.Until = WebSite.Now.AddHours(20);
        using var me = await own.SignIn(WebSite.Pharmacist);
        var answer = await me.Post("/api/patients/check", PatientCheck());
        Assert.Equal(["bookedUntil"], Members(answer.Body));
        Assert.Equal(("sas-t", "Le Goff", new DateOnly(1950, 1, 2)), (own.Vault.SealedFor, own.Vault.Identity!.LastName, own.Vault.Identity.BirthDate));
        own.Vault.Until = null;
        Assert.Null((await me.Post("/api/patients/check", PatientCheck())).Body!["bookedUntil"]);
        Assert.DoesNotContain("Goff", own.Logs.Text, StringComparison.OrdinalIgnoreCase);

        Assert.Equal(["birthDate", "firstName", "lastName", "slotId"], Members((await me.Post("/api/patients/check", new JsonObject
        {
            ["slotId"] = "nowhere", ["lastName"] = "D<b>", ["firstName"] = "", ["birthDate"] = "3000-01-01",
        })).Body!["errors"]).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("cancel", "reason", "patientRequest", HttpStatusCode.OK)]
    [InlineData("cancel", "reason", "because", HttpStatusCode.BadRequest)]
    [InlineData("outcome", "status", "fulfilled", HttpStatusCode.OK)]
    [InlineData("outcome", "status", "noShow", HttpStatusCode.OK)]
    [InlineData("outcome", "status", "noshow", HttpStatusCode.OK)]
    [InlineData("outcome", "status", "booked", HttpStatusCode.BadRequest)]
    public async Task Bookings_end(string verb, string member, string value, HttpStatusCode status)
    {
        await using var own = await WebSite.Start();
        using var me = await own.SignIn(WebSite.Doctor);
        var body = WebSite.Command();
        body[member] = value;
        Assert.Equal(status, (await me.Post($"/api/bookings/t-agenda-1.b1/{verb}", body)).Status);
    }
}
