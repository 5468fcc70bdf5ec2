import { expect, it } from "vitest";
import { seededRandom } from "../live/testing";
import type { CallRow, CentreFrame, CentreSnapshot, Figures, QueueContent } from "./contract";
import { QueueStore, inOrder } from "./queueStore";

const FIGURES: Figures = { since: "", answered: 0, within30: 0, within60: 0, abandoned: 0, shortAbandons: 0, closed: 0, perRegulator: [] };
const AT = "2026-11-24T10:00:00Z";
const call = (id: string, part: Partial<CallRow> = {}): CallRow => ({
  id, label: id, version: 1, line: "15", regime: "daytime", status: "waiting", level: "arm", priority: "P2", rangAt: AT, waitingSince: AT, returned: false, repeats: 0, callerOnLine: true, bookings: [], ...part,
});
const queue = (calls: CallRow[]): QueueContent => ({ regime: "daytime", calls, duty: [], figures: FIGURES });
const snapshot = (seq: number, calls: CallRow[], epoch = "e1"): CentreSnapshot => ({ centreId: "sas", epoch, seq, asOf: AT, queue: queue(calls) });
const frame = (seq: number, change: CentreFrame["change"], epoch = "e1"): CentreFrame => ({ centreId: "sas", epoch, seq, asOf: AT, change });
const ids = (store: QueueStore): string[] => (store.content?.calls ?? []).map(({ id }) => id);

it("applies the next frame only, and asks for a snapshot after a gap or in another epoch", () => {
  const store = new QueueStore("sas");
  expect(store.applyFrame(frame(1, {}))).toBe("foreign");
  store.applySnapshot(snapshot(4, [call("a")]));
  expect(store.isCurrent).toBe(true);
  expect(store.applyFrame(frame(5, { calls: [{ id: "b", call: call("b") }] }))).toBe("applied");
  expect(store.applyFrame(frame(5, { calls: [{ id: "a", removed: true }] }))).toBe("ignored");
  expect(store.applyFrame(frame(7, { calls: [{ id: "a", removed: true }] }))).toBe("gap");
  expect([ids(store), store.isCurrent]).toEqual([["a", "b"], false]); // right as of before, and said to be old
  expect(store.applyFrame(frame(6, { calls: [{ id: "a", removed: true }] }))).toBe("applied"); // the missing one came late
  expect(store.applyFrame(frame(7, { regime: "outOfHours" }, "e2"))).toBe("foreign");
  expect(store.applySnapshot(snapshot(2, [call("c")]))).toBe(false); // of the same run, but older
  store.applySnapshot(snapshot(1, [call("c")], "e2"));
  expect([ids(store), store.isCurrent]).toEqual([["c"], true]);
  expect(store.applyFrame({ ...frame(2, { calls: [] }, "e2"), centreId: "other" })).toBe("ignored");
});

it("changes what a frame names and nothing else", () => {
  const store = new QueueStore("sas");
  store.applySnapshot(snapshot(1, [call("a")]));
  store.applyFrame(frame(2, { figures: { ...FIGURES, answered: 7 } }));
  store.applyFrame(frame(3, { duty: [], figures: null, regime: null, calls: null })); // as the server writes what did not change
  expect([store.content?.figures?.answered, store.content?.regime, ids(store)]).toEqual([7, "daytime", ["a"]]);
  store.lose();
  expect([store.isCurrent, ids(store)]).toEqual([false, ["a"]]);
});

it("orders by priority, then who was lost or calls again, then the longest wait", () => {
  const list = [
    call("late", { waitingSince: "2026-11-24T10:05:00Z" }), call("early"), call("again", { repeats: 1, waitingSince: "2026-11-24T10:09:00Z" }),
    call("back", { returned: true, waitingSince: "2026-11-24T10:01:00Z" }), call("vital", { priority: "P0", waitingSince: "2026-11-24T10:10:00Z" }), call("not", { priority: "NR" }),
  ];
  expect(inOrder(list).map(({ id }) => id)).toEqual(["vital", "back", "again", "early", "late", "not"]);
});

it("ends in the server's queue after any delivery: lost, late, twice, restarted", () => {
  const seed = Number(process.env["SNP_SEED"] ?? Math.floor(Math.random() * 1e6));
  console.log(`queue store: SNP_SEED=${seed}`);
  for (let round = 0; round < 200; round++) {
    const random = seededRandom(seed + round);
    const pick = (n: number): number => Math.floor(random() * n);
    const truth = new Map<string, CallRow>();
    const states = new Map<string, string>();
    let [epoch, seq] = ["e0", 0];
    const store = new QueueStore("sas");
    const content = (): string => inOrder([...truth.values()]).map(({ id, version }) => `${id}${version}`).join();
    const asked = (): CentreSnapshot => snapshot(seq, [...truth.values()], epoch);
    const late: CentreFrame[] = [];
    const deliver = (message: CentreFrame): void => {
      const result = store.applyFrame(message);
      if (result === "gap" || result === "foreign") store.applySnapshot(asked());
    };
    store.applySnapshot(asked());
    for (let step = 0; step < 60; step++) {
      if (pick(20) === 0) [epoch, seq] = [`e${step + 1}`, 0];
      const id = `c${pick(6)}`;
      const gone = truth.has(id) && pick(3) === 0;
      if (gone) truth.delete(id);
      else truth.set(id, call(id, { version: step, priority: (["P1", "P2"] as const)[pick(2)] }));
      const message = frame(++seq, { calls: [gone ? { id, removed: true } : { id, call: truth.get(id)! }] }, epoch);
      states.set(`${epoch}/${seq}`, content());
      const fate = pick(6);
      if (fate > 0) deliver(message); // 0: lost
      if (fate === 1) deliver(message);
      if (fate === 2) late.push(message);
      if (late.length > 0 && pick(3) === 0) deliver(late.shift()!);
    }
    deliver(frame(seq + 1, {}, epoch)); // the next change shows whatever was lost
    expect(ids(store).map((id) => `${id}${truth.get(id)?.version}`).join(), `SNP_SEED=${seed}, round ${round}`).toBe(content());
  }
});
