using System.Text;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;
using SnpLive.Grains.Territories.Import;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.Import;

public sealed class ReaderTests
{
    [Fact]
    public void GoodFileBecomesADocument()
    {
        var read = TerritorySample.Read(TerritorySample.Text);
        Assert.Empty(read.Errors);
        var doc = read.Document!;
        Assert.Equal(("petit-pays", "CPTS du Petit Pays", "sas-44"), (doc.Id, doc.Name, doc.Sas.Id));
        Assert.Equal(("Europe/Paris", 48, 3, 2, 2, 15, 7), (
            doc.Rules.TimeZone, doc.Rules.WindowHours, doc.Rules.HoldMinutes, doc.Rules.HoldExtensionMinutes, doc.Rules.MaxHoldsPerPerson,
            doc.Rules.MinNoticeMinutes, doc.Rules.PublishAheadDays));
        Assert.Equal(
            [
                new(DayOfWeek.Monday, new(8, 0), new(12, 0)), new(DayOfWeek.Monday, new(14, 0), new(20, 0)), new(DayOfWeek.Tuesday, new(8, 0), new(20, 0)),
                new DaytimeRange(DayOfWeek.Saturday, new(8, 0), new(12, 0)),
            ],
            doc.Rules.Daytime.Ranges);
        Assert.Equal([new(2026, 5, 15)], doc.Rules.Daytime.ClosedDays);
        Assert.Equal(["44043", "44212"], doc.Communes.Select(c => c.Code));
        Assert.Equal("02 61 91 00 00", doc.Places.Single().Phone);
        Assert.Null(doc.Organizations[2].Phone);
        Assert.Equal(["Territoire d'essai."], doc.Assumptions);
    }

    [Fact]
    public void TemplatesKeepDefaultsAndNeverThePublic()
    {
        var agenda = TerritorySample.Read(TerritorySample.Text).Document!.Agendas.Single();
        var (week, saturday) = (agenda.Templates[0], agenda.Templates[1]);
        Assert.Equal((VisitMode.Surgery, Audience.None, 1, 20), (week.Mode, week.Audience, week.Capacity, week.Minutes));
        Assert.Equal([new(11, 40), new TimeOnly(17, 20)], week.Times);
        Assert.Equal([DayOfWeek.Monday, DayOfWeek.Tuesday], week.Days);
        Assert.Equal((VisitMode.Video, Audience.Snp | Audience.Pro, 2), (saturday.Mode, saturday.Audience, saturday.Capacity));
        Assert.Equal((new DateOnly(2026, 1, 1), new DateOnly(2026, 12, 31)), (saturday.ValidFrom, saturday.ValidTo));
    }

    [Fact]
    public void PeopleGetTheirOwnAgendasAndTheirTerritory()
    {
        var people = TerritorySample.Read(TerritorySample.Text).Document!.Professionals.ToDictionary(p => p.Id);
        Assert.Equal(["mg-un"], people["dr-un"].Agendas);
        Assert.Equal(["petit-pays"], people["dr-un"].Memberships);
        Assert.Equal(["imaging-trial"], people["dr-un"].Groups);
        Assert.True(people["dr-un"].Demo);
        Assert.Equal("sas-44", people["regulateur"].SasId);
        Assert.Empty(people["regulateur"].Memberships);
        Assert.Equal(["mg-un"], people["secretaire"].Agendas);
        Assert.Null(people["secretaire"].Rpps);
    }

    [Fact]
    public void GrantsAreExpanded()
    {
        var grants = TerritorySample.Read(TerritorySample.Text).Document!.Grants;
        Assert.Equal(2 * 3 + 1 + 1, grants.Length);
        Assert.All(grants, g => Assert.Equal("petit-pays", g.Tenant));
        Assert.Contains(new Grant("petit-pays", Role.Regulator, "gp", GrantAction.Hold, GrantCondition.None, null, null, null, "essai"), grants);
        Assert.Contains(
            new Grant("petit-pays", Role.GeneralPractitioner, "imaging", GrantAction.Book, GrantCondition.InGroup, "imaging-trial", new(2026, 1, 1), new(2026, 12, 31), "essai"),
            grants);
        Assert.Contains(grants, g => g is { CareStream: "*", Action: GrantAction.OpenSlot, Condition: GrantCondition.OwnAgenda });
    }

    [Fact]
    public void ByteOrderMarkAndBlanksAreForgiven()
    {
        var text = TerritorySample.Text.Replace("\"CPTS du Petit Pays\"", "\" CPTS du Petit Pays \"", StringComparison.Ordinal);
        var read = TerritoryReader.Read("a", Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(text)).ToArray());
        Assert.Equal("CPTS du Petit Pays", read.Document?.Name);
    }

    [Fact]
    public void TouchingHoursAndTimesAreGood()
    {
        var root = TerritorySample.Json();
        root.At("$.rules.daytime")["mon"] = new System.Text.Json.Nodes.JsonArray("08:00", "12:00", "12:00", "20:00");
        root.At("$.agendas[0].templates[0]")["times"] = new System.Text.Json.Nodes.JsonArray("11:50", "12:10", "19:40");
        Assert.Empty(TerritorySample.Read(root).Errors);
    }

    [Fact]
    public void TheExampleOfTheReadmeIsGood()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Web, "demo", "README.md"));
        var from = readme.IndexOf("```json", StringComparison.Ordinal) + 7;
        Assert.Empty(TerritorySample.Read(readme[from..readme.IndexOf("```", from, StringComparison.Ordinal)]).Errors);
    }

    [Fact]
    public void TerritoriesOfOtherTestsAreGood() => Assert.Empty(TerritorySample.Read(TestTerritory.Of("essai", "sas-1", 3)).Errors);

    [Theory, InlineData("99700000013"), InlineData("10000000009"), InlineData("00000000000")]
    public void LuhnKeys(string digits) => Assert.True(Forms.HasLuhnKey(digits));

    [Theory, InlineData("99700000012"), InlineData("99700000031"), InlineData("10000000008")]
    public void WrongLuhnKeys(string digits) => Assert.False(Forms.HasLuhnKey(digits));

    [Theory, InlineData("44043"), InlineData("2A004"), InlineData("2B033"), InlineData("97411")]
    public void InseeCodes(string code) => Assert.True(Forms.IsInsee(code));
}
