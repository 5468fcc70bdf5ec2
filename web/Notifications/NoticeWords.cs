using System.Globalization;
using SnpLive.Grains.Notifications;
using SnpLive.Grains.Rules;
using static SnpLive.Web.FrenchPlural;

namespace SnpLive.Web.Notifications;

/// <summary>Every French word of notices and of the weekly message. No patient, no reason for a visit: an e-mail is a postcard.</summary>
internal static class NoticeWords
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    internal static readonly ProblemText LinkUnusable = new("Lien inutilisable", "Ce lien n’est plus valable ou est incomplet. Ouvrez « Mon agenda » dans SnpLive, ou attendez le prochain message hebdomadaire.");
    internal static readonly ProblemText NotInstalled = new("Canal indisponible", "Ce moyen n’est pas configuré sur ce serveur. Choisissez-en un autre ou adressez-vous à la coordination.");
    internal const string BadEmail = "Adresse électronique attendue, par exemple cabinet@exemple.fr.";
    internal const string BadEndpoint = "Ce service de notification n’est pas admis.";
    internal const string BadKey = "Clé de notification mal formée.";

    internal static string Title(NoticeKind kind, DateTimeOffset start, string timeZone) => kind switch
    {
        NoticeKind.Booked => $"Créneau réservé : {When(start, timeZone)}",
        NoticeKind.Cancelled => $"Réservation annulée : {When(start, timeZone)}",
        NoticeKind.ToReplace => $"Rendez-vous à replacer : {When(start, timeZone)}",
        NoticeKind.GlassBroken => $"Accès exceptionnel à un dossier : {When(start, timeZone)}",
        _ => $"Vos créneaux de la semaine du {Day(start, timeZone)}",
    };

    internal static string What(NoticeKind kind) => kind switch
    {
        NoticeKind.Booked => "Un créneau de soins non programmés vient d’être réservé sur votre agenda.",
        NoticeKind.Cancelled => "Une réservation de soins non programmés vient d’être annulée ; le créneau est de nouveau libre.",
        NoticeKind.ToReplace => "Un rendez-vous de soins non programmés doit être replacé sur un autre créneau.",
        NoticeKind.GlassBroken => "Un professionnel vient d’ouvrir, hors de ses droits et avec un motif, le dossier du patient de ce rendez-vous.",
        _ => "Voici vos créneaux de soins non programmés de la semaine prochaine. Rien à faire si tout est comme d’habitude.",
    };

    internal const string WhereToLook = "Le dossier se consulte dans SnpLive, après connexion :";
    internal const string GlassToExamine = "Qui, quand et le motif se lisent dans SnpLive, après connexion, page « À examiner » :";
    internal const string GlassInJournal = "Aucun médecin référent n’est désigné pour ce territoire. Qui, quand et le motif se lisent dans SnpLive, après connexion, page « Journal » :";
    internal const string NoPatientData = "Par discrétion, ce message ne contient aucune information sur le patient.";
    /// <summary>Whose agenda a page without sign-in is about: its owner may have several.</summary>
    internal static string Agenda(string? practitioner, string place) => practitioner is null ? $"Agenda : {place}" : $"Agenda de {practitioner}, {place}";
    internal static string Place(string place) => $"Lieu : {place}";
    internal static string StreamLine(string stream) => $"Filière : {Stream(stream)}";
    internal static string Free(int free, int booked) => $"Publiés : {Count(free, "créneau libre", "créneaux libres")}, {Count(booked, "réservé", "réservés")}.";

    internal static string Stream(string stream) => stream switch
    {
        CareStreams.Gp => "médecine générale",
        CareStreams.XRay => "radiographie",
        CareStreams.Ct => "scanner",
        CareStreams.Ultrasound => "échographie",
        CareStreams.Mri => "IRM",
        CareStreams.Physio => "kinésithérapie",
        CareStreams.Nursing => "soins infirmiers",
        CareStreams.Biology => "biologie",
        _ => stream,
    };

    internal static string Answer(WeeklyAnswer answer) => answer switch
    {
        WeeklyAnswer.AsUsual => "Comme d’habitude",
        WeeklyAnswer.Absent => "Absent cette semaine-là",
        _ => "+1 créneau",
    };

    internal static string LinkLine(WeeklyAnswer answer, Uri link) => $"{Answer(answer)} : {link}";
    internal const string LinksOneTap = "Un lien, puis un bouton. Ils ne touchent que vos propres créneaux libres.";

    // The linked page.
    internal static string Question(WeeklyAnswer answer) => answer switch
    {
        WeeklyAnswer.AsUsual => "Confirmer la semaine comme d’habitude ?",
        WeeklyAnswer.Absent => "Retirer vos créneaux libres de cette semaine ?",
        _ => "Ouvrir un créneau de plus ?",
    };

    internal static string Button(WeeklyAnswer answer) => answer switch
    {
        WeeklyAnswer.AsUsual => "Oui, comme d’habitude",
        WeeklyAnswer.Absent => "Oui, je suis absent",
        _ => "Oui, ouvrir ce créneau",
    };

    internal static string Week(DateOnly monday) => $"Semaine du {monday.ToString("dddd d MMMM", French)}";
    internal static string AbsentDetail(int free, int booked)
    {
        var withdrawn = free == 0 ? "Aucun créneau libre à retirer." : $"{Count(free, "créneau libre sera retiré", "créneaux libres seront retirés")}.";
        return booked == 0 ? withdrawn : $"{withdrawn} {Count(booked, "rendez-vous déjà pris reste : traitez-le", "rendez-vous déjà pris restent : traitez-les")} dans « Mon agenda ».";
    }
    internal const string AsUsualDetail = "Rien ne change : vos créneaux restent ouverts.";
    internal static string OneMoreDetail(DateTimeOffset start, DateTimeOffset end, string timeZone) => $"{When(start, timeZone)} – {Time(end, timeZone)}";
    internal const string OneMoreNone = "Aucun horaire ne convient cette semaine-là à la suite de vos créneaux. Ouvrez-en un vous-même dans « Mon agenda ».";
    internal const string DoneTitle = "C’est fait";
    internal static string AbsentDone(int withdrawn, int kept)
    {
        var done = Count(withdrawn, "créneau retiré", "créneaux retirés");
        return kept == 0 ? $"{done}." : $"{done} ; {kept} en cours de réservation ou déjà {Word(kept, "pris reste", "pris restent")} en place.";
    }
    internal const string AsUsualDone = "Merci. Vos créneaux restent ouverts.";
    internal static string OneMoreDone(string when) => $"Créneau ouvert : {when}.";
    internal const string AlreadyDone = "Cette réponse était déjà enregistrée : rien n’a été fait une seconde fois.";
    internal static readonly ProblemText TryAgain = new("Réponse non enregistrée", "Le serveur n’a pas pu enregistrer la réponse. Touchez de nouveau le lien dans quelques minutes : rien ne sera fait deux fois.");
    internal const string CloseThis = "Vous pouvez fermer cette page.";
    internal const string App = "SnpLive";
    internal const string HelpTitle = "Aide sur cette page";
    internal static readonly string[] HelpLines =
    [
        "Ce lien vient de votre message de la semaine. L’ouvrir ne change rien : seul le bouton agit, une seule fois.",
        "Il ne touche que vos créneaux libres : un rendez-vous déjà pris n’est jamais supprimé d’ici.",
        "Vous vous êtes trompé ? Ouvrez « Mon agenda » dans SnpLive : tout peut y être rouvert ou retiré.",
    ];

    internal static string When(DateTimeOffset instant, string timeZone)
    {
        var (day, time) = CivilTime.Local(instant, timeZone);
        return $"{day.ToString("dddd d MMMM", French)} à {time.ToString("HH:mm", French)}";
    }

    private static string Time(DateTimeOffset instant, string timeZone) => CivilTime.Local(instant, timeZone).Time.ToString("HH:mm", French);
    private static string Day(DateTimeOffset instant, string timeZone) => CivilTime.Day(instant, timeZone).ToString("d MMMM", French);
}
