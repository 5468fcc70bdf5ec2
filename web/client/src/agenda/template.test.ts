import { describe, expect, it } from "vitest";
import { type Rule, faultOf, isInForce, minutesPerWeek, newRule, overlapOf, previewOf, ruleOf, timesOf, toTemplate } from "./template";

const rule = (over: Partial<Rule> = {}): Rule => ({ ...newRule([]), times: "11:40 12:00", ...over });

it("reads a list of times as people type it", () => {
  expect(timesOf("12h, 11:40 ; 9h30  1740")).toEqual({ known: ["09:30", "11:40", "12:00", "17:40"], wrong: [] });
  expect(timesOf("9h 9h30 10h 10h30").known).toEqual(["09:00", "09:30", "10:00", "10:30"]);
  expect(timesOf("17 h 40, 17:40 midi")).toEqual({ known: ["17:40"], wrong: ["midi"] });
});

it("gives back the template it was made of", () => {
  const template = { id: "x", days: ["monday" as const], times: ["11:40", "12:00"], minutes: 15, mode: "video" as const, audience: ["SNP"], capacity: 2, validFrom: "2026-12-01" };
  expect(toTemplate(ruleOf(template))).toEqual(template);
  expect(toTemplate({ ...ruleOf(template), capacity: " 3 ", validFrom: "", validTo: "2027-06-30" })).toEqual({ ...template, capacity: 3, validFrom: undefined, validTo: "2027-06-30" });
  expect(toTemplate(rule())).not.toHaveProperty("validFrom");
});

describe("faultOf", () => {
  it("names the first field to correct", () => {
    expect(faultOf(rule())).toBeNull();
    expect([rule({ days: [] }), rule({ times: "midi" }), rule({ times: "" }), rule({ audience: [] })].map((one) => faultOf(one)?.field)).toEqual(["days", "times", "times", "audience"]);
  });

  it("takes a whole number of patients, from 1 to 20", () => {
    expect(["1", "20", " 2 "].map((capacity) => faultOf(rule({ capacity })))).toEqual([null, null, null]);
    expect(["", "0", "21", "-1", "1,5", "deux"].map((capacity) => faultOf(rule({ capacity }))?.field)).toEqual(Array(6).fill("capacity"));
  });

  it("refuses a period that ends before it begins", () => {
    expect(faultOf(rule({ validFrom: "2026-12-02", validTo: "2026-12-01" }))?.field).toBe("validity");
    expect(faultOf(rule({ validFrom: "2026-12-01", validTo: "2026-12-01" }))).toBeNull();
  });
});

it("knows on which days a rule is in force, both ends included", () => {
  const winter = rule({ validFrom: "2026-12-01", validTo: "2027-02-28" });
  expect(["2026-11-30", "2026-12-01", "2027-02-28", "2027-03-01"].map((day) => isInForce(winter, day))).toEqual([false, true, true, false]);
  expect(isInForce(rule(), "2026-11-30")).toBe(true);
});

it("previews the usual week", () => {
  const week = previewOf([rule({ days: ["monday", "friday"] }), rule({ id: "b", days: ["friday"], times: "08:00" })]);
  expect(week.map(({ times }) => times.join(" "))).toEqual(["11:40 12:00", "", "", "", "08:00 11:40 12:00", "", ""]);
  expect(minutesPerWeek([rule({ days: ["monday", "friday"] })])).toBe(80);
});

it("finds slots that overlap, within a rule and between rules, on a common day only", () => {
  expect(overlapOf([rule({ times: "11:40 11:50" })])).toContain("11:40 et 11:50");
  expect(overlapOf([rule(), rule({ id: "b", times: "12:10" })])).toContain("12:00 et 12:10");
  expect(overlapOf([rule({ days: ["monday"] }), rule({ id: "b", days: ["friday"], times: "12:10" })])).toBeNull();
  expect(overlapOf([rule({ times: "11:40 12:00 12:20" })])).toBeNull();
});

it("lets rules of different periods have the same times", () => {
  const [winter, summer] = [rule({ validTo: "2027-03-31" }), rule({ id: "b", validFrom: "2027-04-01" })];
  expect(overlapOf([winter, summer])).toBeNull();
  expect(overlapOf([winter, { ...summer, validFrom: "2027-03-31" }])).toContain("11:40 et 11:40");
  // Another period between the two hides nothing.
  const long = { times: "11:00", minutes: 60, validTo: "2027-03-31" };
  expect(overlapOf([rule(long), rule({ id: "b", times: "11:20", validFrom: "2027-04-01" }), rule({ id: "c", times: "11:40", validTo: "2027-03-31" })])).toContain("11:00 et 11:40");
});
