using System.Globalization;
using static SnpLive.Web.FrenchPlural;

namespace SnpLive.Web.Keys;

/// <summary>Every French word that the server says about the vault's keys.</summary>
internal static class KeyMessages
{
    internal static readonly ProblemText Configured = new("Clés fournies par la configuration", "Ces clés viennent de Vault:Seal ou de Vault:Hash : ajoutez ou retirez-y la clé, puis redémarrez le serveur.");
    internal static readonly ProblemText FormerInUse = new("Ancienne clé encore en service", "Une rotation est en cours : retirez d’abord l’ancienne clé, une fois le recouvrement terminé.");
    internal static readonly ProblemText Current = new("Clé en service", "La clé en service ne se retire pas : faites d’abord une rotation.");
    internal static readonly ProblemText Overlap = new("Recouvrement en cours", "Les patients sont encore recherchés avec cette clé : retirez-la après la date indiquée par « keys status ».");
    internal static readonly ProblemText RowsLeft = new("Données encore liées à cette clé", "Des dossiers n’ont pas encore été rescellés : la reprise se fait en arrière-plan, réessayez plus tard.");
    internal static readonly ProblemText FolderReadOnly = new("Dossier des clés protégé", "Le serveur ne peut pas écrire dans le dossier des clés (--keys) : donnez-lui ce droit le temps de la rotation, ou fournissez les clés par Vault:Seal et Vault:Hash.");
    internal static readonly ProblemText Unknown = new("Clé inconnue", "Aucune clé de ce numéro.");

    internal const string Usage = "snp keys status | snp keys rotate seal|hash | snp keys retire seal|hash NUMÉRO";

    internal static string Line(string kind, int id, bool current, bool present, long rows, DateTimeOffset? from) =>
        $"{(kind == "seal" ? "scellement" : "empreintes")} {id.ToString(CultureInfo.InvariantCulture)} : {(current ? "en service" : present ? "ancienne" : "absente")}, {Count(rows, "ligne", "lignes")}"
        + (from is { } at ? $", peut être retirée à partir du {at.UtcDateTime.ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture)} UTC" : "");
}
