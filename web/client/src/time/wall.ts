import { m } from "../messages";

export interface Wall {
  /** Days since 1970 of the local date: differences count local days, whatever the clock change. */
  day: number;
  hour: number;
  weekday: number;
  time: string;
}

const formatters = new Map<string, Intl.DateTimeFormat>();
const walls = new Map<string, Wall>();

/** The wall clock of an instant in a zone; the same slots are asked again at each tick, hence the cache. */
export function wallOf(instant: string | number, timeZone: string): Wall {
  const key = `${timeZone}|${instant}`;
  const known = walls.get(key);
  if (known) return known;
  const at = typeof instant === "string" ? Date.parse(instant) : instant;
  const part: Record<string, number> = {};
  for (const { type, value } of formatter(timeZone).formatToParts(at)) part[type] = Number(value);
  const { year = 0, month = 1, day: dayOfMonth = 1, hour = 0, minute = 0 } = part;
  const day = Math.floor(Date.UTC(year, month - 1, dayOfMonth) / 86_400_000);
  const wall = { day, hour, weekday: (day + 4) % 7, time: `${two(hour)}:${two(minute)}` };
  if (typeof instant === "string") {
    if (walls.size > 30_000) walls.clear();
    walls.set(key, wall);
  }
  return wall;
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
export function shortDay(day: number): string {
  const date = new Intl.DateTimeFormat("fr-FR", { timeZone: "UTC", weekday: "short", day: "numeric", month: "short" });
  return date.format(day * 86_400_000);
}

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
