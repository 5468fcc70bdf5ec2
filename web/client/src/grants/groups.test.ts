import { describe, expect, it } from "vitest";
import type { Grant } from "./contract";
import { cleaned, groupsOf, isShown, termsOf } from "./groups";

const grant = (id: string, more: Partial<Grant> = {}): Grant => ({
  id, role: "pharmacist", stream: "gp", action: "book", condition: "none", source: "bureau", state: "inForce", decidedAt: "2026-11-30T10:00:00Z", ...more,
});

describe("grants as a reader sees them", () => {
  it("puts actions of the same terms on one line, and nothing else", () => {
    const groups = groupsOf([grant("g1"), grant("g2", { action: "hold" }), grant("g3", { stream: "physio" }), grant("g4", { from: "2026-12-01", state: "coming" }), grant("g5", { role: "nurse" })]);
    expect(groups.map(({ grants }) => grants.map(({ id }) => id))).toEqual([["g1", "g2"], ["g3"], ["g4"], ["g5"]]);
  });

  it("hides what has ended until it is asked for", () => {
    expect(isShown(grant("g1", { state: "ended" }), "now", "")).toBe(false);
    expect(isShown(grant("g1", { state: "ended" }), "ended", "pharmacist")).toBe(true);
    expect(isShown(grant("g1", { state: "coming" }), "now", "nurse")).toBe(false);
    expect(isShown(grant("g1", { state: "coming" }), "now", "")).toBe(true);
  });

  it("sends only what the condition asks for", () => {
    const terms = { ...termsOf(grant("g1")), group: "essai", person: "dr-x", source: " bureau " };
    expect(cleaned(terms)).toEqual({ role: "pharmacist", stream: "gp", condition: "none", source: "bureau" });
    expect(cleaned({ ...terms, condition: "inGroup" })).toMatchObject({ group: "essai" });
    expect(cleaned({ ...terms, condition: "namedPerson", to: "2026-12-31" })).toEqual({ role: "pharmacist", stream: "gp", condition: "namedPerson", person: "dr-x", source: "bureau", to: "2026-12-31" });
  });
});
