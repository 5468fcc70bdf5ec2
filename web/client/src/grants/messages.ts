// The French words of the page “Droits”: loaded with it.
import { m } from "../messages";
import { plural } from "../messages/plural";
import type { Condition, GrantState } from "./contract";

export const g = {
  title: "Droits",
  lead: "Qui peut faire quoi dans ce territoire, depuis quand et d’après quelle décision. Ce qu’aucun droit ne permet est refusé. Un changement vaut tout de suite, sur tous les écrans.",
  loading: "Chargement des droits…",
  failed: "Les droits n’ont pas pu être lus.",
  retry: "Réessayer",
  add: "Donner un droit",
  territory: "Territoire",
  who: "Qui",
  everybody: "Tous les rôles",
  state: "État",
  states: { inForce: "en vigueur", coming: "à venir", ended: "terminé" } satisfies Record<GrantState, string>,
  shown: { now: "En vigueur et à venir", ended: "Terminés", all: "Tous" },
  count: (n: number): string => plural(n, "droit", "droits"),
  none: "Aucun droit ne correspond.",

  // A row, in plain words. An unknown code of a newer server is shown as it is.
  roles: { ...m.roles, midwife: "Sage-femme", medicalBiologist: "Biologiste médical" } as Record<string, string>,
  streams: { ...m.streams, imaging: "Toute l’imagerie", "*": "Toutes les filières" } as Record<string, string>,
  actions: {
    seeFreeSlots: "voir les créneaux libres",
    seeOwnBookings: "voir ses réservations",
    hold: "retenir un créneau",
    book: "réserver",
    cancel: "annuler",
    openSlot: "ouvrir un créneau",
    closeSlot: "retirer un créneau",
    recordOutcome: "noter l’issue",
    seeIndicators: "voir les décomptes",
    manageGrants: "tenir les droits",
    readAudit: "lire le journal d’accès",
    breakGlass: "accès exceptionnel à une identité",
    reviewBreakGlass: "examiner les accès exceptionnels",
  } as Record<string, string>,
  conditions: {
    none: "sans condition",
    onBehalfOf: "pour le compte d’un professionnel nommé",
    inGroup: "membres d’un groupe",
    ownAgenda: "sur son propre agenda",
    namedPerson: "une personne nommée",
  } satisfies Record<Condition, string>,
  inGroup: (group: string): string => `groupe « ${group} »`,
  always: "sans limite de date",
  from: (day: string): string => `à partir du ${day}`,
  until: (day: string): string => `jusqu’au ${day}`,
  between: (from: string, to: string): string => `du ${from} au ${to}`,
  endedAt: (when: string): string => `terminé le ${when}`,
  decidedBy: (name: string, when: string): string => `décidé par ${name}, le ${when}`,
  fromFile: "d’après le fichier du territoire",

  correct: "Corriger",
  correctOf: (who: string, what: string): string => `Corriger : ${who}, ${what}`,
  end: "Terminer",
  endOf: (who: string, what: string): string => `Terminer : ${who}, ${what}`,
  cancel: "Annuler",

  form: {
    addTitle: "Donner un droit",
    correctTitle: "Corriger un droit",
    correctLead: "Pour une erreur de saisie. Pour un vrai changement, terminez ce droit et donnez-en un autre : les deux dates restent écrites.",
    role: "À qui",
    condition: "Condition",
    group: "Groupe",
    person: "Personne",
    choose: "Choisir…",
    stream: "Filière",
    actions: "Peut",
    action: "Peut (décochez ce qui ne change pas)",
    from: "Premier jour",
    to: "Dernier jour",
    dates: "Sans date, le droit vaut toujours.",
    source: "Décidé où",
    sourceHelp: "Réunion, texte, convention : ce que l’on relira dans un an.",
    save: "Enregistrer",
    give: "Donner",
  },
  ask: {
    what: "Terminer quoi",
    when: "Quand",
    now: "tout de suite",
    on: "à la fin du",
    lastDay: "Dernier jour",
    nowHelp: "Les écrans ouverts perdent ces créneaux en quelques secondes. Les rendez-vous pris restent.",
  },
  done: {
    added: (n: number): string => (n > 1 ? `${n} droits donnés.` : "Droit donné."),
    corrected: "Droit corrigé.",
    ended: (n: number): string => (n > 1 ? `${n} droits terminés.` : "Droit terminé."),
  },
} as const;

/** The word for a code, or the code itself. */
export const word = (words: Readonly<Record<string, string>>, code: string): string => words[code] ?? code;
