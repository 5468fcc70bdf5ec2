import { expect, it } from "vitest";
import type { CallRow, Level } from "./contract";
import { WAIT_SHAPES, clock, levelFigures, share, waitOf } from "./waits";

const SINCE = Date.parse("2026-11-24T10:00:00Z");
const at = (seconds: number): string => new Date(SINCE + seconds * 1000).toISOString();
const call = (part: Partial<CallRow> = {}): CallRow => ({
  id: "a", label: "A", version: 1, line: "15", regime: "daytime", status: "waiting", level: "arm", priority: "P2", rangAt: at(0), waitingSince: at(0), targetAt: at(30), returned: false, repeats: 0,
  callerOnLine: true, bookings: [], ...part,
});

it.each([[0, "good"], [19, "good"], [20, "soon"], [29, "soon"], [30, "late"], [31, "late"]] as const)("a wait of %i s for a target of 30 s is %s", (seconds, expected) =>
  expect(waitOf(call(), SINCE + seconds * 1000)).toBe(expected),
);

it("has a shape for each state, and no target is no lateness", () => {
  expect(new Set(Object.values(WAIT_SHAPES)).size).toBe(3);
  expect(waitOf({ ...call(), targetAt: undefined } as unknown as CallRow, SINCE + 9e9)).toBe("good");
});

it("counts levels for the supervisor", () => {
  const levels = [{ id: "arm" }, { id: "doctor" }] as Level[];
  const calls = [call(), call({ id: "b", waitingSince: at(10), targetAt: at(40) }), call({ id: "c", status: "inHand" }), call({ id: "d", level: "doctor", status: "callBack" })];
  expect(levelFigures(levels, calls, SINCE + 35_000).map(({ waiting, inHand, longest, late }) => [waiting, inHand, longest, late])).toEqual([[2, 1, 35_000, 1], [0, 0, null, 0]]);
});

it("writes clocks and shares", () => {
  expect([clock(0), clock(59_999), clock(725_000), clock(-1)]).toEqual(["0:00", "0:59", "12:05", "0:00"]);
  expect([share(48, 50), share(0, 0)]).toEqual(["96 %", null]);
});
