import { describe, expect, it } from "vitest";
import type { Slot, Territory } from "../api/contract";
import { PictureStore } from "../live/pictureStore";
import { seededRandom, testSlot } from "../live/testing";
import { BEYOND, columnsOf, deadlineOf } from "./columns";
import { NO_FILTERS, matches } from "./filters";
import { type BoardItem, type Wanted, itemsOf } from "./items";
import { look } from "./look";
import { inOrder, kmBetween, nextChange, proposals } from "./order";
import { rowsOf } from "./rows";

const territory = (windowHours = 48): Territory => ({ id: "t", windowHours, name: "t", sas: { id: "s", name: "SAS" }, timeZone: "Europe/Paris", communes: [] });
const CLISSON = { lat: 47.087, lon: -1.282 };
const VALLET = { lat: 47.161, lon: -1.266 };
const NANTES = { lat: 47.218, lon: -1.554 };
const now = Date.parse("2026-11-22T09:00:00Z");
const HOUR = 3_600_000;

const slot = (id: string, start: string, where = CLISSON, change: Partial<Slot> = {}): Slot =>
  testSlot(id, { start, end: new Date(Date.parse(start) + 20 * 60_000).toISOString(), place: { ...testSlot(id).place, ...where }, ...change });
const storeOf = (slots: readonly Slot[]): PictureStore => {
  const store = new PictureStore();
  store.applySnapshot(store.beginLink(), { territoryId: "t", view: "v", epoch: "e", seq: 1, asOf: "", slots: [...slots] });
  return store;
};
const items = (slots: readonly Slot[], wanted: Partial<Wanted> = {}): BoardItem[] =>
  itemsOf({ store: storeOf(slots), territories: [territory()], now, wanted: { origin: null, turns: new Map(), sort: "soonest", ...wanted }, recent: new Map() });
const ids = (all: readonly BoardItem[]): string[] => all.map((item) => item.slot.id);

describe("distance", () => {
  it("is the great circle's, to 0.1 km", () => {
    expect(kmBetween(CLISSON, CLISSON)).toBe(0);
    expect(kmBetween(CLISSON, VALLET)).toBe(8.3);
    expect(kmBetween({ lat: 48.8566, lon: 2.3522 }, { lat: 45.764, lon: 4.8357 })).toBeCloseTo(391.5, 0); // Paris – Lyon
    expect(kmBetween(VALLET, NANTES)).toBe(kmBetween(NANTES, VALLET));
  });

  it("narrows by the patient's commune; a video visit is never too far", () => {
    const [near, far, video] = items(
      [slot("a", "2026-11-22T12:00:00Z"), slot("b", "2026-11-22T12:30:00Z", VALLET), slot("c", "2026-11-22T13:00:00Z", NANTES, { mode: "video" })],
      { origin: CLISSON },
    );
    const within5 = { ...NO_FILTERS, commune: "44043", km: 5 };
    expect([near, far, video].map((item) => matches(item!, within5))).toEqual([true, false, true]);
    expect([near!.km, far!.km, video!.km]).toEqual([0, 8.3, null]);
    // Without a known commune nothing is measured and nothing is hidden.
    expect(items([slot("b", "2026-11-22T12:30:00Z", VALLET)]).every((item) => matches(item, within5))).toBe(true);
  });
});

