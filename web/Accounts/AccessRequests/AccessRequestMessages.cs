using SnpLive.Web.Problems;
using static Microsoft.AspNetCore.Http.StatusCodes;

namespace SnpLive.Web.Accounts.AccessRequests;

/// <summary>Problems of requests for access.</summary>
internal static class AccessRequestProblems
{
    internal static readonly ProblemKind TooMany = new("access-requests-too-many", Status429TooManyRequests, AccessRequestMessages.TooMany);
    internal static readonly ProblemKind Full = new("access-requests-full", Status409Conflict, AccessRequestMessages.Full);
    internal static readonly ProblemKind Unknown = new("access-request-unknown", Status404NotFound, AccessRequestMessages.Unknown);
    internal static readonly ProblemKind NotInvited = new("access-request-not-invited", Status422UnprocessableEntity, AccessRequestMessages.NotInvited);
}

/// <summary>Every French word that the server says about requests for access.</summary>
internal static class AccessRequestMessages
{
    internal static readonly ProblemText TooMany = Messages.TooManyTries("Trop de demandes ont été envoyées depuis cette adresse. Appelez la coordination de votre CPTS si cela presse.", "une heure");
    internal static readonly ProblemText Full = new("Demandes en attente", "La coordination de cette CPTS a trop de demandes en attente. Appelez-la, ou réessayez dans quelques jours.");
    internal static readonly ProblemText Unknown = new("Demande introuvable", "Cette demande a déjà reçu une réponse ou a expiré. Rechargez la liste.");
    internal static readonly ProblemText NotInvited = new("Invitation impossible", "La demande reste en attente.");

    // The message that says no.
    internal const string MailSubject = "Votre demande d’accès à SnpLive";
    internal static IReadOnlyList<string> MailLines(string name, string territory, string reason) =>
    [
        $"Bonjour {name},", "", $"La coordination de {territory} n’a pas ouvert l’accès que vous demandiez à SnpLive.", "", $"Motif : {reason}", "",
        "Pour toute question, adressez-vous à elle. Si vous n’avez rien demandé, ignorez ce message.",
    ];
}
