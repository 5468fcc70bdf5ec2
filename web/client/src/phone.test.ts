import { expect, it } from "vitest";
import { phoneHref, phoneText } from "./phone";

it("writes French numbers in pairs, and leaves the others", () => {
  for (const kept of ["+33612345678", "0612345678", "06 12 34 56 78", "06.12.34.56.78"]) expect(phoneText(kept)).toBe("06 12 34 56 78");
  for (const other of ["15", "+32470123456", "+262692123456", "116 117", ""]) expect(phoneText(other)).toBe(other);
});

it("dials digits only", () => {
  expect(phoneHref("02 61 91 00 01")).toBe("tel:0261910001");
  expect(phoneHref("+33 6 12 34 56 78")).toBe("tel:+33612345678");
});
