using System.Text;
using SnpLive.Grains.People;
using SnpLive.Grains.Territories.Import;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.Import;

public sealed class CsvTests
{
    private const string People = """"
        Territoire;Identifiant;RPPS;Nom;Spécialité;Rôle;Organisation;Démonstration
        petit-pays;dr-un;99700000013;Dr Un Modifié;Médecine générale;Médecin généraliste;cabinet;oui
        petit-pays;dr-neuf;99700000039;"Dr ""Neuf""";;pharmacien;pharmacie;
        """";

    private const string Places = """
        territoire,identifiant,organisation,nom,adresse,commune,code_postal,telephone,latitude,longitude
        petit-pays,vallet,cabinet,Annexe,"2, rue du Muscadet",44212,44330,02.61.91.00.05,"47,161",-1.267
        """;

    private static TerritoryFile Json => TerritorySample.File("petit-pays.json", TerritorySample.Json());

    private static ImportError[] Errors(params TerritoryFile[] files) => [.. TerritorySet.Read(files).Errors];

    [Fact]
    public void Rows_replace_and_add_people_and_places_of_the_same_import()
    {
        var set = TerritorySet.Read([TerritoryFile.Of("lieux.csv", Places), Json, TerritoryFile.Of("praticiens.CSV", People)]);
        Assert.True(set.Ok, string.Join('\n', set.Errors));
        var territory = Assert.Single(set.Documents);
        Assert.Equal(["clisson", "vallet"], territory.Places.Select(one => one.Id));
        Assert.Equal(("2, rue du Muscadet", "02 61 91 00 05", 47.161), (territory.Places[1].Address, territory.Places[1].Phone, territory.Places[1].Lat));
        Assert.Equal(["dr-un", "regulateur", "secretaire", "dr-neuf"], territory.Professionals.Select(one => one.Id));
        var first = territory.Professionals[0];
        Assert.Equal(("Dr Un Modifié", Role.GeneralPractitioner, true), (first.Name, first.Role, first.Demo));
        Assert.Equal(["mg-un"], first.Agendas); // the agenda that names them stays theirs
        Assert.Equal(("Dr \"Neuf\"", Role.Pharmacist, null), (territory.Professionals[3].Name, territory.Professionals[3].Role, territory.Professionals[3].Speciality));
    }

    [Fact]
    public void Rows_change_a_territory_that_was_imported_before()
    {
        var present = TerritorySample.Read(TerritorySample.Text).Document!;
        var set = TerritorySet.Read([TerritoryFile.Of("praticiens.csv", People)], [present]);
        Assert.True(set.Ok, string.Join('\n', set.Errors));
        Assert.Equal("Dr Un Modifié", Assert.Single(set.Documents).Professionals[0].Name);
        Assert.Equal(present.Agendas, set.Documents[0].Agendas);
        Assert.Equal([("praticiens.csv", "ligne 2, colonne territoire", "unknown-territory"), ("praticiens.csv", "ligne 3, colonne territoire", "unknown-territory")],
            Errors(TerritoryFile.Of("praticiens.csv", People)).Select(e => (e.File, e.Path, e.Code)));
    }

    [Fact]
    public void Windows_and_mac_spreadsheets_are_read_alike()
    {
        var windows = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
        foreach (var bytes in (byte[][])[windows.GetBytes(People), Encoding.UTF8.GetBytes(People), [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(People.ReplaceLineEndings("\r\n"))]])
        {
            var set = TerritorySet.Read([Json, new("praticiens.csv", bytes)]);
            Assert.True(set.Ok, string.Join('\n', set.Errors));
            Assert.Equal(("Dr Un Modifié", "Médecine générale"), (set.Documents[0].Professionals[0].Name, set.Documents[0].Professionals[0].Speciality));
        }
    }

    [Theory]
    [InlineData("99700000013", "99700000012", "ligne 2, colonne rpps", "rpps-key")]
    [InlineData("99700000039", "99700000021", "ligne 3, colonne rpps", "duplicate-rpps")] // the regulator's
    [InlineData("Médecin généraliste", "médecin", "ligne 2, colonne role", "choice")]
    [InlineData("pharmacien;pharmacie", "pharmacien;officine", "ligne 3, colonne organisation", "unknown-organization")]
    [InlineData("dr-neuf;", "dr-un;", "ligne 3, colonne identifiant", "duplicate-id")]
    [InlineData("dr-neuf;", ";", "ligne 3, colonne identifiant", "missing")]
    [InlineData(";oui", ";peut-être", "ligne 2, colonne demonstration", "type")]
    [InlineData("Dr Un Modifié;", "Dr Un; Modifié;", "ligne 2", "csv-cells")]
    [InlineData("\"Dr \"\"Neuf\"\"\"", "Dr \"Neuf\"", "ligne 3", "csv-quotes")]
    [InlineData("RPPS;", "Numéro;", "ligne 1, colonne Numéro", "csv-unknown-column")]
    [InlineData("RPPS;", "Nom;", "ligne 1, colonne nom", "csv-repeated-column")]
    [InlineData("Organisation;", "Groupes;", "ligne 1", "csv-missing-column")]
    [InlineData("Rôle;", "Métier;", "ligne 1", "csv-unknown-table")]
    public void What_is_wrong_is_said_at_its_line_and_column(string good, string bad, string where, string code)
    {
        Assert.Contains(good, People, StringComparison.Ordinal);
        var errors = Errors(Json, TerritoryFile.Of("praticiens.csv", People.Replace(good, bad, StringComparison.Ordinal)));
        Assert.Contains(errors, e => (e.File, e.Path, e.Code) == ("praticiens.csv", where, code));
        Assert.All(errors, e => Assert.Equal("praticiens.csv", e.File));
    }

    [Theory]
    [InlineData("\"47,161\"", "\"47°\"", "ligne 2, colonne latitude", "type")]
    [InlineData("\"47,161\"", "471", "ligne 2, colonne latitude", "range")]
    [InlineData("44212,", "44999,", "ligne 2, colonne commune", "unknown-commune")]
    [InlineData("02.61.91.00.05", "02.61", "ligne 2, colonne telephone", "phone")]
    public void Places_too(string good, string bad, string where, string code) =>
        Assert.Contains(Errors(Json, TerritoryFile.Of("lieux.csv", Places.Replace(good, bad, StringComparison.Ordinal))), e => (e.File, e.Path, e.Code) == ("lieux.csv", where, code));

    [Fact]
    public void Zeros_that_a_spreadsheet_dropped_come_back()
    {
        var json = TerritorySample.Json();
        json.At("$.communes[1]")["code"] = "01004";
        var table = Places.Replace("44212,44330,02.61.91.00.05", "1004,1500,261910005", StringComparison.Ordinal);
        var place = TerritorySet.Read([TerritorySample.File("a.json", json), TerritoryFile.Of("lieux.csv", table)]).Documents.Single().Places[1];
        Assert.Equal(("01004", "01500", "0261910005"), (place.CommuneCode, place.PostalCode, place.Phone));
    }

    /// <summary>Whatever bytes a table is made of, reading ends, with errors or with documents, and never throws.</summary>
    [Fact]
    public void Any_bytes_end_in_errors_or_documents()
    {
        var seed = Seeds.Next();
        var random = new Random(seed);
        for (var round = 0; round < 2_000; round++)
        {
            var bytes = Encoding.UTF8.GetBytes(random.Next(2) == 0 ? People : Places);
            for (var change = random.Next(1, 8); change > 0; change--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                var set = TerritorySet.Read([Json, new("t.csv", bytes)]);
                Assert.True(set.Ok != set.Documents.IsEmpty);
            }
            catch (Exception thrown) when (thrown is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"SNP_SEED={seed} round {round}: {thrown}");
            }
        }
        Assert.Single(Errors(new TerritoryFile("t.csv", ReadOnlyMemory<byte>.Empty)), e => e.Code == "csv-empty");
    }

    [Fact]
    public void The_examples_of_the_readme_are_good()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Web, "demo", "README.md"));
        var tables = readme.Split("```csv").Skip(1).Select((part, i) => TerritoryFile.Of($"{i}.csv", part[..part.IndexOf("```", StringComparison.Ordinal)].Trim())).ToList();
        Assert.Equal(2, tables.Count);
        var json = readme[(readme.IndexOf("```json", StringComparison.Ordinal) + 7)..];
        var set = TerritorySet.Read([TerritoryFile.Of("a.json", json[..json.IndexOf("```", StringComparison.Ordinal)]), .. tables]);
        Assert.True(set.Ok, string.Join('\n', set.Errors));
    }
}
