using SnpLive.Grains.People;

namespace SnpLive.Web;

/// <summary>What a person reads about a problem: what happened, and what to do.</summary>
internal sealed record ProblemText(string Title, string Detail);

/// <summary>Every French word that the server says. Logic names them, never quotes them.</summary>
internal static class Messages
{
    // Refusals of a command.
    internal static readonly ProblemText AgendaUnknown = new("Agenda introuvable", "Cet agenda n’existe pas ou ne vous est pas ouvert. Rechargez le tableau et choisissez un autre créneau.");
    internal static readonly ProblemText SlotUnknown = new("Créneau introuvable", "Ce créneau n’existe pas ou n’existe plus. Rechargez le tableau et choisissez un autre créneau.");
    internal static readonly ProblemText SlotTaken = new("Créneau déjà réservé", "Ce créneau vient d’être réservé par quelqu’un d’autre. Choisissez un des créneaux proposés.");
    internal static readonly ProblemText SlotHeld = new("Créneau en cours de réservation", "Quelqu’un d’autre est en train de réserver ce créneau. Choisissez-en un autre, ou attendez la fin de sa réservation provisoire.");
    internal static readonly ProblemText SlotWithdrawn = new("Créneau retiré", "Le praticien a retiré ce créneau. Choisissez un des créneaux proposés.");
    internal static readonly ProblemText TooLate = new("Trop tard pour ce créneau", "Ce créneau commence dans trop peu de temps pour être réservé. Choisissez un créneau plus tardif ou appelez le cabinet.");
    internal static readonly ProblemText OutsideWindow = new("Créneau hors délai", "Ce créneau commence après la fin du délai des soins non programmés. Choisissez un créneau plus proche.");
    internal static readonly ProblemText NotAllowed = new("Action non autorisée", "Aucune règle de ce territoire ne vous permet cette action. Adressez-vous à la coordination de la CPTS.");
    internal static readonly ProblemText ReasonNotAllowed = new("Motif non admis", "Ce motif ne peut pas être pris en charge dans cette filière. Vérifiez le motif ou choisissez une autre filière.");
    internal static readonly ProblemText VitalSign = new("Détresse vitale possible : appelez le 15", "Ce motif est un signe de gravité : aucun rendez-vous n’est donné. Transférez l’appel à l’aide médicale urgente ou appelez le 15 sans attendre.");
    internal static readonly ProblemText VitalSignsNotExcluded = new("Signes de gravité non écartés", "Vérifiez d’abord l’absence de signe de gravité et cochez-le. En cas de doute, appelez le 15.");
    internal static readonly ProblemText HoldUnknown = new("Réservation provisoire introuvable", "Cette réservation provisoire n’existe pas ou n’est pas la vôtre. Reprenez le créneau depuis le tableau.");
    internal static readonly ProblemText HoldExpired = new("Réservation provisoire terminée", "Le temps de la réservation provisoire est écoulé. Reprenez le créneau s’il est encore libre.");
    internal static readonly ProblemText HoldAlreadyExtended = new("Prolongation déjà utilisée", "Une réservation provisoire ne se prolonge qu’une fois. Confirmez le rendez-vous ou rendez le créneau.");
    internal static readonly ProblemText TooManyHolds = new("Trop de réservations provisoires", "Vous retenez déjà le nombre maximal de créneaux. Confirmez ou rendez-en un avant d’en retenir un autre.");
    internal static readonly ProblemText PatientAlreadyBooked = new("Un rendez-vous de soins non programmés existe déjà", "Cette personne a déjà un rendez-vous dans cette filière pour la période. Demandez-lui de le garder ou de l’annuler ; une dérogation motivée reste possible.");
    internal static readonly ProblemText BookingUnknown = new("Rendez-vous introuvable", "Ce rendez-vous n’existe pas ou ne vous est pas ouvert. Vérifiez la référence.");
    internal static readonly ProblemText BookingEnded = new("Rendez-vous déjà clos", "Ce rendez-vous est déjà annulé, à replacer ou replacé, ou son issue est déjà enregistrée : rien n’a été changé. Rechargez-le.");
    internal static readonly ProblemText SlotOverlap = new("Créneaux qui se chevauchent", "Un autre créneau de cet agenda occupe ce temps. Changez l’horaire.");
    internal static readonly ProblemText OutsideDaytime = new("Hors des heures de soins", "Ce créneau tombe sur les heures de la permanence des soins. Choisissez un créneau ou un horaire de jour, hors jours fériés.");
    internal static readonly ProblemText InvalidSlot = new("Créneau incohérent", "Le début, la fin ou le nombre de places ne conviennent pas. Corrigez-les.");
    internal static readonly ProblemText SlotBooked = new("Créneau réservé", "Un patient a réservé ce créneau. Demandez que son rendez-vous soit replacé, ou annulez-le d’abord.");
    internal static readonly ProblemText OnBehalfOfRequired = new("Pour quel professionnel ?", "Le télésecrétariat réserve pour le compte d’un professionnel : indiquez lequel.");
    internal static readonly ProblemText AddressRequired = new("Adresse nécessaire", "Une visite à domicile demande l’adresse du patient. Complétez-la.");
    internal static readonly ProblemText InvalidDecisionTime = new("Heure de décision incohérente", "L’heure de la décision est dans le futur, ou son délai est déjà écoulé. Corrigez-la.");
    internal static readonly ProblemText CommandExpired = new("Demande arrivée trop tard", "La demande a attendu trop longtemps et n’a pas été exécutée. Renvoyez-la.");
    internal static readonly ProblemText RequestIdReused = new("Identifiant de demande déjà utilisé", "Cet identifiant a servi à une autre demande. Renvoyez la vôtre avec un nouvel identifiant.");
    internal static readonly ProblemText InvalidOutcome = new("Issue non admise", "L’issue s’enregistre après le début du rendez-vous : honoré ou non honoré.");
    internal static readonly ProblemText LedgerUnavailable = new("Enregistrement momentanément impossible", "Rien n’a été enregistré. Réessayez dans quelques secondes ; si cela dure, appelez le cabinet.");
    internal static readonly ProblemText OutcomeUnknown = new("Résultat inconnu", "La demande a peut-être été enregistrée. Renvoyez-la avec le même identifiant, ou consultez son résultat : elle ne sera jamais faite deux fois.");
    internal static readonly ProblemText InvalidTemplate = new("Semaine type incohérente", "Un des horaires de la semaine type ne convient pas : jours, heures, durée ou dates. Corrigez-le.");
    internal static readonly ProblemText InvalidAbsence = new("Absence incohérente", "Cette absence est déjà passée, trop longue ou trop lointaine, ou le remplaçant ne convient pas. Corrigez-la.");
    internal static readonly ProblemText AbsenceUnknown = new("Absence introuvable", "Cette absence n’existe pas ou n’existe plus. Rechargez l’agenda.");
    internal static readonly ProblemText AbsenceOverlap = new("Absences qui se chevauchent", "Une autre absence couvre déjà une partie de ce temps. Terminez-la d’abord, ou changez les dates.");
    internal static readonly ProblemText OverbookNotAllowed = new("Pas de place en sus", "Le praticien n’a pas accepté de places en sus. Lui seul peut les permettre, dans les réglages de son agenda.");
    internal static readonly ProblemText OverbookLimit = new("Plus de place en sus", "Ce créneau a déjà toutes les places en sus possibles. Ouvrez un autre créneau.");
    internal static readonly ProblemText PatientNotInformed = new("Patient à prévenir", "Ce rendez-vous est à replacer : prévenez d’abord le patient, puis confirmez « patient prévenu ».");
    internal static readonly ProblemText InvalidDelegates = new("Délégués à corriger", "La liste des délégués est trop longue, ou quelqu’un y figure deux fois. Corrigez-la.");
    internal static readonly ProblemText CareRequestUnknown = new("Demande de soins introuvable", "Cette demande de soins n’existe pas ou n’est pas celle de votre organisation. Rechargez la liste des demandes.");
    internal static readonly ProblemText CareRequestTaken = new("Demande prise par quelqu’un d’autre", "Quelqu’un d’autre s’occupe de cette demande. Prenez-en une autre, ou reprenez celle-ci avec son accord.");
    internal static readonly ProblemText CareRequestEnded = new("Demande déjà close", "Cette demande est servie, sans suite, annulée, ou son délai est passé : rien n’a été changé. Rechargez la liste, et refaites une demande si le besoin demeure.");
    internal static readonly ProblemText RegisteredGpNotStated = new("Médecin traitant contacté ?", "Le médecin traitant reste le premier choix : dites s’il a été contacté, ou s’il est absent.");
    internal static readonly ProblemText RequestOnly = new("Demande, sans réservation", "Sur ce territoire, l’accueil des urgences fait une demande et ne réserve pas. Ouvrez « Demandes » : le télésecrétariat réservera pour vous.");

