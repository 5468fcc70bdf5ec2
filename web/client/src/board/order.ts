import { instantsOf } from "../live/slotState";
import type { BoardItem } from "./items";

/** Which proposal comes first; the last word is always the patient's. */
export type Sort = "soonest" | "nearest";

export interface Point {
  lat: number;
  lon: number;
}

const EARTH_KM = 6_371;
const RAD = Math.PI / 180;

/** Great-circle distance in km, to 0.1 km as it is shown: what looks equally far is equally far. */
export function kmBetween(a: Point, b: Point): number {
  const [north, east] = [(b.lat - a.lat) * RAD, (b.lon - a.lon) * RAD];
  const half = Math.sin(north / 2) ** 2 + Math.cos(a.lat * RAD) * Math.cos(b.lat * RAD) * Math.sin(east / 2) ** 2;
  return Math.round(20 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(half)))) / 10;
}

/** Soonest, then nearest, then whose turn it is (or nearest first); the rest only keeps the order still. */
export const inOrder = (sort: Sort) => (a: BoardItem, b: BoardItem): number =>
  (sort === "nearest" ? byDistance(a, b) || byTime(a, b) : byTime(a, b) || byDistance(a, b)) ||
  a.turn - b.turn ||
  compare(a.slot.place.commune, b.slot.place.commune) ||
  compare(a.slot.id, b.slot.id);

const byTime = (a: BoardItem, b: BoardItem): number => a.start - b.start;

/** A video visit is at no distance from anybody: after the near ones when distance leads, and never in the way of time. */
const byDistance = (a: BoardItem, b: BoardItem): number => (a.km === b.km ? 0 : (a.km ?? 1e6) - (b.km ?? 1e6));

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Puts one more into an ordered list. */
export function placeIn(items: BoardItem[], item: BoardItem, sort: Sort): void {
  const order = inOrder(sort);
  let [from, to] = [0, items.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (order(items[middle]!, item) < 0) from = middle + 1;
    else to = middle;
  }
  items.splice(from, 0, item);
}

/** The first free slots in the order in force: what to propose on the phone. */
export function proposals(items: readonly BoardItem[], count: number, wanted: (item: BoardItem) => boolean = () => true): BoardItem[] {
  const best: BoardItem[] = [];
  for (const item of items) {
    if (item.state === "free" && item.current && wanted(item) && best.push(item) === count) break;
  }
  return best;
}

/** The next instant after `now` at which one of these slots reads differently by the mere passing of time. */
export function nextChange(items: readonly BoardItem[], now: number, edges: readonly number[]): number {
  let next = Infinity;
  const offer = (instant: number): void => {
    if (instant > now && instant < next) next = instant;
  };
  for (const { slot } of items) {
    const { start, end, until, back } = instantsOf(slot);
    offer(until);
    offer(back);
    offer(start);
    offer(end);
    for (const edge of edges) offer(start - edge);
  }
  return next;
}
