using SnpLive.Web.Problems;
using static Microsoft.AspNetCore.Http.StatusCodes;

namespace SnpLive.Web.Accounts.Keys;

/// <summary>Problems of machines' keys.</summary>
internal static class KeyProblems
{
    internal static readonly ProblemKind Invalid = new("api-key-invalid", Status401Unauthorized, KeyMessages.Invalid);
    internal static readonly ProblemKind NoScope = new("api-key-scope", Status403Forbidden, KeyMessages.NoScope);
    internal static readonly ProblemKind TooManyWrong = new("api-key-too-many-wrong", Status429TooManyRequests, KeyMessages.TooManyWrong);
    internal static readonly ProblemKind Unknown = new("api-key-unknown", Status404NotFound, KeyMessages.Unknown);
    internal static readonly ProblemKind TooMany = new("api-key-too-many", Status422UnprocessableEntity, KeyMessages.TooMany);
}

/// <summary>Every French word that the server says about machines' keys.</summary>
internal static class KeyMessages
{
    internal static readonly ProblemText Invalid = new("Clé d’accès non valable", "Cette clé est inconnue, révoquée ou échue. Demandez-en une autre à la coordination de la CPTS, et envoyez-la dans l’en-tête « Authorization: Bearer ».");
    internal static readonly ProblemText NoScope = new("Clé d’accès insuffisante", "Cette clé n’ouvre pas ce service. Demandez à la coordination de la CPTS une clé qui l’ouvre.");
    internal static readonly ProblemText TooManyWrong = Messages.TooManyTries("Trop de clés inexactes envoyées depuis cette adresse : corrigez la clé.");
    internal static readonly ProblemText Unknown = new("Clé introuvable", "Cette clé n’existe pas dans ce territoire. Rechargez la liste.");
    internal static readonly ProblemText TooMany = new("Trop de clés", "Ce territoire a autant de clés en service qu’il le peut. Révoquez d’abord celles qui ne servent plus.");
    internal const string NoCentre = "Le fichier de ce territoire ne décrit pas de centre d’appels : cette clé n’aurait rien à ouvrir.";
}
