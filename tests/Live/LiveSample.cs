using System.Collections.Immutable;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;
using SnpLive.Grains.Territories;

namespace SnpLive.Tests.Live;

/// <summary>Small territories and slots for tests of the live board.</summary>
internal static class LiveSample
{
    public const Audience Default = Audience.Snp | Audience.Cpts;
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
    /// <summary>Ahead of the real clock: what boards of running servers offer.</summary>
    public static readonly DateTimeOffset Soon = DateTimeOffset.UtcNow.AddHours(4);

    public static Actor Pharmacist(string territory, string id = "pha") => new(id, Role.Pharmacist, "org-pha", null, [territory], [], []);

    public static Actor Regulator(string sas = "sas-1", string id = "reg") => new(id, Role.Regulator, "org-sas", sas, [], [], []);

    public static TerritoryDocument Territory(string id, int agendas, params Grant[] grants) => new(
        id, $"Territory {id}", new("sas-1", "SAS 1"),
        new("Europe/Paris", 48, 3, 2, 2, 15, 3, new([], false, [])),
        [new("44043", "Clisson", "44190", 7000, 47.087, -1.282)],
        [new("org-pha", OrganizationKind.Pharmacy, "Pharmacie du Marché", "44043", null)],
        [new("place", "org-pha", "Cabinet", "1 rue de l'Essai", "44043", "44190", "0261910001", 47.087, -1.282)],
        [new("gp", null, "Dr Essai", "Médecin généraliste", Role.GeneralPractitioner, "org-pha", null, [id], [], [], false)],
        [.. Enumerable.Range(0, agendas).Select(n => new AgendaEntry($"{id}-a{n}", "gp", "place", CareStreams.Gp, [], []))],
        grants.Length > 0 ? [.. grants] : [See(id, Role.Pharmacist), See(id, Role.Regulator)], []);

    public static Grant See(string tenant, Role role, DateOnly? from = null, DateOnly? to = null) =>
        new(tenant, role, "*", GrantAction.SeeFreeSlots, GrantCondition.None, null, from, to, "test");

    public static SlotPicture Slot(
        string agenda, int n, DateTimeOffset? start = null, Audience audience = Default, int capacity = 1, int taken = 0, params HoldPicture[] holds)
    {
        var at = start ?? Now.AddHours(2 + n);
        return new(new($"{agenda}.s{n}", agenda, at, at.AddMinutes(15), CareStreams.Gp, VisitMode.Surgery, audience, capacity, 15, "place"), taken, false, [.. holds]);
    }

    /// <summary>The n-th slot, some hours ahead of the real clock, of a territory's first agenda.</summary>
    public static SlotPicture Upcoming(int n, int taken = 0, Audience audience = Default, string territory = "t") =>
        Slot($"{territory}-a0", n, Soon.AddMinutes(15 * n), audience, taken: taken);

    public static ImmutableArray<SlotPicture> Slots(string agenda, int count) => [.. Enumerable.Range(1, count).Select(n => Slot(agenda, n, Now.AddMinutes(60 + (15 * n))))];
}
