using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using SnpLive.Tests.EndToEnd;
using SnpLive.Tests.Ledger;
using SnpLive.Tests.Live;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.Notifications;

/// <summary>The real server: who hears of “à replacer” on screen and when it is settled, and what delegates are told.</summary>
[Trait("Category", "Slow")]
public sealed class ToReplaceNoticeTests(PostgresServer postgres, ITestOutputHelper output)
{
    private const string Agenda = "avis-agenda-1";

    [Fact]
    public async Task Those_whose_task_it_is_hear_of_it_and_that_it_is_settled()
    {
        await using var site = await TestSite.Start(Backends.Sqlite, postgres, TestTerritory.Of("avis", "sas-t", doctors: 2));
        using var doctor = await site.SignIn("avis-gp-1");
        using var pharmacist = await site.SignIn("avis-pha-1");
        using var tele = await site.SignIn("avis-tel-1");
        using var colleague = await site.SignIn("avis-pha-2");
        await using var desk = await Screen(tele);
        await using var counter = await Screen(colleague); // the organisation's, not only the person's who booked
        await Listening(doctor, pharmacist);
        var slots = (await pharmacist.Slots("avis", "free")).Skip(8).ToArray();
        var mine = slots.Where(one => (string?)one["agendaId"] == Agenda).Select(one => (string)one["id"]!).ToArray();

        var (first, second) = (await Book(pharmacist, mine[0]), await Book(pharmacist, mine[1]));
        var clock = Stopwatch.StartNew();
        await Withdraw(doctor, mine[0]);
        await Heard(desk, "queued", "toReplace", first);
        output.WriteLine($"told {clock.ElapsedMilliseconds} ms after the withdrawal was asked for");
        await Heard(counter, "queued", "toReplace", first);
        await Withdraw(doctor, mine[1]);
        await Heard(desk, "queued", "toReplace", second);
        // The practice has seen it: that does not take it off the others' hands, nor keeps the end from being told.
        Assert.Equal(HttpStatusCode.OK, (await doctor.Post("/api/notifications/seen", Command(("agenda", Agenda)))).Status);
        foreach (var one in (LiveClient[])[desk, counter])
            foreach (var booking in (string[])[first, second]) await Heard(one, "seen", "toReplace", booking);
        Forget(desk);
        Forget(counter);

        var elsewhere = (string)slots.First(one => (string?)one["agendaId"] != Agenda)["id"]!;
        Assert.Equal(HttpStatusCode.Created, (await tele.Post($"/api/slots/{elsewhere}/bookings", Command(("replaces", first)))).Status);
        await Heard(desk, "seen", "toReplace", first);
        await Heard(counter, "seen", "toReplace", first);
        Assert.Equal(HttpStatusCode.OK, (await pharmacist.Post($"/api/bookings/{second}/cancel", Command(("reason", "patientRequest"), ("patientInformed", true)))).Status);
        await Heard(desk, "seen", "toReplace", second);
        await site.Server.Terminate();
        var (code, report) = await site.Verify();
        Assert.True(code == 0, report);
    }

    [Fact]
    public async Task What_nobody_at_the_practice_saw_is_closed_without_a_name()
    {
        await using var site = await TestSite.Start(Backends.Sqlite, postgres, TestTerritory.Of("avis", "sas-t", doctors: 1));
        using var doctor = await site.SignIn("avis-gp-1");
        using var pharmacist = await site.SignIn("avis-pha-1");
        var slot = (string)(await pharmacist.Slots("avis", "free"))[8]["id"]!;
        var booking = await Book(pharmacist, slot);
        await Withdraw(doctor, slot);
        await Eventually.True(async () => await ToReplace(doctor) is { } open && open["seenAt"] is null, "the practice is told");
        Assert.Equal(HttpStatusCode.OK, (await pharmacist.Post($"/api/bookings/{booking}/cancel", Command(("reason", "patientRequest"), ("patientInformed", true)))).Status);
        await Eventually.True(async () => await ToReplace(doctor) is { } closed && closed["seenAt"] is not null && closed["seenBy"] is null, "it is closed");
    }

