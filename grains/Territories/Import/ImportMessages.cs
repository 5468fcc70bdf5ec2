using System.Globalization;

namespace SnpLive.Grains.Territories.Import;

/// <summary>All French text of the import: what is wrong, then what to do.</summary>
internal static class ImportMessages
{
    // The file as a whole.
    internal const string FileUnreadable = "Fichier illisible : vérifiez son nom et les droits d'accès.";
    internal const string NotUtf8 = "Le fichier n'est pas en UTF-8 : enregistrez-le dans cet encodage.";
    internal static string FileTooLarge(long size, long max) => Text($"Fichier trop gros ({size} octets) : {max} au plus ; découpez-le par territoire.");
    internal static string Json(long line, long column) =>
        Text($"JSON mal formé à la ligne {line}, colonne {column} : corrigez la ponctuation à cet endroit ou juste avant (virgule, guillemet, accolade).");
    internal static string Format(int version, int known) => Text($"Format {version} inconnu : ce logiciel lit le format {known}.");
    internal static string MoreErrors(int count) => Text($"Et {count} autres erreurs : corrigez les premières, puis recommencez.");

    // Types and bounds.
    internal const string TypeObject = "Un objet { … } est attendu ici.";
    internal const string TypeList = "Une liste [ … ] est attendue ici.";
    internal const string TypeText = "Un texte entre guillemets est attendu ici.";
    internal const string TypeWhole = "Un nombre entier est attendu ici, sans guillemets.";
    internal const string TypeNumber = "Un nombre est attendu ici, sans guillemets, avec un point décimal.";
    internal const string TypeFlag = "true ou false est attendu ici, sans guillemets.";
    internal const string TextEmpty = "Texte vide : renseignez-le ou retirez la propriété si elle est facultative.";
    internal const string BadCharacters = "Le texte contient un caractère de contrôle ou invalide : retirez-le.";
    internal const string ListEmpty = "Liste vide : donnez au moins un élément.";
    internal const string Repeated = "Valeur répétée dans la liste : gardez-la une seule fois.";
    internal static string Missing(string name) => $"Propriété obligatoire absente : ajoutez « {name} ».";
    internal static string RepeatedProperty(string name) => $"Propriété « {name} » écrite plusieurs fois : n'en gardez qu'une.";
    internal static string UnknownProperty(string name, string? nearest) =>
        nearest is null ? $"Propriété inconnue « {name} » : retirez-la." : $"Propriété inconnue « {name} » : vouliez-vous dire « {nearest} » ?";
    internal static string TextTooLong(int length, int max) => Text($"Texte trop long ({length} caractères) : {max} au plus.");
    internal static string ListTooLong(int count, int max) => Text($"Liste trop longue ({count} éléments) : {max} au plus.");
    internal static string TooManyGrants(int max) => Text($"Trop de droits une fois développés (rôles × filières × actions) : {max} au plus.");
    internal static string WholeRange(string value, int min, int max) => Text($"« {value} » n'est pas admis : donnez un nombre entier de {min} à {max}.");
    internal static string NumberRange(string value, double min, double max) => Text($"« {value} » n'est pas admis : donnez un nombre de {min} à {max}.");
    internal static string Choice(string value, IEnumerable<string> words) => $"« {value} » n'est pas admis : choisissez parmi {string.Join(", ", words)}.";

    // Forms.
    internal static string Id(string value) => $"Identifiant « {value} » invalide : 1 à 40 caractères parmi a–z, 0–9 et le tiret.";
    internal static string Insee(string value) => $"Code INSEE « {value} » invalide : 5 chiffres (ou 2A, 2B et 3 chiffres), entre guillemets.";
    internal static string PostalCode(string value) => $"Code postal « {value} » invalide : 5 chiffres, entre guillemets.";
    internal static string Phone(string value) => $"Numéro de téléphone « {value} » invalide : 10 chiffres (02 61 91 00 00) ou forme internationale (+33261910000).";
    internal static string Date(string value) => $"Date « {value} » invalide : écrivez AAAA-MM-JJ.";
    internal static string Time(string value) => $"Heure « {value} » invalide : écrivez HH:MM, de 00:00 à 23:59.";
    internal static string TimeZone(string value) => $"Fuseau horaire « {value} » inconnu : donnez un nom IANA, par exemple Europe/Paris.";
    internal static string Rpps(string value) => $"Numéro RPPS « {value} » invalide : 11 chiffres entre guillemets, sans le préfixe 8.";
    internal static string RppsKey(string value) => $"Numéro RPPS « {value} » : la clé de contrôle (dernier chiffre) est fausse ; vérifiez la saisie.";
    internal const string RppsDemo = "Une identité de démonstration ne porte jamais un vrai numéro : prenez un RPPS qui commence par 997.";

    // Rules and templates.
    internal static string WindowHours(int hours) => Text($"Délai de {hours} h non admis : 24 ou 48.");
    internal const string DaytimePairs = "Les heures d'ouverture vont par paires : [\"08:00\", \"20:00\"] ou [\"08:00\", \"12:00\", \"14:00\", \"20:00\"].";
    internal const string DaytimeOrder = "Heures d'ouverture mal ordonnées : chaque plage ferme après son ouverture et commence après la précédente.";
    internal const string DateOrder = "La fin précède le début : échangez ou corrigez les dates.";
    internal const string TimesOverlap = "Ce créneau chevauche un autre créneau du même modèle : espacez les heures ou réduisez la durée.";
    internal const string Midnight = "Ce créneau dépasse minuit : avancez l'heure ou réduisez la durée.";
    internal static string TemplateClash(string id) => $"Ce modèle chevauche le modèle « {id} » du même agenda : décalez les heures, ou augmentez « capacity » si plusieurs patients sont reçus.";
    internal static string OutsideDaytime(IEnumerable<string> days) => $"Hors des heures de jour du territoire ({string.Join(", ", days)}) : ce créneau ne serait jamais publié ; changez l'heure ou rules.daytime.";

