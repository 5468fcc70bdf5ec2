// The words of a slot and of the board.
import type { CareStream, SlotState, VisitMode } from "../api/contract";
import { plural } from "./plural";

const DAYS = ["Dimanche", "Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi", "Samedi"] as const;
const PARTS = ["matin", "après-midi", "soir"] as const;
const HOURS = ["avant 13 h", "13 h – 18 h", "après 18 h"] as const;

export const board = {
  periods: {
    earlier: { title: "Plus tôt", hint: "terminés" },
    now: { title: "Maintenant", hint: "dans l’heure" },
    beyond: { title: "Au-delà du délai", hint: "après la fenêtre du territoire" },
    title: (ahead: number, weekday: number, part: 0 | 1 | 2): string => {
      if (ahead <= 0) return part === 1 ? "Cet après-midi" : `Ce ${PARTS[part]}`;
      return `${ahead === 1 ? "Demain" : (DAYS[weekday] ?? "")} ${PARTS[part]}`;
    },
    hint: (day: string, part: 0 | 1 | 2): string => `${day}, ${HOURS[part]}`,
    deadline: (hours: number, day: string, time: string): string => `Fin du délai de ${hours} h : ${day} à ${time}`,
  },

  states: {
    free: "Libre",
    held: "En cours de réservation",
    booked: "Réservé",
    withdrawn: "Retiré",
    "too-late": "Trop tard",
    "past-empty": "Non pris",
  } satisfies Record<SlotState, string>,

  slot: {
    unconfirmed: "À confirmer",
    heldShort: "En cours",
    heldRest: " de réservation",
    km: (km: number): string => `${km.toFixed(1).replace(".", ",")} km`,
    heldBy: (who: string): string => `par ${who}`,
    heldByMe: "par vous",
    places: (free: number, capacity: number): string => `${free} pl. sur ${capacity}`,
    placesLong: (free: number, capacity: number): string => `${plural(free, "place libre", "places libres")} sur ${capacity}`,
    remaining: (time: string): string => `encore ${time}`,
    noPractitioner: "Praticien non précisé",
    notBookable: (time: string, state: string): string => `${time} : ${state.toLowerCase()}. Choisissez un créneau libre.`,
    frozen: "Liaison perdue : ce créneau ne peut pas être réservé pour l’instant.",
    gone: "Ce créneau vient d’être retiré du tableau.",
    asksOnly: "Sur ce territoire, votre accueil fait une demande et ne réserve pas : ouvrez « Demandes ».",
    countsOnly: "La coordination suit les créneaux sans réserver.",
  },

  streams: {
    gp: "Médecine générale",
    "imaging.xray": "Radiographie",
    "imaging.ct": "Scanner",
    "imaging.ultrasound": "Échographie",
    "imaging.mri": "IRM",
    physio: "Kinésithérapie",
    nursing: "Soins infirmiers",
    biology: "Biologie",
  } satisfies Record<CareStream, string>,

  modes: {
    surgery: "Au cabinet",
    home: "À domicile",
    video: "Téléconsultation",
  } satisfies Record<VisitMode, string>,

  board: {
    title: "Tableau des créneaux",
    territories: "Territoires",
    counters: "Places libres",
    free: "libres",
    under: "sous",
    in24: "24 h",
    in48: "48 h",
    streams: "Filière",
    modes: "Mode",
    allModes: "Tous les modes",
    search: "Praticien, commune…",
    searchLabel: "Rechercher",
    horizon: "Délai",
    horizons: { "24": "24 h", "48": "48 h", all: "Tout" },
    states: "États",
    openOnly: "À pourvoir",
    everyState: "Tous",
    view: "Vue",
    columns: "Colonnes",
    list: "Liste",
    reset: "Effacer les filtres",
    filters: "Filtres",
    toolbar: "Compteurs et filtres",
    freeIn: (n: number): string => plural(n, "libre", "libres"),
    unserved: "Aucun créneau ne convient",
    sort: "Ordre",
    sorts: { soonest: "Au plus tôt", nearest: "Au plus près" },
    best: "À proposer d’abord",
    order: (nearestFirst: boolean, commune: string): string => {
      const near = `au plus près de ${commune}`;
      const steps = !commune ? ["au plus tôt"] : nearestFirst ? [near, "au plus tôt"] : ["au plus tôt", near];
      return `Ordre : ${[...steps, "partage équitable"].join(", puis ")}. Le patient choisit.`;
    },
    propose: "Proposer ",
    commune: "Commune du patient",
    communeHint: "Nom ou code postal",
    distance: "Distance",
    anyDistance: "Toute distance",
    within: (km: number): string => `à ${km} km au plus`,
    practitioner: "Praticien",
    place: "Lieu",
    all: "Tous",
    freeWithin: (in24: number, in48: number): string => `${in24} sous 24 h, ${in48} sous 48 h`,
  },

  empty: {
    filtered: "Aucun créneau ne correspond à ces filtres.",
    none: "Aucun créneau à pourvoir dans ce délai.",
    noneHelp: "Élargissez le délai ou ajoutez un territoire. Si rien ne convient au patient, dites-le : la demande sera comptée.",
    countsOnly: "La coordination voit des comptes, pas les créneaux.",
    countsOnlyHelp: "C’est le choix de confidentialité du territoire. Pour voir le tableau, changez d’identité.",
    noTerritory: "Choisissez au moins un territoire.",
    firstPicture: "Premiers créneaux en cours d’arrivée…",
  },

  table: {
    caption: "Créneaux, au plus tôt d’abord",
    time: "Heure",
    state: "État",
    practitioner: "Praticien",
    stream: "Filière",
    place: "Lieu",
    mode: "Mode",
    book: "Réserver",
  },

  activity: {
    none: "Les changements s’affichent ici.",
    one: (time: string, who: string, what: string): string => `${time}, ${who} : ${what}`,
    kinds: {
      opened: { one: "ouvert", many: "ouverts" },
      held: { one: "en cours de réservation", many: "en cours de réservation" },
      booked: { one: "réservé", many: "réservés" },
      freed: { one: "libéré", many: "libérés" },
      withdrawn: { one: "retiré", many: "retirés" },
      closed: { one: "clos", many: "clos" },
    },
    several: (parts: { n: number; one: string; many: string }[]): string =>
      `Créneaux : ${parts.map(({ n, one, many }) => plural(n, one, many)).join(", ")}`,
  },
} as const;
