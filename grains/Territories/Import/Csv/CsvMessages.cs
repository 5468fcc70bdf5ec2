using System.Globalization;

namespace SnpLive.Grains.Territories.Import.Csv;

/// <summary>All French text about tables: where, what is wrong, then what to do.</summary>
internal static class CsvMessages
{
    internal const string Empty = "Tableau vide : la première ligne doit nommer les colonnes.";
    internal const string Quotes = "Guillemet mal placé : une case qui en contient s'écrit entre guillemets, chacun doublé.";
    internal const string UnknownTable = "Tableau non reconnu : un tableau de lieux a une colonne « adresse », un tableau de praticiens une colonne « role ».";
    internal const string RepeatedColumn = "Colonne écrite deux fois : n'en gardez qu'une.";
    internal const string EmptyCell = "Case vide : renseignez-la.";
    internal static string UnknownColumn(IEnumerable<string> known) => $"Colonne inconnue : retirez-la ou nommez-la parmi {string.Join(", ", known)}.";
    internal static string MissingColumn(string name) => $"Colonne « {name} » absente : ajoutez-la.";
    internal static string TooManyRows(int max) => Text($"Tableau trop long : {max} lignes au plus ; découpez-le.");
    internal static string Cells(int count, int expected) => Text($"{count} cases pour {expected} colonnes : il manque un séparateur, ou il y en a un de trop (une case qui en contient s'écrit entre guillemets).");
    internal static string Number(string value) => $"« {value} » n'est pas un nombre : écrivez par exemple 47,087.";
    internal static string Flag(string value) => $"« {value} » n'est pas admis : écrivez oui ou non.";

    internal static string Line(int line) => Text($"ligne {line}");
    internal static string Cell(int line, string column) => Text($"ligne {line}, colonne {column}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
