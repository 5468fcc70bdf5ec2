import { useEffect, useSyncExternalStore } from "react";
import { useEmergencyOf } from "../emergency/useEmergency";
import { callsApi } from "./callsApi";

/** The call one holds. */
export interface InHand {
  /** Who holds it: nobody else who signs in in this window. */
  identityId: string;
  callId: string;
  centreId: string;
  label: string;
}

/** A third of the centre's lease or less: two may be lost. */
export const DUTY_MS = 20_000;
const KEY = "snp.call";
const listeners = new Set<() => void>();
let held = read();

/** Told by “Régulation”, which knows; stands through other pages and a reload, so that looking at the board does not give the call away. */
export function keepInHand(next: InHand | null): void {
  if (next?.callId === held?.callId && next?.label === held?.label) return;
  held = next;
  try {
    if (next) sessionStorage.setItem(KEY, JSON.stringify(next));
    else sessionStorage.removeItem(KEY);
  } catch {
    // A browser that keeps nothing: a reload forgets it, the queue does not.
  }
  listeners.forEach((listener) => listener());
}

/** The call in hand on any page: its emergency key is about it, and its operator has not vanished. */
export function useInHand(identityId: string, elsewhere: boolean): InHand | null {
  const kept = useSyncExternalStore(subscribe, () => held);
  const call = kept?.identityId === identityId ? kept : null;
  const centreId = call?.centreId;
  useEmergencyOf(call?.callId ?? null);
  useEffect(() => {
    if (!elsewhere || !centreId) return;
    const tell = (): void => void callsApi.duty(centreId, true).catch(() => undefined);
    tell();
    const timer = setInterval(tell, DUTY_MS);
    return () => clearInterval(timer);
  }, [elsewhere, centreId]);
  return call;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function read(): InHand | null {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "null") as InHand | null;
  } catch {
    return null;
  }
}
