import { useEffect, useSyncExternalStore } from "react";
import { api } from "../api/api";
import type { SignInWays } from "../api/contract";

/** What this server was when it last told, for the moment before it tells again (and while it does not answer). */
const KEY = "snp.demo";

let ways: SignInWays | null = null;
let asking: Promise<void> | null = null;
const listeners = new Set<() => void>();

function ask(): Promise<void> {
  asking ??= api
    .ways()
    .then((told) => {
      ways = told;
      remember(told.demo);
      listeners.forEach((listener) => listener());
    })
    .finally(() => (asking = null));
  return asking;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const getWays = (): SignInWays | null => ways;

/** The ways to sign in; null until the server told. */
export function useWays(): { ways: SignInWays | null; ask: () => Promise<void> } {
  return { ways: useSyncExternalStore(subscribe, () => ways), ask };
}

export function useIsDemo(): boolean {
  const told = useSyncExternalStore(subscribe, () => ways);
  useEffect(() => {
    if (!ways) ask().catch(() => undefined);
  }, []);
  return told ? told.demo : remembered();
}

function remember(demo: boolean): void {
  try {
    localStorage.setItem(KEY, demo ? "1" : "0");
  } catch {
    // A browser that keeps nothing: it is asked each time.
  }
}

/** A demonstration until told otherwise: real people in it would be the worse mistake. */
function remembered(): boolean {
  try {
    return localStorage.getItem(KEY) !== "0";
  } catch {
    return true;
  }
}
