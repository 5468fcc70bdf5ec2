import { expect, it } from "vitest";
import { BOARD, PAGES } from "../board/pages";
import { HELP } from "./help";

it("has a help text for every page, and none for a page that does not exist", () => {
  expect(Object.keys(HELP).sort()).toEqual([BOARD, ...PAGES.map(({ id }) => id)].sort());
});

it("keeps each text short enough to be read", () => {
  for (const { what } of Object.values(HELP)) {
    expect(what.length).toBeGreaterThan(0);
    for (const text of what) expect(text.length, text).toBeLessThan(420);
  }
});
