import type { Slot, SlotState } from "../api/contract";

/**
 * What a slot is at `now`: a function of (slot, now), as in the agenda itself. A hold ends at its time without
 * any message from the server, and a free slot is over once it has begun.
 */
export function stateAt(slot: Slot, now: number): SlotState {
  switch (slot.state) {
    case "held":
      return holdEnd(slot) > now ? "held" : whenFree(slot, now);
    case "free":
    case "too-late":
      return whenFree(slot, now);
    default:
      return slot.state;
  }
}

export const holdEnd = (slot: Slot): number => (slot.heldUntil ? Date.parse(slot.heldUntil) : Infinity);

function whenFree(slot: Slot, now: number): SlotState {
  if (Date.parse(slot.end) <= now) return "past-empty";
  if (slot.state === "too-late" || Date.parse(slot.start) <= now) return "too-late";
  return "free";
}

export const freePlaces = (slot: Slot, now: number): number =>
  stateAt(slot, now) === "free" ? Math.max(slot.capacity - slot.taken, 1) : 0;
