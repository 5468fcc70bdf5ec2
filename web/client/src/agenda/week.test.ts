import { describe, expect, it } from "vitest";
import type { AgendaDetail, BookingSummary, Slot } from "../api/contract";
import { wallOf } from "../time/wall";
import { inARow, instantOf, isOccupied, rangeFrom, readTime, suggestTime, unrecorded, weekOf } from "./week";

const PARIS = "Europe/Paris";
const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000;
const now = Date.parse("2026-11-24T08:00:00Z"); // 9:00 in Paris

let count = 0;
const slot = (start: string, over: Partial<Slot> = {}): Slot => ({
  id: `s${++count}`, agendaId: "a", start, end: new Date(Date.parse(start) + 20 * 60_000).toISOString(), stream: "gp", mode: "surgery",
  state: "free", capacity: 1, taken: 0, audience: [], place: { name: "", address: "", commune: "", postalCode: "", phone: "", lat: 0, lon: 0 }, ...over,
});
const booking = (slotId: string, status: BookingSummary["status"]): BookingSummary => ({
  id: `b-${slotId}-${status}`, slotId, status, reason: "", bookedAt: "", bookedBy: "", bookedByRole: "pharmacist",
});
const detail = (slots: Slot[], bookings: BookingSummary[] = []): AgendaDetail => ({
  id: "a", territoryId: "t", stream: "gp", place: slot("2026-01-01T00:00:00Z").place, own: true, asOf: "", slots, bookings,
});

describe("instantOf", () => {
  it("reads the wall clock of the territory, summer and winter", () => {
    expect(instantOf(dayOf("2026-11-24"), "14:20", PARIS)).toBe(Date.parse("2026-11-24T13:20:00Z"));
    expect(instantOf(dayOf("2026-07-01"), "14:20", PARIS)).toBe(Date.parse("2026-07-01T12:20:00Z"));
    expect(instantOf(dayOf("2026-11-24"), "08:00", "Indian/Reunion")).toBe(Date.parse("2026-11-24T04:00:00Z"));
  });

  it("knows the hour that spring skips and takes the first of the hour that autumn repeats", () => {
    expect(instantOf(dayOf("2027-03-28"), "02:30", PARIS)).toBeNull();
    expect(instantOf(dayOf("2027-03-28"), "03:30", PARIS)).toBe(Date.parse("2027-03-28T01:30:00Z"));
    expect(instantOf(dayOf("2026-10-25"), "02:30", PARIS)).toBe(Date.parse("2026-10-25T00:30:00Z"));
    expect(instantOf(dayOf("2026-10-25"), "04:00", PARIS)).toBe(Date.parse("2026-10-25T03:00:00Z"));
  });

  it("comes back to the same wall clock at every hour of a year", () => {
    for (let day = dayOf("2026-01-01"); day < dayOf("2027-01-01"); day++) {
      for (let hour = 0; hour < 24; hour++) {
        const time = `${String(hour).padStart(2, "0")}:15`;
        const at = instantOf(day, time, PARIS);
        if (at === null) expect(time).toBe("02:15");
        else expect(wallOf(at, PARIS)).toMatchObject({ day, time });
      }
    }
  });

  it("refuses what is no time", () => {
    for (const text of ["", "24:00", "9:00", "12:60", "midi"]) expect(instantOf(20_000, text, PARIS)).toBeNull();
  });
});

