// The French words of the access log: loaded with it.
import { plural } from "../messages/plural";

export const j = {
  title: "Journal d’accès",
  lead: "Qui a ouvert ou recherché les données d’un patient, quand et pourquoi. Le journal ne connaît que des numéros : jamais un nom de patient.",
  loading: "Chargement du journal…",
  failed: "Le journal n’a pas pu être chargé.",
  retry: "Réessayer",
  none: "Aucun accès sur cette période.",
  territory: "Territoire",
  allTerritories: "Tous mes territoires",
  period: "Période",
  periods: { day: "24 heures", week: "7 jours", month: "31 jours", all: "Tout" },
  only: "Seulement",
  everybody: "Tout afficher",
  older: "Plus ancien",
  count: (n: number, more: boolean): string => (more ? `les ${n} derniers` : plural(n, "accès", "accès")),
  table: "Accès, du plus récent au plus ancien",
  columns: { when: "Heure", who: "Professionnel", what: "Accès", object: "À propos de", patient: "Patient" },
  onlyPatient: (alias: string): string => `Seulement le patient ${alias}`,
  onlyPerson: (name: string): string => `Seulement ${name}`,
  patient: (alias: string): string => `Patient ${alias}`,
  system: "SnpLive",
  today: "Aujourd’hui",
  yesterday: "Hier",

  // An unknown word of a newer server is shown as it is.
  actions: { read: "Consultation", search: "Recherche", export: "Copie", correct: "Correction", breakGlass: "Accès exceptionnel", purge: "Fin de conservation", object: "Opposition", erase: "Effacement" },
  whys: {
    booking: "dossier du rendez-vous",
    request: "dossier de la demande",
    call: "dossier d’appel",
    replacement: "rendez-vous replacé",
    patientCheck: "vérification avant réservation",
    breakGlass: "hors droits, avec motif",
    audit: "lecture du motif",
    personAccess: "demande d’accès de la personne",
    personCorrection: "demande de correction de la personne",
    personObjection: "opposition de la personne",
    personErasure: "demande d’effacement de la personne",
    personControl: "contrôle interne ou autorité",
    retention: "délai dépassé",
  },
  objects: { booking: "Rendez-vous", slot: "Créneau", request: "Demande", call: "Appel" },
  withWhom: (practitioner: string): string => `chez ${practitioner}`,
  reason: "Lire le motif",
  reasonHelp: "Cette lecture est elle-même inscrite au journal.",
  reasonFailed: "Motif illisible pour le moment.",

  // Beside one booking.
  history: "Historique du rendez-vous",
  access: "Qui a consulté ce patient",
  noAccess: "Personne encore.",
  events: {
    held: "Créneau retenu",
    booked: "Réservé",
    cancelled: "Annulé",
    toReplace: "À replacer",
    replaced: "Replacé ailleurs",
    fulfilled: "Honoré",
    noshow: "Non honoré",
  },
  details: {
    override: "malgré un autre rendez-vous",
    replaces: "en remplacement",
    patientRequest: "à la demande du patient",
    bookedByMistake: "réservé par erreur",
    practitionerUnavailable: "praticien indisponible",
    emergency: "urgence",
    other: "autre raison",
    absence: "absence du praticien",
    withdrawal: "créneau retiré",
  },
} as const;

/** The word for a code, or the code itself. */
export const word = (words: Readonly<Record<string, string>>, code: string): string => words[code] ?? code;
