import { expect, it } from "vitest";
import type { BoardItem } from "../board/items";
import { testSlot } from "../live/testing";
import { bodyFor, missingFor, slotsFor, windowEnd } from "./booking";
import type { CallFile } from "./contract";

const NOW = Date.parse("2026-11-24T10:00:00Z");
const FILE = {
  id: "sas.c-1", reason: "M03.14", communeCode: "44043", patient: { lastName: "DURAND", firstName: "Ève", birthDate: "1962-05-03", sex: "F", phone: "+33612345678" },
} as CallFile;
const item = (id: string, minutes: number, part: Partial<BoardItem> = {}): BoardItem => ({ slot: testSlot(id), state: "free", start: NOW + minutes * 60_000, territory: {} as BoardItem["territory"], current: true, km: null, turn: 0, changedAt: undefined, ...part });

it("books from the file alone, and says what is missing before", () => {
  expect(missingFor(FILE, "Visitor")).toEqual([]);
  expect(missingFor({ ...FILE, patient: { lastName: "D" }, reason: undefined } as unknown as CallFile, "")).toEqual(["firstName", "birthDate", "sex", "phone", "reason", "eligibility"]);
  expect(bodyFor(FILE, "Visitor", "h-1", "id")).toEqual({
    requestId: "id", holdId: "h-1", callId: "sas.c-1", eligibility: "Visitor", reason: "M03.14", vitalSignsExcluded: true, patient: { ...FILE.patient, communeCode: "44043" },
  });
});

it("offers what is free, of the wanted kind and inside the window, to the second", () => {
  const until = windowEnd({ ...FILE, deadline: new Date(NOW + 3_600_000).toISOString() }, 48, NOW);
  expect(windowEnd(FILE, 48, NOW)).toBe(NOW + 48 * 3_600_000);
  const items = [
    item("held", 5, { state: "held" }), item("old", 6, { current: false }), item("xray", 7, { slot: testSlot("xray", { stream: "imaging.xray" }) }), item("a", 30), item("edge", 60),
    item("over", 60, { start: until + 1_000 }),
  ];
  expect(slotsFor(items, "gp", until).map(({ slot }) => slot.id)).toEqual(["a", "edge"]);
});
