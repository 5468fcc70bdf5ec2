using System.Text;
using SnpLive.Grains.People;
using SnpLive.Grains.Territories;
using SnpLive.Grains.Territories.Import;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.Accounts;

/// <summary>Who comes under “provider only”, and what lifts it.</summary>
public sealed class ProviderSignInTests
{
    private const string Rpps = "10001234565";
    private static readonly DateTimeOffset Now = new(2026, 6, 9, 8, 0, 0, TimeSpan.Zero);

    private static readonly TerritoryDocument Free = Of("libre", null), Silent = Of("muet", new(false)), Strict = Of("strict", new(true)), Stricter = Of("aussi", new(true)),
        Elsewhere = Of("ailleurs", new(true)) with { Sas = new("sas-2", "SAS 2") };

    private static TerritoryDocument Of(string id, SignInRules? signIn)
    {
        var read = TerritoryReader.Read($"{id}.json", Encoding.UTF8.GetBytes(TestTerritory.Of(id, "sas-1", doctors: 0).ToJsonString()));
        return read.Document! with { SignIn = signIn };
    }

    private static Professional Person(string? rpps, string? sas, params string[] memberships) =>
        new("p", rpps, "Dr Essai", null, Role.Regulator, "o", sas, [.. memberships], [], [], Demo: false);

    private static AccountState With(params LocalException[] exceptions) => new() { LocalExceptions = [.. exceptions] };

    private static bool Refuses(Professional person, AccountState account, params TerritoryDocument[] territories) => ProviderSignIn.Refuses(person, account, territories, Now);

    [Fact]
    public void Members_and_the_people_of_the_sas_come_under_it_and_nobody_else()
    {
        TerritoryDocument[] all = [Free, Silent, Strict, Elsewhere];
        Assert.True(Refuses(Person(Rpps, null, "strict"), With(), all));
        Assert.True(Refuses(Person(Rpps, "sas-1"), With(), all)); // of the centre, and of no territory
        Assert.True(Refuses(Person(Rpps, "sas-2", "libre"), With(), all)); // a doctor here who is on duty there
        Assert.False(Refuses(Person(null, "sas-1", "strict"), With(), all)); // an operator without a number
        Assert.False(Refuses(Person(Rpps, null, "libre", "muet"), With(), all));
        Assert.False(Refuses(Person(Rpps, "sas-1"), With(), Free, Silent, Elsewhere));
        Assert.False(Refuses(Person(Rpps, "sas-3"), With(), all));
        Assert.False(Refuses(Person(Rpps, null), With(), all));
    }

    [Fact]
    public void Of_several_territories_the_strictest_decides()
    {
        var doctor = Person(Rpps, "sas-1", "libre");
        LocalException here = new("strict", Now.AddDays(1), "coo"), there = new("aussi", Now.AddTicks(1), "coo");
        Assert.False(Refuses(doctor, With(here), Free, Strict, Elsewhere));
        Assert.True(Refuses(doctor, With(here), Free, Strict, Stricter)); // one exception lifts one rule
        Assert.True(Refuses(doctor, With(here, new("libre", Now.AddDays(1), "coo")), Free, Strict, Stricter)); // who has no rule lifts none
        Assert.False(Refuses(doctor, With(here, there), Free, Strict, Stricter));
        Assert.True(Refuses(doctor, With(here, there with { Until = Now }), Free, Strict, Stricter)); // over at its instant
    }
}