describe("order", () => {
  const all = [
    slot("far-now", "2026-11-22T12:00:00Z", VALLET, { agendaId: "x" }),
    slot("near-often", "2026-11-22T12:00:00Z", CLISSON, { agendaId: "often" }),
    slot("near-seldom", "2026-11-22T12:00:00Z", CLISSON, { agendaId: "seldom" }),
    slot("near-later", "2026-11-22T12:20:00Z", CLISSON, { agendaId: "x" }),
  ];
  const turns = new Map([["often", 2], ["seldom", 0]]);

  it("is soonest, then nearest, then whose turn it is", () => {
    expect(ids(items(all, { origin: CLISSON, turns }))).toEqual(["near-seldom", "near-often", "far-now", "near-later"]);
  });

  it("is nearest, then soonest, then whose turn it is, when asked", () => {
    expect(ids(items(all, { origin: CLISSON, turns, sort: "nearest" }))).toEqual(["near-seldom", "near-often", "near-later", "far-now"]);
  });

  it("leaves distance out when the commune is not said", () => {
    expect(ids(items(all, { turns: new Map([["often", 2], ["seldom", 1]]) }))).toEqual(["far-now", "near-seldom", "near-often", "near-later"]);
  });

  it("is a total order: any shuffle gives the same board", () => {
    const seed = Number(process.env["SNP_SEED"] ?? Date.now() % 1_000_000);
    console.info(`order: SNP_SEED=${seed}`);
    const random = seededRandom(seed);
    const many = Array.from({ length: 200 }, (_, n) =>
      slot(`s${n}`, new Date(now + Math.floor(random() * 5) * HOUR).toISOString(), [CLISSON, VALLET, NANTES][Math.floor(random() * 3)], {
        agendaId: `a${Math.floor(random() * 6)}`, mode: random() < 0.2 ? "video" : "surgery",
      }),
    );
    const wanted = { origin: CLISSON, turns: new Map([["a1", 1], ["a2", 2]]) };
    for (const sort of ["soonest", "nearest"] as const) {
      const once = items(many, { ...wanted, sort });
      const again = items(many.map((one) => [random(), one] as const).sort(([a], [b]) => a - b).map(([, one]) => one), { ...wanted, sort });
      expect(ids(again)).toEqual(ids(once));
      once.slice(1).forEach((item, n) => expect(inOrder(sort)(once[n]!, item)).toBeLessThan(0));
    }
  });

  it("proposes free slots only, the first ones", () => {
    const some = items([slot("held", "2026-11-22T12:00:00Z", CLISSON, { state: "booked" }), ...all], { origin: CLISSON, turns });
    expect(ids(proposals(some, 3))).toEqual(["near-seldom", "near-often", "far-now"]);
  });
});

describe("time alone", () => {
  it("changes the board at the next end of a hold, start, end or edge of a window", () => {
    const some = items([
      slot("a", "2026-11-22T12:00:00Z", CLISSON, { state: "held", heldUntil: "2026-11-22T09:02:00Z" }),
      slot("b", "2026-11-24T09:01:00Z"),
    ]);
    expect(nextChange(some, now, [])).toBe(now + 2 * 60_000);
    expect(nextChange(some, now, [48 * HOUR])).toBe(now + 60_000);
    expect(nextChange([], now, [48 * HOUR])).toBe(Infinity);
  });

  it("keeps what says the same as one object, so that it is not drawn again", () => {
    const store = storeOf([slot("a", "2026-11-22T12:00:00Z"), slot("b", "2026-11-22T18:00:00Z")]);
    const seen = { store, territories: [territory()], filters: NO_FILTERS, wanted: { origin: null, turns: new Map(), sort: "soonest" as const }, recent: new Map() };
    const first = look({ ...seen, now }, null);
    const second = look({ ...seen, now: now + 5_000 }, first);
    expect(second.columns.every((column, n) => column === first.columns[n])).toBe(true);
    expect(second.choices).toBe(first.choices);

    store.applyFrame(1, { territoryId: "t", view: "v", epoch: "e", seq: 2, asOf: "", changes: [{ id: "b", slot: slot("b", "2026-11-22T18:00:00Z", CLISSON, { state: "held" }) }] });
    const third = look({ ...seen, now: now + 6_000 }, second);
    expect(third.columns.map((column, n) => column === first.columns[n])).toEqual([true, false]);
    expect(third.items[0]).toBe(first.items[0]);
  });
});

describe("the deadline", () => {
  const day = [slot("a", "2026-11-22T12:00:00Z"), slot("b", "2026-11-25T12:00:00Z")];
  it("is drawn before what lies beyond it, else at the end", () => {
    const columns = columnsOf(items(day), now);
    expect(deadlineOf([territory()], columns, { ...NO_FILTERS, horizon: "all" }, now)).toEqual({ text: "Fin du délai de 48 h : mar. 24 nov. à 10:00", before: BEYOND });
    expect(rowsOf(columns, { text: "x", before: BEYOND }).map(({ kind }) => kind)).toEqual(["head", "slot", "deadline", "head", "slot"]);
    const inside = columnsOf(items(day.slice(0, 1)), now);
    expect(deadlineOf([territory()], inside, NO_FILTERS, now)?.before).toBeNull();
    expect(rowsOf(inside, { text: "x", before: null }).at(-1)?.kind).toBe("deadline");
  });

  it("is not drawn when the board ends before it, and names each territory's window", () => {
    const columns = columnsOf(items(day), now);
    expect(deadlineOf([territory()], columns, { ...NO_FILTERS, horizon: "24" }, now)).toBeNull();
    expect(deadlineOf([territory(), territory(24)], columns, NO_FILTERS, now)?.text).toMatch(/24 h.+48 h/);
  });
});
