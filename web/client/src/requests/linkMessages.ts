// The French words of a booking made for a request, on the board and in the drawer.
export const k = {
  bookingFor: "Pour une demande :",
  before: (when: string): string => `avant ${when}`,
  detach: "Détacher",
  choose: "Demande en attente",
  linked: "Demande liée",
  option: (organization: string, reason: string): string => `${reason}, ${organization}`,
  until: (time: string): string => `avant ${time}`,
  failed: "Cette demande n’a pas pu être lue.",
  unservedLead: (patient: string): string => `La demande${patient && ` de ${patient}`} se clôt sans suite. Dites pourquoi : elle reste comptée.`,
} as const;
