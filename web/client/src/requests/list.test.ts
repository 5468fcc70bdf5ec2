import { describe, expect, it } from "vitest";
import type { CareRequest } from "./contract";
import { SHAPES, isOpen, joined, partsOf, timeLeft, urgencyOf } from "./list";

const NOW = Date.parse("2026-11-24T10:00:00Z");
const inSeconds = (seconds: number): string => new Date(NOW + seconds * 1000).toISOString();
const request = (id: string, part: Partial<CareRequest> = {}): CareRequest => ({
  id, territoryId: "t", stream: "gp", status: "open", door: "pharmacist", requestedBy: "Ana", organization: "Pharmacie", own: false, mine: false,
  eligibility: "Visitor", reason: "M03.14", openedAt: inSeconds(-60), decidedAt: inSeconds(-60), deadline: inSeconds(3600), allowed: [], ...part,
});

describe("urgency", () => {
  it.each([
    [8 * 3600 + 1, "calm"], [8 * 3600, "soon"], [2 * 3600 + 1, "soon"], [2 * 3600, "urgent"], [1, "urgent"], [0, "over"], [-1, "over"],
  ] as const)("at %i s it is %s", (seconds, expected) => expect(urgencyOf(inSeconds(seconds), NOW)).toBe(expected));

  it("has a shape of its own for each, not a colour alone", () => expect(new Set(Object.values(SHAPES)).size).toBe(4));
});

it.each([[0, "0 s"], [-5, "0 s"], [59.9, "59 s"], [60, "1 min"], [3599, "59 min"], [3600, "1 h 00"], [94_000, "26 h 06"]])("says %d s as %s", (seconds, expected) =>
  expect(timeLeft(seconds * 1000)).toBe(expected),
);

it("ends an open request with its deadline, to the second", () => {
  const one = request("a", { deadline: inSeconds(0) });
  expect([-1, 0, 1].map((seconds) => isOpen(one, NOW + seconds * 1000))).toEqual([true, false, false]);
});

it("puts the nearest deadline first, and the last ended", () => {
  const list = [
    request("late", { deadline: inSeconds(900) }), request("first", { deadline: inSeconds(300) }), request("over", { deadline: inSeconds(-10) }),
    request("served", { status: "served", endedAt: inSeconds(-60) }), request("off", { status: "cancelled", endedAt: inSeconds(-5) }),
  ];
  const { open, ended } = partsOf(list, "all", NOW);
  expect(open.map(({ id }) => id)).toEqual(["first", "late"]);
  expect(ended.map(({ id }) => id)).toEqual(["off", "over", "served"]);
});

it("shows what is to take, or one's own", () => {
  const owner = { id: "x", name: "X", organization: "Y" };
  const list = [request("free"), request("mine", { mine: true, owner }), request("own", { own: true, owner }), request("other", { owner })];
  const ids = (show: "all" | "free" | "mine"): string[] => partsOf(list, show, NOW).open.map(({ id }) => id).sort();
  expect(ids("all")).toHaveLength(4);
  expect(ids("free")).toEqual(["free"]);
  expect(ids("mine")).toEqual(["mine", "own"]);
});

it("joins territories' lists once each", () => expect(joined([[request("a")], [request("b"), request("a", { mine: true })]]).map(({ id, mine }) => [id, mine])).toEqual([["a", true], ["b", false]]));
