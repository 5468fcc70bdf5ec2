using System.Net;
using SnpLive.Tests.EndToEnd;
using SnpLive.Tests.Ledger;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.Faults;

/// <summary>One fault each, under load, on the real server in a process of its own. Short in the tests, long in <c>./snp bench crash</c>.</summary>
/// <param name="doctors">Agendas: enough slots for the load's time.</param>
/// <param name="log">Told what happened.</param>
internal sealed class FaultScenarios(int doctors, Action<string> log)
{
    private const string Territory = "panne";
    private const int Flowing = 8;

    /// <summary>The server is killed (-9) and started again.</summary>
    public async Task ServerKilled(string backend, PostgresServer postgres)
    {
        await using var site = await TestSite.Start(backend, postgres, Land());
        await Under(site, "the server was killed", async load =>
        {
            await site.Server.Kill();
            await site.Server.Start();
        });
    }

    /// <summary>PostgreSQL is shut down and stays away; callers get clear answers meanwhile, and the service comes back by itself.</summary>
    public async Task PostgresStopped(TimeSpan outage)
    {
        await using var postgres = new PostgresServer();
        await using var site = await TestSite.Start(Backends.Postgres, postgres, Land());
        await Under(site, $"PostgreSQL was away for {outage.TotalSeconds:N0} s", async load =>
        {
            await postgres.Stop();
            await Task.Delay(outage);
            Assert.True(load.Count("ledger-unavailable") + load.Count("outcome-unknown") > 0, $"Nobody was told that the database is away: {load.Answers}");
            await postgres.StartAgain();
        });
    }

    /// <summary>PostgreSQL is killed (-9), and replays its log at the next start.</summary>
    public async Task PostgresKilled()
    {
        await using var postgres = new PostgresServer();
        await using var site = await TestSite.Start(Backends.Postgres, postgres, Land());
        await Under(site, "PostgreSQL was killed", async load =>
        {
            await postgres.Crash();
            await postgres.StartAgain();
        });
    }

    /// <summary>Answers to COMMIT get lost on the way, and then the connection: unknown, looked up, never a false failure.</summary>
    public async Task ConnectionsCutDuringCommit(PostgresServer postgres, int cuts)
    {
        var direct = await Backends.Options(Backends.Postgres, postgres);
        using var proxy = new LossyProxy(direct[^1]);
        await using var site = await TestSite.StartOn([.. direct[..^1], proxy.ConnectionString], Land());
        await Under(site, $"{cuts} connections were cut during COMMIT", async load =>
        {
            for (var cut = 0; cut < cuts; cut++)
            {
                await load.Flows(2, $"before cut {cut}");
                proxy.SwallowAnswers();
                await Task.Delay(100); // bookings are sent, written, and not answered
                proxy.Cut();
            }
        });
    }

    /// <summary>The whole server stands still for a while.</summary>
    public async Task ServerFrozen(string backend, PostgresServer postgres, TimeSpan pause)
    {
        await using var site = await TestSite.Start(backend, postgres, Land());
        await Under(site, $"the server stood still for {pause.TotalSeconds:N0} s", async load =>
        {
            site.Server.Freeze();
            await Task.Delay(pause);
            site.Server.Thaw();
        });
    }

