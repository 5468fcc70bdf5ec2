import type { AccessEntry } from "./contract";
import { j } from "./messages";

/** Four letters or digits that stand for a patient on the screen: enough to tell the lines of one page apart, and no identity. */
export function aliasOf(subject: string): string {
  let hash = 0x811c9dc5;
  for (const char of subject) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193);
  return (hash >>> 0).toString(36).toUpperCase().padStart(7, "0").slice(-4);
}

/** What an entry is about: “Rendez-vous chez Dr Morel”. */
export function objectOf({ object, practitioner, why }: AccessEntry): string {
  if (!object) return "";
  const kind = why === "patientCheck" ? j.objects.slot : why === "request" ? j.objects.request : why === "call" ? j.objects.call : j.objects.booking;
  return practitioner ? `${kind} ${j.withWhom(practitioner)}` : kind;
}

export type Period = keyof typeof j.periods;

const HOURS: Record<Period, number | null> = { day: 24, week: 7 * 24, month: 31 * 24, all: null };

/** The beginning of a period that ends now; undefined: all. */
export function startOf(period: Period, now: number): string | undefined {
  const hours = HOURS[period];
  return hours === null ? undefined : new Date(now - hours * 3_600_000).toISOString();
}
