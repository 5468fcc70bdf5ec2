import { useCallback, useEffect, useRef, useState } from "react";
import { api } from "../api/api";
import type { AgendaDetail } from "../api/contract";
import type { Live } from "../live/useLive";
import { rangeFrom } from "./week";

const DEBOUNCE_MS = 120;

export interface OwnAgenda {
  detail: AgendaDetail | null;
  failed: boolean;
  refresh: () => void;
}

/** One's own agenda, asked again when a board says that one of its slots changed: no polling. */
export function useAgenda(id: string, first: number, timeZone: string, live: Live): OwnAgenda {
  const { store } = live;
  const [detail, setDetail] = useState<AgendaDetail | null>(null);
  const [failed, setFailed] = useState(false);
  const asked = useRef(0);

  const refresh = useCallback(() => {
    const mine = ++asked.current; // an older answer never replaces a newer one
    const { from, to } = rangeFrom(first, timeZone);
    api.agenda(id, from, to).then(
      (answer) => {
        if (mine !== asked.current) return;
        setDetail(answer);
        setFailed(false);
      },
      () => void (mine === asked.current && setFailed(true)),
    );
  }, [id, first, timeZone]);

  const isLive = live.link.kind === "live";
  useEffect(() => {
    if (isLive || asked.current === 0) refresh();
  }, [refresh, isLive]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = store.onChanges((changes) => {
      if (!changes.some(({ before, after }) => (after ?? before)?.agendaId === id)) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        refresh();
      }, DEBOUNCE_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [store, id, refresh]);

  return { detail: detail?.id === id ? detail : null, failed, refresh };
}
