import type { NoticeKind } from "./contract";

/** Every French word of the bell and its toasts. */
export const b = {
  notices: "Notifications",
  unseenList: "Rendez-vous non vus",
  count: (n: number) => (n === 0 ? "rien de nouveau" : n === 1 ? "1 non vue" : `${n} non vues`),
  unseenCount: (n: number) => (n === 0 ? "aucun" : `${n} à rappeler`),
  kinds: {
    booked: "Créneau réservé",
    cancelled: "Réservation annulée",
    toReplace: "Rendez-vous à replacer",
    weekly: "Message hebdomadaire",
  } satisfies Record<NoticeKind, string>,
  toast: (what: string, when: string, place: string) => `${what} : ${when} · ${place}`,
  toReplace: (practitioner: string, when: string) => `À replacer : rendez-vous du ${when}, ${practitioner}`,
  escalated: (practitioner: string, when: string) => `Non vu par le cabinet : ${practitioner}, ${when}`,
  seenByPractice: (when: string) => `Vu par le cabinet : rendez-vous du ${when}`,
  mark: "Vu",
  close: "Fermer",
};
