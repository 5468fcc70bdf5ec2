import type { Slot } from "../api/contract";
import { holdEnd, instantsOf } from "../live/slotState";
import { m } from "../messages";
import { countdown, wallOf } from "../time/wall";
import type { Mark } from "./StateMark";
import type { BoardItem } from "./items";

/** The words of one slot, the same for card, row and screen reader. */
export interface Words {
  mark: Mark;
  time: string;
  /** From the patient's commune; empty when unknown. */
  distance: string;
  minutes: string;
  state: string;
  who: string;
  place: string;
  kind: string;
  holder: string;
  places: string;
}

export function wordsOf({ slot, state, territory, current, km }: BoardItem, live: boolean, mine: boolean): Words {
  const offered = live && current;
  const mark: Mark = state === "free" && !offered ? "unconfirmed" : state;
  const { start, end } = instantsOf(slot);
  return {
    mark,
    time: wallOf(slot.start, territory.timeZone).time,
    distance: km === null ? "" : m.slot.km(km),
    minutes: m.time.minutes(Math.round((end - start) / 60_000)),
    state: mark === "unconfirmed" ? m.slot.unconfirmed : m.states[state],
    who: slot.practitioner?.name ?? m.slot.noPractitioner,
    place: slot.place.commune,
    kind: slot.mode === "surgery" ? m.streams[slot.stream] : m.modes[slot.mode],
    holder: state !== "held" ? "" : mine ? m.slot.heldByMe : slot.heldBy ? m.slot.heldBy(slot.heldBy) : "",
    places: slot.capacity > 1 && state === "free" ? m.slot.places(slot.capacity - slot.taken, slot.capacity) : "",
  };
}

export const holdLeft = (slot: Slot, now: number): string => {
  const end = holdEnd(slot);
  return Number.isFinite(end) ? countdown(end - now) : "";
};

/** "14:20, Libre, Dr Martineau, Clisson, Médecine générale, 20 min" */
export const spoken = (words: Words): string =>
  [words.time, words.holder ? `${words.state} (${words.holder})` : words.state, words.who, words.place, words.distance, words.kind, words.places, words.minutes]
    .filter(Boolean)
    .join(", ");
