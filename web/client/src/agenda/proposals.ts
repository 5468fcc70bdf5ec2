import type { Slot } from "../api/contract";
import type { BoardItem } from "../board/items";
import type { Replacement } from "./agendaApi";

export const PROPOSED = 4;

type Offered = Pick<BoardItem, "slot" | "state" | "current" | "start">;

/**
 * The slots to propose for a booking that lost its own: same care stream, free and surely so, the soonest first.
 * Those before the patient's limit come before all others.
 */
export function proposalsFor({ stream, wantedBefore }: Replacement, items: readonly Offered[], now: number): Slot[] {
  const limit = wantedBefore ? Date.parse(wantedBefore) : Infinity;
  const free = items.filter(({ slot, state, current, start }) => state === "free" && current && slot.stream === stream && start > now);
  const [inTime, late] = [free.filter(({ start }) => start <= limit), free.filter(({ start }) => start > limit)];
  return [...inTime, ...late].slice(0, PROPOSED).map(({ slot }) => slot);
}
