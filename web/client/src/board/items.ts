import type { Slot, SlotState, Territory } from "../api/contract";
import type { PictureStore } from "../live/pictureStore";
import { instantsOf, stateAt } from "../live/slotState";
import { type Point, type Sort, inOrder, kmBetween, placeIn } from "./order";

/** A slot as the board shows it at one instant. */
export interface BoardItem {
  slot: Slot;
  state: SlotState;
  start: number;
  territory: Territory;
  /** Its territory's picture is complete: it may be offered. */
  current: boolean;
  /** From the patient's commune; null when that is not said, or for a video visit. */
  km: number | null;
  /** Fair share: 0 comes before 1 before 2 (see FairShare in grains/Boards). */
  turn: number;
  /** When it last changed, if a moment ago: it is lit up, and kept on screen so that nothing vanishes under a hand. */
  changedAt: number | undefined;
}

/** What the order needs besides the slots. */
export interface Wanted {
  origin: Point | null;
  turns: ReadonlyMap<string, number>;
  sort: Sort;
}

/** Slots that changed a moment ago, and when. */
export type Recent = ReadonlyMap<string, number>;

/** Where items come from, and how they are to be seen. */
export interface Source {
  store: PictureStore;
  territories: readonly Territory[];
  wanted: Wanted;
  recent: Recent;
  now: number;
}

/** One slot's item before and after a change; undefined: it was not, or is no more, on the board. */
export interface Replaced {
  old: BoardItem | undefined;
  fresh: BoardItem | undefined;
}

/** All slots of the chosen territories, once each although an agenda may show on several boards, in order. */
export function itemsOf(source: Source): BoardItem[] {
  const { store, territories, wanted } = source;
  const items: BoardItem[] = [];
  const several = territories.length > 1 ? new Set<string>() : null;
  for (const { id: territoryId } of territories) {
    for (const id of store.picture(territoryId)?.slots.keys() ?? []) {
      if (several?.has(id)) continue;
      several?.add(id);
      const item = itemOf(source, id);
      if (item) items.push(item);
    }
  }
  return items.sort(inOrder(wanted.sort));
}

/** The same items when nothing but time has passed; one that says the same is that same object, so that it is not drawn again. */
export const later = (items: readonly BoardItem[], now: number): BoardItem[] =>
  items.map((item) => {
    const state = stateAt(item.slot, now);
    return state === item.state ? item : { ...item, state };
  });

/** The items after these slots changed, and which ones they were: the others are the same objects, in the same order. */
export function replaceIn(items: readonly BoardItem[], touched: ReadonlySet<string>, source: Source): { items: readonly BoardItem[]; replaced: Replaced[] } {
  if (touched.size === 0) return { items, replaced: [] };
  const old = new Map<string, BoardItem>();
  const rest: BoardItem[] = [];
  for (const item of items) {
    if (touched.has(item.slot.id)) old.set(item.slot.id, item);
    else rest.push(item);
  }
  const replaced = [...touched].map((id): Replaced => ({ old: old.get(id), fresh: itemOf(source, id) }));
  for (const { fresh } of replaced) if (fresh) placeIn(rest, fresh, source.wanted.sort);
  return { items: rest, replaced };
}

/** A slot as the first territory shows it whose picture is complete, else as the last one does. */
function itemOf({ store, territories, wanted: { origin, turns }, recent, now }: Source, id: string): BoardItem | undefined {
  let found: { slot: Slot; territory: Territory; current: boolean } | undefined;
  for (const territory of territories) {
    const slot = store.picture(territory.id)?.slots.get(id);
    if (!slot) continue;
    found = { slot, territory, current: store.isCurrent(territory.id) };
    if (found.current) break;
  }
  if (!found) return undefined;
  const { slot } = found;
  return {
    ...found,
    state: stateAt(slot, now),
    start: instantsOf(slot).start,
    km: origin && slot.mode !== "video" ? kmBetween(origin, slot.place) : null,
    turn: turns.get(slot.agendaId) ?? 0,
    changedAt: recent.get(id),
  };
}

/** A taken slot whose patient may be shown against a reason. */
export const opensGlass = ({ slot, state, territory }: Pick<BoardItem, "slot" | "state" | "territory">): boolean =>
  state !== "free" && slot.taken > 0 && territory.may?.includes("breakGlass") === true;
