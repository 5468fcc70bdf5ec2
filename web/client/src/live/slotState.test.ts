import { describe, expect, it } from "vitest";
import { ServerClock } from "./serverClock";
import { stateAt } from "./slotState";
import { testSlot } from "./testing";

const t = (time: string): number => Date.parse(`2026-11-22T${time}Z`);

describe("stateAt", () => {
  const held = testSlot("a", { state: "held", heldBy: "Pharmacie", heldUntil: "2026-11-22T10:03:00Z" });

  it("frees a held slot at the very instant its hold ends", () => {
    expect(stateAt(held, t("10:02:59.999"))).toBe("held");
    expect(stateAt(held, t("10:03:00.000"))).toBe("free");
  });

  it("shows too late once begun, not taken once over", () => {
    const free = testSlot("a");
    expect(stateAt(free, t("10:39:59.999"))).toBe("free");
    expect(stateAt(free, t("10:40:00"))).toBe("too-late");
    expect(stateAt(free, t("11:00:00"))).toBe("past-empty");
    expect(stateAt(testSlot("a", { state: "too-late" }), t("10:00:00"))).toBe("too-late");
  });

  it("gives back what nobody took, holds or not, from the practitioner's time on", () => {
    const mine = testSlot("a", { takeBackBefore: 30 }); // starts at 10:40
    expect(stateAt(mine, t("10:09:59.999"))).toBe("free");
    expect(stateAt(mine, t("10:10:00"))).toBe("withdrawn");
    expect(stateAt({ ...held, takeBackBefore: 60 }, t("10:02:00"))).toBe("withdrawn");
    expect(stateAt(testSlot("a", { takeBackBefore: 30, state: "booked", taken: 1 }), t("10:20:00"))).toBe("booked");
  });

  it("leaves what the server decided for good", () => {
    expect(stateAt(testSlot("a", { state: "booked" }), t("23:00:00"))).toBe("booked");
    expect(stateAt(testSlot("a", { state: "withdrawn" }), t("09:00:00"))).toBe("withdrawn");
  });
});

describe("ServerClock", () => {
  it("follows the server whatever the local clock says", () => {
    let mono = 0;
    const clock = new ServerClock(() => mono, () => t("03:00:00"));
    expect(clock.now()).toBe(t("03:00:00"));
    clock.learn(t("10:00:00"));
    mono += 1_000;
    expect(clock.now()).toBe(t("10:00:01"));
  });

  it("takes the highest bound: a picture served late never sets it back", () => {
    let mono = 0;
    const clock = new ServerClock(() => mono);
    clock.learn(t("10:00:00"));
    mono += 5_000;
    clock.learn(t("09:58:00"));
    clock.learn(Number.NaN);
    expect(clock.now()).toBe(t("10:00:05"));
  });
});
