using System.Net;
using SnpLive.Tests.Ledger;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.EndToEnd;

/// <summary>Invariant 1 over HTTP: however many people click, one gets the slot.</summary>
[Trait("Category", "Slow")]
public sealed class RaceTests(PostgresServer postgres, ITestOutputHelper output)
{
    private const int Callers = 200;
    private const int Rounds = 5;

    [Theory, MemberData(nameof(Backends.All), MemberType = typeof(Backends))]
    public async Task One_slot_200_callers_one_winner(string backend)
    {
        await using var site = await TestSite.Start(backend, postgres, TestTerritory.Of("race", "sas-t", doctors: 3));
        var people = await Task.WhenAll(Enumerable.Range(1, 4).SelectMany(n => new[] { $"race-reg-{n}", $"race-pha-{n}" }).Select(site.SignIn));
        await people[1].Slots("race"); // the other role's view: alternatives come from it
        var won = new List<string>();
        for (var round = 1; round <= Rounds; round++)
        {
            var slot = (string)(await people[0].Slots("race", "free"))[0]["id"]!;
            var commitsBefore = await CommitsOf(people[0]);
            var answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(n => people[n % people.Length].Book(slot, Patient.New())));

            var winner = Assert.Single(answers, a => a.Status == HttpStatusCode.Created);
            won.Add((string)winner.Body!["bookingId"]!);
            Assert.All(answers.Where(a => a != winner), lost =>
            {
                Assert.Equal(HttpStatusCode.Conflict, lost.Status);
                Assert.Equal("slot-taken", lost.Code);
                Assert.Equal(3, lost.Body!["alternatives"]!.AsArray().Count);
                Assert.DoesNotContain(lost.Body["alternatives"]!.AsArray(), a => (string?)a!["id"] == slot);
            });
            Assert.InRange(await CommitsOf(people[0]), commitsBefore + 1, commitsBefore + 1 + NoticeCommits);
            await Eventually.True(async () => (await people[1].Slots("race")).Single(s => (string)s["id"]! == slot)["state"]!.ToString() == "booked",
                "the board shows the slot as booked");
            output.WriteLine($"{backend}, round {round}: 1 of {Callers} booked {slot}");
        }
        Assert.Equal(Rounds, won.Distinct().Count());
        foreach (var person in people) person.Dispose();
        await site.Server.Terminate();
        var (code, report) = await site.Verify();
        Assert.True(code == 0, report);
    }

    /// <summary>The notices of this booking and the former ones, queued, sent and given up meanwhile; a refusal that wrote would make it two hundred.</summary>
    private const int NoticeCommits = 10;

    // Every accepted command is one row of the log: the health report counts what this process appended.
    private static async Task<long> CommitsOf(ApiClient client) => (long)(await client.Get("/api/version")).Body!["commits"]!;
}
