import { expect, it } from "vitest";
import { stateAt } from "../live/slotState";
import { testSlot } from "../live/testing";
import type { Replacement } from "./agendaApi";
import { PROPOSED, proposalsFor } from "./proposals";

const now = Date.parse("2026-11-24T08:00:00Z");
const item = (id: string, start: string, over = {}, current = true) => {
  const slot = testSlot(id, { start, end: new Date(Date.parse(start) + 1_200_000).toISOString(), ...over });
  return { slot, state: stateAt(slot, now), start: Date.parse(start), current };
};
const lost = { stream: "gp", wantedBefore: "2026-11-25T08:00:00Z" } as Replacement;

it("proposes free slots of the same stream that are surely free, soonest first", () => {
  const items = [
    item("past", "2026-11-24T07:00:00Z"),
    item("xray", "2026-11-24T09:00:00Z", { stream: "imaging.xray" }),
    item("unsure", "2026-11-24T09:10:00Z", {}, false),
    item("booked", "2026-11-24T09:20:00Z", { state: "booked", taken: 1 }),
    item("good", "2026-11-24T09:30:00Z"),
    item("beyond", "2026-11-26T09:30:00Z"),
  ];
  expect(proposalsFor(lost, items, now).map(({ id }) => id)).toEqual(["good", "beyond"]);
});

it("names a few only", () => {
  const items = Array.from({ length: 9 }, (_, i) => item(`s${i}`, `2026-11-24T1${i}:00:00Z`));
  expect(proposalsFor(lost, items, now)).toHaveLength(PROPOSED);
});
