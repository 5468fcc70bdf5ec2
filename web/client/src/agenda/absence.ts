import type { AgendaDetail } from "../api/contract";
import { stateAt } from "../live/slotState";
import { wallOf } from "../time/wall";
import { isWaiting } from "./week";

export interface AbsenceEffect {
  /** Booked patients whose appointment lies in it. */
  patients: number;
  /** Slots that are free now. */
  free: number;
}

/** What an absence over these local days (both included) would do, as the agenda stands. */
export function effectOf({ slots, bookings }: AgendaDetail, from: number, to: number, now: number, timeZone: string): AbsenceEffect {
  const inside = slots.filter((slot) => {
    const { day } = wallOf(slot.start, timeZone);
    return from <= day && day <= to && Date.parse(slot.start) > now;
  });
  const ids = new Set(inside.map(({ id }) => id));
  return {
    patients: (bookings ?? []).filter((booking) => ids.has(booking.slotId) && isWaiting(booking)).length,
    free: inside.filter((slot) => stateAt(slot, now) === "free").length,
  };
}

/** "2026-11-24" as a day number; null when it is no date. */
export const dayOfDate = (date: string): number | null => {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : NaN;
  return Number.isFinite(at) ? at / 86_400_000 : null;
};
