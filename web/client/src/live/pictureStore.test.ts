import { describe, expect, it } from "vitest";
import type { Frame, Slot, SlotState, Snapshot } from "../api/contract";
import { PictureStore } from "./pictureStore";
import { seededRandom, testSlot } from "./testing";

const at = (seq: number, slots: Slot[], epoch = "e1"): Snapshot => ({
  territoryId: "t", view: "v", epoch, seq, asOf: "2026-11-22T10:00:00Z", slots,
});
const frame = (seq: number, changes: Frame["changes"], epoch = "e1"): Frame => ({
  territoryId: "t", view: "v", epoch, seq, asOf: "2026-11-22T10:00:00Z", changes,
});

describe("PictureStore", () => {
  it("applies the next frame only", () => {
    const store = new PictureStore();
    const link = store.beginLink();
    store.applySnapshot(link, at(4, [testSlot("a")]));
    expect(store.applyFrame(link, frame(5, [{ id: "b", slot: testSlot("b") }]))).toBe("applied");
    expect(store.applyFrame(link, frame(5, [{ id: "b", removed: true }]))).toBe("ignored");
    expect(store.applyFrame(link, frame(4, [{ id: "a", removed: true }]))).toBe("ignored");
    expect([...store.picture("t")!.slots.keys()]).toEqual(["a", "b"]);
  });

  it("stops at a gap until a snapshot closes it", () => {
    const store = new PictureStore();
    const link = store.beginLink();
    store.applySnapshot(link, at(1, [testSlot("a")]));
    expect(store.applyFrame(link, frame(3, [{ id: "a", removed: true }]))).toBe("gap");
    expect(store.isCurrent("t")).toBe(false);
    expect(store.cursor("t")).toEqual({ territoryId: "t", view: "v", epoch: "e1", seq: 1 });
    store.applySnapshot(link, at(3, []));
    expect(store.isCurrent("t")).toBe(true);
    expect(store.picture("t")!.slots.size).toBe(0);
  });

  it("is current again when the missing frames come instead of a snapshot", () => {
    const store = new PictureStore();
    const link = store.beginLink();
    store.applySnapshot(link, at(1, [testSlot("a")]));
    expect(store.applyFrame(link, frame(3, [{ id: "a", removed: true }]))).toBe("gap");
    expect(store.applyFrame(link, frame(2, [{ id: "b", slot: testSlot("b") }]))).toBe("applied");
    expect(store.applyFrame(link, frame(3, [{ id: "a", removed: true }]))).toBe("applied");
    expect(store.isCurrent("t")).toBe(true);
    expect([...store.picture("t")!.slots.keys()]).toEqual(["b"]);
  });

  it("ignores frames of another epoch and asks for a snapshot", () => {
    const store = new PictureStore();
    const link = store.beginLink();
    store.applySnapshot(link, at(1, [testSlot("a")]));
    expect(store.applyFrame(link, frame(2, [{ id: "a", removed: true }], "e2"))).toBe("foreign");
    expect(store.picture("t")!.slots.size).toBe(1);
  });

  it("takes a new epoch's snapshot although its numbers are lower", () => {
    const store = new PictureStore();
    const link = store.beginLink();
    store.applySnapshot(link, at(90, [testSlot("a")]));
    expect(store.applySnapshot(link, at(1, [], "e2"))).toBe(true);
    expect(store.applySnapshot(link, at(0, [testSlot("z")], "e2"))).toBe(false);
    expect(store.picture("t")!.slots.size).toBe(0);
  });

  it("hears nothing more from an older connection", () => {
    const store = new PictureStore();
    const old = store.beginLink();
    store.applySnapshot(old, at(1, [testSlot("a")]));
    const link = store.beginLink();
    expect(store.isCurrent("t")).toBe(false);
    store.applySnapshot(link, at(1, [], "e2"));
    expect(store.applySnapshot(old, at(7, [testSlot("a")]))).toBe(false);
    expect(store.applyFrame(old, frame(2, [{ id: "a", slot: testSlot("a") }]))).toBe("ignored");
    expect(store.picture("t")!.slots.size).toBe(0);
  });

  it("ends in the server's picture after any interleaving", () => {
    const first = Number(process.env["SNP_SEED"] ?? Date.now() % 1_000_000);
    console.info(`picture store: seeds ${first}…${first + 299} (replay with SNP_SEED=${first})`);
    for (let seed = first; seed < first + 300; seed++) {
      expect(() => interleave(seed), `seed ${seed}`).not.toThrow();
    }
  });
});

/** A server that changes, links that lose, double, delay and break, and a screen that follows the rules. */
function interleave(seed: number): void {
  const random = seededRandom(seed);
  const upTo = (n: number): number => Math.floor(random() * n);
  const states: SlotState[] = ["free", "held", "booked", "withdrawn"];
  const store = new PictureStore();

  const truth = new Map<string, Slot>();
  let epoch = 1;
  let seq = 0;
  let link = store.beginLink();
  type Message = { link: number; snapshot?: Snapshot; frame?: Frame };
  let wire: Message[] = [];
  const late: Message[] = [];
  let watching = false;
  let asking = false;

  const snapshot = (): void => void wire.push({ link, snapshot: at(seq, [...truth.values()], `e${epoch}`) });
  const watch = (): void => {
    watching = true;
    snapshot();
  };
  const change = (): void => {
    const id = `s${upTo(8)}`;
    const removed = truth.has(id) && random() < 0.25;
    const slot = testSlot(id, { state: states[upTo(4)]!, taken: upTo(2) });
    if (removed) truth.delete(id);
    else truth.set(id, slot);
    seq++;
    if (watching) wire.push({ link, frame: frame(seq, [removed ? { id, removed } : { id, slot }], `e${epoch}`) });
  };
  const deliver = (message: Message | undefined): void => {
    if (message?.snapshot) store.applySnapshot(message.link, message.snapshot);
    const result = message?.frame && store.applyFrame(message.link, message.frame);
    asking ||= (result === "gap" || result === "foreign") && message?.link === link;
  };
  const reconnect = (): void => {
    late.push(...wire.filter(() => random() < 0.7));
    wire = [];
    watching = asking = false;
    link = store.beginLink();
  };

  watch();
  for (let step = 0; step < 120; step++) {
    const dice = random();
    if (dice < 0.4) change();
    else if (dice < 0.75) deliver(wire.shift());
    else if (dice < 0.8 && wire[0]?.frame) wire.shift(); // lost
    else if (dice < 0.84 && wire.length > 0) deliver(wire[0]); // doubled
    else if (dice < 0.88) deliver(late.splice(upTo(late.length), 1)[0]); // a dead link still speaks
    else if (dice < 0.91) reconnect();
    else if (dice < 0.93) {
      epoch++;
      seq = upTo(5);
      if (watching && random() < 0.8) snapshot();
    } else if (!watching || asking) {
      asking = false;
      watch();
    }
  }

  // Quiet: one more change makes a lost tail visible; the screen asks whenever it must.
  if (!watching) watch();
  change();
  for (let round = 0; wire.length > 0 || asking; round++) {
    if (round > 10_000) throw new Error("no quiet");
    if (wire.length === 0 && asking) {
      asking = false;
      watch();
    }
    deliver(wire.shift());
  }
  late.forEach(deliver);

  expect(store.isCurrent("t")).toBe(true);
  expect(sorted(store.picture("t")!.slots)).toEqual(sorted(truth));
}

const sorted = (slots: ReadonlyMap<string, Slot>): Slot[] => [...slots.values()].sort((a, b) => a.id.localeCompare(b.id));
