using System.Net;
using System.Text.Json.Nodes;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.People;
using static SnpLive.Tests.Web.ContractTests;

namespace SnpLive.Tests.Web;

/// <summary>“Mon agenda” over HTTP: what is read, what is sent on, who is shown what. Who may do what is the grain's decision (Domain tests).</summary>
public sealed class AgendaSettingsTests
{
    private const string TeleSecretary = "t-tel-1", Coordinator = "t-coo-1";


    private static JsonObject With(params (string Name, JsonNode? Value)[] members)
    {
        var body = WebSite.Command();
        foreach (var (name, value) in members) body[name] = value;
        return body;
    }

    [Fact]
    public async Task Settings_are_for_the_practitioner_and_delegates_only()
    {
        await using var site = await WebSite.Start();
        site.Agenda.Decided = new(
            new([new("w", [DayOfWeek.Monday], [new(11, 40)], 20, VisitMode.Surgery, Grains.Rules.Audience.None, 1, new(2026, 1, 1), null)], 120, true), true,
            [new("t-agenda-1.a1", WebSite.Now, WebSite.Now.AddDays(2), "t-gp-2", false)], 1, new([Coordinator], Role.GeneralPractitioner));
        using var doctor = await site.SignIn(WebSite.Doctor);
        var settings = (await doctor.Get("/api/agendas/t-agenda-1/settings")).Body!;
        Assert.Equal(
            ["agendaId", "ownTemplate", "templates", "takeBackBefore", "skipHolidays", "overbook", "absences", "delegates", "bookableBy", "canOverbook", "canDelegate",
                "delegateCandidates",
            ],
            Members(settings));
        Assert.Equal(
            """{"id":"w","days":["monday"],"times":["11:40"],"minutes":20,"mode":"surgery","audience":["SNP","CPTS"],"capacity":1,"validFrom":"2026-01-01"}""",
            settings["templates"]![0]!.ToJsonString());
        Assert.Equal(["id", "from", "to", "locum", "locumName", "ended"], Members(settings["absences"]![0]));
        Assert.Equal("""{"id":"t-coo-1","name":"Coordinatrice","role":"coordinator"}""", settings["delegates"]![0]!.ToJsonString());
        Assert.Equal(
            ["médecins régulateurs du SAS", "pharmaciens de la CPTS", "télésecrétariat de la CPTS, pour le compte d’un professionnel", "médecins généralistes de la CPTS"],
            settings["bookableBy"]!.AsArray().Select(one => (string?)one));
        Assert.Contains(Coordinator, settings["delegateCandidates"]!.AsArray().Select(one => (string?)one!["id"]));
        Assert.DoesNotContain(WebSite.Pharmacist, settings["delegateCandidates"]!.AsArray().Select(one => (string?)one!["id"]));
        using var coordinator = await site.SignIn(Coordinator);
        var read = (await coordinator.Get("/api/agendas/t-agenda-1/settings")).Body!;
        Assert.False((bool)read["canOverbook"]!);
        Assert.Null(read["delegateCandidates"]);
        foreach (var stranger in (string[])[WebSite.Pharmacist, "t-gp-2", TeleSecretary])
        {
            using var one = await site.SignIn(stranger);
            Assert.Equal("not-allowed", (await one.Get("/api/agendas/t-agenda-1/settings")).Code);
        }
        Assert.Equal("agenda-unknown", (await doctor.Get("/api/agendas/nobody/settings")).Code);
    }

    [Fact]
    public async Task Delegates_are_shown_the_agenda_as_theirs_but_no_bookings_that_their_role_may_not_read()
    {
        await using var site = await WebSite.Start();
        site.Agenda.Decided = AgendaSettings.None with { Delegation = new([Coordinator, TeleSecretary], Role.GeneralPractitioner) };
        site.Agenda.AllBookings = [Booking(AppointmentStatus.Booked)];
        site.Agenda.Slots = [new(WebSite.Facts() with { TakeBackMinutes = 60, Locum = "t-gp-2" }, 1, false, [])];
        using var coordinator = await site.SignIn(Coordinator);
        var list = (await coordinator.Get("/api/agendas?territory=t")).Body!.AsArray();
        Assert.Equal([(true, true), (false, false)], list.Select(one => ((bool)one!["own"]!, (bool)one["delegated"]!)));
        var day = (await coordinator.Get("/api/agendas/t-agenda-1")).Body!;
        Assert.Empty(day["bookings"]!.AsArray());
        var slot = day["slots"]![0]!;
        Assert.Equal((60, "Dr Essai 2", 4), ((int)slot["takeBackBefore"]!, (string?)slot["locum"]!["name"], slot["bookableBy"]!.AsArray().Count));
        using var secretary = await site.SignIn(TeleSecretary);
        Assert.Single((await secretary.Get("/api/agendas/t-agenda-1")).Body!["bookings"]!.AsArray());
        using var doctor = await site.SignIn(WebSite.Doctor);
        var own = (await doctor.Get("/api/agendas/t-agenda-1")).Body!;
        Assert.Equal((true, false, 1), ((bool)own["own"]!, (bool)own["delegated"]!, own["bookings"]!.AsArray().Count));
    }

