// Every French word that the first load needs. The build makes spaces before ; : ! ? » and units no-break ones (french-spaces.ts).
import type { Role } from "./api/contract";
import { board } from "./messages/board";
import { booking } from "./messages/booking";
import { plural } from "./messages/plural";

export const m = {
  app: {
    name: "SnpLive",
    tagline: "Soins non programmés, en direct",
    demo: "Démonstration",
    demoNote: "personnes fictives, aucune donnée réelle",
    trafficNote: "une partie des réservations est simulée",
    skip: "Aller aux créneaux",
    loading: "Chargement…",
    unreachable: "Le serveur ne répond pas.",
    unreachableHelp: "Nouvel essai automatique. En attendant, joignez les cabinets par téléphone.",
    retry: "Réessayer",
    crashed: "Cette page a rencontré une erreur.",
    crashedHelp: "Rechargez-la : ce qui a été confirmé est enregistré.",
    reload: "Recharger la page",
    pages: "Pages",
    board: "Tableau",
    agenda: "Mon agenda",
    bookings: "Mes réservations",
    replace: "À replacer",
    requests: "Demandes",
    regulation: "Régulation",
    callInHand: (label: string): string => `L’appel ${label} est entre vos mains.`,
    backToCall: "Revenir à l’appel",
    members: "Membres",
    grants: "Droits",
    glass: "À examiner",
    glassToExamine: (n: number): string => plural(n, "accès exceptionnel à examiner.", "accès exceptionnels à examiner."),
    glassOpen: "Examiner",
    audit: "Journal",
    persons: "Personnes",
    objection: "S’oppose au partage avec son médecin traitant : ne le prévenez pas.",
    replaceCount: (n: number): string => plural(n, "patient", "patients"),
    bookingUnderWay: "réservation en cours",
  },

  legal: {
    title: "Informations légales",
    accessibilite: "Accessibilité : non conforme",
    "mentions-legales": "Mentions légales",
    shortMentions: "Mentions",
    confidentialite: "Confidentialité",
    newTab: "(nouvel onglet)",
    back: "Ouvrir SnpLive",
  },

  help: {
    open: "Aide",
    title: "Aide sur cette page",
    keys: "Touches",
    close: "Fermer",
  },

  noPage: {
    unknown: { title: "Cette page n’existe pas.", help: "L’adresse est peut-être incomplète, ou la page a changé de place." },
    forbidden: { title: "Cette page n’est pas ouverte à votre rôle.", help: "Si vous en avez besoin, demandez-la à la coordination de votre CPTS, ou changez d’identité." },
    board: "Aller au tableau des créneaux",
  },

  picker: {
    title: "Qui êtes-vous ?",
    lead: "Choisissez une identité de démonstration. Ouvrez une seconde fenêtre avec une autre identité pour voir les créneaux bouger chez les deux.",
    signingIn: "Ouverture…",
    failed: "L’ouverture de session n’a pas abouti. Réessayez.",
    none: "Aucune identité de démonstration n’est chargée sur ce serveur.",
    withAccount: "Se connecter avec un compte",
  },

  roles: {
    regulator: "Médecin régulateur",
    osnp: "Opérateur de soins non programmés",
    dispatchAssistant: "Assistant de régulation médicale",
    pharmacist: "Pharmacie",
    teleSecretary: "Télésecrétariat",
    emergencyDesk: "Accueil des urgences",
    generalPractitioner: "Médecin généraliste",
    physiotherapist: "Masseur-kinésithérapeute",
    radiologist: "Radiologue",
    nurse: "Infirmier·ère",
    secretary: "Secrétariat de cabinet",
    coordinator: "Coordination CPTS",
  } satisfies Record<Role, string>,

  roleHelp: {
    regulator: "Voit toutes les CPTS du département et réserve",
    osnp: "Premier décroché, prend les rendez-vous",
    dispatchAssistant: "Qualifie chaque appel du SAMU",
    pharmacist: "Réserve pour le patient au comptoir",
    teleSecretary: "Réserve pour le compte d’un professionnel",
    emergencyDesk: "Oriente vers la ville",
    generalPractitioner: "Ouvre des créneaux, adresse ses patients",
    physiotherapist: "Ouvre des créneaux de relais",
    radiologist: "Ouvre des créneaux d’imagerie",
    nurse: "Ouvre des créneaux infirmiers",
    secretary: "Demande pour son cabinet",
    coordinator: "Suit l’offre, ne réserve pas",
  } satisfies Record<Role, string>,

  session: {
    change: "Changer d’identité",
    changeShort: "Changer",
    leave: "Se déconnecter",
    leaveShort: "Quitter",
    account: "Mon compte",
    lock: "Verrouiller le poste",
    lockShort: "Verrouiller",
    endsSoon: "Votre session va se terminer.",
    endsForGood: "Votre session arrive à sa durée maximale. Ouvrez-en une nouvelle pour continuer.",
    stay: "Rester connecté",
    reopen: "Ouvrir une nouvelle session",
    reopenAt: (provider: string): string => `Rouvrir avec ${provider} (autre fenêtre)`,
    reopenAs: (name: string): string => `Rouvrir ma session (${name})`,
    ended: "Votre session est terminée",
    endedHelp: "Ce que vous aviez saisi est gardé sur cet écran. Un créneau en cours de réservation est rendu au bout de son temps : reprenez-le une fois la session rouverte.",
    failed: "Le serveur n’a pas répondu. Réessayez.",
  },

  link: {
    connecting: "Connexion…",
    live: "En direct",
    reconnecting: "Reconnexion…",
    stale: "Données non à jour",
    offline: "Hors ligne",
    asOf: (time: string): string => `à jour à ${time}`,
    banner: {
      reconnecting: "Liaison perdue : reconnexion en cours.",
      stale: "Liaison perdue : les créneaux affichés ne sont plus à jour.",
      offline: "Cet ordinateur n’a plus de réseau.",
    },
    since: (time: string, age: string): string => `Dernières données : ${time} (il y a ${age}).`,
    noOffer: "Aucun créneau n’est proposé tant que la liaison n’est pas rétablie.",
    back: "Liaison rétablie, créneaux à jour.",
    list: "Téléphones des cabinets, à imprimer",
  },

  time: {
    dayAt: (day: string, time: string): string => `${day} à ${time}`,
    minutes: (n: number): string => `${n} min`,
    age: (seconds: number): string =>
      seconds < 60 ? `${seconds} s` : seconds < 3600 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3600)} h`,
  },

  ...board,
  ...booking,
} as const;
