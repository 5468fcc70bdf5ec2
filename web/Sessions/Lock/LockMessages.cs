using SnpLive.Web.Problems;
using static Microsoft.AspNetCore.Http.StatusCodes;

namespace SnpLive.Web.Sessions.Lock;

/// <summary>Problems of shared computers.</summary>
internal static class LockProblems
{
    internal static readonly ProblemKind Locked = new("session-locked", Status423Locked, LockMessages.Locked);
    internal static readonly ProblemKind NotShared = new("pc-not-shared", Status404NotFound, LockMessages.NotShared);
    internal static readonly ProblemKind PinWrong = new("pin-wrong", Status422UnprocessableEntity, LockMessages.PinWrong);
    internal static readonly ProblemKind FullSignIn = new("full-sign-in-needed", Status422UnprocessableEntity, LockMessages.FullSignIn);
    internal static readonly ProblemKind PinMissing = new("pin-missing", Status422UnprocessableEntity, LockMessages.PinMissing);
    internal static readonly ProblemKind PinTooLate = new("pin-too-late", Status422UnprocessableEntity, LockMessages.PinTooLate);
}

/// <summary>Every French word that the server says about shared computers.</summary>
internal static class LockMessages
{
    internal static readonly ProblemText Locked = new("Poste verrouillé", "Choisissez votre nom et saisissez votre code PIN.");
    internal static readonly ProblemText NotShared = new("Poste non partagé", "Ce poste n’est pas un poste partagé. Connectez-vous.");
    internal static readonly ProblemText PinWrong = new("Code PIN inexact", "Ce n’est pas le code PIN de cette personne. Vérifiez le nom choisi et réessayez.");
    internal static readonly ProblemText FullSignIn = new("Reconnexion nécessaire", "Le code PIN n’ouvre plus votre session sur ce poste : service terminé, trop d’essais ou accès modifié. Connectez-vous comme en début de service.");
    internal static readonly ProblemText PinMissing = new("Code PIN à choisir", "Choisissez d’abord votre code PIN : sans lui, vous ne pourriez pas déverrouiller ce poste.");
    internal static readonly ProblemText PinTooLate = new("Reconnexion nécessaire", "Un code PIN se choisit juste après la connexion. Déconnectez-vous, reconnectez-vous, puis choisissez-le.");
    internal static string PinDigits(int digits) => $"{digits} chiffres attendus.";
    internal const string PinTooEasy = "Trop facile à deviner : évitez les chiffres répétés et les suites.";
}
