using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;
using SnpLive.Grains.Territories;
using SnpLive.Grains.Territories.Import;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.Import;

/// <summary>The four demonstration files in <c>web/demo</c>.</summary>
public sealed class DemoTerritoriesTests
{
    private const string Vignoble = "sud-loire-vignoble";

    private static readonly Dictionary<string, TerritoryDocument> All = Read();

    [Theory]
    [InlineData(Vignoble, "sas-44", 48, 30, 27, 107_966)]
    [InlineData("pays-de-quimper", "sas-29", 48, 8, 14, 102_542)]
    [InlineData("creon-targon", "sas-33", 48, 7, 64, 35_170)]
    [InlineData("saint-etienne", "sas-42", 24, 8, 11, 230_556)]
    public void HasWhatItsSeedSays(string id, string sas, int window, int doctors, int communes, int inhabitants)
    {
        var doc = All[id];
        Assert.Equal((sas, window, "Europe/Paris"), (doc.Sas.Id, doc.Rules.WindowHours, doc.Rules.TimeZone));
        Assert.Equal(doctors, doc.Professionals.Count(p => p.Role == Role.GeneralPractitioner));
        Assert.Equal(doctors, doc.Agendas.Count(a => a.CareStream == CareStreams.Gp));
        Assert.Equal(communes, doc.Communes.Length);
        Assert.Equal(inhabitants, doc.Communes.Sum(c => c.Population));
    }

