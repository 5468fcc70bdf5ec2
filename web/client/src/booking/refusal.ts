import type { Problem } from "../api/problem";
import { m } from "../messages";

/** Our own words for a known code; the server's detail adds who was first, or until when. */
export function refusalText(problem: Problem): string {
  const known = m.refusals[problem.code];
  const detail = problem.detail ?? "";
  if (!known) return detail || (m.refusals["other"] ?? "");
  return detail && detail !== known ? `${known} ${detail}` : known;
}
