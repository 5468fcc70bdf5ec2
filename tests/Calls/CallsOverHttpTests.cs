using System.Net;
using System.Text.Json.Nodes;
using SnpLive.Grains.Calls;
using SnpLive.Tests.EndToEnd;
using SnpLive.Tests.Ledger;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.Calls;

/// <summary>The regulated call over HTTP, on both backends: the whole product in this process, with a clock that a test may move.</summary>
public sealed class CallsOverHttpTests(PostgresServer postgres)
{
    private const string Centre = "sas-c";

    [Theory, MemberData(nameof(Backends.All), MemberType = typeof(Backends))]
    public async Task From_ring_to_a_booking_that_the_call_learns_of(string backend)
    {
        await using var site = await TimedSite.Start(backend, postgres, CallTerritory.Of("calls", Centre, 2));
        using var osnp = await site.SignIn("calls-osnp-1");
        using var doctor = await site.SignIn("calls-reg-1");
        var rung = await osnp.Ring(Centre, "06 39 98 11 22", take: true, name: "Mme Lenoir");
        Assert.Equal(HttpStatusCode.Created, rung.Status);
        var call = rung.CallId();
        await Ok(osnp.On(call, "qualify", new() { ["priority"] = "P1", ["reason"] = "M03.14", ["communeCode"] = "44043", ["caresFor"] = "yes" }));
        await Ok(osnp.On(call, "file", new() { ["caller"] = new JsonObject { ["phone"] = "06 39 98 11 22" }, ["patient"] = new JsonObject { ["lastName"] = "Lenoir", ["sex"] = "F" } }));
        await Ok(osnp.On(call, "note", new() { ["text"] = "tousse depuis trois jours" }));
        await Ok(osnp.On(call, "transfer", new() { ["to"] = "regulation" }));
        var next = await doctor.TakeNext(Centre);
        Assert.Equal(call, next.CallId());

        var slot = (string)(await doctor.Slots("calls", "free"))[4]["id"]!;
        var early = await doctor.Book(slot, Patient.New(), more: new() { ["callId"] = call });
        Assert.Equal("call-not-decided", early.Code);
        await Ok(doctor.On(call, "decide", new() { ["exit"] = "appointment" }));
        await Ok(doctor.On(call, "transfer", new() { ["to"] = "osnp" }));
        await Ok(osnp.On(call, "take"));
        Assert.Equal("call-not-held", (await doctor.Book(slot, Patient.New(), more: new() { ["callId"] = call })).Code);
        var booked = await osnp.Book(slot, Patient.New(), more: new() { ["callId"] = call });
        Assert.True(booked.Status == HttpStatusCode.Created, $"{booked}");

        JsonNode file = null!;
        await Eventually.True(async () => (file = (await osnp.Get($"/api/calls/{call}")).Body!)["bookings"]!.AsArray().Count == 1, "the call learns of its booking");
        Assert.Equal((string?)booked.Body!["bookingId"], (string?)file["bookings"]![0]);
        Assert.Equal("tousse depuis trois jours", (string?)file["notes"]![0]!["text"]);
        Assert.Equal("Lenoir", (string?)file["patient"]!["lastName"]);
        Assert.Equal(("M03.14", "yes", "P1", "appointment"), ((string?)file["reason"], (string?)file["caresFor"], (string?)file["priority"], (string?)file["decision"]));
        await Ok(osnp.On(call, "close"));
        Assert.Equal("closed", (string?)(await osnp.Get($"/api/calls/{call}")).Body!["status"]);
        Assert.True((await site.Audit()).IsClean);
    }

