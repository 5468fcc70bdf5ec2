import { m } from "../messages";

export interface Wall {
  /** Days since 1970 of the local date: differences count local days, whatever the clock change. */
  day: number;
  hour: number;
  weekday: number;
  time: string;
}

/** Offsets are multiples of a quarter of an hour and change at such: within one, only minutes pass. */
const QUARTER_MS = 900_000;
const MAX_QUARTERS = 10_000;

type Quarter = Omit<Wall, "time"> & { minute: number };

// Made once: a formatter costs some hundred times what its use does.
const SHORT_DAY = new Intl.DateTimeFormat("fr-FR", { timeZone: "UTC", weekday: "short", day: "numeric", month: "short" });
const LONG_DAY = new Intl.DateTimeFormat("fr-FR", { timeZone: "UTC", weekday: "long", day: "numeric", month: "long" });
const formatters = new Map<string, Intl.DateTimeFormat>();
const zones = new Map<string, Map<number, Quarter>>();

/** The wall clock of an instant in a zone; a board of ten thousand slots has some hundred quarters of an hour. */
export function wallOf(instant: string | number, timeZone: string): Wall {
  const at = typeof instant === "string" ? Date.parse(instant) : instant;
  const quarter = Math.floor(at / QUARTER_MS);
  const { day, hour, weekday, minute } = quarterOf(quarter, timeZone);
  return { day, hour, weekday, time: `${two(hour)}:${two(minute + Math.floor((at - quarter * QUARTER_MS) / 60_000))}` };
}

function quarterOf(quarter: number, timeZone: string): Quarter {
  let quarters = zones.get(timeZone);
  if (!quarters) zones.set(timeZone, (quarters = new Map()));
  let known = quarters.get(quarter);
  if (!known) {
    if (quarters.size > MAX_QUARTERS) quarters.clear();
    quarters.set(quarter, (known = readQuarter(quarter * QUARTER_MS, timeZone)));
  }
  return known;
}

function readQuarter(at: number, timeZone: string): Quarter {
  const part: Record<string, number> = {};
  for (const { type, value } of formatter(timeZone).formatToParts(at)) part[type] = Number(value);
  const { year = 0, month = 1, day: dayOfMonth = 1, hour = 0, minute = 0 } = part;
  const day = Math.floor(Date.UTC(year, month - 1, dayOfMonth) / 86_400_000);
  return { day, hour, weekday: (day + 4) % 7, minute };
}

function formatter(timeZone: string): Intl.DateTimeFormat {
  let known = formatters.get(timeZone);
  if (!known) {
    known = new Intl.DateTimeFormat("en-GB", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
    });
    formatters.set(timeZone, known);
  }
  return known;
}

const two = (n: number): string => String(n).padStart(2, "0");

/** "mardi 24 novembre à 14:20" */
export function longDate(instant: string, timeZone: string): string {
  const date = new Intl.DateTimeFormat("fr-FR", { timeZone, weekday: "long", day: "numeric", month: "long" });
  return m.time.dayAt(date.format(Date.parse(instant)), wallOf(instant, timeZone).time);
}

/** "mar. 24 nov." of a day number */
export const shortDay = (day: number): string => SHORT_DAY.format(day * 86_400_000);

/** "2:07", never below zero, never more than is left */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
}

/** "14:03:22" on the user's own zone */
export function clockTime(instant: number): string {
  const date = new Date(instant);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** "mardi 24 novembre" of a day number */
export const longDay = (day: number): string => LONG_DAY.format(day * 86_400_000);
