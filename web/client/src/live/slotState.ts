import type { Slot, SlotState } from "../api/contract";

/** A slot's instants, read once: a board of ten thousand asks for them at each change. */
interface Instants {
  start: number;
  end: number;
  /** End of the hold; infinite when there is none. */
  until: number;
  /** When it goes back to the practitioner if nobody took it; infinite when never. */
  back: number;
}

const known = new WeakMap<Slot, Instants>();

export function instantsOf(slot: Slot): Instants {
  let instants = known.get(slot);
  if (!instants) {
    const until = slot.heldUntil ? Date.parse(slot.heldUntil) : Infinity;
    const start = Date.parse(slot.start);
    const back = typeof slot.takeBackBefore === "number" ? start - slot.takeBackBefore * 60_000 : Infinity;
    known.set(slot, (instants = { start, end: Date.parse(slot.end), until, back }));
  }
  return instants;
}

/**
 * What a slot is at `now`: a function of (slot, now), as in the agenda itself. A hold ends at its time without
 * any message from the server, and a free slot is over once it has begun.
 */
export function stateAt(slot: Slot, now: number): SlotState {
  if (isTakenBack(slot, now)) return "withdrawn";
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

export const holdEnd = (slot: Slot): number => instantsOf(slot).until;

/** Nobody took it in time: it is the practitioner's again, whoever holds it. */
const isTakenBack = (slot: Slot, now: number): boolean => slot.taken === 0 && now >= instantsOf(slot).back;

function whenFree(slot: Slot, now: number): SlotState {
  const { start, end } = instantsOf(slot);
  if (end <= now) return "past-empty";
  if (slot.state === "too-late" || start <= now) return "too-late";
  return "free";
}

