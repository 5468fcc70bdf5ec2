import { expect, it } from "vitest";
import type { AgendaDetail, BookingSummary } from "../api/contract";
import { testSlot } from "../live/testing";
import { dayOfDate, effectOf } from "./absence";

const now = Date.parse("2026-11-24T08:00:00Z");
const at = (id: string, start: string, state: "free" | "booked" | "withdrawn" = "free") => testSlot(id, { start, end: new Date(Date.parse(start) + 1_200_000).toISOString(), state });
const booking = (slotId: string, status: BookingSummary["status"]): BookingSummary => ({ id: `b-${slotId}-${status}`, slotId, status, reason: "", bookedAt: "", bookedBy: "", bookedByRole: "pharmacist" });

it("counts the patients and free slots of the days, first and last included, on the territory's clock", () => {
  const slots = [
    at("late", "2026-11-24T22:50:00Z", "booked"), // 23:50 of the 24th in Paris
    at("first", "2026-11-24T23:10:00Z", "booked"), // 0:10 of the 25th
    at("free", "2026-11-25T09:00:00Z"),
    at("gone", "2026-11-25T10:00:00Z", "withdrawn"),
    at("last", "2026-11-26T22:40:00Z", "booked"), // 23:40 of the 26th
    at("after", "2026-11-26T23:00:00Z", "booked"),
  ];
  const bookings = [booking("late", "booked"), booking("first", "booked"), booking("first", "cancelled"), booking("last", "booked"), booking("after", "booked")];
  const detail = { slots, bookings } as unknown as AgendaDetail;
  expect(effectOf(detail, dayOfDate("2026-11-25")!, dayOfDate("2026-11-26")!, now, "Europe/Paris")).toEqual({ patients: 2, free: 1 });
});

it("leaves aside what has begun", () => {
  const detail = { slots: [at("past", "2026-11-24T07:00:00Z", "booked")], bookings: [booking("past", "booked")] } as unknown as AgendaDetail;
  expect(effectOf(detail, dayOfDate("2026-11-24")!, dayOfDate("2026-11-24")!, now, "Europe/Paris").patients).toBe(0);
});

it("reads dates only", () => {
  expect([dayOfDate(""), dayOfDate("demain"), dayOfDate("2026-13-01")]).toEqual([null, null, null]);
});