    /// <summary>SHA-256 of the official lines <c>INSEE;name;postal code;population|</c> by INSEE code (@etalab/decoupage-administratif 6.0.0).</summary>
    [Theory]
    [InlineData(Vignoble, "5bb099f7755471862547ba445ec513f3575960cb4cb75c940300129f403966df")]
    [InlineData("pays-de-quimper", "7bdf921a905b4031cd52ffe1745389e3e65b05a2d84b6f37ee05e0b8e7dc564d")]
    [InlineData("creon-targon", "9ad6b036929c15fcb6aaefb8198b6f571e58ec299ab2398a0a1ba470d970e182")]
    [InlineData("saint-etienne", "72ee6b8695f9487e820cc4fc7a4bf2bc16fff5fa881ba520ec7265fc0d3224f1")]
    public void CommunesAreTheOfficialOnes(string id, string sha256)
    {
        var lines = All[id].Communes.OrderBy(c => c.Code, StringComparer.Ordinal)
            .Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Code};{c.Name};{c.PostalCode};{c.Population}|"));
        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines)))));
    }

    [Fact]
    public void VignobleIsComplete()
    {
        var doc = All[Vignoble];
        Assert.Equal(12, doc.Organizations.Count(o => o.Kind == OrganizationKind.Pharmacy));
        Assert.Equal(["44003", "44109"], doc.Organizations.Where(o => o.Kind == OrganizationKind.EmergencyDepartment).Select(o => o.CommuneCode).Order());
        Assert.Single(doc.Organizations, o => o.Kind == OrganizationKind.TeleSecretariat);
        Assert.True(doc.Professionals.Count(p => p.Role == Role.Regulator) > 1);
        foreach (var stream in (string[])[CareStreams.XRay, CareStreams.Ct, CareStreams.Ultrasound, CareStreams.Mri])
            Assert.Contains(doc.Agendas, a => a.CareStream == stream);
        var physio = Assert.Single(doc.Agendas, a => a.CareStream == CareStreams.Physio);
        Assert.Equal(1, physio.Templates.Sum(t => t.Days.Length * t.Times.Length * t.Capacity));
    }

    [Fact]
    public void VignobleOffersTheDemonstrationIdentities()
    {
        var demo = All[Vignoble].Professionals.Where(p => p.Demo).ToList();
        Assert.Equal(
            [(Role.Regulator, 1), (Role.Osnp, 1), (Role.DispatchAssistant, 1), (Role.Pharmacist, 2), (Role.TeleSecretary, 1), (Role.EmergencyDesk, 1), (Role.GeneralPractitioner, 2), (Role.Coordinator, 1), (Role.Secretary, 1)],
            demo.GroupBy(p => p.Role).OrderBy(g => g.Key).Select(g => (g.Key, g.Count())));
        Assert.Single(demo, p => p.Role == Role.GeneralPractitioner && p.Groups.Contains("imaging-trial"));
    }

    [Fact]
    public void QuimperOffersTheWholeDeskOfItsSas() => Assert.Equal(
        [Role.Regulator, Role.Regulator, Role.Osnp, Role.DispatchAssistant, Role.Pharmacist, Role.GeneralPractitioner],
        All["pays-de-quimper"].Professionals.Where(p => p.Demo).Select(p => p.Role).Order());

    [Theory, InlineData("creon-targon"), InlineData("saint-etienne")]
    public void SmallerOnesOfferThreeIdentities(string id) =>
        Assert.Equal([Role.Regulator, Role.Pharmacist, Role.GeneralPractitioner], All[id].Professionals.Where(p => p.Demo).Select(p => p.Role).Order());

    [Fact]
    public void PeopleAndNumbersAreFictitious()
    {
        var people = All.Values.SelectMany(d => d.Professionals).ToList();
        Assert.All(people.Where(p => p.Rpps is not null), p =>
        {
            Assert.StartsWith("997", p.Rpps, StringComparison.Ordinal);
            Assert.Equal(11, p.Rpps!.Length);
            Assert.True(Forms.HasLuhnKey(p.Rpps));
        });
        Assert.Distinct(people.Where(p => p.Rpps is not null).Select(p => p.Rpps));
        Assert.Distinct(people.Select(p => p.Name));
        Assert.All(people.Where(p => p.Role is Role.GeneralPractitioner or Role.Pharmacist or Role.Radiologist or Role.Regulator), p => Assert.NotNull(p.Rpps));
        Assert.DoesNotContain(people, p => p.Name.Contains("Jégu", StringComparison.OrdinalIgnoreCase)
            || p.Name.Contains("Mereuze", StringComparison.OrdinalIgnoreCase) || p.Name.Contains("Vandamme", StringComparison.OrdinalIgnoreCase));

        // Ranges that ARCEP keeps for works of fiction.
        string[] fiction = ["01 99 00 ", "02 61 91 ", "03 53 01 ", "04 65 71 ", "05 36 49 ", "06 39 98 "];
        var phones = All.Values.SelectMany(d => d.Places.Select(p => p.Phone).Concat(d.Organizations.Select(o => o.Phone).OfType<string>()));
        Assert.All(phones, p => Assert.Contains(fiction, f => p.StartsWith(f, StringComparison.Ordinal)));
    }

    [Fact]
    public void PlacesAreNearTheirCommune() =>
        Assert.All(All.Values, doc => Assert.All(doc.Places, place =>
        {
            var commune = doc.Communes.Single(c => c.Code == place.CommuneCode);
            // Saint-Victor-sur-Loire is a far part of Saint-Étienne.
            var far = place.Id == "saint-victor-sur-loire" ? 0.2 : 0.02;
            Assert.InRange(place.Lat, commune.Lat - far, commune.Lat + far);
            Assert.InRange(place.Lon, commune.Lon - far, commune.Lon + far);
        }));

    [Fact]
    public void SaintVictorIsAPlaceOfSaintEtienne()
    {
        var place = Assert.Single(All["saint-etienne"].Places, p => p.Name.Contains("Saint-Victor-sur-Loire", StringComparison.Ordinal));
        Assert.Equal(("42218", "42230"), (place.CommuneCode, place.PostalCode));
    }

    [Fact]
    public void VignobleHasSlotsInEveryDaytimeHourOfEachWeekday()
    {
        var starts = All[Vignoble].Agendas.Where(a => a.CareStream == CareStreams.Gp)
            .SelectMany(a => a.Templates).SelectMany(t => t.Days.SelectMany(d => t.Times.Select(at => (Day: d, at.Hour)))).ToHashSet();
        for (var day = DayOfWeek.Monday; day <= DayOfWeek.Friday; day++)
            for (var hour = 8; hour < 20; hour++)
                Assert.Contains((day, hour), starts);
        Assert.Contains(starts, s => s.Day == DayOfWeek.Saturday);
    }

    [Fact]
    public void EachDoctorOffersOneToFourSlotsADay()
    {
        foreach (var agenda in All.Values.SelectMany(d => d.Agendas).Where(a => a.CareStream == CareStreams.Gp))
            foreach (var day in agenda.Templates.SelectMany(t => t.Days).Distinct())
                Assert.InRange(agenda.Templates.Where(t => t.Days.Contains(day)).Sum(t => t.Times.Length), 1, 4);
        var modes = All[Vignoble].Agendas.SelectMany(a => a.Templates).Select(t => t.Mode).ToHashSet();
        Assert.Superset(new HashSet<VisitMode> { VisitMode.Surgery, VisitMode.Home, VisitMode.Video }, modes);
    }

    [Fact]
    public void NoTemplateIsOpenToThePublic() =>
        Assert.All(All.Values.SelectMany(d => d.Agendas).SelectMany(a => a.Templates), t => Assert.False(t.Audience.HasFlag(Audience.Public)));

    [Fact]
    public void GrantsFollowTheMatrix()
    {
        var grants = All[Vignoble].Grants;
        bool May(Role role, string stream, GrantAction action) => grants.Any(g => g.Role == role && g.Action == action && CareStreams.Covers(g.CareStream, stream));
        foreach (var role in (Role[])[Role.Pharmacist, Role.Regulator, Role.Osnp, Role.DispatchAssistant, Role.EmergencyDesk])
        {
            Assert.True(May(role, CareStreams.Gp, GrantAction.Book), role.ToString());
            Assert.False(May(role, CareStreams.Mri, GrantAction.SeeFreeSlots), role.ToString());
            Assert.False(May(role, CareStreams.Physio, GrantAction.Book), role.ToString());
        }
        Assert.All(grants.Where(g => g.Role == Role.TeleSecretary), g => Assert.Equal(GrantCondition.OnBehalfOf, g.Condition));
        Assert.All(grants.Where(g => g.Role == Role.GeneralPractitioner && g.CareStream == "imaging"), g => Assert.Equal("imaging-trial", g.Group));
        Assert.Equal([GrantAction.SeeIndicators, GrantAction.ManageGrants, GrantAction.ReadAudit], grants.Where(g => g.Role == Role.Coordinator).Select(g => g.Action));
        Assert.All(All.Values.SelectMany(d => d.Grants), g => Assert.NotEmpty(g.Source));
        Assert.All(All.Values, d => Assert.Contains(d.Assumptions, a => a.Contains("approximatives", StringComparison.Ordinal)));
    }

    [Fact]
    public void IdsAreUniqueOverAllTerritories()
    {
        Assert.Distinct(All.Values.SelectMany(d => d.Professionals).Select(p => p.Id));
        Assert.Distinct(All.Values.SelectMany(d => d.Agendas).Select(a => a.Id));
        Assert.Distinct(All.Values.SelectMany(d => d.Places).Select(p => p.Id));
    }

    internal static string[] Files() => Directory.GetFiles(Path.Combine(Repository.Web, "demo"), "*.json");

    private static Dictionary<string, TerritoryDocument> Read()
    {
        var set = TerritorySet.ReadFiles(Files());
        Assert.True(set.Ok, string.Create(CultureInfo.InvariantCulture, $"{set.Errors.Length} errors:\n{string.Join('\n', set.Errors)}"));
        Assert.Equal(4, set.Documents.Length);
        return set.Documents.ToDictionary(d => d.Id);
    }
}
