import type { CareRequest } from "./contract";

/** How near the deadline is; each has a shape and words of its own, colour only adds to them. */
export type Urgency = "calm" | "soon" | "urgent" | "over";

const SOON_MS = 8 * 3_600_000;
const URGENT_MS = 2 * 3_600_000;

export const SHAPES: Record<Urgency, string> = { calm: "○", soon: "◐", urgent: "▲", over: "■" };

export function urgencyOf(deadline: string, now: number): Urgency {
  const left = Date.parse(deadline) - now;
  return left <= 0 ? "over" : left <= URGENT_MS ? "urgent" : left <= SOON_MS ? "soon" : "calm";
}

/** "26 h 05", "48 min", "12 s": never more than is left. */
export function timeLeft(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")}`;
}

export type Show = "all" | "free" | "mine";

/** An open request ends with its deadline on this screen too, before the server has said so. */
export const isOpen = (request: CareRequest, now: number): boolean => request.status === "open" && Date.parse(request.deadline) > now;

export interface Parts {
  open: readonly CareRequest[];
  ended: readonly CareRequest[];
}

/** Open ones by deadline, ended ones the latest first. */
export function partsOf(requests: readonly CareRequest[], show: Show, now: number): Parts {
  const seen = requests.filter((one) => show === "all" || (show === "mine" ? one.mine || one.own : !one.owner));
  const open = seen.filter((one) => isOpen(one, now)).sort((a, b) => Date.parse(a.deadline) - Date.parse(b.deadline));
  const ended = requests.filter((one) => !isOpen(one, now)).sort((a, b) => Date.parse(endOf(b)) - Date.parse(endOf(a)));
  return { open, ended };
}

const endOf = ({ endedAt, deadline }: CareRequest): string => endedAt ?? deadline;

/** Several territories' lists as one; a request stands in one territory only. */
export const joined = (lists: readonly (readonly CareRequest[])[]): CareRequest[] => [...new Map(lists.flat().map((one) => [one.id, one])).values()];
