import type { CallRow, Level } from "./contract";

/** How a wait stands against its target; each has a shape and words of its own. */
export type Wait = "good" | "soon" | "late";

export const WAIT_SHAPES: Record<Wait, string> = { good: "○", soon: "◐", late: "▲" };

/** From this part of the target on it will soon have passed. */
const SOON = 0.66;

/** At the target's very second it has passed. */
export function waitOf({ waitingSince, targetAt }: CallRow, now: number): Wait {
  if (!targetAt) return "good";
  const [since, target] = [Date.parse(waitingSince ?? targetAt), Date.parse(targetAt)];
  if (now >= target) return "late";
  return now - since >= (target - since) * SOON ? "soon" : "good";
}

/** "0:42", "12:05" */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

export interface LevelFigures {
  level: Level;
  waiting: number;
  inHand: number;
  /** The longest wait, ms; null: nobody waits. */
  longest: number | null;
  late: number;
}

/** What a supervisor sees of each level. */
export const levelFigures = (levels: readonly Level[], calls: readonly CallRow[], now: number): LevelFigures[] =>
  levels.map((level) => {
    const here = calls.filter((call) => call.level === level.id);
    const waiting = here.filter(({ status }) => status === "waiting");
    const waits = waiting.map(({ waitingSince, rangAt }) => now - Date.parse(waitingSince ?? rangAt));
    return { level, waiting: waiting.length, inHand: here.filter(({ status }) => status === "inHand").length, longest: waits.length > 0 ? Math.max(...waits) : null, late: waiting.filter((call) => waitOf(call, now) === "late").length };
  });

/** "96 %", or null when nothing was answered. */
export const share = (part: number, whole: number): string | null => (whole > 0 ? `${Math.round((100 * part) / whole)} %` : null);
