using System.Text.Json;
using System.Text.Json.Nodes;
using SnpLive.Grains;
using SnpLive.Grains.Territories.Import;

namespace SnpLive.Tests.Import;

/// <summary>Several files: all documents or all errors, whatever their order.</summary>
public sealed class TerritorySetTests
{
    [Fact]
    public void GoodFilesBecomeDocumentsInTheirOrder()
    {
        var set = TerritorySet.Read([TerritorySample.File("b", TerritorySample.Other()), TerritorySample.File("a", TerritorySample.Json())]);
        Assert.True(set.Ok);
        Assert.Equal(["grand-pays", "petit-pays"], set.Documents.Select(d => d.Id));
    }

    [Fact]
    public void OneBadFileKeepsAllOut()
    {
        var bad = TerritorySample.Other();
        bad.Remove("name");
        var set = TerritorySet.Read([TerritorySample.File("a", TerritorySample.Json()), TerritorySample.File("b", bad)]);
        Assert.Empty(set.Documents);
        Assert.Equal(("b", "missing"), set.Errors.Select(e => (e.File, e.Code)).Single());
    }

    [Fact]
    public void TwoBadFilesGiveTheErrorsOfBoth()
    {
        var (one, two) = (TerritorySample.Json(), TerritorySample.Other());
        one.At("$.rules")["holdMinutes"] = 9;
        two.At("$.agendas[0]")["placeId"] = "nulle-part";
        var set = TerritorySet.Read([TerritorySample.File("b", two), TerritoryFile.Of("c", "{"), TerritorySample.File("a", one)]);
        Assert.Equal([("a", "range"), ("b", "unknown-place"), ("c", "json")], set.Errors.Select(e => (e.File, e.Code)));
    }

