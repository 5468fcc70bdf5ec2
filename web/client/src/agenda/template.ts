import type { VisitMode } from "../api/contract";
import { type Template, type Weekday, WEEKDAYS } from "./agendaApi";
import { a } from "./messages";
import { readTime } from "./week";

/** One line of the editor: a template as people type it. */
export interface Rule {
  id: string;
  days: Weekday[];
  times: string;
  minutes: number;
  mode: VisitMode;
  audience: string[];
  /** As typed. */
  capacity: string;
  /** Civil days, "2026-12-01", both included; empty: no limit. */
  validFrom: string;
  validTo: string;
}

/** What the server takes at most. */
export const MOST_PATIENTS = 20;

export type Field = "days" | "times" | "audience" | "capacity" | "validity";

export interface PreviewDay {
  day: Weekday;
  times: string[];
}

/** What the server takes when a template names no audience. */
const DEFAULT_AUDIENCE = ["SNP", "CPTS"];

export const ruleOf = (template: Template): Rule => ({
  id: template.id,
  days: template.days,
  times: template.times.map((time) => time.slice(0, 5)).join(" "),
  minutes: template.minutes,
  mode: template.mode,
  audience: template.audience?.length ? template.audience : DEFAULT_AUDIENCE,
  capacity: String(template.capacity ?? 1),
  validFrom: template.validFrom ?? "",
  validTo: template.validTo ?? "",
});

export const newRule = (rules: readonly Rule[]): Rule => {
  let number = rules.length + 1;
  while (rules.some(({ id }) => id === `plage-${number}`)) number++;
  return { id: `plage-${number}`, days: ["monday", "tuesday", "wednesday", "thursday", "friday"], times: "", minutes: 20, mode: "surgery", audience: DEFAULT_AUDIENCE, capacity: "1", validFrom: "", validTo: "" };
};

export const toTemplate = ({ times, capacity, validFrom, validTo, ...rule }: Rule): Template => ({
  ...rule,
  times: timesOf(times).known,
  capacity: patientsOf(capacity) ?? 1,
  ...(validFrom ? { validFrom } : {}),
  ...(validTo ? { validTo } : {}),
});

/** The times of a typed list, in order and once each, and what is no time. */
export function timesOf(text: string): { known: string[]; wrong: string[] } {
  const words = text.replaceAll(/(\d)\s+h\s*(\d\d)(?!\d|\s*h)/gi, "$1h$2").split(/[\s,;]+/).filter(Boolean);
  const read = words.map((word) => [word, readTime(word)] as const);
  return {
    known: [...new Set(read.flatMap(([, time]) => (time === null ? [] : [time])))].sort(),
    wrong: read.flatMap(([word, time]) => (time === null ? [word] : [])),
  };
}

/** What is wrong with a rule, in words; null when nothing is. */
export function faultOf(rule: Rule): { field: Field; text: string } | null {
  const { known, wrong } = timesOf(rule.times);
  if (rule.days.length === 0) return { field: "days", text: a.template.noDays };
  if (wrong[0] !== undefined) return { field: "times", text: a.template.badTimes(wrong[0]) };
  if (known.length === 0) return { field: "times", text: a.template.noTimes };
  if (rule.audience.length === 0) return { field: "audience", text: a.template.noAudience };
  if (patientsOf(rule.capacity) === null) return { field: "capacity", text: a.template.badCapacity(MOST_PATIENTS) };
  if (rule.validFrom && rule.validTo && rule.validTo < rule.validFrom) return { field: "validity", text: a.template.backwards };
  return null;
}

/** A whole number of patients; null when it is none, or more than the server takes. */
function patientsOf(text: string): number | null {
  const number = /^\s*\d{1,3}\s*$/.test(text) ? Number(text) : 0;
  return number >= 1 && number <= MOST_PATIENTS ? number : null;
}

/** Whether a rule opens slots on a civil day, as far as its dates go. */
export const isInForce = ({ validFrom, validTo }: Rule, day: string): boolean => (!validFrom || validFrom <= day) && (!validTo || validTo >= day);

/** Whether two rules are ever in force on the same day: one for winter and one for summer may have the same times. */
const meet = (x: Rule, y: Rule): boolean => (!x.validFrom || !y.validTo || x.validFrom <= y.validTo) && (!y.validFrom || !x.validTo || y.validFrom <= x.validTo);

/** The days of a usual week with the times that open, in order; public holidays and absences left aside. */
export const previewOf = (rules: readonly Rule[]): PreviewDay[] =>
  WEEKDAYS.map((day) => ({ day, times: [...new Set(rules.filter(({ days }) => days.includes(day)).flatMap(({ times }) => timesOf(times).known))].sort() }));

/** The first two slots of a week that overlap, "lundi 11:40 et 11:50"; null when none do. */
export function overlapOf(rules: readonly Rule[]): string | null {
  for (const day of WEEKDAYS) {
    const slots = rules
      .filter((rule) => rule.days.includes(day))
      .flatMap((rule) => timesOf(rule.times).known.map((time) => ({ rule, time, from: minuteOf(time), to: minuteOf(time) + rule.minutes })))
      .sort((x, y) => x.from - y.from);
    for (const [i, next] of slots.entries()) {
      const before = slots.slice(0, i).find((one) => next.from < one.to && meet(one.rule, next.rule));
      if (before) return `${a.template.longDays[day]} ${before.time} et ${next.time}`;
    }
  }
  return null;
}

/** Minutes opened in a usual week. */
export const minutesPerWeek = (rules: readonly Rule[]): number =>
  rules.reduce((sum, { days, times, minutes }) => sum + days.length * timesOf(times).known.length * minutes, 0);

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
