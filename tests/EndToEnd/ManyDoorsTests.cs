using System.Net;
using SnpLive.Tests.Ledger;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.EndToEnd;

/// <summary>Invariant 3: one patient, every door of a SAS at once, one booking.</summary>
[Trait("Category", "Slow")]
public sealed class ManyDoorsTests(PostgresServer postgres)
{
    [Theory, MemberData(nameof(Backends.All), MemberType = typeof(Backends))]
    public async Task Same_patient_20_slots_two_territories_one_success(string backend)
    {
        await using var site = await TestSite.Start(backend, postgres, TestTerritory.Of("nord", "sas-t", doctors: 2), TestTerritory.Of("sud", "sas-t", doctors: 2));
        using var north = await site.SignIn("nord-pha-1");
        using var south = await site.SignIn("sud-pha-1");
        var patient = Patient.New();
        var typedOtherwise = patient with { LastName = patient.LastName.ToUpperInvariant(), FirstName = "eve" };
        var slots = (await north.Slots("nord", "free")).Take(10).Select(s => (Door: north, Id: (string)s["id"]!))
            .Concat((await south.Slots("sud", "free")).Take(10).Select(s => (Door: south, Id: (string)s["id"]!))).ToArray();
        Assert.Equal(20, slots.Length);

        var answers = await Task.WhenAll(slots.Select((s, n) => s.Door.Book(s.Id, n % 2 == 0 ? patient : typedOtherwise)));

        var winner = Assert.Single(answers, a => a.Status == HttpStatusCode.Created);
        var winningSlot = slots[Array.IndexOf(answers, winner)];
        Assert.All(answers.Where(a => a != winner), lost =>
        {
            Assert.Equal(HttpStatusCode.Conflict, lost.Status);
            Assert.Equal("patient-already-booked", lost.Code);
            Assert.NotNull(lost.Body!["until"]);
            // A stranger learns that one exists and until when: never where, with whom, or which.
            Assert.DoesNotContain(winningSlot.Id, lost.Body.ToJsonString(), StringComparison.Ordinal);
            Assert.DoesNotContain((string)winner.Body!["bookingId"]!, lost.Body.ToJsonString(), StringComparison.Ordinal);
        });

        var again = await south.Book((string)(await south.Slots("sud", "free"))[0]["id"]!, patient, more: new() { ["override"] = "Deux besoins distincts, vus ensemble." });
        Assert.Equal(HttpStatusCode.Created, again.Status);
    }
}
