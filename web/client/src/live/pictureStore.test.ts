import { describe, expect, it } from "vitest";
import type { Frame, Slot, Snapshot } from "../api/contract";
import { PictureStore } from "./pictureStore";
import { testSlot } from "./testing";

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

  it("tells when a picture begins anew, and when it shows another view", () => {
    const store = new PictureStore();
    const told: string[] = [];
    store.onView(() => told.push("view"));
    const stop = store.onEpoch(() => told.push("epoch"));
    const link = store.beginLink();
    store.applySnapshot(link, at(1, []));
    store.applySnapshot(link, at(4, [])); // after a gap
    store.applyFrame(link, frame(5, []));
    expect(told).toEqual(["epoch"]);
    store.applySnapshot(link, at(1, [], "e2")); // a right that shows no other slots
    expect(told).toEqual(["epoch", "epoch"]);
    store.applySnapshot(link, { ...at(1, [], "e3"), view: "w" });
    expect(told).toEqual(["epoch", "epoch", "view", "epoch"]);
    stop();
    store.applySnapshot(link, { ...at(1, [], "e4"), view: "w" });
    expect(told).toHaveLength(4);
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
});
