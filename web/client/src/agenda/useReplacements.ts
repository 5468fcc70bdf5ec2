import { useCallback, useEffect, useRef, useState } from "react";
import type { Territory } from "../api/contract";
import type { Live } from "../live/useLive";
import { onNotice } from "../live/notices";
import { type Replacement, agendaApi } from "./agendaApi";

const DEBOUNCE_MS = 200;
/** All screens come back at once when a server does: those that only count ask spread out. */
const SPREAD_MS = 3_000;

export interface ReplacementsRead {
  list: Replacement[] | null;
  failed: boolean;
  refresh: () => void;
}

/**
 * What one must book elsewhere, asked again when a notice says that a booking became "to replace" or no longer is, and when the link comes back.
 * `shown`: the list is on screen; then also when slots change on a board.
 */
export function useReplacements(territories: readonly Territory[], live: Live, shown: boolean): ReplacementsRead {
  const [list, setList] = useState<Replacement[] | null>(null);
  const [failed, setFailed] = useState(false);
  const asked = useRef(0);
  const askedFor = useRef<string | null>(null);
  const isShown = useRef(shown);
  isShown.current = shown;
  const ids = territories.map(({ id }) => id).join(",");
  const isLive = live.link.kind === "live";

  const refresh = useCallback(() => {
    const mine = ++asked.current; // an older answer never replaces a newer one
    askedFor.current = ids;
    Promise.all(ids.split(",").filter(Boolean).map(agendaApi.replacements)).then(
      (answers) => {
        if (mine !== asked.current) return;
        // An agenda may show in several territories.
        const known = new Map(answers.flat().map((one) => [one.bookingId, one]));
        setList([...known.values()].sort((a, b) => Date.parse(a.start) - Date.parse(b.start)));
        setFailed(false);
      },
      () => void (mine === asked.current && setFailed(true)),
    );
  }, [ids]);

  useEffect(() => {
    if (askedFor.current !== ids || (isLive && isShown.current)) return refresh();
    if (!isLive) return;
    const timer = setTimeout(refresh, Math.random() * SPREAD_MS);
    return () => clearTimeout(timer);
  }, [refresh, ids, isLive]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined;
        refresh();
      }, DEBOUNCE_MS); // an absence tells of many at once
    };
    const stops = [onNotice((_, notice) => void ((!notice || notice.kind === "toReplace") && soon())), ...(shown ? [live.store.onChanges(soon)] : [])];
    return () => {
      stops.forEach((stop) => stop());
      clearTimeout(timer);
    };
  }, [live.store, refresh, shown]);
  return { list, failed, refresh };
}
