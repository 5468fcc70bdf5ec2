import type { AgendaDetail, BookingSummary, Slot, SlotState } from "../api/contract";
import { stateAt } from "../live/slotState";
import { wallOf } from "../time/wall";

/** The coming days on screen, and how far back unrecorded outcomes are looked for. */
export const DAYS = 7;
export const DAYS_BACK = 3;

const MINUTE = 60_000;
const DAY = 86_400_000;

export interface PlannedSlot {
  slot: Slot;
  state: SlotState;
  bookings: BookingSummary[];
}

export interface PlannedDay {
  /** Local date as days since 1970. */
  day: number;
  slots: PlannedSlot[];
}

/**
 * The instant at which a wall clock shows that time of that day; null when it never does (the hour that spring
 * skips). In the hour that autumn repeats, the first of the two.
 */
export function instantOf(day: number, time: string, timeZone: string): number | null {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time);
  if (!match) return null;
  const wall = day * DAY + (Number(match[1]) * 60 + Number(match[2])) * MINUTE;
  const candidates = [wall - DAY, wall + DAY].map((around) => wall - offsetAt(around, timeZone));
  const right = candidates.filter((at) => at + offsetAt(at, timeZone) === wall);
  return right.length > 0 ? Math.min(...right) : null;
}

function offsetAt(instant: number, timeZone: string): number {
  const { day, time } = wallOf(instant, timeZone);
  const shown = day * DAY + minutesOf(time) * MINUTE;
  return shown - Math.floor(instant / MINUTE) * MINUTE;
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
const two = (n: number): string => String(n).padStart(2, "0");

/** What to ask the server for: whole local days. */
export function rangeFrom(first: number, timeZone: string): { from: string; to: string } {
  return { from: midnight(first - DAYS_BACK, timeZone), to: midnight(first + DAYS, timeZone) };
}

/** The instant at which a local day begins. */
export const midnight = (day: number, timeZone: string): string => new Date(instantOf(day, "00:00", timeZone) ?? day * DAY).toISOString();

/** The first day (today, unless another is given) and the six after it, each with its slots at `now`. */
export function weekOf(detail: AgendaDetail, now: number, timeZone: string, first = wallOf(now, timeZone).day): PlannedDay[] {
  const planned = plan(detail, now);
  return Array.from({ length: DAYS }, (_, ahead) => ({
    day: first + ahead,
    slots: planned.filter(({ slot }) => wallOf(slot.start, timeZone).day === first + ahead),
  }));
}

/** The local date of a day number: "2026-11-24". */
export const dateOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

/** `count` times one after the other; null where one of them would be no time, be past, or meet another slot. */
export function inARow(slots: readonly Slot[], start: number, minutes: number, count: number, now: number): { start: string; end: string }[] | null {
  const row = Array.from({ length: count }, (_, i) => [start + i * minutes * MINUTE, start + (i + 1) * minutes * MINUTE] as const);
  if (row.some(([from, to]) => from <= now || isOccupied(slots, from, to))) return null;
  return row.map(([from, to]) => ({ start: new Date(from).toISOString(), end: new Date(to).toISOString() }));
}

/** Slots of the days before with an outcome still to record. */
export function unrecorded(detail: AgendaDetail, now: number, timeZone: string): PlannedSlot[] {
  const today = wallOf(now, timeZone).day;
  return plan(detail, now)
    .filter(({ slot }) => wallOf(slot.start, timeZone).day < today)
    .map((one) => ({ ...one, bookings: one.bookings.filter(({ status }) => status === "booked") }))
    .filter(({ bookings }) => bookings.length > 0);
}

function plan({ slots, bookings }: AgendaDetail, now: number): PlannedSlot[] {
  const bySlot = new Map<string, BookingSummary[]>();
  for (const booking of bookings ?? []) bySlot.set(booking.slotId, [...(bySlot.get(booking.slotId) ?? []), booking]);
  return slots
    .map((slot) => ({ slot, state: stateAt(slot, now), bookings: bySlot.get(slot.id) ?? [] }))
    .filter(({ slot, bookings }) => slot.state !== "withdrawn" || bookings.some(({ status }) => status === "toReplace") || !isReplaced(slot, slots))
    .sort((a, b) => Date.parse(a.slot.start) - Date.parse(b.slot.start) || a.slot.id.localeCompare(b.slot.id));
}

/** A withdrawn slot whose time another one has taken says nothing any more; of several withdrawn ones the last stays. */
const isReplaced = (slot: Slot, slots: readonly Slot[]): boolean =>
  slots.some((other, i) => other.id !== slot.id && overlaps(other, Date.parse(slot.start), Date.parse(slot.end))
    && (other.state !== "withdrawn" || i > slots.indexOf(slot)));

const overlaps = (slot: Slot, start: number, end: number): boolean => Date.parse(slot.start) < end && start < Date.parse(slot.end);

/** Whether an open slot is in the way. */
export const isOccupied = (slots: readonly Slot[], start: number, end: number): boolean =>
  slots.some((slot) => slot.state !== "withdrawn" && overlaps(slot, start, end));

/** "14:20" of what people type: 14:20, 14h20, 1420, 14 h, 9; null when it is no time. */
export function readTime(text: string): string | null {
  const match = /^(\d{1,2})(?:\s*[:hH.]\s*(\d{2})?|(\d{2}))?$/.exec(text.trim());
  if (!match) return null;
  const [hour, minute] = [Number(match[1]), Number(match[2] ?? match[3] ?? 0)];
  return hour < 24 && minute < 60 ? `${two(hour)}:${two(minute)}` : null;
}

/** The first free time of a day, by quarters of an hour: from 9:00, today not before half an hour from now; "" when there is none. */
export function suggestTime(slots: readonly Slot[], day: number, minutes: number, now: number, timeZone: string): string {
  for (let at = 9 * 60; at + minutes <= 20 * 60; at += 15) {
    const time = `${two(Math.floor(at / 60))}:${two(at % 60)}`;
    const start = instantOf(day, time, timeZone);
    if (start !== null && start >= now + 30 * MINUTE && !isOccupied(slots, start, start + minutes * MINUTE)) return time;
  }
  return "";
}

export const countOf = (slots: PlannedDay["slots"], state: SlotState): number => slots.filter((one) => one.state === state).length;

export const minutesBetween = (start: string, end: string): number => Math.round((Date.parse(end) - Date.parse(start)) / MINUTE);

/** Its patient has to be booked elsewhere. */
export const isToReplace = ({ status }: BookingSummary): boolean => status === "toReplace";

/** A patient who counts on this slot. */
export const isWaiting = ({ status }: BookingSummary): boolean => status === "booked";

/** Whether a slot's time can still be changed. */
export const isMovable = ({ slot, state }: PlannedSlot, now: number): boolean => state === "free" && slot.taken === 0 && Date.parse(slot.start) > now;
