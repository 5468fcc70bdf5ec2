import type { Territory } from "../api/contract";
import { instantsOf } from "../live/slotState";
import { m } from "../messages";
import { type Wall, shortDay, wallOf } from "../time/wall";
import type { Filters } from "./filters";
import type { BoardItem, Replaced } from "./items";
import { type Sort, placeIn } from "./order";

export interface Column {
  key: string;
  title: string;
  hint: string;
  /** Position among the columns. */
  order: number;
  free: number;
  items: readonly BoardItem[];
  /** Of its slots, in order: the same object as long as they are the same ones. */
  ids: readonly string[];
}

const HOUR = 3_600_000;
const QUARTER = HOUR / 4;
export const NOW_HORIZON = HOUR;
export const BEYOND = "beyond";

/** Noon and evening as a practice speaks: the 12:40 slot is still "this morning's". */
const partOf = (hour: number): 0 | 1 | 2 => (hour < 13 ? 0 : hour < 18 ? 1 : 2);

/**
 * Earlier · now · this afternoon · this evening · tomorrow morning · … · beyond the territory's window. A column that
 * says the same as in `before` is that same object.
 */
export function columnsOf(items: readonly BoardItem[], now: number, before: readonly Column[] = []): Column[] {
  const columns = new Map<Period, BoardItem[]>();
  const periodOf = periodsAt(now);
  for (const item of items) {
    const period = periodOf(item);
    const column = columns.get(period);
    if (column) column.push(item);
    else columns.set(period, [item]);
  }
  const old = new Map(before.map((column) => [column.key, column]));
  return [...columns].map(([period, some]) => columnOf(period, some, old.get(period.key))).sort(byOrder);
}

/** The columns after some items were replaced, at an instant when no other item has moved by the mere passing of time. */
export function columnsAfter(before: readonly Column[], replaced: readonly Replaced[], now: number, sort: Sort): Column[] {
  const periodOf = periodsAt(now);
  const touched = new Map<string, { period: Period; gone: Set<string>; come: BoardItem[] }>();
  const at = (period: Period): { gone: Set<string>; come: BoardItem[] } => {
    const known = touched.get(period.key) ?? { period, gone: new Set(), come: [] };
    touched.set(period.key, known);
    return known;
  };
  for (const { old, fresh } of replaced) {
    if (old) at(periodOf(old)).gone.add(old.slot.id);
    if (fresh) at(periodOf(fresh)).come.push(fresh);
  }
  if (touched.size === 0) return [...before];

  const columns = before.filter(({ key }) => !touched.has(key));
  const old = new Map(before.map((column) => [column.key, column]));
  for (const [key, { period, gone, come }] of touched) {
    const known = old.get(key);
    const items = known?.items.filter(({ slot }) => !gone.has(slot.id)) ?? [];
    come.forEach((item) => placeIn(items, item, sort));
    if (items.length > 0) columns.push(columnOf(period, items, known));
  }
  return columns.sort(byOrder);
}

const byOrder = (a: Column, b: Column): number => a.order - b.order;

function columnOf({ key, order, title, hint }: Period, items: readonly BoardItem[], known: Column | undefined): Column {
  const words = { title: title(), hint: hint() };
  if (known && known.title === words.title && known.hint === words.hint && equal(known.items, items)) return known;
  const ids = items.map(({ slot }) => slot.id);
  const free = items.reduce((sum, { state }) => (state === "free" ? sum + 1 : sum), 0);
  return { key, order, ...words, free, items, ids: known && equal(known.ids, ids) ? known.ids : ids };
}

const equal = <T>(a: readonly T[], b: readonly T[]): boolean => a.length === b.length && a.every((one, index) => one === b[index]);

interface Period {
  key: string;
  order: number;
  title: () => string;
  hint: () => string;
}

const fixed = (key: string, order: number, words: { title: string; hint: string }): Period => ({ key, order, title: () => words.title, hint: () => words.hint });
const EARLIER = fixed("earlier", -2, m.periods.earlier);
const NOW = fixed("now", -1, m.periods.now);
const LATER = fixed(BEYOND, 1e6, m.periods.beyond);

/** Tells an item's period; each is one object, found once for every quarter of an hour and zone. */
function periodsAt(now: number): (item: BoardItem) => Period {
  const byKey = new Map<string, Period>();
  const zones = new Map<string, Map<number, Period>>();
  const inWindow = ({ slot, start, territory: { timeZone } }: BoardItem): Period => {
    let quarters = zones.get(timeZone);
    if (!quarters) zones.set(timeZone, (quarters = new Map()));
    const quarter = Math.floor(start / QUARTER);
    let period = quarters.get(quarter);
    if (!period) {
      const found = dayPart(wallOf(slot.start, timeZone), wallOf(now, timeZone).day);
      period = byKey.get(found.key) ?? found;
      byKey.set(found.key, period);
      quarters.set(quarter, period);
    }
    return period;
  };
  return (item) => {
    if (instantsOf(item.slot).end <= now) return EARLIER;
    if (item.start <= now + NOW_HORIZON) return NOW;
    return item.start > now + item.territory.windowHours * HOUR ? LATER : inWindow(item);
  };
}

function dayPart(wall: Wall, today: number): Period {
  const ahead = wall.day - today;
  const part = partOf(wall.hour);
  return {
    key: `${wall.day}.${part}`,
    order: ahead * 3 + part,
    title: () => m.periods.title(ahead, wall.weekday, part),
    hint: () => m.periods.hint(shortDay(wall.day).replace(/^\S+ /, ""), part),
  };
}

/** Where the deadline is drawn: its words, and before which column (after the last one when none lies beyond); null when not in sight. */
export interface Deadline {
  text: string;
  before: string | null;
}

export function deadlineOf(territories: readonly Territory[], columns: readonly Column[], { horizon }: Filters, now: number): Deadline | null {
  const windows = new Map<number, Territory>(territories.map((territory) => [territory.windowHours, territory]));
  const inSight = [...windows].filter(([hours]) => horizon === "all" || Number(horizon) >= hours).sort(([a], [b]) => a - b);
  if (inSight.length === 0 || columns.length === 0) return null;
  const parts = inSight.map(([hours, { timeZone }]) => {
    const wall = wallOf(now + hours * HOUR, timeZone);
    return m.periods.deadline(hours, shortDay(wall.day), wall.time);
  });
  return { text: parts.join(" · "), before: columns.some(({ key }) => key === BEYOND) ? BEYOND : null };
}
