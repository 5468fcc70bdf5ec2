import { describe, expect, it } from "vitest";
import { parseSessionEnd } from "./sessionEnd";

describe("the end of a session", () => {
  it("is the earlier of unused and at the latest", () => {
    expect(parseSessionEnd("7200 40000", 1_000)).toEqual({ at: 7_201_000, warnAt: 6_901_000, canStay: true });
    expect(parseSessionEnd("7200 600", 0)).toEqual({ at: 600_000, warnAt: 300_000, canStay: false });
  });

  it("is warned in the second half of a short session", () => {
    expect(parseSessionEnd("20 40000", 0)?.warnAt).toBe(10_000);
  });

  it("is unknown when the server says nothing that can be read", () => {
    for (const header of [null, "", "7200", "a b", "7200 "]) expect(parseSessionEnd(header, 0)).toBeNull();
  });
});
