import { expect, test } from "vitest";
import type { AccessEntry } from "./contract";
import { aliasOf, objectOf, startOf } from "./words";

const entry: AccessEntry = {
  seq: 1,
  at: "2026-11-24T10:00:00Z",
  by: { id: "p", name: "P", role: "pharmacist", organization: "O" },
  action: "read",
  why: "booking",
  object: "a.b1",
  practitioner: "Dr Morel",
  subject: "s",
  hasReason: false,
};

test("an alias is short, the same for the same patient, and another for another", () => {
  const aliases = new Set(Array.from({ length: 200 }, (_, n) => aliasOf(`patient-${n}`)));
  expect(aliases.size).toBeGreaterThan(195);
  for (const alias of aliases) expect(alias).toMatch(/^[0-9A-Z]{4}$/);
  expect(aliasOf("x")).toBe(aliasOf("x"));
});

test("an entry says what it is about", () => {
  expect(objectOf(entry)).toBe("Rendez-vous chez Dr Morel");
  expect(objectOf({ ...entry, why: "patientCheck" })).toBe("Créneau chez Dr Morel");
  expect(objectOf({ ...entry, why: "request", practitioner: undefined } as unknown as AccessEntry)).toBe("Demande");
  expect(objectOf({ ...entry, object: undefined } as unknown as AccessEntry)).toBe("");
});

test("a period begins so long before now", () => {
  expect(startOf("day", Date.parse("2026-11-24T10:00:00Z"))).toBe("2026-11-23T10:00:00.000Z");
  expect(startOf("all", 0)).toBeUndefined();
});
