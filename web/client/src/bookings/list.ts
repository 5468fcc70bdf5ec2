import type { OwnBooking } from "../api/contract";
import { r } from "./messages";

export type Tone = "active" | "warn" | "good" | "bad" | "quiet";

interface Look {
  label: string;
  tone: Tone;
  /** Told by shape too, never by colour alone. */
  mark: string;
  /** Still to come or to be dealt with: it may be cancelled. */
  active: boolean;
}

const LOOKS: Record<keyof typeof r.statuses, Look> = {
  booked: { label: r.statuses.booked, tone: "active", mark: "●", active: true },
  toReplace: { label: r.statuses.toReplace, tone: "warn", mark: "▲", active: true },
  replaced: { label: r.statuses.replaced, tone: "quiet", mark: "→", active: false },
  fulfilled: { label: r.statuses.fulfilled, tone: "good", mark: "✓", active: false },
  noshow: { label: r.statuses.noshow, tone: "bad", mark: "✕", active: false },
  cancelled: { label: r.statuses.cancelled, tone: "quiet", mark: "–", active: false },
  unrecorded: { label: r.statuses.unrecorded, tone: "warn", mark: "?", active: false },
};

/** What a booking is now: one that has ended without an outcome is “non renseigné”. */
export function lookOf({ booking: { status }, slot }: OwnBooking, now: number): Look {
  const key = status === "booked" && Date.parse(slot.end) <= now ? "unrecorded" : status;
  return (LOOKS as Record<string, Look | undefined>)[key] ?? { label: key, tone: "quiet", mark: "·", active: false };
}

/** Coming ones soonest first; what is to be replaced stays among them until it is. Past ones latest first. */
export function partition(bookings: readonly OwnBooking[], now: number): { coming: OwnBooking[]; past: OwnBooking[] } {
  const start = (one: OwnBooking): number => Date.parse(one.slot.start);
  const coming = bookings.filter((one) => lookOf(one, now).active);
  return {
    coming: coming.sort((a, b) => start(a) - start(b)),
    past: bookings.filter((one) => !coming.includes(one)).sort((a, b) => start(b) - start(a)),
  };
}
