import { describe, expect, it } from "vitest";
import type { Slot, Territory } from "../api/contract";
import { PictureStore } from "../live/pictureStore";
import { testSlot } from "../live/testing";
import { columnsOf } from "./columns";
import { NO_FILTERS, countFree, formatFilters, isShown, matches, parseFilters } from "./filters";
import { type BoardItem, itemsOf } from "./items";
import { BOARD, PAGES, pageOf } from "./pages";
import { nextCell } from "./roving";

const territory = (id: string, windowHours = 48): Territory => ({
  id, windowHours, name: id, sas: { id: "s", name: "SAS" }, timeZone: "Europe/Paris", communes: [],
});
const now = Date.parse("2026-11-22T09:00:00Z"); // a Sunday, 10:00 in Paris
const PLAIN = { wanted: { origin: null, turns: new Map(), sort: "soonest" as const }, recent: new Map() };
const board = (slots: Slot[], where = territory("t"), at = now): BoardItem[] => {
  const store = new PictureStore();
  const link = store.beginLink();
  store.applySnapshot(link, { territoryId: where.id, view: "v", epoch: "e", seq: 1, asOf: "", slots });
  return itemsOf({ store, territories: [where], now: at, ...PLAIN });
};
const at = (id: string, start: string, change: Partial<Slot> = {}): Slot =>
  testSlot(id, { start, end: new Date(Date.parse(start) + 20 * 60_000).toISOString(), ...change });

describe("columns", () => {
  it("go from now to beyond the window, in local time", () => {
    const columns = columnsOf(
      board([
        at("beyond", "2026-11-24T09:00:01Z"),
        at("tomorrow", "2026-11-23T08:00:00Z"),
        at("evening", "2026-11-22T17:00:00Z"),
        at("afternoon", "2026-11-22T12:00:00Z"),
        at("morning", "2026-11-22T11:40:00Z"),
        at("soon", "2026-11-22T10:00:00Z"),
        at("over", "2026-11-22T08:00:00Z"),
      ]),
      now,
    );
    expect(columns.map(({ title, items }) => [title, items[0]?.slot.id])).toEqual([
      ["Plus tôt", "over"],
      ["Maintenant", "soon"],
      ["Ce matin", "morning"],
      ["Cet après-midi", "afternoon"],
      ["Ce soir", "evening"],
      ["Demain matin", "tomorrow"],
      ["Au-delà du délai", "beyond"],
    ]);
  });

  it("name tomorrow right across the change to winter time", () => {
    const night = Date.parse("2026-10-24T21:30:00Z"); // 23:30 in Paris, the last summer evening
    const titles = columnsOf(board([at("a", "2026-10-25T08:00:00Z"), at("b", "2026-10-26T08:00:00Z")], territory("t"), night), night);
    expect(titles.map(({ title }) => title)).toEqual(["Demain matin", "Lundi matin"]);
  });
});

describe("filters", () => {
  it("survive the address", () => {
    const filters = {
      ...NO_FILTERS, territories: ["a", "b"], streams: ["gp" as const], modes: ["home" as const], text: "Le Pallet", horizon: "24" as const, everyState: true, list: true,
      commune: "44043", km: 10, place: "Maison de santé, Clisson", practitioner: "Dr Hélène d'Été & fils", sort: "nearest" as const,
    };
    expect(parseFilters(formatFilters(filters))).toEqual(filters);
    expect(formatFilters(NO_FILTERS)).toBe("");
    expect(parseFilters("?filieres=x,gp&delai=y&km=7&ordre=z")).toEqual({ ...NO_FILTERS, streams: ["gp"] });
  });

  it("find by any word, without accents", () => {
    const [item] = board([testSlot("a")]);
    expect(matches(item!, { ...NO_FILTERS, text: "medecin CLISSON" })).toBe(true);
    expect(matches(item!, { ...NO_FILTERS, text: "vallet" })).toBe(false);
  });

  it("keep a slot that has just changed, so that nothing vanishes under a hand", () => {
    const [item] = board([testSlot("a", { state: "booked" })]);
    expect(isShown(item!, NO_FILTERS, now)).toBe(false);
    expect(isShown({ ...item!, changedAt: 1 }, NO_FILTERS, now)).toBe(true);
    expect(isShown(item!, { ...NO_FILTERS, everyState: true }, now)).toBe(true);
  });

  it("count free places within 24 and 48 h, to the edge", () => {
    const items = board([
      at("a", "2026-11-23T09:00:00Z", { capacity: 3, taken: 1 }),
      at("b", "2026-11-23T09:00:01Z"),
      at("c", "2026-11-24T09:00:01Z"),
      at("d", "2026-11-22T12:00:00Z", { state: "held", heldUntil: "2026-11-22T08:59:59Z" }),
      at("e", "2026-11-22T12:00:00Z", { state: "booked" }),
    ]);
    expect(countFree(items, NO_FILTERS, now)).toMatchObject({ in24: 3, in48: 4 });
    expect(countFree(items, { ...NO_FILTERS, streams: ["physio"] }, now)).toEqual({ in24: 0, in48: 0, byStream: new Map([["gp", { in24: 3, in48: 4 }]]) });
  });
});

describe("items", () => {
  it("show a slot once although it is on two boards", () => {
    const store = new PictureStore();
    const link = store.beginLink();
    for (const territoryId of ["t", "u"]) store.applySnapshot(link, { territoryId, view: "v", epoch: "e", seq: 1, asOf: "", slots: [testSlot("a")] });
    expect(itemsOf({ store, territories: [territory("t"), territory("u")], now, ...PLAIN })).toHaveLength(1);
  });
});

describe("arrow keys", () => {
  const columns = [["a", "b", "c"], ["d"]];
  it("move within and across columns of different lengths", () => {
    expect(nextCell(columns, "a", "ArrowDown")).toBe("b");
    expect(nextCell(columns, "c", "ArrowDown")).toBe("c");
    expect(nextCell(columns, "c", "ArrowRight")).toBe("d");
    expect(nextCell(columns, "d", "ArrowLeft")).toBe("a");
    expect(nextCell(columns, "b", "End")).toBe("c");
    expect(nextCell(columns, "b", "x")).toBeNull();
  });
});

describe("pages", () => {
  it("have an address of their own and are told apart from the board", () => {
    expect(new Set([BOARD, ...PAGES.map(({ id }) => id)]).size).toBe(PAGES.length + 1);
    for (const { id } of PAGES) {
      expect(id).toMatch(/^[a-z-]+$/);
      expect(parseFilters(formatFilters({ ...NO_FILTERS, page: id })).page).toBe(id);
    }
    expect(pageOf("nulle-part")).toBeUndefined();
  });
});
