import { type CareStream, MODES, STREAMS, type Slot, type VisitMode } from "../api/contract";
import type { BoardItem, Replaced } from "./items";
import type { Sort } from "./order";

export type Horizon = "24" | "48" | "all";

/** What the board shows; lives in the address, so that a reload or a shared link shows the same. */
export interface Filters {
  /** "board", or the id of a page in `pages.tsx`. */
  page: string;
  territories: string[];
  streams: CareStream[];
  modes: VisitMode[];
  text: string;
  horizon: Horizon;
  /** Also what nobody can book any more. */
  everyState: boolean;
  list: boolean;
  /** INSEE code of the patient's commune, "" when not said: no identity. */
  commune: string;
  /** At most so far from it; null: any distance. */
  km: number | null;
  /** Name of a place, of a practitioner; "" for all. */
  place: string;
  practitioner: string;
  sort: Sort;
  /** The last start that a request allows, epoch ms; null: none is linked. Not in the address: a request is not. */
  until: number | null;
}

export const NO_FILTERS: Filters = {
  page: "board",
  territories: [],
  streams: [],
  modes: [],
  text: "",
  horizon: "48",
  everyState: false,
  list: false,
  commune: "",
  km: null,
  place: "",
  practitioner: "",
  sort: "soonest",
  until: null,
};

export const DISTANCES = [5, 10, 20, 30, 50] as const;

export function parseFilters(search: string): Filters {
  const query = new URLSearchParams(search);
  const several = (name: string): string[] => (query.get(name) ?? "").split(",").filter(Boolean);
  const horizon = query.get("delai");
  const km = Number(query.get("km"));
  return {
    page: query.get("page") || "board",
    territories: several("territoires"),
    streams: several("filieres").filter((value): value is CareStream => STREAMS.includes(value as CareStream)),
    modes: several("modes").filter((value): value is VisitMode => MODES.includes(value as VisitMode)),
    text: query.get("q") ?? "",
    horizon: horizon === "24" ? "24" : horizon === "tout" ? "all" : "48",
    everyState: query.get("etats") === "tous",
    list: query.get("vue") === "liste",
    commune: query.get("commune") ?? "",
    km: (DISTANCES as readonly number[]).includes(km) ? km : null,
    place: query.get("lieu") ?? "",
    practitioner: query.get("praticien") ?? "",
    sort: query.get("ordre") === "distance" ? "nearest" : "soonest",
    until: null,
  };
}

export function formatFilters(filters: Filters): string {
  const query = new URLSearchParams();
  if (filters.page !== "board") query.set("page", filters.page);
  if (filters.territories.length > 0) query.set("territoires", filters.territories.join(","));
  if (filters.streams.length > 0) query.set("filieres", filters.streams.join(","));
  if (filters.modes.length > 0) query.set("modes", filters.modes.join(","));
  if (filters.text) query.set("q", filters.text);
  if (filters.horizon !== "48") query.set("delai", filters.horizon === "24" ? "24" : "tout");
  if (filters.everyState) query.set("etats", "tous");
  if (filters.list) query.set("vue", "liste");
  if (filters.commune) query.set("commune", filters.commune);
  if (filters.km !== null) query.set("km", String(filters.km));
  if (filters.place) query.set("lieu", filters.place);
  if (filters.practitioner) query.set("praticien", filters.practitioner);
  if (filters.sort === "nearest") query.set("ordre", "distance");
  const text = query.toString().replaceAll("%2C", ",");
  return text ? `?${text}` : "";
}

/** Whether anything narrows the board, the choice of territories aside. */
export const isNarrowed = (filters: Filters): boolean =>
  filters.streams.length + filters.modes.length > 0 || (filters.km !== null && filters.commune !== "") || `${filters.text}${filters.place}${filters.practitioner}` !== "";

/** Everything but the states, the window and (on demand) the stream: what the counters count. */
export function matcher(filters: Filters, ignoreStream = false): (item: BoardItem) => boolean {
  const { streams, modes, place, practitioner, km, until } = filters;
  const words = fold(filters.text).split(/\s+/).filter(Boolean);
  return ({ slot, km: far, start }) =>
    (until === null || start <= until) &&
    (ignoreStream || streams.length === 0 || streams.includes(slot.stream)) &&
    (modes.length === 0 || modes.includes(slot.mode)) &&
    (km === null || far === null || far <= km) &&
    (place === "" || slot.place.name === place) &&
    (practitioner === "" || slot.practitioner?.name === practitioner) &&
    (words.length === 0 || words.every((word) => textOf(slot).includes(word)));
}

