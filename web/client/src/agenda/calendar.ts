import { wallOf } from "../time/wall";
import { type PlannedDay, type PlannedSlot, dateOf, instantOf, isMovable } from "./week";

// The calendar knows no time zones: it is given the territory's wall clock as if it were UTC, and gives such times back.

/** An event of the calendar. */
export interface WallEvent {
  id: string;
  start: string;
  end: string;
  startEditable: boolean;
  durationEditable: boolean;
  extendedProps: { planned: PlannedSlot };
}

/** "2026-11-24T14:20:00" of an instant. */
export function wallText(instant: string | number, timeZone: string): string {
  const { day, time } = wallOf(instant, timeZone);
  return `${dateOf(day)}T${time}:00`;
}

/** The instant of a wall clock given as UTC; null when that time does not exist. */
export function instantOfWall(wall: Date, timeZone: string): number | null {
  const day = Math.floor(wall.getTime() / 86_400_000);
  return instantOf(day, wall.toISOString().slice(11, 16), timeZone);
}

export const eventsOf = (days: readonly PlannedDay[], now: number, isLive: boolean, timeZone: string): WallEvent[] =>
  days.flatMap(({ slots }) =>
    slots.map((planned) => ({
      id: planned.slot.id,
      start: wallText(planned.slot.start, timeZone),
      end: wallText(planned.slot.end, timeZone),
      startEditable: isLive && isMovable(planned, now),
      durationEditable: isLive && isMovable(planned, now),
      extendedProps: { planned },
    })),
  );

/** The hours to show: the practice's day, wider when a slot lies outside it. */
export function hoursOf(days: readonly PlannedDay[], timeZone: string): { from: number; to: number } {
  let [from, to] = [8, 20];
  for (const { day, slots } of days) {
    for (const { slot } of slots) {
      const end = wallOf(slot.end, timeZone);
      from = Math.min(from, wallOf(slot.start, timeZone).hour);
      to = Math.max(to, end.day > day ? 24 : Math.min(24, end.hour + (end.time.endsWith(":00") ? 0 : 1)));
    }
  }
  return { from, to };
}