    // Problems of the web itself.
    internal static readonly ProblemText InvalidInput = new("Saisie à corriger", "Certains champs ne conviennent pas : corrigez ceux qui sont signalés.");
    internal static readonly ProblemText MalformedRequest = new("Demande illisible", "La demande n’a pas pu être lue. Rechargez la page et recommencez.");
    internal static readonly ProblemText NotSignedIn = new("Session absente ou terminée", "Ouvrez une session pour continuer.");
    internal static readonly ProblemText Forbidden = new("Accès refusé", "Votre session ne permet pas cette action.");
    internal static readonly ProblemText CrossSite = new("Demande venue d’un autre site", "Cette demande ne vient pas de l’application : elle a été refusée. Ouvrez l’application et recommencez.");
    internal static readonly ProblemText NotFound = new("Introuvable", "Cette adresse ne mène à rien. Vérifiez-la.");
    internal static readonly ProblemText MethodNotAllowed = new("Méthode non admise", "Cette adresse n’accepte pas cette action.");
    internal static readonly ProblemText IdentityUnknown = new("Identité inconnue", "Cette identité de démonstration n’existe pas. Choisissez-en une dans la liste.");
    internal static readonly ProblemText TerritoryUnknown = new("Territoire introuvable", "Ce territoire n’existe pas ou ne vous est pas ouvert.");
    internal static readonly ProblemText CommandUnknown = new("Demande inconnue", "Aucune demande acceptée ne porte cet identifiant. Elle peut être renvoyée sans risque avec le même identifiant.");
    internal static readonly ProblemText TooLarge = new("Demande trop volumineuse", "La demande dépasse la taille admise. Raccourcissez-la.");
    internal static readonly ProblemText UnsupportedMediaType = new("Format non admis", "Le corps de la demande doit être du JSON (application/json, UTF-8).");
    internal static readonly ProblemText TooManyRequests = new("Trop de demandes", "Vous envoyez trop de demandes à la fois. Attendez un instant puis réessayez.");
    /// <summary>Who tries again and again waits: what there was too much of, and for how long.</summary>
    internal static ProblemText TooManyTries(string what, string wait = "une minute") => new("Trop d’essais", $"{what} Patientez {wait} puis réessayez.");
    internal static readonly ProblemText InternalError = new("Erreur du serveur", "Une erreur inattendue s’est produite. Réessayez ; si cela dure, prévenez l’assistance.");
    internal static readonly ProblemText Unavailable = new("Service momentanément indisponible", "Le serveur ne peut pas répondre. Réessayez dans quelques secondes.");
    internal static readonly ProblemText ImportInvalid = new("Fichiers refusés", "Rien n’a été importé. Corrigez les erreurs signalées et recommencez.");

