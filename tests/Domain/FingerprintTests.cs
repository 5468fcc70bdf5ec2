using SnpLive.Grains.Agendas;
using SnpLive.Grains.People;

namespace SnpLive.Tests.Domain;

public sealed class FingerprintTests
{
    private static readonly DateTimeOffset Now = Sample.Utc("2026-06-08T07:00:00Z");
    private static readonly BookSlot Command = new("gp-1.s1", "gp-1.h1", null, new("dr-y", Role.GeneralPractitioner, [Sample.Cpts], []), Sample.Patient("s1"), "s1",
        Eligibility.Visitor, "M03.14", Now, true, false) { RequestId = Guid.NewGuid(), Actor = Sample.Secretary, NotAfter = Now };

    [Fact]
    public void What_differs_between_honest_repeats_does_not_count()
    {
        var repeat = Command with
        {
            NotAfter = Now.AddMinutes(1), Surrogate = "other", Actor = Command.Actor with { Memberships = ["new"], OrganizationId = "moved" },
            OnBehalfOf = Command.OnBehalfOf! with { Groups = ["joined"] }, Patient = Command.Patient with { SealedIdentity = "x", SealedNote = null },
        };
        Assert.Equal(Fingerprint.Of(Command), Fingerprint.Of(repeat));
        Assert.Matches("^[0-9a-f]{64}$", Fingerprint.Of(Command));
        var hold = new HoldSlot("gp-1.s1") { RequestId = Command.RequestId, Actor = Command.Actor, NotAfter = Now };
        Assert.Equal(Fingerprint.Of(hold), Fingerprint.Of(hold with { HoldPlace = 2 }));
    }

    [Fact]
    public void Everything_else_counts()
    {
        BookSlot[] others =
        [
            Command with { SlotId = "gp-1.s2" }, Command with { HoldId = null }, Command with { CareRequestId = "need" }, Command with { OnBehalfOf = null },
            Command with { OnBehalfOf = Command.OnBehalfOf! with { ProfessionalId = "dr-z" } }, Command with { Patient = Command.Patient with { ContentHash = "changed" } },
            Command with { Patient = Command.Patient with { TraitHash = "changed" } }, Command with { Patient = Command.Patient with { HasAddress = true } },
            Command with { Eligibility = Eligibility.NoRegisteredGp }, Command with { Reason = "M03.11" }, Command with { DecidedAt = null },
            Command with { VitalSignsExcluded = false }, Command with { Override = true }, Command with { Actor = Sample.PharmacistA },
        ];
        var all = others.Append(Command).Select(Fingerprint.Of).ToList();
        Assert.Equal(all.Count, all.Distinct().Count());
        AgendaCommand[] kinds =
        [
            new ExtendHold("x") { RequestId = Command.RequestId, Actor = Command.Actor, NotAfter = Now }, new ReleaseHold("x") { RequestId = Command.RequestId, Actor = Command.Actor, NotAfter = Now },
        ];
        Assert.NotEqual(Fingerprint.Of(kinds[0]), Fingerprint.Of(kinds[1]));
    }
}
