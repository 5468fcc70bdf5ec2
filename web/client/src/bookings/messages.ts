// The French words of “Mes réservations”: loaded with it.
import { plural } from "../messages/plural";

export const r = {
  title: "Mes réservations",
  lead: (organization: string): string => `Réservé par ${organization}, d’il y a quatre jours à la fin du délai.`,
  loading: "Chargement des réservations…",
  failed: "Les réservations n’ont pas pu être chargées.",
  stale: "Liaison perdue : cette liste peut avoir changé.",
  retry: "Réessayer",
  comingTitle: "À venir",
  pastTitle: "Passés et annulés",
  none: "Aucune réservation à venir. Celles que votre organisation prend sur le tableau paraissent ici aussitôt.",
  nonePast: "Rien encore.",
  count: (n: number): string => plural(n, "rendez-vous", "rendez-vous"),
  today: "Aujourd’hui",
  tomorrow: "Demain",
  yesterday: "Hier",

  // In the order of a booking's life. Whatever the server adds gets a row here; an unknown word is shown as it is.
  statuses: {
    booked: "Réservé",
    toReplace: "À replacer",
    replaced: "Replacé",
    fulfilled: "Honoré",
    noshow: "Non honoré",
    cancelled: "Annulé",
    unrecorded: "Non renseigné",
  },
  onBehalf: (who: string): string => `pour le compte de ${who}`,
  bookedAt: (when: string): string => `pris ${when}`,
  override: "malgré un autre rendez-vous",
  practice: "Cabinet",
  show: "Voir le patient",
  hide: "Masquer",
  cancel: "Annuler",
  ofBooking: (action: string, when: string): string => `${action} le rendez-vous de ${when}`,
  cancelWhy: "Pourquoi annuler ?",
  cancelHelp: "Le créneau redevient libre sur tous les tableaux. Prévenez le patient : rien ne lui est envoyé.",
  cancelConfirm: "Annuler le rendez-vous",
  keep: "Garder",
  cancelled: (when: string): string => `Rendez-vous de ${when} annulé, créneau libéré. Prévenez le patient.`,
  notLive: "Liaison perdue : l’annulation attend son retour.",
} as const;