    // Field errors.
    internal const string Required = "Champ obligatoire.";
    internal const string WrongType = "Valeur d’un type inattendu.";
    internal const string UnknownMember = "Champ inconnu ou répété, ou valeur d’un type inattendu.";
    internal const string NotJson = "JSON illisible.";
    internal const string ControlCharacters = "Caractères invisibles ou de contrôle non admis.";
    internal const string BadName = "Lettres, espaces, traits d’union et apostrophes seulement.";
    internal const string BadUuid = "Identifiant UUID attendu.";
    internal const string BadId = "Référence mal formée.";
    internal const string BadDate = "Date attendue au format AAAA-MM-JJ.";
    internal const string BadBirthDate = "Date de naissance attendue entre 1900 et aujourd’hui.";
    internal const string BadInstant = "Instant attendu avec fuseau, par exemple 2026-03-02T11:40:00Z.";
    internal const string BadPhone = "Numéro de téléphone attendu, par exemple 06 12 34 56 78 ou +33 6 12 34 56 78.";
    internal const string BadCommune = "Code INSEE de commune attendu (5 caractères).";
    internal const string BadReason = "Motif inconnu de la liste nationale.";
    internal const string BadRange = "La fin doit suivre le début.";
    internal const string UnknownProfessional = "Professionnel inconnu.";
    internal const string Empty = "La liste est vide.";
    internal const string BadTime = "Heure attendue au format HH:MM.";
    internal const string BadDay = "Date (AAAA-MM-JJ) ou instant avec fuseau attendu.";
    internal const string NotADelegate = "Secrétaire, télésecrétariat ou coordination du territoire attendu.";
    internal const string OtherStream = "Le nouveau créneau doit être de la même filière que le rendez-vous à replacer.";
    internal static string TooLong(int max) => $"{max} caractères au plus.";
    internal static string TooShort(int min) => $"{min} caractères au moins.";
    internal static string TooMany(int max) => $"{max} éléments au plus.";
    internal static string Between(int min, int max) => $"Nombre attendu entre {min} et {max}.";
    internal static string OneOf(IEnumerable<string> allowed) => $"Valeur attendue parmi : {string.Join(", ", allowed)}.";
    internal static string RangeTooLong(int days) => $"{days} jours au plus.";

