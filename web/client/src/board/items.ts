import type { Slot, SlotState, Territory } from "../api/contract";
import type { PictureStore } from "../live/pictureStore";
import { stateAt } from "../live/slotState";

/** A slot as the board shows it at one instant. */
export interface BoardItem {
  slot: Slot;
  state: SlotState;
  start: number;
  territory: Territory;
  /** Its territory's picture is complete: it may be offered. */
  current: boolean;
}

/** All slots of the chosen territories, once each, although an agenda may show on several boards. */
export function itemsOf(store: PictureStore, territories: readonly Territory[], now: number): BoardItem[] {
  const items = new Map<string, BoardItem>();
  for (const territory of territories) {
    const current = store.isCurrent(territory.id);
    for (const slot of store.picture(territory.id)?.slots.values() ?? []) {
      if (items.get(slot.id)?.current) continue;
      items.set(slot.id, { slot, state: stateAt(slot, now), start: Date.parse(slot.start), territory, current });
    }
  }
  return [...items.values()].sort(inOrder);
}

const inOrder = (a: BoardItem, b: BoardItem): number =>
  a.start - b.start ||
  a.slot.place.commune.localeCompare(b.slot.place.commune, "fr") ||
  a.slot.id.localeCompare(b.slot.id);