    [Fact]
    public async Task A_template_is_read_member_by_member()
    {
        await using var site = await WebSite.Start();
        site.Answers(new TemplatePublished(4, 2));
        using var me = await site.SignIn(WebSite.Doctor);
        JsonObject Template() => new() { ["id"] = "w", ["days"] = new JsonArray("monday", "friday"), ["times"] = new JsonArray("17:20", "11:40"), ["minutes"] = 20, ["mode"] = "surgery", ["audience"] = new JsonArray("SNP") };
        var answer = await me.Put("/api/agendas/t-agenda-1/template", With(("templates", new JsonArray(Template())), ("takeBackBefore", 120), ("skipHolidays", true)));
        Assert.Equal(["requestId", "opened", "withdrawn"], Members(answer.Body));
        Assert.Equal((4, 2), ((int)answer.Body!["opened"]!, (int)answer.Body["withdrawn"]!));
        var plan = Assert.IsType<SetTemplate>(Assert.Single(site.Agenda.Received)).Plan;
        Assert.Equal((120, true), (plan.TakeBackMinutes, plan.SkipHolidays));
        Assert.Equal([new(11, 40), new(17, 20)], plan.Templates[0].Times.AsEnumerable());

        var wrong = Template();
        (wrong["days"], wrong["times"], wrong["minutes"], wrong["validFrom"], wrong["validTo"]) = (new JsonArray("someday"), new JsonArray("25:00"), 3, "2026-02-01", "2026-01-01");
        var refused = await me.Put("/api/agendas/t-agenda-1/template", With(("templates", new JsonArray(wrong, null)), ("takeBackBefore", 0)));
        Assert.Equal(
            ["skipHolidays", "takeBackBefore", "templates[0].days[0]", "templates[0].minutes", "templates[0].times[0]", "templates[0].validTo", "templates[1]"],
            Members(refused.Body!["errors"]).Order(StringComparer.Ordinal));
        Assert.Equal("agenda-unknown", (await me.Put("/api/agendas/nobody/template", With(("templates", new JsonArray()), ("skipHolidays", true)))).Code);
        site.Answers(new Refused(Refusal.NotAllowed));
        Assert.Equal(HttpStatusCode.Forbidden, (await me.Put("/api/agendas/t-agenda-1/template", With(("templates", new JsonArray()), ("skipHolidays", true)))).Status);
    }

    [Fact]
    public async Task Absences_are_told_in_instants_or_civil_days()
    {
        await using var site = await WebSite.Start();
        site.Answers(new AbsenceRecorded("t-agenda-1.a1", 3, ["t-agenda-1.b1"]));
        using var me = await site.SignIn(WebSite.Doctor);
        var answer = await me.Post("/api/agendas/t-agenda-1/absences", With(("from", "2026-12-24"), ("to", "2026-12-31"), ("locum", "t-gp-2")));
        Assert.Equal(["requestId", "absenceId", "withdrawn", "toReplace"], Members(answer.Body));
        var sent = Assert.IsType<RecordAbsence>(site.Agenda.Received.Last());
        Assert.Equal((Domain.Sample.Utc("2026-12-23T23:00:00Z"), Domain.Sample.Utc("2026-12-31T23:00:00Z"), "t-gp-2"), (sent.From, sent.To, sent.Locum));
        await me.Post("/api/agendas/t-agenda-1/absences", With(("from", "2026-12-24T08:00:00+01:00"), ("to", "2026-12-24T12:00:00+01:00")));
        sent = Assert.IsType<RecordAbsence>(site.Agenda.Received.Last());
        Assert.Equal(Domain.Sample.Utc("2026-12-24T07:00:00Z"), sent.From);

        var wrong = await me.Post("/api/agendas/t-agenda-1/absences", With(("from", "soon"), ("locum", "nobody")));
        Assert.Equal(["from", "locum", "to"], Members(wrong.Body!["errors"]).Order(StringComparer.Ordinal));
        Assert.NotNull((await me.Post("/api/agendas/t-agenda-1/absences", With(("from", "0001-01-01"), ("to", "9999-12-31")))).Body!["errors"]!["from"]);
        Assert.NotNull((await me.Post("/api/agendas/t-agenda-1/absences", With(("from", "2026-12-24"), ("to", "2026-12-23")))).Body!["errors"]!["to"]);
        site.Answers(new Done());
        Assert.Equal(["requestId"], Members((await me.Post("/api/absences/t-agenda-1.a1/end", WebSite.Command())).Body));
        Assert.Equal("t-agenda-1.a1", Assert.IsType<EndAbsence>(site.Agenda.Received.Last()).AbsenceId);
        Assert.Equal("absence-unknown", (await me.Post("/api/absences/nobody.a1/end", WebSite.Command())).Code);
    }

