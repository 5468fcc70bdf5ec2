namespace SnpLive.Web.Calls;

/// <summary>Every French word that the server says about calls.</summary>
internal static class CallMessages
{
    internal static readonly ProblemText CentreUnknown = new("Centre introuvable", "Ce centre de régulation n’existe pas ou n’est pas le vôtre.");
    internal static readonly ProblemText CallUnknown = new("Appel introuvable", "Cet appel n’existe pas ou n’est pas de votre centre. Reprenez-le depuis la file.");
    internal static readonly ProblemText NotAllowed = new("Action réservée à un autre rôle", "Votre rôle ne travaille pas à ce niveau. Laissez l’appel à qui le tient, ou transférez-le.");
    internal static readonly ProblemText CallTaken = new("Appel déjà pris", "Quelqu’un d’autre vient de prendre cet appel. Prenez le suivant.");
    internal static readonly ProblemText CallNotHeld = new("Cet appel n’est pas entre vos mains", "Prenez d’abord l’appel, ou adressez-vous à la personne qui le tient.");
    internal static readonly ProblemText CallClosed = new("Appel terminé", "Cet appel est clos : rien n’a été changé. Si la personne rappelle, un nouveau dossier s’ouvre.");
    internal static readonly ProblemText CallInEmergency = new("Dossier transmis à l’aide médicale urgente", "Ce dossier est à l’AMU : aucun rendez-vous n’y est pris. Seul un médecin régulateur peut ouvrir un nouveau dossier lié si l’AMU renvoie la personne.");
    internal static readonly ProblemText CallNotInEmergency = new("Dossier hors de l’AMU", "Ce dossier n’est pas à l’aide médicale urgente : poursuivez-le normalement.");
    internal static readonly ProblemText UndoOver = new("Annulation trop tardive", "Le délai d’annulation est passé, ou quelqu’un d’autre a déclenché l’urgence. Le dossier reste à l’AMU.");
    internal static readonly ProblemText ExitNotAllowed = new("Issue non prévue à ce niveau", "Cette issue n’est pas prévue à ce niveau ou pour votre rôle. Transférez l’appel au médecin régulateur.");
    internal static readonly ProblemText AppointmentNeedsRegulator = new("Décision d’un médecin régulateur", "Un rendez-vous est décidé par un médecin régulateur, ou par un protocole en vigueur. Transférez l’appel, ou indiquez le protocole.");
    internal static readonly ProblemText ProtocolUnknown = new("Protocole non applicable", "Ce protocole n’est pas en vigueur ou ne couvre pas ce motif, ce rôle et cette issue. Vérifiez le motif ou transférez l’appel.");
    internal static readonly ProblemText LevelUnknown = new("Transfert non prévu", "Les appels ne passent pas d’ici à ce niveau. Choisissez un des niveaux proposés.");
    internal static readonly ProblemText CallNotDecided = new("Aucun rendez-vous décidé", "Décidez d’abord d’un rendez-vous pour cet appel ; la réservation et la clôture suivent.");
    internal static readonly ProblemText QueueEmpty = new("Aucun appel en attente", "Personne n’attend à vos niveaux. La file vous préviendra du prochain appel.");
}
