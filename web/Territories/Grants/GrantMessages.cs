namespace SnpLive.Web.Territories.Grants;

/// <summary>Every French word that the server says about grants.</summary>
internal static class GrantMessages
{
    internal static readonly ProblemText NotAllowed = new("Droits réservés", "Les droits de ce territoire sont tenus par les personnes qu’il a désignées. Adressez-vous à la coordination.");
    internal static readonly ProblemText Unknown = new("Droit introuvable", "Ce droit n’existe pas ou n’existe plus. Rechargez la page.");
    internal static readonly ProblemText Ended = new("Droit déjà terminé", "Ce droit est terminé, ou se termine déjà avant cette date : rien n’a été changé. Rechargez la page.");
    internal static readonly ProblemText Overlap = new("Droit déjà donné", "Un autre droit dit la même chose pour une partie de ces dates. Corrigez celui-là, ou changez les dates.");
    internal static readonly ProblemText EndBeforeBegin = new("Dates à corriger", "Le dernier jour précède le premier. Corrigez l’une des deux dates.");
    internal static readonly ProblemText EndInPast = new("Date passée", "Un droit ne se termine pas dans le passé : ce qui était permis l’était. Choisissez aujourd’hui ou plus tard, ou terminez-le tout de suite.");
    internal static readonly ProblemText UnknownRole = new("Rôle inconnu", "Ce rôle n’existe pas. Choisissez-en un dans la liste.");
    internal static readonly ProblemText UnknownStream = new("Filière inconnue", "Cette filière n’existe pas. Choisissez-en une dans la liste.");
    internal static readonly ProblemText UnknownAction = new("Action inconnue", "Choisissez au moins une action de la liste.");
    internal static readonly ProblemText UnknownGroup = new("Groupe à corriger", "Ce groupe n’existe pas dans ce territoire, ou la condition ne demande pas de groupe.");
    internal static readonly ProblemText UnknownPerson = new("Personne à corriger", "Cette personne n’a pas ce rôle dans ce territoire, ou la condition ne demande personne.");
    internal static readonly ProblemText OwnAgendaNeeded = new("Sur son propre agenda seulement", "Ouvrir, retirer un créneau et noter l’issue sont des droits sur son propre agenda : choisissez cette condition.");
    internal static readonly ProblemText LocksOut = new("Plus personne ne pourrait tenir les droits", "Sans ce droit, plus personne ne pourrait changer les droits du territoire. Donnez-le d’abord à quelqu’un d’autre.");
    internal static readonly ProblemText TooMany = new("Trop de droits", "Ce territoire a le nombre maximal de droits. Terminez ceux qui ne servent plus.");
}
