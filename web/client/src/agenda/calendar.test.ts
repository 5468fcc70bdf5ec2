import { expect, it } from "vitest";
import { testSlot } from "../live/testing";
import { eventsOf, hoursOf, instantOfWall, wallText } from "./calendar";
import type { PlannedDay, PlannedSlot } from "./week";
import { dayOfDate } from "./absence";

const now = Date.parse("2026-11-24T08:00:00Z");
const planned = (start: string, end: string, over = {}): PlannedSlot => {
  const slot = testSlot(start, { start, end, ...over });
  return { slot, state: slot.state, bookings: [] };
};
const week = (...slots: PlannedSlot[]): PlannedDay[] => [{ day: dayOfDate("2026-11-25")!, slots }];

it("shows the territory's wall clock, and comes back from it, summer, winter and overseas", () => {
  for (const zone of ["Europe/Paris", "Indian/Reunion", "America/Martinique"]) {
    for (const at of ["2026-11-24T08:20:00Z", "2026-07-01T22:40:00Z", "2027-03-28T03:05:00Z"]) {
      expect(instantOfWall(new Date(`${wallText(at, zone)}Z`), zone)).toBe(Date.parse(at));
    }
  }
  expect(wallText("2026-07-01T22:40:00Z", "Europe/Paris")).toBe("2026-07-02T00:40:00");
  expect(instantOfWall(new Date("2027-03-28T02:30:00Z"), "Europe/Paris")).toBeNull(); // the hour that spring skips
});

it("lets free slots ahead be moved, when the link lives, and nothing else", () => {
  const days = week(
    planned("2026-11-25T09:00:00Z", "2026-11-25T09:20:00Z"),
    planned("2026-11-25T10:00:00Z", "2026-11-25T10:20:00Z", { state: "booked", taken: 1 }),
    planned("2026-11-25T11:00:00Z", "2026-11-25T11:20:00Z", { taken: 1, capacity: 2 }),
    planned("2026-11-24T07:00:00Z", "2026-11-24T07:20:00Z"),
  );
  expect(eventsOf(days, now, true, "Europe/Paris").map(({ startEditable }) => startEditable)).toEqual([true, false, false, false]);
  expect(eventsOf(days, now, false, "Europe/Paris").some(({ durationEditable }) => durationEditable)).toBe(false);
});

it("shows the practice's day, wider when a slot lies outside it", () => {
  expect(hoursOf(week(), "Europe/Paris")).toEqual({ from: 8, to: 20 });
  expect(hoursOf(week(planned("2026-11-25T05:30:00Z", "2026-11-25T05:50:00Z"), planned("2026-11-25T19:00:00Z", "2026-11-25T19:20:00Z")), "Europe/Paris")).toEqual({ from: 6, to: 21 });
  expect(hoursOf(week(planned("2026-11-25T22:50:00Z", "2026-11-25T23:10:00Z")), "Europe/Paris")).toEqual({ from: 8, to: 24 });
});
