import { describe, expect, it } from "vitest";
import type { BookingStatus, OwnBooking } from "../api/contract";
import { testSlot } from "../live/testing";
import { lookOf, partition } from "./list";

const NOW = Date.parse("2026-11-24T10:00:00Z");
const booking = (id: string, status: string, hours: number): OwnBooking => ({
  agendaId: "a",
  territoryId: "t",
  slot: testSlot(id, { start: new Date(NOW + hours * 3.6e6).toISOString(), end: new Date(NOW + hours * 3.6e6 + 1.2e6).toISOString() }),
  booking: { id, slotId: id, status: status as BookingStatus, reason: "M03.14", bookedAt: "2026-11-24T08:00:00Z", bookedBy: "P", bookedByRole: "pharmacist" },
});

describe("own bookings", () => {
  it("are named by what became of them", () => {
    const label = (status: string, hours: number): string => lookOf(booking("x", status, hours), NOW).label;
    expect(label("booked", 2)).toBe("Réservé");
    expect(label("booked", -0.1)).toBe("Réservé"); // begun, not over
    expect(label("booked", -1)).toBe("Non renseigné");
    expect(label("fulfilled", -1)).toBe("Honoré");
    expect(label("noshow", -1)).toBe("Non honoré");
    expect(label("cancelled", 2)).toBe("Annulé");
    expect(label("toReplace", 2)).toBe("À replacer");
    expect(label("something-new", 2)).toBe("something-new");
  });

  it("coming soonest first, past latest first, nothing twice and nothing lost", () => {
    const all = [booking("past", "fulfilled", -3), booking("late", "booked", 9), booking("soon", "booked", 1), booking("move", "toReplace", 2), booking("off", "cancelled", 5), booking("open", "booked", -2)];
    const { coming, past } = partition(all, NOW);
    expect(coming.map((one) => one.booking.id)).toEqual(["soon", "move", "late"]);
    expect(past.map((one) => one.booking.id)).toEqual(["off", "open", "past"]);
  });
});
