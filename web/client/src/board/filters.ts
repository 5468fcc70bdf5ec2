import { type CareStream, MODES, STREAMS, type VisitMode } from "../api/contract";
import { stateAt } from "../live/slotState";
import type { BoardItem } from "./items";

export type Horizon = "24" | "48" | "all";

export type Page = "board" | "agenda";

/** What the board shows; lives in the address, so that a reload or a shared link shows the same. */
export interface Filters {
  page: Page;
  territories: string[];
  streams: CareStream[];
  modes: VisitMode[];
  text: string;
  horizon: Horizon;
  /** Also what nobody can book any more. */
  everyState: boolean;
  list: boolean;
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
};

export function parseFilters(search: string): Filters {
  const query = new URLSearchParams(search);
  const several = (name: string): string[] => (query.get(name) ?? "").split(",").filter(Boolean);
  const horizon = query.get("delai");
  return {
    page: query.get("page") === "agenda" ? "agenda" : "board",
    territories: several("territoires"),
    streams: several("filieres").filter((value): value is CareStream => STREAMS.includes(value as CareStream)),
    modes: several("modes").filter((value): value is VisitMode => MODES.includes(value as VisitMode)),
    text: query.get("q") ?? "",
    horizon: horizon === "24" ? "24" : horizon === "tout" ? "all" : "48",
    everyState: query.get("etats") === "tous",
    list: query.get("vue") === "liste",
  };
}

export function formatFilters(filters: Filters): string {
  const query = new URLSearchParams();
  if (filters.page === "agenda") query.set("page", "agenda");
  if (filters.territories.length > 0) query.set("territoires", filters.territories.join(","));
  if (filters.streams.length > 0) query.set("filieres", filters.streams.join(","));
  if (filters.modes.length > 0) query.set("modes", filters.modes.join(","));
  if (filters.text) query.set("q", filters.text);
  if (filters.horizon !== "48") query.set("delai", filters.horizon === "24" ? "24" : "tout");
  if (filters.everyState) query.set("etats", "tous");
  if (filters.list) query.set("vue", "liste");
  const text = query.toString().replaceAll("%2C", ",");
  return text ? `?${text}` : "";
}

/** By stream, mode and text: what the counters count. */
export function matches(item: BoardItem, filters: Filters, ignoreStream = false): boolean {
  const { slot } = item;
  if (!ignoreStream && filters.streams.length > 0 && !filters.streams.includes(slot.stream)) return false;
  if (filters.modes.length > 0 && !filters.modes.includes(slot.mode)) return false;
  const words = fold(filters.text).split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const { place, practitioner } = slot;
  const text = fold([practitioner?.name, practitioner?.speciality, place.name, place.commune, place.postalCode].join(" "));
  return words.every((word) => text.includes(word));
}

/** By time and state too: what the board shows. `recent` slots stay a moment, so that nothing vanishes under a hand. */
export function isShown(item: BoardItem, filters: Filters, now: number, recent: ReadonlySet<string>): boolean {
  if (filters.horizon !== "all" && item.start > now + Number(filters.horizon) * 3_600_000) return false;
  if (filters.everyState || recent.has(item.slot.id)) return true;
  return item.state === "free" || item.state === "held";
}

export interface Counts {
  in24: number;
  in48: number;
  byStream: Map<CareStream, number>;
}

/** Free places, not slots: a "plage" counts each of its places. */
export function countFree(items: readonly BoardItem[], filters: Filters, now: number): Counts {
  const counts: Counts = { in24: 0, in48: 0, byStream: new Map() };
  for (const item of items) {
    const ahead = item.start - now;
    if (stateAt(item.slot, now) !== "free" || ahead > 48 * 3_600_000 || !matches(item, filters, true)) continue;
    const places = Math.max(item.slot.capacity - item.slot.taken, 1);
    counts.byStream.set(item.slot.stream, (counts.byStream.get(item.slot.stream) ?? 0) + places);
    if (!matches(item, filters)) continue;
    counts.in48 += places;
    if (ahead <= 24 * 3_600_000) counts.in24 += places;
  }
  return counts;
}

export const fold = (text: string): string =>
  text.normalize("NFD").replace(/\p{Diacritic}/gu, "").toLowerCase();
