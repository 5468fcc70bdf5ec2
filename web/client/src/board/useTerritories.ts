import { useCallback, useEffect, useRef, useState } from "react";
import { api } from "../api/api";
import type { Territory } from "../api/contract";

/** Each of a screen's boards begins anew on its own when the link is back: they are asked about once. */
const DEBOUNCE_MS = 200;
const RETRY_MS = 5_000;

/** The territories with what the reader may do in them, as they were first read; and how to ask again: a grant may begin or end at any time. */
export function useTerritories(first: Territory[]): [Territory[], () => void] {
  const [territories, setTerritories] = useState(first);
  const asked = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const askIn = useCallback((milliseconds: number): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const mine = ++asked.current; // an older answer never replaces a newer one
      api.territories().then(
        (next) => void (mine === asked.current && setTerritories((known) => (JSON.stringify(known) === JSON.stringify(next) ? known : next))),
        () => void (mine === asked.current && askIn(RETRY_MS)),
      );
    }, milliseconds);
  }, []);
  const ask = useCallback(() => askIn(DEBOUNCE_MS), [askIn]);

  useEffect(() => {
    setTerritories(first);
    return () => {
      asked.current++;
      clearTimeout(timer.current);
    };
  }, [first]);
  return [territories, ask];
}
