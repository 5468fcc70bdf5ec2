using SnpLive.Web.Problems;
using static Microsoft.AspNetCore.Http.StatusCodes;

namespace SnpLive.Web.Accounts;

/// <summary>Problems of accounts.</summary>
internal static class AccountProblems
{
    // One for all: what was wrong, whether the login exists, whether it is locked, nobody is told.
    internal static readonly ProblemKind SignInRefused = new("sign-in-refused", Status422UnprocessableEntity, AccountMessages.SignInRefused);
    internal static readonly ProblemKind TooManySignIns = new("too-many-sign-ins", Status429TooManyRequests, AccountMessages.TooManySignIns);
    internal static readonly ProblemKind InvitationInvalid = new("invitation-invalid", Status404NotFound, AccountMessages.InvitationInvalid);
    internal static readonly ProblemKind CodeWrong = new("code-wrong", Status422UnprocessableEntity, AccountMessages.CodeWrong);
    internal static readonly ProblemKind ProofWrong = new("proof-wrong", Status422UnprocessableEntity, AccountMessages.ProofWrong);
    internal static readonly ProblemKind AccountUnknown = new("account-unknown", Status404NotFound, AccountMessages.AccountUnknown);
    internal static readonly ProblemKind ProviderOnly = new("provider-only", Status422UnprocessableEntity, AccountMessages.ProviderOnly);
    internal static readonly ProblemKind PersonUnknown = new("person-unknown", Status404NotFound, AccountMessages.PersonUnknown);
    internal static readonly ProblemKind NotYourself = new("not-yourself", Status422UnprocessableEntity, AccountMessages.NotYourself);
    internal static readonly ProblemKind CoordinatorsOnly = new("coordinators-only", Status403Forbidden, AccountMessages.CoordinatorsOnly);
}

/// <summary>Every French word that the server says about accounts.</summary>
internal static class AccountMessages
{
    internal static readonly ProblemText SignInRefused = new("Connexion refusée", "Identifiant, mot de passe ou code inexact, ou trop d’essais récents. Vérifiez-les et réessayez avec un nouveau code ; après plusieurs échecs, patientez quelques minutes.");
    internal static readonly ProblemText TooManySignIns = Messages.TooManyTries("Trop d’essais de connexion en peu de temps.");
    internal static readonly ProblemText InvitationInvalid = new("Invitation non valable", "Ce lien a déjà servi, a été remplacé ou est trop ancien. Demandez une nouvelle invitation à la coordination de votre CPTS.");
    internal static readonly ProblemText CodeWrong = new("Code inexact", "Ce code n’est pas celui que votre application affiche maintenant. Attendez le suivant et saisissez-le ; vérifiez aussi que l’heure du téléphone est réglée automatiquement.");
    internal static readonly ProblemText ProofWrong = new("Mot de passe ou code inexact", "Rien n’a été changé. Vérifiez le mot de passe actuel et saisissez un nouveau code ; après plusieurs échecs, patientez quelques minutes.");
    internal static readonly ProblemText AccountUnknown = new("Pas de compte local", "Votre session n’a pas été ouverte avec un mot de passe : il n’y a rien à régler ici.");
    internal static readonly ProblemText ProviderOnly = new("Carte CPS ou e-CPS nécessaire", "Votre CPTS, ou une CPTS que votre SAS dessert, demande aux titulaires d’un numéro RPPS de se connecter avec leur carte CPS ou leur e-CPS. Sans carte pour le moment ? Sa coordination peut permettre un compte local jusqu’à une date.");
    internal static readonly ProblemText PersonUnknown = new("Personne introuvable", "Cette personne ne fait pas partie de ce territoire. Rechargez la liste.");
    internal static readonly ProblemText NotYourself = new("Pas votre propre accès", "Vous ne pouvez pas retirer votre propre accès. Demandez-le à un autre membre de la coordination.");
    internal static readonly ProblemText CoordinatorsOnly = new("Réservé à la coordination", "Seule la coordination de ce territoire gère ses membres. Adressez-vous à elle.");

    internal static string PasswordTooShort(int min) => $"Au moins {min} caractères : une phrase convient.";
    internal static string PasswordTooLong(int max) => $"{max} caractères au plus.";
    internal const string PasswordIsLogin = "Le mot de passe ne doit pas contenir votre identifiant.";
    internal const string PasswordCommon = "Ce mot de passe est trop courant : choisissez-en un autre.";
    internal static string ExceptionBetween(DateOnly first, DateOnly last) => $"Date attendue du {first:dd/MM/yyyy} au {last:dd/MM/yyyy}.";
    internal const string BadEmail = "Adresse électronique attendue, par exemple prenom.nom@exemple.fr.";
    internal const string BadRpps = "Numéro RPPS attendu : 11 chiffres, le dernier étant la clé.";
    internal const string UnknownOrganization = "Structure inconnue de ce territoire.";
    internal const string UnknownPerson = "Personne inconnue de ce territoire.";
    internal const string OtherTerritories = "Cette personne travaille aussi pour un autre territoire ou pour un SAS : l’exploitant du serveur l’invite (./snp invite --person).";
    internal const string LoginTaken = "Cette adresse a déjà un compte : renvoyez l’invitation depuis la liste, ou indiquez une autre adresse.";
    internal const string TwiceInList = "Cette adresse figure deux fois dans la liste.";
    internal const string NoLogin = "Indiquez l’adresse électronique.";
    internal const string AlreadyAccepted = "Cette invitation a déjà été acceptée.";

    // The message that carries an invitation.
    internal const string MailSubject = "Votre accès à SnpLive";
    internal static IReadOnlyList<string> MailLines(string name, string territory, string link, string until) =>
    [
        $"Bonjour {name},", "", $"La coordination de {territory} vous ouvre un accès à SnpLive, le tableau partagé des soins non programmés.",
        "Ce lien vous permet de choisir un mot de passe et un second facteur. Il sert une seule fois :", "", link, "", $"Il est valable jusqu’au {until}.",
        "Si vous n’attendiez pas ce message, ignorez-le.",
    ];

    // Console.
    internal const string InviteUsage = "Usage : ./snp invite --territory T --email E [--name NOM] [--person ID] [--port 8080] [--data data]";
    internal static string Invited(string name, string link, string until) => $"{name} est invité·e. Lien à usage unique, valable jusqu’au {until} :\n{link}";
}
