import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { OutcomeUnknown, Problem } from "../api/problem";
import { EmergencyDesk, type Press, UNDO_MS } from "./desk";

const MARIE = { identityId: "marie", territoryId: "t" };

/** A server that keeps what it acknowledged, by request id, and a browser store that outlives a page. */
function stage() {
  const kept = new Map<string, string>();
  const recorded = new Map<string, Press>();
  const sent: { press: Press; secondsAgo: number }[] = [];
  const takenBack: string[] = [];
  let fault: unknown = null;
  const open = (): EmergencyDesk =>
    new EmergencyDesk({
      storage: { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) },
      now: () => Date.now(),
      monotonic: () => Date.now(),
      send: async (press, secondsAgo) => {
        sent.push({ press, secondsAgo });
        if (fault) throw fault;
        recorded.set(press.requestId, press);
      },
      takeBack: async ({ callId = "" }) => void takenBack.push(callId),
    });
  return { open, sent, takenBack, recorded, fail: (with_: unknown) => (fault = with_), waiting: () => JSON.parse(kept.get("snp.emergencies") ?? "[]") as Press[] };
}

describe("the emergency desk", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("shows at the press, and records once when it can no longer be undone", async () => {
    const { open, sent, recorded, waiting } = stage();
    const desk = open();
    const ended = vi.fn();
    desk.onRaised(ended);
    desk.setWitness(MARIE);
    desk.press();
    expect(desk.getShown()?.status).toBe("undoable");
    desk.press(); // a second press changes nothing
    await vi.advanceTimersByTimeAsync(UNDO_MS - 1);
    expect(sent).toHaveLength(0);
    expect(ended).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(ended).toHaveBeenCalledTimes(1);
    expect(sent.map(({ secondsAgo }) => secondsAgo)).toEqual([5]);
    expect(desk.getShown()?.status).toBe("recorded");
    expect([recorded.size, waiting().length]).toEqual([1, 0]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toHaveLength(1);
  });

  it("forgets what was undone, and only that", async () => {
    const { open, sent, waiting } = stage();
    const desk = open();
    const ended = vi.fn();
    desk.onRaised(ended);
    desk.setWitness(MARIE);
    desk.press();
    await vi.advanceTimersByTimeAsync(UNDO_MS - 1);
    desk.dismiss();
    expect(desk.getShown()).toBeNull();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([sent.length, waiting().length, ended.mock.calls.length]).toEqual([0, 0, 0]);
    desk.press();
    await vi.advanceTimersByTimeAsync(UNDO_MS);
    desk.dismiss(); // too late to undo: the screen goes, the record stays
    expect(sent).toHaveLength(1);
  });

  it("repeats one and the same press until it is acknowledged, across pages and people", async () => {
    const { open, sent, recorded, fail, waiting } = stage();
    fail(new OutcomeUnknown("offline"));
    const first = open();
    first.setWitness(MARIE);
    first.press();
    await vi.advanceTimersByTimeAsync(UNDO_MS + 10_000);
    expect(first.getShown()?.status).toBe("waiting");
    expect(sent.length).toBeGreaterThan(2);
    expect(new Set(sent.map(({ press }) => press.requestId)).size).toBe(1);

    first.setWitness(null); // the page is left, another person signs in: not theirs to tell
    fail(null);
    const other = open();
    other.setWitness({ ...MARIE, identityId: "paul" });
    await vi.advanceTimersByTimeAsync(20_000);
    expect([recorded.size, waiting().length]).toEqual([0, 1]);

    const again = open();
    again.setWitness(MARIE);
    await vi.advanceTimersByTimeAsync(20_000);
    expect([recorded.size, waiting().length]).toEqual([1, 0]);
    expect(sent.at(-1)?.secondsAgo).toBe(35); // told as soon as she is back
  });

  it("waits for a session, and gives up only what the server refuses for good", async () => {
    const { open, fail, waiting } = stage();
    const desk = open();
    desk.setWitness(MARIE);
    fail(new Problem(401, { code: "not-signed-in" }));
    desk.press();
    await vi.advanceTimersByTimeAsync(UNDO_MS);
    expect([desk.getShown()?.status, waiting().length]).toEqual(["waiting", 1]);
    fail(new Problem(404, { code: "territory-unknown" }));
    await vi.advanceTimersByTimeAsync(10_000);
    expect([desk.getShown()?.status, waiting().length]).toEqual(["refused", 0]);
  });

  it("sends a call in hand to the emergency branch at once, once, and takes it back while that can be undone", async () => {
    const { open, sent, takenBack, waiting } = stage();
    const desk = open();
    const ended = vi.fn();
    desk.onRaised(ended);
    desk.setWitness(MARIE);
    desk.setCall("sas.c-1");
    desk.press();
    await vi.advanceTimersByTimeAsync(0);
    expect(sent.map(({ press, secondsAgo }) => [press.callId, secondsAgo])).toEqual([["sas.c-1", 0]]);
    expect([desk.getShown()?.status, waiting().length]).toEqual(["undoable", 0]);
    await vi.advanceTimersByTimeAsync(UNDO_MS);
    expect([desk.getShown()?.status, sent.length, ended.mock.calls.length, takenBack.length]).toEqual(["recorded", 1, 1, 0]);
    desk.dismiss(); // too late to undo
    expect(takenBack).toHaveLength(0);

    desk.press();
    await vi.advanceTimersByTimeAsync(UNDO_MS - 1);
    desk.dismiss();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([takenBack, sent.length, ended.mock.calls.length]).toEqual([["sas.c-1"], 2, 1]);

    desk.setCall(null); // nothing in hand: the key is the door's again
    desk.press();
    await vi.advanceTimersByTimeAsync(UNDO_MS);
    expect(sent.at(-1)?.press.callId).toBeUndefined();
  });

  it("keeps a call's exit until the server has it, and says so", async () => {
    const { open, sent, fail, waiting, recorded } = stage();
    fail(new OutcomeUnknown("offline"));
    const desk = open();
    desk.setWitness(MARIE);
    desk.setCall("sas.c-1");
    desk.press();
    await vi.advanceTimersByTimeAsync(UNDO_MS);
    expect([desk.getShown()?.status, waiting().length]).toEqual(["waiting", 1]);
    fail(null);
    await vi.advanceTimersByTimeAsync(10_000);
    expect([recorded.size, waiting().length, new Set(sent.map(({ press }) => press.requestId)).size]).toEqual([1, 0, 1]);
  });

  it("shows the screen with nobody signed in and with a store that fails", async () => {
    const anonymous = stage().open();
    anonymous.press();
    await vi.advanceTimersByTimeAsync(UNDO_MS);
    expect(anonymous.getShown()?.status).toBe("anonymous");

    const broken = new EmergencyDesk({
      send: () => Promise.reject(new OutcomeUnknown("")),
      storage: { getItem: () => { throw new Error("forbidden"); }, setItem: () => { throw new Error("full"); } },
    });
    broken.setWitness(MARIE);
    broken.press();
    expect(broken.getShown()?.status).toBe("undoable");
  });
});