    [Fact]
    public async Task A_delegate_is_told_as_the_practice_is_until_no_longer_one()
    {
        await using var gateway = new SmsGateway();
        await gateway.Up();
        await using var site = await TestSite.Start(Backends.Sqlite, postgres, gateway.Options, TestTerritory.Of("avis", "sas-t", doctors: 1));
        using var doctor = await site.SignIn("avis-gp-1");
        using var pharmacist = await site.SignIn("avis-pha-1");
        using var coordinator = await site.SignIn("avis-coo-1");
        Assert.Equal(HttpStatusCode.OK, (await coordinator.Put("/api/notifications/settings", Command(("phone", "06 39 98 00 07")))).Status);
        await Listening(doctor, pharmacist);
        var free = (await pharmacist.Slots("avis", "free")).Skip(8).Select(one => (string)one["id"]!).ToArray();
        await using var screen = await Screen(coordinator);
        Assert.Equal("agenda-unknown", (await coordinator.Post("/api/notifications/seen", Command(("agenda", Agenda)))).Code);

        await Delegates(doctor, "avis-coo-1");
        var first = await Book(pharmacist, free[0]);
        await Heard(screen, "queued", "booked", first);
        Assert.Contains(first, await Listed(coordinator));
        await Eventually.True(() => Task.FromResult(gateway.Arrived.Count == 1), "an SMS to the delegate", TimeSpan.FromSeconds(20), () => site.Server.Output);
        Assert.Equal(HttpStatusCode.OK, (await coordinator.Post("/api/notifications/seen", Command(("agenda", Agenda)))).Status);
        await Heard(screen, "seen", "booked", first);

        await Delegates(doctor);
        var second = await Book(pharmacist, free[1]);
        await Eventually.True(async () => (await Listed(doctor)).Contains(second), "the practice is told");
        Assert.Empty(await Listed(coordinator));
        // News of one agenda come in order: were the second told to the delegate, it would have been before the third.
        await Delegates(doctor, "avis-coo-1");
        var third = await Book(pharmacist, free[2]);
        await Heard(screen, "queued", "booked", third);
        Assert.DoesNotContain(screen.Notices, one => Text(one, "bookingId") == second);
        await Eventually.True(() => Task.FromResult(gateway.Arrived.Count == 2), "SMS for the first and the third", TimeSpan.FromSeconds(20), () => site.Server.Output);
    }

    /// <summary>A node hears of a territory's notices about a second after its import: until then news is nobody's.</summary>
    private static async Task Listening(ApiClient doctor, ApiClient pharmacist)
    {
        await using var screen = await Screen(doctor);
        await Eventually.True(async () =>
        {
            var slot = (await pharmacist.Slots("avis", "free")).Skip(60).First(one => (string?)one["agendaId"] == Agenda);
            await Book(pharmacist, (string)slot["id"]!);
            for (var wait = 0; wait < 15 && screen.Notices.IsEmpty; wait++) await Task.Delay(20);
            return !screen.Notices.IsEmpty;
        }, "news is heard");
    }

    private static async Task Delegates(ApiClient doctor, params string[] named) => Assert.Equal(
        HttpStatusCode.OK, (await doctor.Put($"/api/agendas/{Agenda}/delegates", Command(("delegates", new JsonArray([.. named.Select(one => JsonValue.Create(one))]))))).Status);

    private static async Task Withdraw(ApiClient doctor, string slot)
    {
        var answer = await doctor.Post($"/api/slots/{slot}/withdraw", Command(("replaceBookings", true)));
        Assert.True(answer.Status == HttpStatusCode.OK, $"{answer}");
    }

    private static async Task<string[]> Listed(ApiClient person) =>
        [.. (await person.Get("/api/notifications")).Body!["notices"]!.AsArray().Select(one => (string)one!["bookingId"]!)];

    private static async Task<JsonNode?> ToReplace(ApiClient person) =>
        (await person.Get("/api/notifications")).Body!["notices"]!.AsArray().FirstOrDefault(one => (string?)one!["kind"] == "toReplace");

    private static Task<LiveClient> Screen(ApiClient person) =>
        LiveClient.ConnectAsync(person.Address, [new("Cookie", person.Cookies.GetCookieHeader(person.Address))]);

    private static void Forget(LiveClient screen) => screen.Notices.Clear();

    private static Task Heard(LiveClient screen, string news, string kind, string booking) => screen.UntilAsync(
        s => s.Notices.Any(one => one[0].GetString() == news && Text(one, "kind") == kind && Text(one, "bookingId") == booking), $"{news} {kind} {booking}");

    private static string? Text(JsonElement notice, string name) =>
        notice[1].ValueKind == JsonValueKind.Object && notice[1].TryGetProperty(name, out var value) ? value.GetString() : null;

    private static async Task<string> Book(ApiClient person, string slot)
    {
        var answer = await person.Book(slot, Patient.New());
        Assert.True(answer.Status == HttpStatusCode.Created, $"{answer}");
        return (string)answer.Body!["bookingId"]!;
    }

    private static JsonObject Command(params (string Name, JsonNode? Value)[] members)
    {
        var body = new JsonObject { ["requestId"] = Guid.NewGuid() };
        foreach (var (name, value) in members) body[name] = value;
        return body;
    }
}
