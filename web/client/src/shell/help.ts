// What a person can read about the page they are on. A page without an entry shows the keys that work everywhere.

interface PageHelp {
  what: readonly string[];
  keys: readonly (readonly [keys: string, what: string])[];
}

export const EVERYWHERE: PageHelp["keys"] = [
  ["F8", "Appeler le 15, ou transférer à l’AMU"],
  ["?", "Ouvrir cette aide"],
  ["Tab", "Aller d’un élément au suivant"],
  ["Échap", "Fermer ce qui est ouvert"],
];

export const HELP: Record<string, PageHelp> = {
  board: {
    what: [
      "Chaque carte est un créneau. Choisissez-en un libre : il est gardé pour vous quelques minutes, et tous les autres écrans le voient en cours de réservation.",
      "« À confirmer » : la liaison est perdue, rien n’est proposé tant qu’elle ne revient pas.",
      "Rien ne convient au patient ? « Aucun créneau ne convient » compte la demande, sans identité : c’est ce qui fait ouvrir les bons créneaux.",
    ],
    keys: [
      ["↑ ↓ ← →", "Aller d’un créneau à l’autre"],
      ["Entrée", "Prendre le créneau"],
      ["Alt + P", "Prolonger le créneau gardé"],
    ],
  },
  agenda: {
    what: [
      "Semaine : vos créneaux et vos patients. « Ouvrir un créneau » en ajoute un ; retirer un créneau libre le fait disparaître de tous les tableaux aussitôt. Après l’heure du rendez-vous, dites s’il a été honoré.",
      "Semaine type : ce qui s’ouvre tout seul chaque semaine. Une plage peut ne valoir que de telle date à telle date, et recevoir plusieurs patients par créneau.",
      "Absences : les créneaux libres sont retirés, et chaque patient déjà réservé devient « à replacer » ; personne n’est oublié. Avec un remplaçant, les créneaux restent.",
      "Réglages : qui peut réserver, les patients en sus, et qui gère l’agenda avec vous. Cette personne reçoit les mêmes notifications que vous.",
      "La cloche annonce chaque réservation, annulation ou rendez-vous à replacer. « Vu » le fait savoir à qui a réservé. Par « Réglages », sous la cloche : e-mail, SMS, et le message de la semaine. Ses liens « comme d’habitude », « absent », « +1 créneau » s’ouvrent sans mot de passe, demandent une confirmation et ne touchent que vos créneaux libres.",
    ],
    keys: [["Entrée", "Ouvrir le créneau choisi"]],
  },
  membres: {
    what: [
      "Qui a accès à ce territoire. « Inviter » donne un lien à usage unique : la personne y choisit un mot de passe et un second facteur. Le lien n’est montré qu’une fois ; « Renvoyer un lien » en fait un autre, et l’ancien compte ne vaut plus rien.",
      "« Inviter des personnes » prend des lignes collées d’un tableau. Chaque ligne dit ce qui ne va pas ; les autres sont invitées.",
      "« Retirer l’accès » ferme les sessions et les écrans en quelques secondes, et rend les créneaux retenus. Les rendez-vous pris restent.",
      "Une clé d’accès est pour une machine : elle n’ouvre que ce qui est coché, finit d’elle-même et ne s’affiche qu’une fois, à sa création.",
    ],
    keys: [],
  },
  droits: {
    what: [
      "Qui peut faire quoi ici : rôle, groupe ou personne nommée, filière, dates, et la décision d’où cela vient. Ce qu’aucun droit ne permet est refusé.",
      "« Donner un droit » et « Terminer » valent tout de suite : les écrans ouverts gagnent ou perdent leurs créneaux en quelques secondes. Les rendez-vous pris restent.",
      "« Corriger » répare une erreur de saisie. Le droit de tenir les droits ne peut pas être retiré à la dernière personne qui l’a.",
    ],
    keys: [],
  },
  "acces-exceptionnels": {
    what: [
      "Pour le médecin référent : qui a ouvert, hors droits, l’identité d’un patient du territoire. Un bandeau vous prévient sur toutes les pages.",
      "« Lire le motif » laisse une ligne au journal. « Examiné » dit que vous avez regardé ; l’accès reste au journal.",
    ],
    keys: [],
  },
  compte: {
    what: ["Mot de passe, second facteur et sessions ouvertes. Changer l’un des deux premiers demande le mot de passe actuel et un code, et ferme vos autres sessions.", "Poste partagé : chacun se connecte une fois par service, puis F9 verrouille et un code PIN rouvre sa propre session. Pour une autre personne, verrouillez ; ne prêtez pas votre session."],
    keys: [["F9", "Verrouiller un poste partagé (sauf dans la régulation)"]],
  },
  "a-replacer": {
    what: [
      "Ces patients avaient un rendez-vous que le praticien ne peut plus assurer. Le nombre, dans l’onglet, dit combien il en reste.",
      "Appelez le patient (« Voir le patient »), proposez un des créneaux, puis confirmez une fois qu’il est d’accord : rien n’est à ressaisir.",
      "S’il n’en veut pas d’autre, « Annuler, patient prévenu ». Tant que rien n’est fait, le rendez-vous reste dans la liste.",
    ],
    keys: [],
  },
  regulation: {
    what: [
      "La file montre les appels de votre niveau : priorité, puis qui rappelle ou a perdu son opérateur, puis l’attente. ○ dans l’objectif, ◐ objectif proche, ▲ objectif dépassé.",
      "F2 prend l’appel suivant. Chaque choix du dossier s’enregistre aussitôt. Une fois « Rendez-vous » décidé, F9 retient le premier créneau, puis confirme : rien n’est à ressaisir.",
      "F8 transfère l’appel en main à l’AMU, à tout moment ; cinq secondes pour annuler. Le dossier reste lisible et ne reçoit plus de rendez-vous.",
      "« À rappeler » : la personne a raccroché. Prenez l’appel comme les autres, et rappelez-la.",
    ],
    keys: [
      ["F2", "Prendre l’appel suivant"],
      ["F9", "Retenir le premier créneau, puis confirmer"],
      ["F8", "Transférer l’appel à l’AMU"],
    ],
  },
  demandes: {
    what: [
      "Une demande, c’est un patient sans appel au SAS : vu au comptoir, aux urgences, au cabinet. « Nouvelle demande » l’envoie au bureau de la CPTS et au télésecrétariat, qui la voient aussitôt.",
      "« Prendre » la met entre vos mains : personne d’autre ne cherche pour ce patient. « Réserver » ouvre le tableau, déjà réglé sur sa commune et sa filière ; le rendez-vous pris clôt la demande, sans rien ressaisir.",
      "Rien ne convient ? « Sans suite… » et sa raison. Toute demande compte, même refusée ou abandonnée. À l’échéance, elle se clôt seule ; à l’ouverture du matin, elle revient à tous.",
    ],
    keys: [
      ["Alt + N", "Nouvelle demande"],
      ["Alt + P", "Prendre la première demande"],
      ["↑ ↓", "Aller d’une demande à l’autre"],
      ["P, R, S", "Prendre, réserver, clore sans suite"],
    ],
  },
  reservations: {
    what: [
      "Tout ce que votre organisation a réservé, d’il y a quatre jours aux prochains rendez-vous. L’état change tout seul : réservé, honoré, à replacer…",
      "« Annuler » libère le créneau sur tous les tableaux. Le patient, lui, n’est pas prévenu : appelez-le.",
    ],
    keys: [],
  },
  journal: {
    what: [
      "Chaque ouverture d’un dossier et chaque recherche de patient laisse une ligne, qui ne peut être ni changée ni retirée sans que cela se voie. Sans cette ligne, le dossier ne s’ouvre pas.",
      "Touchez un professionnel ou un patient pour ne voir que ses lignes. Un patient porte un numéro d’emprunt : le journal ne connaît pas son nom.",
      "▲ Accès exceptionnel : quelqu’un a ouvert un dossier hors de ses droits, avec un motif. Lire ce motif laisse aussi une ligne.",
    ],
    keys: [],
  },
  personnes: {
    what: [
      "Ce que le territoire conserve sur une personne qui exerce ses droits : voir, exporter, corriger, s’opposer, effacer. On cherche une seule personne, par son nom de naissance, son prénom et sa date de naissance.",
      "Le motif choisi et chaque geste sont inscrits au journal d’accès. L’effacement est définitif : les rendez-vous restent dans l’historique, sans identité.",
      "Tant qu’un rendez-vous ou une demande est en cours, l’effacement est refusé : ceux qui soignent ont besoin de l’identité.",
    ],
    keys: [],
  },
  secours: {
    what: [
      "Le dernier tableau reçu par ce navigateur, en lecture seule, avec son âge. Il sert quand la liaison est perdue.",
      "Un créneau libre ici a pu être pris depuis : appelez le cabinet, au numéro de la liste. La liste s’imprime.",
      "Dès que la liaison revient, retournez au tableau pour réserver.",
    ],
    keys: [],
  },
};