    [Theory, MemberData(nameof(Backends.All), MemberType = typeof(Backends))]
    public async Task After_the_emergency_exit_nothing_is_booked_and_what_was_is_ended(string backend)
    {
        await using var site = await TimedSite.Start(backend, postgres, CallTerritory.Of("amu", Centre, 1));
        using var osnp = await site.SignIn("amu-osnp-1");
        using var doctor = await site.SignIn("amu-reg-1");
        var call = (await osnp.Ring(Centre, take: true)).CallId();
        await Ok(osnp.On(call, "transfer", new() { ["to"] = "regulation" }));
        await Ok(doctor.On(call, "take"));
        await Ok(doctor.On(call, "decide", new() { ["exit"] = "appointment" }));
        var slots = (await doctor.Slots("amu", "free")).Select(s => (string)s["id"]!).Skip(4).ToArray();
        var booked = await doctor.Book(slots[0], Patient.New(), more: new() { ["callId"] = call });
        Assert.Equal(HttpStatusCode.Created, booked.Status);

        var exit = await osnp.On(call, "emergency"); // who does not hold it may press, too
        Assert.NotNull(exit.Body!["undoUntil"]);
        Assert.Equal("call-in-emergency", (await doctor.Book(slots[1], Patient.New(), more: new() { ["callId"] = call })).Code);
        // The second lock, past every question the web asks: the agenda's own commit is refused.
        var agenda = slots[1][..slots[1].LastIndexOf('.')];
        var actor = new Grains.People.Actor("amu-reg-1", Grains.People.Role.Regulator, "amu-sas", Centre, [], [], []);
        var refused = await site.Grains.GetGrain<Grains.Agendas.IAgendaGrain>(agenda).Execute(new Grains.Agendas.BookSlot(
            slots[1], null, null, null, new("traits", "sealed", null, false, "content"), null, Grains.Agendas.Eligibility.Visitor, "M03.14", null, true, false, null, call)
        { RequestId = Guid.NewGuid(), Actor = actor, NotAfter = DateTimeOffset.MaxValue });
        Assert.Equal(new Grains.Agendas.Refused(Grains.Agendas.Refusal.CallInEmergency), refused);

        site.Clock.Offset += CallEmergency.UndoTime + TimeSpan.FromSeconds(1);
        Assert.Equal("undo-over", (await osnp.On(call, "emergency/undo")).Code);
        await Eventually.True(
            async () => (string?)(await doctor.Get($"/api/bookings/{booked.Body!["bookingId"]}")).Body!["status"] == "cancelled", "the booking of a file of the AMU is ended");
        await Ok(osnp.On(call, "note", new() { ["text"] = "SMUR parti" })); // readable, and still written to
        Assert.Equal("not-allowed", (await osnp.On(call, "send-back", new() { ["reason"] = "renvoyé par l'AMU" })).Code);
        var back = await doctor.On(call, "send-back", new() { ["reason"] = "renvoyé par l'AMU" });
        Assert.Equal(HttpStatusCode.Created, back.Status);
        await Eventually.True(async () => (string?)(await doctor.Get($"/api/calls/{call}")).Body!["linkedFiles"]!.AsArray().FirstOrDefault() == back.CallId(), "the files know each other");
        Assert.True((await site.Audit()).IsClean);
    }

