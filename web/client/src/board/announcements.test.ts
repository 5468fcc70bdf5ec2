import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Announcer } from "./Announcer";
import { Recent } from "./Recent";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("Announcer", () => {
  it("says one change soon, a stream of changes as one sentence every few seconds, and loses none", () => {
    const said: { at: number; told: number[] }[] = [];
    const announcer = new Announcer<number>((told) => said.push({ at: performance.now(), told: [...told] }));
    const start = performance.now();
    for (let n = 0; n < 200; n++) {
      announcer.add([n]);
      vi.advanceTimersByTime(50);
    }
    vi.advanceTimersByTime(5_000);
    expect(said.flatMap(({ told }) => told)).toEqual(Array.from({ length: 200 }, (_, n) => n));
    expect(said[0]!.at - start).toBeLessThan(1_000);
    said.slice(1).forEach(({ at }, n) => expect(at - said[n]!.at).toBeGreaterThanOrEqual(5_000));
  });

  it("is silent once stopped", () => {
    const say = vi.fn();
    const announcer = new Announcer(say);
    announcer.add([1]);
    announcer.stop();
    vi.advanceTimersByTime(10_000);
    expect(say).not.toHaveBeenCalled();
  });
});

describe("Recent", () => {
  it("keeps a slot for some seconds after its last change, then tells", () => {
    const recent = new Recent();
    const tell = vi.fn();
    const stop = recent.subscribe(tell);
    recent.add(["a", "b"]);
    vi.advanceTimersByTime(3_000);
    recent.add(["b"]);
    expect([...recent.lit(performance.now()).keys()]).toEqual(["a", "b"]);
    vi.advanceTimersByTime(1_500);
    expect(tell).toHaveBeenCalledTimes(1);
    expect([...recent.lit(performance.now()).keys()]).toEqual(["b"]);
    vi.advanceTimersByTime(3_000);
    expect(recent.lit(performance.now()).size).toBe(0);
    stop();
  });
});
