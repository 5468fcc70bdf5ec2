import { useEffect, useMemo, useRef, useState } from "react";
import type { Territory } from "../api/contract";
import type { Live } from "../live/useLive";
import type { Recent } from "./Recent";
import type { Filters } from "./filters";
import type { Wanted } from "./items";
import { type Look, look } from "./look";

/** Computing the board takes at most one part in so many of the time, however fast changes come. */
const SHARE = 5;
/** Changes that come within one picture of the screen are shown together. */
const PICTURE_MS = 16;

/** The board as it is now: computed anew when something changed or time made something change, never just because a second passed. */
export function useLook(live: Live, territories: readonly Territory[], filters: Filters, wanted: Wanted, recent: Recent): Look {
  const { store, clock, link } = live;
  const [turn, setTurn] = useState(0);
  const last = useRef<{ look: Look | null; at: number; cost: number }>({ look: null, at: 0, cost: 0 });

  const current = useMemo(() => {
    const began = performance.now();
    const next = look({ store, territories, filters, wanted, recent: recent.lit(began), now: clock.now() }, last.current.look);
    const at = performance.now();
    last.current = { look: next, at, cost: at - began };
    return next;
    // `turn` and the link stand for what the store and the clock say
  }, [store, clock, territories, filters, wanted, recent, turn, link.kind]);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = (): void => {
      const { at, cost } = last.current;
      timer ??= setTimeout(() => {
        timer = undefined;
        setTurn((known) => known + 1);
      }, Math.max(0, at + Math.max(PICTURE_MS, SHARE * cost) - performance.now()));
    };
    const stops = [store.subscribe(soon), recent.subscribe(soon)];
    return () => {
      stops.forEach((stop) => stop());
      clearTimeout(timer);
    };
  }, [store, recent]);

  useEffect(() => {
    const timer = setTimeout(() => setTurn((known) => known + 1), Math.max(50, current.until - clock.now() + 1));
    return () => clearTimeout(timer);
  }, [current, clock]);

  return current;
}
