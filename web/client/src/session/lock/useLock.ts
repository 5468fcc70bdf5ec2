import { useCallback, useEffect } from "react";
import { api } from "../../api/api";
import { Problem } from "../../api/problem";
import { touchedAgo } from "../presence";
import { lockApi } from "./lockApi";
import { isLocked, setLocked } from "./lockState";

export const LOCK_KEY = "F9";
const LOOK_MS = 1_000;
const AGAIN_MS = 2_000;
/** The server counts what it is asked; who only reads and scrolls is told to it this often. */
const TELL_MS = 60_000;

/** Locks by F9, and when nobody touched this shared computer for a while. Undefined: it is none. */
export function useLock(locksAfter: number | undefined): (() => void) | undefined {
  const lock = useCallback((): void => {
    if (isLocked()) return;
    setLocked(true); // at once: the screen must not wait for the line
    const tell = (): void =>
      void lockApi.lock().catch((error: unknown) => {
        if (isLocked() && !(error instanceof Problem)) setTimeout(tell, AGAIN_MS);
      });
    tell();
  }, []);

  useEffect(() => {
    if (locksAfter === undefined) return;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== LOCK_KEY || event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
      if (new URLSearchParams(location.search).get("page") === "regulation") return; // there it takes the first slot
      event.preventDefault();
      lock();
    };
    let toldAt = performance.now();
    const timer = setInterval(() => {
      const ago = touchedAgo();
      if (ago > locksAfter * 1000) lock();
      else if (!isLocked() && ago < LOOK_MS && performance.now() - toldAt > TELL_MS) {
        toldAt = performance.now();
        void api.session().catch(() => undefined);
      }
    }, LOOK_MS);
    window.addEventListener("keydown", onKey);
    return () => {
      clearInterval(timer);
      window.removeEventListener("keydown", onKey);
    };
  }, [locksAfter, lock]);
  return locksAfter === undefined ? undefined : lock;
}
