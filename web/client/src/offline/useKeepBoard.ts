import { useEffect, useRef } from "react";
import type { Identity, Territory } from "../api/contract";
import type { Live } from "../live/useLive";
import { stateAt } from "../live/slotState";
import { type KeptBoard, type KeptSlot, keepBoard } from "./keptBoard";

/** A picture at most so old is kept; keeping each change would cost more than it saves. */
const EVERY_MS = 10_000;

/** Keeps the board in the browser while it is live. */
export function useKeepBoard(live: Live, identity: Identity, territories: readonly Territory[]): void {
  const latest = useRef({ live, identity, territories });
  latest.current = { live, identity, territories };
  const isLive = live.link.kind === "live";
  useEffect(() => {
    if (!isLive) return;
    const keep = (): void => void keepBoard(pictureOf(latest.current));
    keep();
    const timer = setInterval(keep, EVERY_MS);
    return () => clearInterval(timer);
  }, [isLive]);
}

function pictureOf({ live: { clock, store }, identity: { id, name, role, organization }, territories }: { live: Live; identity: Identity; territories: readonly Territory[] }): KeptBoard {
  const asOf = clock.now();
  const slots: KeptSlot[] = [];
  for (const { id: territoryId } of territories) {
    for (const slot of store.picture(territoryId)?.slots.values() ?? []) if (stateAt(slot, asOf) === "free") slots.push({ territoryId, slot });
  }
  return {
    identity: { id, name, role, organization },
    territories: territories.map(({ id: territoryId, name: title, timeZone }) => ({ id: territoryId, name: title, timeZone })),
    asOf,
    keptAt: Date.now(),
    slots,
  };
}
