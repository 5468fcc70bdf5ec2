using SnpLive.Grains.Calls;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;
using SnpLive.Silo.Persons;

namespace SnpLive.Tests.Access;

/// <summary>What the vault keeps of a person beside bookings.</summary>
public abstract partial class VaultContract
{
    /// <summary>The file of a call as a centre commits it.</summary>
    private static Commit Called(CallVault vault, string file, int n, CallPatient? patient, string? note, DateTimeOffset at)
    {
        var told = vault.Seal(file, new("+33639980099", "Sa fille", patient), note);
        return Ledger.Sample.Plain($"call/{file}", n) with
        {
            OccurredAt = at, TerritoryId = Sas, Person = new($"call-{file}", Sas, null, told.SealedFile, $"{file}.n{n}", told.SealedNote),
        };
    }

    private static CallPatient Patient(int who) => new(Identity(who).LastName, Identity(who).FirstName, Identity(who).BirthDate, Sex.F, null, "1 rue de l'Essai", null, null);

    [Fact]
    public async Task Calls_and_requests_without_a_booking_are_in_the_file_the_copy_and_the_erasure()
    {
        var ledger = await Open();
        var keys = VaultKeys.In(Folder);
        var (vault, calls, start) = (Vault(ledger, keys), new CallVault(ledger, keys, new NoLog()), clock.GetUtcNow());
        // One with a request that nobody served, and two calls; one whom only a call knows; a caller without a name; the same traits in another SAS.
        var request = vault.Seal(Sas, Identity(1), Note(1));
        await Appended(ledger, Ledger.Sample.Plain("request/r1") with { OccurredAt = start, Person = new("p-1", Sas, request.TraitHash, request.SealedIdentity, "r1", request.SealedNote, null, start.AddHours(2)) });
        await Appended(ledger, Called(calls, "a", 1, null, null, start), Called(calls, "b", 1, Patient(1) with { LastName = " dupont-B " }, "tousse", start));
        await Appended(ledger, Called(calls, "a", 2, Patient(1), "rappeler", start.AddHours(1)));
        await Appended(ledger, Called(calls, "c", 1, Patient(2), "douleur", start), Called(calls, "d", 1, null, "muet", start), Called(calls, "e", 1, Patient(1) with { BirthDate = null }, "qui ?", start));
        var far = Called(calls, "f", 1, Patient(1), "loin", start);
        await Appended(ledger, far with { TerritoryId = "sas-29", Person = far.Person! with { SasId = "sas-29" } });

        var files = new PersonFiles(ledger, () => ledger.Vault, keys, new NoLog(), Options5, clock);
        PersonScope officer = new(Sas, "slv", Because, WithCalls: true), territory = officer with { WithCalls = false };
        Assert.Equal("p-1", await files.Find(officer, Identity(1)));
        var file = (await files.Open(officer, "p-1"))!;
        Assert.Equal(["r1"], file.Notes.Select(one => one.Id));
        Assert.Equal(["call-a: rappeler", "call-b: tousse"], file.Calls!.Value.Select(one => $"{one.Id}: {string.Join(", ", one.Notes)}"));
        Assert.Equal(("+33639980099", "Sa fille", "1 rue de l'Essai"), (file.Calls.Value[0].CallerPhone, file.Calls.Value[0].CallerName, file.Calls.Value[0].Patient.Address));
        // The territory's own officer sees the territory's own.
        Assert.Null((await files.Open(territory, "p-1"))!.Calls);
        Assert.Null(await files.Find(territory, Identity(2)));

        var only = (await files.Find(officer, Identity(2)))!;
        Assert.Matches(@"\A[0-9a-f]{32}\z", only);
        Assert.Equal(("DupontC", 0, "call-c"), (await files.Open(officer, only)) is { } one ? (one.Identity.LastName, one.Notes.Length, Assert.Single(one.Calls!.Value).Id) : default);
        Assert.Null(await files.Open(territory, only));
        Assert.Null(await files.Open(officer with { SasId = "sas-29" }, only));
        Assert.Equal(PersonRefusal.Unknown, await files.Correct(officer, only, Identity(4)));
        Assert.Equal(PersonRefusal.Unknown, await files.Object(officer, only, objects: true));
        Assert.Null(await new KeyAdmin(keys, () => ledger.Vault, ledger, Options5, clock).Rotate(VaultKeyKind.Hash));
        Assert.Equal(only, await files.Find(officer, Identity(2))); // whatever keys are replaced

        // A correction reaches the calls, which are found again by the name as it should be.
        Assert.Null(await files.Correct(officer, "p-1", Identity(5)));
        Assert.Equal(["DupontF", "DupontF"], (await files.Open(officer, "p-1"))!.Calls!.Value.Select(call => call.Patient.LastName!));

        // All or nothing: first the request is awaited, then the call is still listed.
        Assert.Equal(PersonRefusal.InUse, await files.Erase(officer, "p-1"));
        clock.StoodStill = start.AddHours(1) + Call.ListedFor - TimeSpan.FromMilliseconds(1);
        Assert.Equal(PersonRefusal.InUse, await files.Erase(officer, "p-1"));
        Assert.Equal((1, 2), (await files.Open(officer, "p-1")) is { } whole ? (whole.Notes.Length, whole.Calls!.Value.Length) : default);
        Assert.Null(await files.Erase(officer, only)); // written an hour before
        Assert.Equal(PersonRefusal.Unknown, await files.Erase(officer, only));
        clock.StoodStill = start.AddHours(1) + Call.ListedFor;
        Assert.Null(await files.Erase(officer, "p-1"));
        Assert.Null(await files.Find(officer, Identity(5)));
        Assert.Equal(
            (0, 3, 3, 0), // the caller without a name, the one without a birth date, the other SAS
            (await Count("SELECT count(*) FROM person_trait"), await Count("SELECT count(*) FROM person"), await Count("SELECT count(*) FROM note"),
                await Count("SELECT count(*) FROM note WHERE surrogate IN ('p-1', 'call-a', 'call-b', 'call-c')")));
        Assert.Equal([2L], await ledger.ReadVersions(["call/a"])); // the call stays, without identity
    }
}
