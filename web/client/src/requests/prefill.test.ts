import { expect, it } from "vitest";
import { EMPTY_DRAFT, toBody, validate } from "../booking/draft";
import type { RequestDetail } from "./contract";
import { linkTo } from "./prefill";

const DETAIL: RequestDetail = {
  request: {
    id: "r-1", territoryId: "t", stream: "gp", status: "open", door: "pharmacist", requestedBy: "Ana", organization: "Pharmacie", onBehalfOf: "pha-1", own: false, mine: true,
    eligibility: "RegisteredGpAbsent", registeredGp: "absent", reason: "M03.14", openedAt: "2026-11-24T09:00:00Z", decidedAt: "2026-11-24T09:00:00Z", deadline: "2026-11-26T09:00:00Z", allowed: ["book"],
  },
  patient: { lastName: "DURAND", firstName: "Ève", birthDate: "1962-05-03", sex: "F", phone: "+33612345678", communeCode: "44043", address: null },
  note: "Digicode 12",
};
const NEEDS = { ticksVitalSigns: true, insideSas: false, onBehalf: true, home: false, reasons: [{ code: "M03.14", label: "Fièvre", vital: false }], today: Date.parse("2026-11-24T10:00:00Z") };

it("lets a booking be confirmed at once: nothing is typed twice", () => {
  const draft = { ...EMPTY_DRAFT, ...linkTo(DETAIL).draft };
  expect(validate(draft, NEEDS)).toEqual({});
  expect(toBody(draft, NEEDS, "id", "h-1")).toEqual({
    requestId: "id", holdId: "h-1", careRequestId: "r-1", onBehalfOf: "pha-1", eligibility: "RegisteredGpAbsent", reason: "M03.14", vitalSignsExcluded: true, note: "Digicode 12",
    patient: { lastName: "DURAND", firstName: "Ève", birthDate: "1962-05-03", sex: "F", phone: "+33612345678", communeCode: "44043" },
  });
});

it("leaves the patient to be asked where the server does not tell, and names nobody", () => {
  const link = linkTo({ ...DETAIL, patient: null });
  expect(link.patient).toBe("");
  expect(Object.keys(validate({ ...EMPTY_DRAFT, ...link.draft }, NEEDS))).toEqual(["lastName", "firstName", "birthDate", "sex", "phone"]);
});