    [Fact]
    public void SameTerritoryTwice()
    {
        var set = TerritorySet.Read([TerritorySample.File("a", TerritorySample.Json()), TerritorySample.File("b", TerritorySample.Json())]);
        Assert.Equal([("a", "territory-twice"), ("b", "territory-twice")], set.Errors.Select(e => (e.File, e.Code)));
        Assert.Contains("dans b", set.Errors[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SamePersonInTwoFilesMustBeWrittenAlike()
    {
        var (one, two) = (TerritorySample.Json(), TerritorySample.Other());
        Assert.True(Both(one, two).Ok); // the regulator of the SAS is in both
        two.At("$.professionals[1]")["name"] = "Dr Autrement";
        Assert.Equal([("a", "$.professionals[1]"), ("b", "$.professionals[1]")], Both(one, two).Errors.Where(e => e.Code == "professional-differs").Select(e => (e.File, e.Path)));
    }

    [Fact]
    public void SamePersonMayOwnAgendasInTwoTerritories()
    {
        var (one, two) = (TerritorySample.Json(), TerritorySample.Other());
        foreach (var file in (JsonObject[])[one, two])
            file.At("$.professionals[0]").ReplaceWith(JsonNode.Parse("""
                { "id": "dr-deux-pays", "rpps": "99700000013", "name": "Dr Un", "role": "generalPractitioner", "organizationId": "cabinet",
                  "memberships": ["petit-pays", "grand-pays"], "agendas": ["mg-quatre", "mg-un"] }
                """));
        one.At("$.agendas[0]")["practitionerId"] = "dr-deux-pays";
        two.At("$.agendas[0]")["practitionerId"] = "dr-deux-pays";
        var set = Both(one, two);
        Assert.Empty(set.Errors);
        Assert.All(set.Documents, d => Assert.Equal(["mg-quatre", "mg-un"], d.Professionals[0].Agendas));
    }

    [Theory]
    [InlineData("$.sas", "name", "\"Autre\"", "sas-differs", "$.sas")]
    [InlineData("$.organizations[1]", "name", "\"Autre\"", "organization-differs", "$.organizations[1]")]
    [InlineData("$.places[0]", "name", "\"Autre\"", "place-differs", "$.places[0]")]
    [InlineData("$.professionals[0]", "rpps", "\"99700000013\"", "rpps-differs", "$.professionals[0]")]
    [InlineData("$.agendas[0]", "id", "\"mg-un\"", "agenda-twice", "$.agendas[0]")]
    public void FilesMustNotContradictEachOther(string at, string property, string json, string code, string path)
    {
        var two = TerritorySample.Other();
        two.At(at)[property] = JsonNode.Parse(json);
        if (property == "id") two.At("$.professionals[2]")["agendas"] = new JsonArray();
        Assert.Equal([("a", code, path), ("b", code, path)], Both(TerritorySample.Json(), two).Errors.Where(e => e.Code == code).Select(e => (e.File, e.Code, e.Path)));
    }

    [Theory]
    [InlineData("$.agendas[0]", "alsoShownIn", "unknown-territory")]
    [InlineData("$.professionals[0]", "memberships", "unknown-territory")]
    [InlineData("$.professionals[2]", "agendas", "unknown-agenda")]
    public void ReferencesToOtherTerritoriesMustBeKnown(string at, string property, string code)
    {
        var one = TerritorySample.Json();
        one.At(at)[property] = code == "unknown-agenda" ? new JsonArray("mg-quatre") : new JsonArray("grand-pays");
        Assert.Equal((code, $"{at}.{property}"), TerritorySet.Read([TerritorySample.File("a", one)]).Errors.Select(e => (e.Code, e.Path)).Single());
        Assert.True(Both(one, TerritorySample.Other()).Ok);
        var present = TerritorySet.Read([TerritorySample.File("b", TerritorySample.Other())]).Documents;
        Assert.True(TerritorySet.Read([TerritorySample.File("a", one)], present).Ok);
    }

    [Fact]
    public void ReferenceToATerritoryWhoseFileIsBadIsKnown()
    {
        var (one, two) = (TerritorySample.Json(), TerritorySample.Other());
        one.At("$.agendas[0]")["alsoShownIn"] = new JsonArray("grand-pays");
        two.Remove("name");
        Assert.Equal("b", Assert.Single(Both(one, two).Errors).File);
    }

    [Fact]
    public void WhatIsAlreadyThereCounts()
    {
        var present = TerritorySet.Read([TerritorySample.File("a", TerritorySample.Json())]).Documents;
        // The same territory again, changed: it replaces the one of its id.
        var again = TerritorySample.Json();
        again.At("$.professionals[1]")["name"] = "Dr Autrement";
        Assert.True(TerritorySet.Read([TerritorySample.File("a", again)], present).Ok);
        // Another territory that contradicts it.
        var two = TerritorySample.Other();
        two.At("$.professionals[1]")["name"] = "Dr Autrement";
        var error = Assert.Single(TerritorySet.Read([TerritorySample.File("b", two)], present).Errors);
        Assert.Equal(("professional-differs", "$.professionals[1]"), (error.Code, error.Path));
        Assert.Contains("petit-pays", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FileOrderDoesNotMatter()
    {
        var two = TerritorySample.Other();
        two.At("$.professionals[1]")["name"] = "Dr Autrement";
        two.At("$.agendas[0]")["placeId"] = "nulle-part";
        var three = TerritorySample.Json();
        three["id"] = "tiers-pays";
        TerritoryFile[] files = [TerritorySample.File("a", TerritorySample.Json()), TerritorySample.File("b", two), TerritorySample.File("c", three)];
        var first = TerritorySet.Read(files).Errors;
        Assert.NotEmpty(first);
        Assert.Equal(first, TerritorySet.Read([files[2], files[0], files[1]]).Errors);
        Assert.Equal(first, TerritorySet.Read(files.Reverse()).Errors);
    }

    [Fact]
    public void FilesOfOneNameAreStillTwoFiles()
    {
        var two = TerritorySample.Other();
        two.At("$.sas")["name"] = "Autre";
        Assert.Equal(2, TerritorySet.Read([TerritorySample.File("x", TerritorySample.Json()), TerritorySample.File("x", two)]).Errors.Count(e => e.Code == "sas-differs"));
    }

    [Fact]
    public void UnreadableFileIsAnError()
    {
        var error = Assert.Single(TerritorySet.ReadFiles([Path.Combine(Path.GetTempPath(), "no-such-folder", "x.json")]).Errors);
        Assert.Equal(("file-unreadable", "$"), (error.Code, error.Path));
    }

    [Fact]
    public void ReadingTwiceGivesTheSameDocument() =>
        Assert.Equal(
            JsonSerializer.Serialize(TerritorySample.Read(TerritorySample.Text).Document, SnpJson.Options),
            JsonSerializer.Serialize(TerritorySample.Read(TerritorySample.Text).Document, SnpJson.Options));

    private static TerritorySet Both(JsonObject one, JsonObject two) => TerritorySet.Read([TerritorySample.File("a", one), TerritorySample.File("b", two)]);
}
