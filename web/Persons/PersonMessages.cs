namespace SnpLive.Web.Persons;

/// <summary>Every French word that the server says about the data of one person.</summary>
internal static class PersonMessages
{
    internal static readonly ProblemText NotAllowed = new("Page réservée", "Ces données ne s’ouvrent qu’à la personne que le territoire a désignée pour la protection des données.");
    internal static readonly ProblemText Unknown = new("Dossier introuvable", "Le territoire ne conserve rien sous ce numéro, ou plus rien.");
    internal static readonly ProblemText Exists = new("Identité déjà connue", "Un autre dossier porte déjà ce nom et cette date de naissance : vérifiez la saisie. Deux dossiers ne sont pas réunis.");
    internal static readonly ProblemText Changed = new("Dossier modifié entre-temps", "Une réservation vient de modifier ce dossier. Rouvrez-le, puis recommencez.");
    internal static readonly ProblemText InUse = new("Dossier en cours", "Un rendez-vous, une demande ou un appel récent est encore en cours : l’effacement sera possible ensuite.");
}
