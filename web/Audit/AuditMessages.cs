using static SnpLive.Web.FrenchPlural;

namespace SnpLive.Web.Audit;

/// <summary>Every French word that the server says about the access log.</summary>
internal static class AuditMessages
{
    internal static readonly ProblemText AccessNotRecorded = new("Dossier non ouvert", "La consultation n’a pas pu être inscrite au journal d’accès : par sécurité, le dossier reste fermé. Réessayez dans quelques secondes.");
    internal static readonly ProblemText NotAllowed = new("Journal réservé", "Ce journal est réservé à la personne que le territoire a désignée. Adressez-vous à la coordination.");
    internal static readonly ProblemText GlassNotNeeded = new("Accès exceptionnel inutile", "Vous pouvez déjà ouvrir ce dossier : ouvrez-le normalement.");
    internal static readonly ProblemText ReasonUnknown = new("Motif introuvable", "Aucun motif n’est conservé pour cette ligne du journal.");

    internal static readonly ProblemText GlassUnknown = new("Accès introuvable", "Cet accès exceptionnel n’existe pas ou ne vous est pas ouvert. Rechargez la liste.");

    internal const string Usage = "snp audit verify | snp audit export [FICHIER]";
    internal static string NoKey(string file) => $"La clé du journal d’accès manque ({file}) : indiquez avec --data le dossier du serveur qui l’écrit.";
    internal static string Verified(long entries, int anchors) =>
        $"Journal d’accès vérifié : {Count(entries, "ligne", "lignes")}, {Count(anchors, "ancre", "ancres")}, aucun écart.";
    internal static string NotVerified(int findings) => $"{Count(findings, "écart", "écarts")} dans le journal d’accès.";
    internal static string Exported(long entries) => $"{Count(entries, "ligne exportée", "lignes exportées")}.";
}
