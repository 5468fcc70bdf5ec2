import { useCallback, useEffect, useRef, useState } from "react";
import type { Live } from "./useLive";

/** News may get lost on its way, and not everything makes news: nothing shown is older than this. */
const REFRESH_MS = 30_000;

export interface Read<T> {
  answer: T | null;
  failed: boolean;
  refresh: () => void;
}

/**
 * What the server answers, asked again when there is news, when the link or the page comes back, and slowly.
 * @param ask stays the same function while the same thing is asked
 * @param onNews calls back when the answer may have changed; returns how to stop. Stays the same function, too
 * @param debounceMs news come in bursts
 */
export function useRead<T>(ask: () => Promise<T>, live: Live, onNews: (tell: () => void) => () => void, debounceMs: number): Read<T> {
  const [answer, setAnswer] = useState<T | null>(null);
  const [failed, setFailed] = useState(false);
  const asked = useRef(0);
  const isLive = live.link.kind === "live";

  const refresh = useCallback(() => {
    const mine = ++asked.current; // an older answer never replaces a newer one
    ask().then(
      (next) => {
        if (mine !== asked.current) return;
        setAnswer(next);
        setFailed(false);
      },
      () => void (mine === asked.current && setFailed(true)),
    );
  }, [ask]);

  useEffect(() => {
    if (isLive || asked.current === 0) refresh();
  }, [refresh, isLive]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = onNews(() => {
      timer ??= setTimeout(() => {
        timer = undefined;
        refresh();
      }, debounceMs);
    });
    const slowly = setInterval(() => void (document.hidden || refresh()), REFRESH_MS);
    const back = (): void => void (document.hidden || refresh());
    document.addEventListener("visibilitychange", back);
    return () => {
      stop();
      clearTimeout(timer);
      clearInterval(slowly);
      document.removeEventListener("visibilitychange", back);
    };
  }, [onNews, debounceMs, refresh]);
  return { answer, failed, refresh };
}
