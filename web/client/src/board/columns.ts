import { m } from "../messages";
import { shortDay, wallOf } from "../time/wall";
import type { BoardItem } from "./items";

export interface Column {
  key: string;
  title: string;
  hint: string;
  free: number;
  items: BoardItem[];
}

const HOUR = 3_600_000;
const NOW_HORIZON = HOUR;

/** Noon and evening as a practice speaks: the 12:40 slot is still "this morning's". */
const partOf = (hour: number): 0 | 1 | 2 => (hour < 13 ? 0 : hour < 18 ? 1 : 2);

/** Earlier · now · this afternoon · this evening · tomorrow morning · … · beyond the territory's window. */
export function columnsOf(items: readonly BoardItem[], now: number): Column[] {
  const columns = new Map<string, Column & { order: number }>();
  for (const item of items) {
    const { key, order, title, hint } = periodOf(item, now);
    let column = columns.get(key);
    if (!column) columns.set(key, (column = { key, order, title, hint, free: 0, items: [] }));
    column.items.push(item);
    if (item.state === "free") column.free++;
  }
  return [...columns.values()].sort((a, b) => a.order - b.order);
}

function periodOf(item: BoardItem, now: number): { key: string; order: number; title: string; hint: string } {
  const { slot, start, territory } = item;
  if (Date.parse(slot.end) <= now) return { key: "earlier", order: -2, ...m.periods.earlier };
  if (start <= now + NOW_HORIZON) return { key: "now", order: -1, ...m.periods.now };
  if (start > now + territory.windowHours * HOUR) return { key: "beyond", order: 1e6, ...m.periods.beyond };

  const wall = wallOf(slot.start, territory.timeZone);
  const ahead = wall.day - wallOf(now, territory.timeZone).day;
  const part = partOf(wall.hour);
  return {
    key: `${wall.day}.${part}`,
    order: ahead * 3 + part,
    title: m.periods.title(ahead, wall.weekday, part),
    hint: m.periods.hint(shortDay(wall.day), part),
  };
}