    /// <summary>
    /// A server stands still, another takes over its agendas, and the first one wakes with what it remembers: it must be fenced, and must not sell what the
    /// other sold. Callers of the one that woke get true answers.
    /// </summary>
    public async Task Zombie(PostgresServer postgres)
    {
        await using var site = await TestSite.Start(Backends.Postgres, postgres, Land());
        using var old = await site.SignIn($"{Territory}-reg-1");
        var slots = (await old.Slots(Territory, "free")).Where(s => (DateTimeOffset)s["start"]! > DateTimeOffset.UtcNow.AddHours(2)).Select(s => (string)s["id"]!).Take(6).ToArray();
        // Its grains are awake, and know these slots as free and one as booked.
        var before = await old.Book(slots[0], Patient.New());
        Assert.Equal(HttpStatusCode.Created, before.Status);
        foreach (var slot in slots[1..]) await old.Hold(slot).ContinueWith(async h => await Release(old, (await h).Body), TaskScheduler.Default).Unwrap();
        var asleep = (Patient: Patient.New(), Request: Guid.NewGuid());

        site.Server.Freeze();
        var inFlight = old.Book(slots[1], asleep.Patient, asleep.Request); // lies in its socket
        await using var successor = await ServerProcess.Start(site.Data, [.. site.Storage, "--demo-territories", "false"]);
        using var fresh = await ApiClient.SignIn(successor.Address, $"{Territory}-reg-2");
        var sold = new List<string>();
        foreach (var slot in slots[1..5])
        {
            var booked = await fresh.Book(slot, Patient.New());
            Assert.True(booked.Status == HttpStatusCode.Created, $"{slot}, free, was refused by the successor: {booked}");
            sold.Add((string)booked.Body!["bookingId"]!);
        }
        site.Server.Thaw();

        var woken = await inFlight;
        Assert.True(woken.Code is "slot-taken" or "command-expired", $"{slots[1]} was sold by the successor, and the woken server answered: {woken}");
        foreach (var slot in slots[2..5])
        {
            var answer = await old.Book(slot, Patient.New());
            Assert.True(answer.Status == HttpStatusCode.Conflict && answer.Code == "slot-taken", $"{slot} was sold by the successor, and the woken server answered: {answer}");
        }
        // Fenced once, it has learnt: both go on, and each sale is one.
        var after = await Task.WhenAll(old.Book(slots[5], Patient.New()), fresh.Book(slots[5], Patient.New()));
        Assert.Single(after, a => a.Status == HttpStatusCode.Created);
        foreach (var booking in sold) Assert.Equal(HttpStatusCode.OK, (await fresh.Get($"/api/bookings/{booking}")).Status);
        await Eventually.True(() => Task.FromResult(site.Server.Output.Contains("was fenced", StringComparison.Ordinal)), "the woken server says that it was fenced");
        log($"zombie: {sold.Count} slots sold by the successor, none sold again by the server that woke");
        await site.Server.Terminate();
        await successor.Terminate();
        await Audited(site);
    }

    /// <summary>SQLite's disk is full for a while: bookings are refused as not durable, questions are answered, and all is well when there is room again.</summary>
    public async Task DiskFull(SmallDisk disk)
    {
        await using var site = await TestSite.StartOn(["--storage", "sqlite"], disk.File("data"), Land());
        await Under(site, "the disk was full", async load =>
        {
            disk.Fill();
            await Eventually.True(() => Task.FromResult(load.Count("ledger-unavailable") + load.Count("outcome-unknown") > 0), "a caller is told that nothing is certain to be kept", TimeSpan.FromSeconds(30), () => load.Answers);
            using var reader = await site.SignIn($"{Territory}-gp-1");
            Assert.Equal(HttpStatusCode.OK, (await reader.Get($"/api/agendas/{Territory}-agenda-1")).Status);
            disk.MakeRoom();
        });
    }

    private async Task Under(TestSite site, string what, Func<FaultLoad, Task> fault)
    {
        using var load = await FaultLoad.Begin(site, Territory, doctors);
        await load.Flows(Flowing, "before the fault");
        await fault(load);
        var before = load.Acknowledged;
        await load.Flows(Flowing, "again by themselves");
        await load.Settle();
        log($"{what}: {before} bookings before and during, {load.Acknowledged} at the end, each there once; {load.Answers}");
        await site.Server.Terminate();
        await Audited(site);
    }

    private static async Task Audited(TestSite site)
    {
        var (code, report) = await site.Verify();
        Assert.True(code == 0, report);
    }

    private static Task<ApiAnswer> Release(ApiClient person, System.Text.Json.Nodes.JsonNode? hold) =>
        person.Post($"/api/holds/{hold!["holdId"]}/release", new System.Text.Json.Nodes.JsonObject { ["requestId"] = Guid.NewGuid() });

    private System.Text.Json.Nodes.JsonObject Land() => TestTerritory.Of(Territory, "sas-p", doctors);
}
