using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using SnpLive.Grains.People;

namespace SnpLive.Grains.Territories.Import.Csv;

/// <summary>How a cell is read.</summary>
internal enum CsvCell
{
    /// <summary>As it stands.</summary>
    Text,
    /// <summary>A code of five digits, of which spreadsheets drop the first zero.</summary>
    FiveDigits,
    /// <summary>A telephone number: dots and hyphens between pairs are forgiven, and a dropped first zero.</summary>
    Phone,
    /// <summary>A number with a decimal comma or point.</summary>
    Number,
    /// <summary>oui or non.</summary>
    Flag,
    /// <summary>Several, between vertical bars.</summary>
    List,
    /// <summary>A role, in the words of the file format or in French.</summary>
    Role,
}

/// <summary>One column: its name in the table, the property it is in a territory file.</summary>
internal sealed record CsvColumn(string Name, string Property, CsvCell Cell, bool Required);

/// <summary>The tables that can be imported (web/demo/README.md lists their columns).</summary>
/// <param name="List">The list of the territory that its rows belong to.</param>
/// <param name="Columns">Its columns besides <c>territoire</c>.</param>
internal sealed record CsvKind(string List, ImmutableArray<CsvColumn> Columns)
{
    internal const string Territory = "territoire";

    internal static readonly CsvKind Places = new("places",
    [
        new("identifiant", "id", CsvCell.Text, true), new("organisation", "organizationId", CsvCell.Text, true), new("nom", "name", CsvCell.Text, true),
        new("adresse", "address", CsvCell.Text, true), new("commune", "communeCode", CsvCell.FiveDigits, true), new("code_postal", "postalCode", CsvCell.FiveDigits, true),
        new("telephone", "phone", CsvCell.Phone, true), new("latitude", "lat", CsvCell.Number, true), new("longitude", "lon", CsvCell.Number, true),
    ]);

    internal static readonly CsvKind People = new("professionals",
    [
        new("identifiant", "id", CsvCell.Text, true), new("nom", "name", CsvCell.Text, true), new("role", "role", CsvCell.Role, true),
        new("organisation", "organizationId", CsvCell.Text, true), new("rpps", "rpps", CsvCell.Text, false), new("specialite", "speciality", CsvCell.Text, false),
        new("sas", "sasId", CsvCell.Text, false), new("cpts", "memberships", CsvCell.List, false), new("groupes", "groups", CsvCell.List, false),
        new("agendas", "agendas", CsvCell.List, false), new("demonstration", "demo", CsvCell.Flag, false),
    ]);

    private static readonly FrozenDictionary<string, string> FrenchRoles = new Dictionary<string, Role>
    {
        ["medecin_regulateur"] = Role.Regulator, ["regulateur"] = Role.Regulator, ["osnp"] = Role.Osnp, ["arm"] = Role.DispatchAssistant,
        ["pharmacien"] = Role.Pharmacist, ["pharmacienne"] = Role.Pharmacist, ["telesecretariat"] = Role.TeleSecretary, ["telesecretaire"] = Role.TeleSecretary,
        ["accueil_des_urgences"] = Role.EmergencyDesk, ["medecin_generaliste"] = Role.GeneralPractitioner, ["radiologue"] = Role.Radiologist,
        ["kinesitherapeute"] = Role.Physiotherapist, ["masseur_kinesitherapeute"] = Role.Physiotherapist, ["infirmier"] = Role.Nurse, ["infirmiere"] = Role.Nurse,
        ["sage_femme"] = Role.Midwife, ["biologiste"] = Role.MedicalBiologist, ["coordinateur"] = Role.Coordinator, ["coordinatrice"] = Role.Coordinator,
        ["secretaire"] = Role.Secretary,
    }.ToFrozenDictionary(one => one.Key, one => Words.Roles.First(word => word.Value == one.Value).Key, StringComparer.Ordinal);

    internal CsvColumn? Column(string name) => Columns.FirstOrDefault(column => column.Name == name);

    internal IEnumerable<string> Names => Columns.Select(column => column.Name).Prepend(Territory);

    /// <summary>The table whose columns these are: places have an address, people a role. Null when neither.</summary>
    internal static CsvKind? Of(IReadOnlyCollection<string> header) =>
        header.Contains("adresse") || header.Contains("latitude") ? Places : header.Contains("role") ? People : null;

    /// <summary>The format's word for a role, or the text itself when it is none.</summary>
    internal static string RoleWord(string text) => FrenchRoles.GetValueOrDefault(Fold(text), text);

    /// <summary>Without accents and capitals, words joined by underscores: "Code postal" is <c>code_postal</c>.</summary>
    internal static string Fold(string text)
    {
        var folded = new StringBuilder();
        foreach (var c in text.Trim().Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark) continue;
            folded.Append(c is ' ' or '-' or '\u00A0' ? '_' : char.ToLowerInvariant(c));
        }
        return folded.ToString();
    }
}
