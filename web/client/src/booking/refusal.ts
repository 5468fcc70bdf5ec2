import type { Problem } from "../api/problem";
import { m } from "../messages";

const RACE = ["slot-taken", "slot-held", "slot-withdrawn", "too-late", "hold-expired"];
const FOR_GOOD = ["slot-taken", "slot-withdrawn", "too-late"];

/** Somebody else, the practitioner or the clock was first: the hold is void, other slots may do. */
export const isLostRace = (problem: Problem): boolean => RACE.includes(problem.code);

/** Asking for this very slot again is pointless. */
export const isGone = (problem: Problem): boolean => FOR_GOOD.includes(problem.code);

/** Our own words for a known code; the server's detail adds who was first, or until when. */
export function refusalText(problem: Problem): string {
  const known = m.refusals[problem.code];
  const detail = problem.detail ?? "";
  if (!known) return detail || (m.refusals["other"] ?? "");
  return detail && detail !== known ? `${known} ${detail}` : known;
}