    [Fact]
    public async Task Places_en_sus_resizing_delegates_and_withdrawing_a_booked_slot()
    {
        await using var site = await WebSite.Start();
        using var me = await site.SignIn(WebSite.Doctor);
        Assert.Equal(HttpStatusCode.OK, (await me.Put("/api/agendas/t-agenda-1/overbook", With(("allowed", true)))).Status);
        Assert.True(Assert.IsType<AllowOverbook>(site.Agenda.Received.Last()).Allowed);
        Assert.Equal(HttpStatusCode.BadRequest, (await me.Put("/api/agendas/t-agenda-1/overbook", WebSite.Command())).Status);
        Assert.Equal(["requestId"], Members((await me.Post($"/api/slots/{WebSite.Slot}/overbook", WebSite.Command())).Body));
        Assert.IsType<OverbookSlot>(site.Agenda.Received.Last());
        await me.Post($"/api/slots/{WebSite.Slot}/withdraw", With(("replaceBookings", true)));
        Assert.True(Assert.IsType<WithdrawSlot>(site.Agenda.Received.Last()).ReplaceBookings);

        Assert.Equal(HttpStatusCode.OK, (await me.Put("/api/agendas/t-agenda-1/delegates", With(("delegates", new JsonArray(Coordinator, TeleSecretary))))).Status);
        Assert.Equal([Coordinator, TeleSecretary], Assert.IsType<SetDelegates>(site.Agenda.Received.Last()).Professionals.AsEnumerable());
        var wrong = await me.Put("/api/agendas/t-agenda-1/delegates", With(("delegates", new JsonArray(WebSite.Pharmacist, "nobody", null))));
        Assert.Equal(["delegates[0]", "delegates[1]", "delegates[2]"], Members(wrong.Body!["errors"]).Order(StringComparer.Ordinal));
        Assert.Equal(HttpStatusCode.OK, (await me.Put("/api/agendas/t-agenda-1/delegates", With(("delegates", new JsonArray())))).Status);

        site.Answers(new SlotsOpened(["t-agenda-1.s9"]));
        var moved = await me.Post($"/api/slots/{WebSite.Slot}/resize", With(("start", "2026-12-24T08:00:00Z"), ("end", "2026-12-24T08:30:00Z")));
        Assert.Equal((HttpStatusCode.OK, "t-agenda-1.s9"), (moved.Status, (string?)moved.Body!["slotId"]));
        Assert.NotNull((await me.Post($"/api/slots/{WebSite.Slot}/resize", With(("start", "2026-12-24T08:00:00Z"), ("end", "2026-12-24T08:00:00Z")))).Body!["errors"]!["end"]);
    }

    [Fact]
    public async Task The_list_of_replacements_is_for_those_who_may_act()
    {
        await using var site = await WebSite.Start();
        ToReplace(site);
        foreach (var reader in (string[])[TeleSecretary, WebSite.Pharmacist, WebSite.Doctor])
        {
            using var me = await site.SignIn(reader);
            var list = (await me.Get("/api/replacements?territory=t")).Body!.AsArray();
            Assert.Equal(
                ["bookingId", "territoryId", "agendaId", "slotId", "start", "practitioner", "stream", "reason", "because", "bookedBy", "owner", "since", "wantedBefore"],
                Members(Assert.Single(list)));
            Assert.Equal(("teleSecretary", "Pharmacie t"), ((string?)list[0]!["owner"], (string?)list[0]!["bookedBy"]));
        }
        foreach (var stranger in (string[])["t-gp-2", Coordinator, "t-reg-1"])
        {
            using var me = await site.SignIn(stranger);
            Assert.Empty((await me.Get("/api/replacements")).Body!.AsArray());
        }
        using var again = await site.SignIn(TeleSecretary);
        Assert.Equal("territory-unknown", (await again.Get("/api/replacements?territory=elsewhere")).Code);
    }

