import { expect, it } from "vitest";
import { NO_FILTERS, formatFilters, matches } from "../board/filters";
import type { BoardItem } from "../board/items";
import { testSlot } from "../live/testing";

const item = (start: number): BoardItem => ({ slot: testSlot("a"), state: "free", start, territory: {} as BoardItem["territory"], current: true, km: null, turn: 0, changedAt: undefined });

it("shows a request's board no slot after its deadline, and tells no address of it", () => {
  const filters = { ...NO_FILTERS, until: 1_000 };
  expect([999, 1_000, 1_001].map((start) => matches(item(start), filters))).toEqual([true, true, false]);
  expect(matches(item(1_001), NO_FILTERS)).toBe(true);
  expect(formatFilters(filters)).toBe("");
});