    // Who may book, in plain words.
    internal static string Bookers(Role role) => role switch
    {
        Role.Regulator => "médecins régulateurs",
        Role.Osnp => "opérateurs de soins non programmés (OSNP)",
        Role.DispatchAssistant => "assistants de régulation médicale",
        Role.Pharmacist => "pharmaciens",
        Role.TeleSecretary => "télésecrétariat",
        Role.EmergencyDesk => "accueils des urgences",
        Role.GeneralPractitioner => "médecins généralistes",
        Role.Radiologist => "radiologues",
        Role.Physiotherapist => "kinésithérapeutes",
        Role.Nurse => "infirmiers",
        Role.Midwife => "sages-femmes",
        Role.MedicalBiologist => "biologistes médicaux",
        Role.Coordinator => "coordination",
        Role.Secretary => "secrétaires",
        _ => "système",
    };
    internal const string OfTheSas = " du SAS";
    internal const string OfTheCpts = " de la CPTS";
    internal const string OfAnyTerritory = ", de tout territoire";
    internal const string OnBehalf = ", pour le compte d’un professionnel";
    internal const string NamedPerson = ", personne nommée";
    internal const string OnTheirOwnAgenda = ", sur leur propre agenda";
    internal static string InGroup(string group) => $", groupe « {group} »";

    // Console.
    internal const string LedgerInUse = "La base de données est déjà ouverte par un autre processus : arrêtez le serveur qui tourne, ou choisissez un autre dossier avec --data.";
    internal const string LedgerUnreachable = "La base de données ne répond pas : vérifiez que PostgreSQL tourne et l’option --connection.";
    internal const string PortInUse = "Ce port est déjà pris : arrêtez l’autre serveur, ou choisissez-en un autre avec --port.";
    internal static string NotStarted(IReadOnlyList<string> wrong) => $"Le serveur ne démarre pas :\n{string.Join('\n', wrong.Select(one => $"  - {one}"))}";
    internal const string DemoWithProvider = "les identités de démonstration et un fournisseur d’identité (OpenId:Authority) ne vont pas ensemble : Demo:Enabled=false, ou retirez le fournisseur.";
    internal const string DemoInProduction = "la démonstration est active en production : Demo:Enabled=false.";
    internal const string NoTls = "ni TLS (Tls:Certificate) ni mandataire de confiance déclaré (Proxy:Trusted).";
    internal static string NoVaultKey(string file) => $"la clé du coffre {file} manque : les identités des patients ne seraient pas protégées. Créez-la (32 octets en base64) ou indiquez son dossier avec --keys.";
    internal static string BadCertificate(string file) => $"Certificat illisible : {file} (PKCS #12, ou PEM avec Tls:Key).";
    internal const string ListensWide = "ATTENTION : le serveur écoute au-delà de cet ordinateur, en démonstration : n’importe qui peut s’y connecter. Aucune donnée réelle.";
    internal const string OpenIdBesideDemo = "OpenId:Authority et Demo:Enabled=true ne vont pas ensemble : de vraies personnes entreraient dans une démonstration. Ajoutez --Demo:Enabled false.";
    internal const string OpenIdAuthority = "OpenId:Authority doit être une adresse https complète (http sur cet ordinateur seulement).";
    internal const string OpenIdClient = "OpenId:ClientId manque : c’est l’identifiant donné par le fournisseur.";
    internal static string OpenIdSecretFile(string file) => $"OpenId:ClientSecretFile : le fichier {file} n’existe pas.";
    internal static string BadOption(string name, string value, string allowed) => $"Option {name} : « {value} » n’est pas admis ({allowed}).";
    internal static string UnknownOption(string name) => $"Option inconnue : {name}. Voir ./snp --help.";
    internal static string ServingAt(string address) => $"SnpLive est ouvert sur {address}";
    internal const string DemoIdentities = "Identités de démonstration :";
    internal static string DemoRefused(int count) => $"Les territoires de démonstration ne sont pas chargés : {FrenchPlural.Count(count, "erreur", "erreurs")}.";
    internal static string NoServer(string address) => $"Aucun serveur ne répond sur {address} : lancez ./snp run puis recommencez.";
    internal static string NoToken(string file) => $"Le fichier {file} manque ou n’est pas lisible : donnez le dossier de données du serveur avec --data.";
    internal static string NoFile(string file) => $"Fichier illisible : {file}";
    internal const string ImportGoesOn = "L’import continue ; recommencez-le pour vérifier qu’il est complet.";
    internal static string Imported(string id, bool changed, int agendas, int people, string? problem) =>
        $"{id} : {(changed ? "territoire mis à jour" : "territoire inchangé")}, {FrenchPlural.Count(agendas, "agenda", "agendas")} et {FrenchPlural.Count(people, "personne", "personnes")} mis à jour.{(problem is null ? "" : $" {problem}")}";
    internal static string NoDatabase(string file) => $"Aucune base de données : {file} n’existe pas.";
    internal static string Verified(long streams, long commands) => $"Base vérifiée : {streams} flux, {commands} commandes, aucun écart.";
    internal static string NotVerified(long findings) => $"{FrenchPlural.Count(findings, "écart", "écarts")} entre le journal et les tables.";
    internal const string ImportUsage = "Usage : ./snp import FICHIER… [--port 8080] [--data data]";
}