export const matches = (item: BoardItem, filters: Filters, ignoreStream = false): boolean => matcher(filters, ignoreStream)(item);

/** Folded texts: a practitioner has hundreds of slots with the same one, and typing asks for all of them at each key. */
const texts = new Map<string, string>();
const MAX_TEXTS = 10_000;
const known = new WeakMap<Slot, string>();

function textOf(slot: Slot): string {
  let text = known.get(slot);
  if (text === undefined) known.set(slot, (text = foldedText(slot)));
  return text;
}

function foldedText({ place, practitioner }: Slot): string {
  const raw = `${practitioner?.name} ${practitioner?.speciality} ${place.name} ${place.commune} ${place.postalCode}`;
  let text = texts.get(raw);
  if (text === undefined) {
    if (texts.size > MAX_TEXTS) texts.clear();
    texts.set(raw, (text = fold(raw)));
  }
  return text;
}

/** By time and state too: what the board shows. */
export function isShown({ start, state, changedAt }: BoardItem, { horizon, everyState }: Filters, now: number): boolean {
  if (horizon !== "all" && start > now + Number(horizon) * 3_600_000) return false;
  return everyState || changedAt !== undefined || state === "free" || state === "held";
}

/** Free places within 24 and within 48 hours. */
export interface Count {
  in24: number;
  in48: number;
}

export interface Counts extends Count {
  byStream: ReadonlyMap<CareStream, Count>;
}

/** Free places, not slots: a "plage" counts each of its places. */
export function countFree(items: readonly BoardItem[], filters: Filters, now: number): Counts {
  const counts = copyOf({ in24: 0, in48: 0, byStream: new Map() });
  const add = adder(counts, filters, now);
  for (const item of items) add(item, 1);
  return counts;
}

/** The counts after some items were replaced, at an instant when no other item has moved by the mere passing of time. */
export function countAfter(before: Counts, replaced: readonly Replaced[], filters: Filters, now: number): Counts {
  const counts = copyOf(before);
  const add = adder(counts, filters, now);
  for (const { old, fresh } of replaced) {
    if (old) add(old, -1);
    if (fresh) add(fresh, 1);
  }
  return sameCounts(before, counts) ? before : counts;
}

type Draft = Count & { byStream: Map<CareStream, Count> };

const copyOf = ({ in24, in48, byStream }: Counts): Draft => ({ in24, in48, byStream: new Map([...byStream].map(([stream, count]) => [stream, { ...count }])) });

const equalCount = (a: Count | undefined, b: Count): boolean => a?.in24 === b.in24 && a.in48 === b.in48;

export const sameCounts = (a: Counts, b: Counts): boolean =>
  equalCount(a, b) && a.byStream.size === b.byStream.size && [...b.byStream].every(([stream, count]) => equalCount(a.byStream.get(stream), count));

/** Adds an item's free places to the counts, or takes them away; a stream without any is not there. */
function adder(counts: Draft, filters: Filters, now: number): (item: BoardItem, sign: 1 | -1) => void {
  const alike = matcher(filters, true);
  const { streams } = filters;
  return (item, sign) => {
    const { slot, start, state } = item;
    const ahead = start - now;
    if (state !== "free" || ahead > 48 * 3_600_000 || !alike(item)) return;
    const places = sign * Math.max(slot.capacity - slot.taken, 1);
    const soon = ahead <= 24 * 3_600_000 ? places : 0;
    const stream = counts.byStream.get(slot.stream) ?? { in24: 0, in48: 0 };
    counts.byStream.set(slot.stream, stream);
    stream.in48 += places;
    stream.in24 += soon;
    if (streams.length === 0 || streams.includes(slot.stream)) {
      counts.in48 += places;
      counts.in24 += soon;
    }
    if (stream.in48 === 0) counts.byStream.delete(slot.stream);
  };
}

export const fold = (text: string): string =>
  text.normalize("NFD").replace(/\p{Diacritic}/gu, "").toLowerCase();