    [Fact]
    public async Task Commands_are_repeated_without_being_done_twice_and_found_again()
    {
        await using var site = await TimedSite.Start(Backends.Sqlite, postgres, CallTerritory.Of("again", Centre, 2));
        using var osnp = await site.SignIn("again-osnp-1");
        using var other = await site.SignIn("again-osnp-2");
        var (ring, next, note) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var call = (await osnp.Ring(Centre, requestId: ring)).CallId();
        Assert.Equal(call, (await osnp.Ring(Centre, requestId: ring)).CallId());
        var second = (await osnp.Ring(Centre)).CallId();
        Assert.NotEqual(call, second);
        Assert.Equal(call, (await osnp.TakeNext(Centre, next)).CallId());
        Assert.Equal(call, (await osnp.TakeNext(Centre, next)).CallId()); // and not the second
        Assert.Equal(second, (await other.TakeNext(Centre)).CallId());
        Assert.Equal(call, (await osnp.TakeNext(Centre, next)).CallId()); // also when nobody waits any more
        Assert.Equal("queue-empty", (await osnp.TakeNext(Centre)).Code);
        for (var i = 0; i < 2; i++) await Ok(osnp.On(call, "note", new() { ["text"] = "une fois" }, note));
        Assert.Equal("request-id-reused", (await osnp.On(call, "note", new() { ["text"] = "autre chose" }, note)).Code);
        Assert.Single((await osnp.Get($"/api/calls/{call}")).Body!["notes"]!.AsArray());
        var found = await osnp.Get($"/api/commands/{next}");
        Assert.Equal(call, (string?)found.Body!["answer"]!["callId"]);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Get($"/api/commands/{next}")).Status);
    }

    [Fact]
    public async Task Nobody_else_learns_that_a_call_or_a_centre_exists()
    {
        await using var site = await TimedSite.Start(Backends.Sqlite, postgres, CallTerritory.Of("deny", Centre, 1));
        using var osnp = await site.SignIn("deny-osnp-1");
        var call = (await osnp.Ring(Centre)).CallId();
        foreach (var stranger in (string[])["deny-pha-1", "deny-gp-1", "deny-coo-1", "deny-tel-1"])
        {
            using var client = await site.SignIn(stranger);
            Assert.Equal("call-unknown", (await client.Get($"/api/calls/{call}")).Code);
            foreach (var action in (string[])["take", "release", "emergency", "close", "hang-up"]) Assert.Equal("call-unknown", (await client.On(call, action)).Code);
            Assert.Equal("centre-unknown", (await client.Get($"/api/centres/{Centre}/queue")).Code);
            Assert.Equal("centre-unknown", (await client.TakeNext(Centre)).Code);
            Assert.Equal("centre-unknown", (await client.Ring(Centre)).Code);
            Assert.Empty((await client.Get("/api/centres")).Body!.AsArray());
        }
    }

    [Fact]
    public async Task The_same_number_joins_and_the_files_of_a_day_are_counted()
    {
        await using var site = await TimedSite.Start(Backends.Sqlite, postgres, CallTerritory.Of("same", Centre, 1));
        using var osnp = await site.SignIn("same-osnp-1");
        var first = (await osnp.Ring(Centre, "06 39 98 33 44")).CallId();
        await Ok(osnp.On(first, "hang-up")); // at once: no lost call
        Assert.Equal("closed", (string?)(await osnp.Get($"/api/calls/{first}")).Body!["status"]);
        var open = (await osnp.Ring(Centre, "06 39 98 33 44")).CallId();
        Assert.NotEqual(first, open);
        var again = await osnp.Ring(Centre, "+33 6 39 98 33 44"); // written otherwise
        Assert.Equal((open, true), (again.CallId(), (bool?)again.Body!["joined"]));
        await Eventually.True(async () => (int)(await osnp.Get($"/api/calls/{open}")).Body!["repeats"]! == 1, "the open file hears of it");
        await Ok(osnp.On(open, "take"));
        JsonNode queue = null!;
        await Eventually.True(async () => (int)(queue = (await osnp.Get($"/api/centres/{Centre}/queue")).Body!)["figures"]!["answered"]! == 1, "figures");
        Assert.Equal((1, 1, 0), ((int)queue["figures"]!["within30"]!, (int)queue["figures"]!["shortAbandons"]!, (int)queue["figures"]!["abandoned"]!));
        Assert.Equal(open, (string?)Assert.Single(queue["calls"]!.AsArray())!["id"]);
        await Eventually.True(async () => (await osnp.Get($"/api/calls/{open}")).Body!["otherFiles"]!.AsArray().Any(f => (string?)f!["id"] == first), "the files of a number find each other");
    }

    [Fact]
    public async Task A_call_whose_operator_vanished_comes_back_first()
    {
        await using var site = await TimedSite.Start(Backends.Sqlite, postgres, CallTerritory.Of("gone", Centre, 2));
        using var osnp = await site.SignIn("gone-osnp-1");
        using var other = await site.SignIn("gone-osnp-2");
        var call = (await osnp.Ring(Centre, take: true)).CallId();
        var later = (await other.Ring(Centre)).CallId();
        site.Clock.Offset += TimeSpan.FromSeconds(61); // no sign of life for longer than the lease
        await Eventually.True(async () => (bool?)(await other.Get($"/api/calls/{call}")).Body!["returned"] == true, "given back");
        Assert.Equal(call, (await other.TakeNext(Centre)).CallId());
        Assert.Equal(later, (await other.TakeNext(Centre)).CallId());
    }

    private static async Task Ok(Task<ApiAnswer> sending)
    {
        var answer = await sending;
        Assert.True(answer.Status == HttpStatusCode.OK, $"{answer}");
    }
}