describe("weekOf", () => {
  it("puts slots on local days, in order, with their bookings", () => {
    const late = slot("2026-11-24T22:50:00Z"); // 23:50
    const next = slot("2026-11-24T23:10:00Z"); // 0:10 of the next day
    const early = slot("2026-11-24T09:00:00Z", { state: "booked", taken: 1 });
    const days = weekOf(detail([next, late, early], [booking(early.id, "booked")]), now, PARIS);
    expect(days).toHaveLength(7);
    expect(days[0]?.slots.map((one) => one.slot.id)).toEqual([early.id, late.id]);
    expect(days[1]?.slots.map((one) => one.slot.id)).toEqual([next.id]);
    expect(days[0]?.slots[0]?.bookings).toHaveLength(1);
  });

  it("computes states at the given time", () => {
    const over = slot("2026-11-24T07:00:00Z");
    const held = slot("2026-11-24T10:00:00Z", { state: "held", heldUntil: "2026-11-24T07:59:00Z" });
    expect(weekOf(detail([over, held]), now, PARIS)[0]?.slots.map(({ state }) => state)).toEqual(["past-empty", "free"]);
  });

  it("leaves out a withdrawn slot whose time was opened again", () => {
    const old = slot("2026-11-24T10:00:00Z", { state: "withdrawn" });
    const older = slot("2026-11-24T12:00:00Z", { state: "withdrawn" });
    const last = slot("2026-11-24T12:00:00Z", { state: "withdrawn" });
    const again = slot("2026-11-24T10:10:00Z");
    const shown = weekOf(detail([old, older, last, again]), now, PARIS)[0]?.slots.map((one) => one.slot.id);
    expect(shown).toEqual([again.id, last.id]);
  });

  it("keeps a withdrawn slot whose patient is still to be booked elsewhere", () => {
    const lost = slot("2026-11-24T10:00:00Z", { state: "withdrawn" });
    const again = slot("2026-11-24T10:10:00Z");
    expect(weekOf(detail([lost, again], [booking(lost.id, "toReplace")]), now, PARIS)[0]?.slots).toHaveLength(2);
    expect(weekOf(detail([lost, again], [booking(lost.id, "replaced")]), now, PARIS)[0]?.slots).toHaveLength(1);
  });
});

describe("inARow", () => {
  const at = (time: string): number => Date.parse(`2026-11-24T${time}:00Z`);

  it("lays slots one after the other", () => {
    expect(inARow([], at("09:00"), 20, 2, now)?.map(({ start }) => start.slice(11, 16))).toEqual(["09:00", "09:20"]);
  });

  it("refuses when one of them would be past or meet another slot", () => {
    expect(inARow([], at("07:50"), 20, 2, now)).toBeNull();
    expect(inARow([slot("2026-11-24T09:30:00Z")], at("09:00"), 20, 2, now)).toBeNull();
    expect(inARow([slot("2026-11-24T09:40:00Z")], at("09:00"), 20, 2, now)).toHaveLength(2);
  });
});

it("lists the outcomes of the days before that nobody recorded", () => {
  const open = slot("2026-11-23T09:00:00Z", { state: "booked" });
  const done = slot("2026-11-23T10:00:00Z", { state: "booked" });
  const today = slot("2026-11-24T07:00:00Z", { state: "booked" });
  const list = unrecorded(detail([open, done, today], [booking(open.id, "cancelled"), booking(open.id, "booked"), booking(done.id, "noshow"), booking(today.id, "booked")]), now, PARIS);
  expect(list.map((one) => [one.slot.id, one.bookings.map(({ status }) => status)])).toEqual([[open.id, ["booked"]]]);
});

it("asks for whole local days", () => {
  expect(rangeFrom(dayOf("2026-11-24"), PARIS)).toEqual({ from: "2026-11-20T23:00:00.000Z", to: "2026-11-30T23:00:00.000Z" });
});

it("reads times as people type them", () => {
  for (const text of ["14:20", "14h20", "14 h 20", "1420", "14.20"]) expect(readTime(text)).toBe("14:20");
  expect([readTime("9"), readTime("9h"), readTime("930"), readTime(" 09:05 ")]).toEqual(["09:00", "09:00", "09:30", "09:05"]);
  for (const text of ["", "25:00", "12:75", "midi", "12:2", "14201"]) expect(readTime(text)).toBeNull();
});

describe("suggestTime", () => {
  const today = dayOf("2026-11-24");
  it("takes the first free quarter, not before half an hour from now", () => {
    expect(suggestTime([], today, 20, now, PARIS)).toBe("09:30");
    expect(suggestTime([slot("2026-11-24T08:30:00Z")], today, 20, now, PARIS)).toBe("10:00");
    expect(suggestTime([slot("2026-11-24T08:30:00Z", { state: "withdrawn" })], today, 20, now, PARIS)).toBe("09:30");
    expect(suggestTime([], today + 1, 20, now, PARIS)).toBe("09:00");
    expect(suggestTime([], today, 20, Date.parse("2026-11-24T19:30:00Z"), PARIS)).toBe("");
  });

  it("touching slots do not overlap", () => {
    const one = slot("2026-11-24T09:00:00Z");
    expect(isOccupied([one], Date.parse("2026-11-24T09:20:00Z"), Date.parse("2026-11-24T09:40:00Z"))).toBe(false);
    expect(isOccupied([one], Date.parse("2026-11-24T09:19:00Z"), Date.parse("2026-11-24T09:40:00Z"))).toBe(true);
  });
});