    [Fact]
    public async Task A_patient_is_booked_elsewhere_without_typing_anything_again()
    {
        await using var site = await WebSite.Start();
        ToReplace(site);
        site.Vault.Seal("sas-t", new("Dupont", "Ève", null, new(1950, 1, 2), Sex.F, null, null), new("+33639980102", null, null, "Sonnez", "autrefois"));
        site.OtherAgenda.Answer = _ => Task.FromResult<AgendaAnswer>(new BookingConfirmed("t-agenda-2.b1", "t-agenda-1.r1", WebSite.Facts("t-agenda-2.s1"), WebSite.Now.AddHours(48)));
        using var me = await site.SignIn(TeleSecretary);
        var body = With(("replaces", "t-agenda-1.b1"));
        Assert.Equal(HttpStatusCode.Created, (await me.Post("/api/slots/t-agenda-2.s1/bookings", body)).Status);
        var sent = Assert.IsType<BookSlot>(Assert.Single(site.OtherAgenda.Received));
        Assert.Equal(("t-agenda-1.b1", "t-agenda-1.r1", "M03.14", Eligibility.Visitor, WebSite.Pharmacist), (sent.Replaces, sent.CareRequestId, sent.Reason, sent.Eligibility, sent.OnBehalfOf?.ProfessionalId));
        Assert.False(sent.Override);
        Assert.Equal(("Dupont", "Sonnez", null), (site.Vault.Identity!.LastName, site.Vault.LastNote!.Note, site.Vault.LastNote.OverrideReason));

        // Somebody else's booking, one that stands, and one that was replaced by another command.
        using var other = await site.SignIn("t-gp-2");
        Assert.Equal("booking-unknown", (await other.Post("/api/slots/t-agenda-2.s1/bookings", With(("replaces", "t-agenda-1.b1")))).Code);
        Assert.Equal("booking-unknown", (await me.Post("/api/slots/t-agenda-2.s1/bookings", With(("replaces", "nobody.b1")))).Code);
        site.Agenda.AllBookings = [Booking(AppointmentStatus.Booked)];
        Assert.Equal("booking-ended", (await me.Post("/api/slots/t-agenda-2.s1/bookings", With(("replaces", "t-agenda-1.b1")))).Code);
        site.Agenda.AllBookings = [Booking(AppointmentStatus.Replaced)];
        Assert.Equal("booking-ended", (await me.Post("/api/slots/t-agenda-2.s1/bookings", With(("replaces", "t-agenda-1.b1")))).Code);
        site.Ledger.Answers[(TeleSecretary, (Guid)body["requestId"]!)] = new("agenda/t-agenda-2", 1, "f", "{}", WebSite.Now);
        Assert.Equal(HttpStatusCode.Created, (await me.Post("/api/slots/t-agenda-2.s1/bookings", body)).Status);
    }

    [Fact]
    public async Task Cancelling_says_whether_the_patient_knows()
    {
        await using var site = await WebSite.Start();
        using var me = await site.SignIn(WebSite.Pharmacist);
        await me.Post("/api/bookings/t-agenda-1.b1/cancel", With(("reason", "other"), ("patientInformed", true)));
        Assert.True(Assert.IsType<CancelBooking>(site.Agenda.Received.Last()).PatientInformed);
        site.Answers(new Refused(Refusal.PatientNotInformed));
        Assert.Equal("patient-not-informed", (await me.Post("/api/bookings/t-agenda-1.b1/cancel", With(("reason", "other")))).Code);
    }

    private static void ToReplace(WebSite site)
    {
        site.Agenda.AllBookings = [Booking(AppointmentStatus.ToReplace)];
        var facts = WebSite.Facts();
        site.Ledger.Board = new([1, 1], [new(new(facts.SlotId, facts.AgendaId, facts.Start, facts.End, true, 1, "{}"), 1)], []);
    }

    private static Booking Booking(AppointmentStatus status) => new(
        "t-agenda-1.b1", WebSite.Slot, 1, "surrogate", WebSite.Pharmacist, Role.Pharmacist, "t-pha", null, "t-agenda-1.r1", Eligibility.Visitor, "M03.14",
        WebSite.Now, WebSite.Now.AddHours(48), WebSite.Now, false, status, null, WebSite.Now, ReplaceCause.Absence);
}
