import type { Problem } from "../api/problem";
import { m } from "../messages";
import { longDate, wallOf } from "../time/wall";
import { b } from "./messages";

const RACE = ["slot-taken", "slot-held", "slot-withdrawn", "too-late", "hold-expired"];
const FOR_GOOD = ["slot-taken", "slot-withdrawn", "too-late"];

/** Somebody else, the practitioner or the clock was first: the hold is void, other slots may do. */
export const isLostRace = (problem: Problem): boolean => RACE.includes(problem.code);

/** Asking for this very slot again is pointless. */
export const isGone = (problem: Problem): boolean => FOR_GOOD.includes(problem.code);

/** Who was first, or until when, where the server says so; otherwise our own words for a known code. */
export function refusalText(problem: Problem, timeZone: string): string {
  const { code, heldBy, until } = problem;
  if (code === "slot-taken" && heldBy) return b.first(heldBy);
  if (code === "slot-held" && heldBy) return b.firstHolds(heldBy, until ? wallOf(until, timeZone).time : "");
  if (code === "patient-already-booked" && until) return `${b.duplicate(longDate(until, timeZone))} ${b.duplicateRefused}`;
  const known = m.refusals[code];
  const detail = problem.detail ?? "";
  if (!known) return detail || (m.refusals["other"] ?? "");
  return known;
}