    // People and grants.
    internal const string EmergencyDeskNeedsGrant = "L'accueil des urgences est dit réserver (book), mais aucun droit ne le lui permet : ajoutez un droit \"book\" au rôle emergencyDesk, ou écrivez \"requestOnly\".";
    internal const string SasNeeded = "Ce rôle travaille pour un SAS : indiquez son identifiant dans « sasId ».";
    internal const string SasUnexpected = "« sasId » est réservé aux rôles de régulation (regulator, osnp, dispatchAssistant) : retirez-le.";
    internal const string GroupNeeded = "La condition inGroup exige un groupe : ajoutez « group ».";
    internal const string GroupUnexpected = "« group » n'a de sens qu'avec la condition inGroup : ajoutez la condition ou retirez le groupe.";
    internal const string PersonNeeded = "La condition namedPerson exige une personne : ajoutez « person ».";
    internal const string PersonUnexpected = "« person » n'a de sens qu'avec la condition namedPerson : ajoutez la condition ou retirez la personne.";
    internal static string OwnAgendaNeeded(string action) => $"L'action {action} ne vaut que sur son propre agenda : ajoutez \"condition\": \"ownAgenda\" ou retirez l'action.";

    // Calls of a SAS.
    internal const string FlowOverlap = "Deux circuits d'appel sont en vigueur en même temps : terminez le premier (« to ») avant que le second commence (« from »).";
    internal const string NobodyAtNight = "Aucun niveau ne travaille hors des heures de jour : retirez « daytimeOnly » d'au moins un niveau, sinon les appels de la nuit n'iraient nulle part.";
    internal const string NoDoctor = "Aucun niveau n'est tenu par un médecin régulateur (regulator) : ajoutez-en un, lui seul décide d'un rendez-vous.";
    internal const string VitalProtocol = "Ce motif est un signe de gravité : il mène à l'aide médicale urgente et à aucun protocole. Retirez-le.";
    internal static string UnknownLevel(string id) => $"Niveau « {id} » absent de ce circuit : ajoutez-le ou corrigez l'identifiant.";
    internal static string OwnLevel(string id) => $"Le niveau « {id} » ne se transfère pas à lui-même : retirez-le.";
    internal static string Reason(string code) => $"Motif « {code} » inconnu de la liste nationale : écrivez un code comme M03.14.";

    // Uniqueness and references.
    internal static string DuplicateId(string id) => $"Identifiant « {id} » déjà utilisé plus haut : choisissez-en un autre.";
    internal static string DuplicateCommune(string code) => $"Commune « {code} » déjà citée plus haut : retirez le doublon.";
    internal static string DuplicateRpps(string rpps) => $"Numéro RPPS « {rpps} » déjà porté par une autre personne du fichier : vérifiez les deux.";
    internal static string UnknownCommune(string code) => $"Commune « {code} » absente de « communes » : ajoutez-la ou corrigez le code.";
    internal static string UnknownOrganization(string id) => $"Organisation « {id} » absente de « organizations » : ajoutez-la ou corrigez l'identifiant.";
    internal static string UnknownPlace(string id) => $"Lieu « {id} » absent de « places » : ajoutez-le ou corrigez l'identifiant.";
    internal static string UnknownProfessional(string id) => $"Personne « {id} » absente de « professionals » : ajoutez-la ou corrigez l'identifiant.";
    internal static string UnknownGroup(string id) => $"Groupe « {id} » absent de « groups » : ajoutez-le ou corrigez l'identifiant.";
    internal static string UnknownSas(string id, string own) => $"SAS « {id} » inconnu : le SAS de ce fichier est « {own} ».";
    internal static string UnknownAgenda(string id) => $"Agenda « {id} » inconnu : ajoutez-le, ou importez ensemble le fichier qui le contient.";
    internal static string UnknownTerritory(string id) => $"Territoire « {id} » inconnu : importez-le avant, ou ensemble, ou corrigez l'identifiant.";
    internal const string OwnTerritory = "Un agenda est toujours visible sur son propre territoire : retirez-le de « alsoShownIn ».";

    // Several files.
    internal static string TerritoryTwice(string id, string files) => $"Territoire « {id} » décrit aussi dans {files} : gardez un seul fichier par territoire.";
    internal static string AgendaTwice(string id, string where) => $"Agenda « {id} » décrit aussi dans {where} : un agenda appartient à un seul territoire ; utilisez « alsoShownIn » pour le montrer ailleurs.";
    internal static string SasDiffers(string id, string where) => $"SAS « {id} » décrit autrement dans {where} : écrivez-le de la même façon.";
    internal static string OrganizationDiffers(string id, string where) => $"Organisation « {id} » décrite autrement dans {where} : écrivez-la de la même façon ou changez l'identifiant.";
    internal static string PlaceDiffers(string id, string where) => $"Lieu « {id} » décrit autrement dans {where} : écrivez-le de la même façon ou changez l'identifiant.";
    internal static string ProfessionalDiffers(string id, string where) => $"Personne « {id} » décrite autrement dans {where} : écrivez-la de la même façon (memberships et agendas compris) ou changez l'identifiant.";
    internal static string RppsDiffers(string rpps, string where) => $"Numéro RPPS « {rpps} » porté par une autre personne dans {where} : donnez-lui un seul identifiant.";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
