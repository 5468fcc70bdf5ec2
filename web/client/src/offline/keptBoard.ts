import { type UseStore, clear, createStore, get, getMany, set } from "idb-keyval";
import type { Identity, Slot, Territory } from "../api/contract";

/** The last board seen on this machine: free slots and who looked. Never a patient. */
export interface KeptBoard {
  identity: Pick<Identity, "id" | "name" | "role" | "organization">;
  territories: Pick<Territory, "id" | "name" | "timeZone">[];
  /** Server time of the picture. */
  asOf: number;
  /** This machine's clock when it was kept: only the difference to its present time counts. */
  keptAt: number;
  slots: KeptSlot[];
}

export interface KeptSlot {
  territoryId: string;
  slot: Slot;
}

/** Written last: then all its parts are there. The parts of the one before stay beside them until then. */
interface Head extends Omit<KeptBoard, "slots"> {
  turn: 0 | 1;
  parts: number;
}

const HEAD = "head";
const partKey = (turn: 0 | 1, part: number): string => `slots ${turn}.${part}`;
/** So many at once: the browser copies what it keeps while nothing else runs, and 14,000 slots would stop the screen. */
const PART = 500;
/** After that a list of slots helps nobody. */
export const LONGEST_MS = 24 * 3_600_000;

let opened: UseStore | undefined;
// Opened late and once: a browser may forbid it, and then only this is missing; a connection for each picture would stay open all day.
const store = (): UseStore => (opened ??= createStore("snp-board", "kept"));

/** Counts what was begun: a later board, or leaving, ends the keeping of an earlier one. */
let begun = 0;

export async function keepBoard({ slots, ...board }: KeptBoard): Promise<void> {
  const mine = ++begun;
  try {
    const before = await get<Head>(HEAD, store());
    const turn = before?.turn === 0 ? 1 : 0;
    const parts = Math.ceil(slots.length / PART);
    for (let part = 0; part < parts; part++) {
      if (mine !== begun) return;
      await set(partKey(turn, part), slots.slice(part * PART, (part + 1) * PART), store());
    }
    if (mine === begun) await set(HEAD, { ...board, turn, parts } satisfies Head, store());
  } catch {
    // not kept: a browser may forbid it
  }
}

export async function forgetBoard(): Promise<void> {
  begun++;
  await clear(store()).catch(() => undefined);
}

export async function keptBoard(now = Date.now()): Promise<KeptBoard | null> {
  try {
    const head = await get<Head>(HEAD, store());
    if (!head || Math.abs(now - head.keptAt) >= LONGEST_MS) return null;
    const { turn, parts, ...board } = head;
    const slots = await getMany<KeptSlot[]>(Array.from({ length: parts }, (_, part) => partKey(turn, part)), store());
    return { ...board, slots: slots.flatMap((part) => part ?? []) };
  } catch {
    return null;
  }
}
