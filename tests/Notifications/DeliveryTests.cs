using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using SnpLive.Tests.EndToEnd;
using SnpLive.Tests.Ledger;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.Notifications;

/// <summary>The real server and a real receiver: nothing acknowledged is untold, whatever is killed; a dead channel delays nobody else.</summary>
[Trait("Category", "Slow")]
public sealed class DeliveryTests(PostgresServer postgres, ITestOutputHelper output)
{
    private static readonly string[] Quick =
        ["--Notifications:AttemptLease=00:00:04", "--Notifications:SendTimeout=00:00:03", "--Notifications:BackOff=00:00:00.5", "--Notifications:BackOffLimit=00:00:01"];

    [Theory, MemberData(nameof(Backends.All), MemberType = typeof(Backends))]
    public async Task Killed_between_commit_and_send_the_message_still_arrives(string backend)
    {
        await using var gateway = new SmsGateway(); // down: nothing can be sent before the kill
        await using var site = await Start(backend, gateway);
        var booked = await Book(site, 3);
        await site.Server.Kill();
        Assert.Empty(gateway.Arrived);

        await gateway.Up();
        await site.Server.Start();
        await Eventually.True(() => Task.FromResult(gateway.Arrived.Select(s => s.Id).Distinct().Count() == booked), "every booking is told after the restart",
            TimeSpan.FromSeconds(60), () => site.Server.Output);
        Assert.All(gateway.Arrived, s => Assert.True(s.Signed && s.Text.StartsWith("Créneau réservé", StringComparison.Ordinal), s.ToString()));
        await Ends(site);
    }

    [Theory, MemberData(nameof(Backends.All), MemberType = typeof(Backends))]
    public async Task Killed_between_send_and_record_the_message_comes_again_under_the_same_id(string backend)
    {
        await using var gateway = new SmsGateway();
        var arrived = new TaskCompletionSource();
        gateway.Answer = async (_, gone) =>
        {
            arrived.TrySetResult();
            await Task.Delay(Timeout.Infinite, gone); // the receiver has it, the sender never hears so
            return 200;
        };
        await gateway.Up();
        await using var site = await Start(backend, gateway);
        await Book(site, 1);
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await site.Server.Kill();
        gateway.Answer = (_, _) => Task.FromResult(200);
        await site.Server.Start();
        await Eventually.True(() => Task.FromResult(gateway.Arrived.Count >= 2), "it comes again", TimeSpan.FromSeconds(60), () => site.Server.Output);
        Assert.Single(gateway.Arrived.Select(s => s.Id).Distinct());
        using var doctor = await site.SignIn("avis-gp-1");
        await Eventually.True(async () => await Status(doctor, 0) == "sent", "the delivery is recorded as sent", TimeSpan.FromSeconds(40), instead: () => site.Server.Output);
        await Ends(site);
    }

    [Fact]
    public async Task A_refusing_receiver_is_asked_again_a_definite_no_is_not()
    {
        await using var gateway = new SmsGateway();
        var answers = new Queue<int>([500, 429, 200, 400]);
        gateway.Answer = (_, _) => Task.FromResult(answers.TryDequeue(out var next) ? next : 200);
        await gateway.Up();
        await using var site = await Start(Backends.Sqlite, gateway);
        using var doctor = await site.SignIn("avis-gp-1");
        await Book(site, 1);
        await Eventually.True(async () => await Status(doctor, 0) == "sent", "sent at the third attempt", TimeSpan.FromSeconds(40), instead: () => site.Server.Output);
        Assert.Equal(3, gateway.Arrived.Count);
        Assert.Single(gateway.Arrived.Select(s => s.Id).Distinct());

        await Book(site, 1);
        await Eventually.True(async () => await Status(doctor, 0) == "failed", "given up at once", TimeSpan.FromSeconds(40), instead: () => site.Server.Output);
        Assert.Equal(4, gateway.Arrived.Count);
    }

    [Fact]
    public async Task A_dead_mail_server_delays_neither_bookings_nor_messages_by_sms()
    {
        using var dead = new TcpListener(IPAddress.Loopback, 0); // takes connections and says nothing
        dead.Start();
        await using var gateway = new SmsGateway();
        await gateway.Up();
        await using var site = await Start(
            Backends.Sqlite, gateway, "--Notifications:Smtp:Host=127.0.0.1", $"--Notifications:Smtp:Port={((IPEndPoint)dead.LocalEndpoint).Port}", "--Notifications:Smtp:Security=None");
        using var doctor = await site.SignIn("avis-gp-1");
        Assert.Equal(HttpStatusCode.OK, (await doctor.Put("/api/notifications/settings", Settings(email: "cabinet@exemple.fr"))).Status);
        var clock = Stopwatch.StartNew();
        var booked = await Book(site, 6);
        var bookings = clock.Elapsed;
        await Eventually.True(() => Task.FromResult(gateway.Arrived.Select(s => s.Id).Distinct().Count() == booked), "all SMS arrive", TimeSpan.FromSeconds(40), instead: () => site.Server.Output);
        output.WriteLine($"{booked} bookings in {bookings.TotalMilliseconds:F0} ms, all their SMS after {clock.Elapsed.TotalMilliseconds:F0} ms, with a dead mail server");
        Assert.True(clock.Elapsed - bookings < TimeSpan.FromSeconds(10), $"It took {clock.Elapsed - bookings}.");
    }

    private async Task<TestSite> Start(string backend, SmsGateway gateway, params string[] more)
    {
        var site = await TestSite.Start(backend, postgres, [.. Quick, .. gateway.Options, .. more], TestTerritory.Of("avis", "sas-t", doctors: 1));
        using var doctor = await site.SignIn("avis-gp-1");
        var kept = await doctor.Put("/api/notifications/settings", Settings(null));
        Assert.True(kept.Status == HttpStatusCode.OK, $"{kept}");
        return site;
    }

    private static JsonObject Settings(string? email)
    {
        var settings = new JsonObject { ["requestId"] = Guid.NewGuid(), ["phone"] = "06 39 98 00 01" };
        if (email is not null) settings["email"] = email;
        return settings;
    }

    private static async Task<int> Book(TestSite site, int count)
    {
        using var pharmacist = await site.SignIn("avis-pha-1");
        foreach (var slot in (await pharmacist.Slots("avis", "free")).Skip(4).Take(count))
        {
            var answer = await pharmacist.Book((string)slot["id"]!, Patient.New());
            Assert.True(answer.Status == HttpStatusCode.Created, $"{answer}");
        }
        return count;
    }

    private static async Task<string?> Status(ApiClient doctor, int notice) =>
        (string?)(await doctor.Get("/api/notifications")).Body?["notices"]?.AsArray().ElementAtOrDefault(notice)?["deliveries"]?[0]?["status"];

    private static async Task Ends(TestSite site)
    {
        Assert.Equal(0, await site.Server.Terminate());
        var (code, report) = await site.Verify();
        Assert.True(code == 0, report);
    }
}
