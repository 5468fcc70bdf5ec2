import { describe, expect, it } from "vitest";
import { testSlot } from "../live/testing";
import { EMPTY_DRAFT, type Needs, ageText, fromServerErrors, nearestFree, parseBirthDate, toBody, validate } from "./draft";

const today = Date.parse("2026-11-22T10:00:00Z");
const needs: Needs = {
  ticksVitalSigns: true,
  onBehalf: false,
  insideSas: false,
  home: false,
  today,
  reasons: [
    { code: "M03.14", label: "Fièvre", vital: false },
    { code: "M03.08", label: "Signes d’AVC", vital: true },
  ],
};
const good = {
  ...EMPTY_DRAFT,
  vitalSignsExcluded: true,
  lastName: " Durand ",
  firstName: "Ana",
  birthDate: "03/05/1962",
  sex: "F" as const,
  phone: "06 12 34 56 78",
  eligibility: "Visitor" as const,
  reason: "M03.14",
};

describe("draft", () => {
  it("reads a birth date as people type it", () => {
    for (const text of ["03/05/1962", "03051962", "3.5.1962", "1962-05-03"]) expect(parseBirthDate(text)).toBe("1962-05-03");
    for (const text of ["31/02/1962", "03/05/62", "x", ""]) expect(parseBirthDate(text)).toBeNull();
    expect(ageText("23/11/1962", today)).toBe("63 ans");
    expect(ageText("22/08/2026", today)).toBe("3 mois");
  });

  it("asks for what is missing, in the order of the form", () => {
    expect(Object.keys(validate(EMPTY_DRAFT, needs))).toEqual([
      "vitalSignsExcluded", "lastName", "firstName", "birthDate", "sex", "phone", "eligibility", "reason",
    ]);
    expect(validate(good, needs)).toEqual({});
    expect(validate(good, { ...needs, home: true })).toHaveProperty("address");
    expect(validate({ ...good, birthDate: "01/01/2030" }, needs)).toHaveProperty("birthDate");
  });

  it("never books a vital reason", () => expect(validate({ ...good, reason: "M03.08" }, needs)).toHaveProperty("reason"));

  it("sends only what was filled in", () => {
    expect(toBody(good, needs, "r", undefined)).toEqual({
      requestId: "r",
      patient: { lastName: "Durand", firstName: "Ana", birthDate: "1962-05-03", sex: "F", phone: "06 12 34 56 78" },
      eligibility: "Visitor",
      reason: "M03.14",
      vitalSignsExcluded: true,
    });
  });

  it("puts the server's errors at their fields", () => {
    expect(fromServerErrors({ "patient.birthDate": ["Faux"], "$.body": ["Autre"] })).toEqual({ fields: { birthDate: "Faux" }, others: ["Autre"] });
  });

  it("proposes the nearest equivalent slots", () => {
    const at = (id: string, start: string, change = {}) => testSlot(id, { start, ...change });
    const wanted = at("w", "2026-11-22T10:40:00Z");
    const others = [
      at("far", "2026-11-23T10:40:00Z"),
      at("near", "2026-11-22T11:00:00Z"),
      at("video", "2026-11-22T10:40:00Z", { mode: "video" }),
      at("xray", "2026-11-22T10:40:00Z", { stream: "imaging.xray" }),
      wanted,
    ];
    expect(nearestFree(wanted, others).map(({ id }) => id)).toEqual(["near", "far", "video"]);
  });
});
