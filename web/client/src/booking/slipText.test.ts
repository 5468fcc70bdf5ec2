import { describe, expect, it } from "vitest";
import { testSlot } from "../live/testing";
import { slipText, smsLink } from "./slipText";

const slot = testSlot("a", { start: "2026-11-24T13:20:00Z" });

describe("slip", () => {
  it("tells place, time, practitioner and the practice's number, and nothing else", () => {
    expect(slipText(slot, "Europe/Paris")).toBe(
      "Rendez-vous mardi 24 novembre à 14:20, Dr Essai, Cabinet, 1 rue du Test, 44190 Clisson. Pour annuler : 02 40 00 00 00.",
    );
    expect(slipText({ ...slot, mode: "home", practitioner: null }, "Europe/Paris")).toBe("Rendez-vous mardi 24 novembre à 14:20, Praticien non précisé, À domicile. Pour annuler : 02 40 00 00 00.");
  });

  it("opens a text to the patient's number, or to one to be chosen", () => {
    expect(smsLink("06 12 34 56 78", "à 14:20")).toBe("sms:0612345678?body=%C3%A0%2014%3A20");
    expect(smsLink("", "x")).toBe("sms:?body=x");
  });
});
