import { useEffect, useSyncExternalStore } from "react";
import { api } from "../api/api";
import { newRequestId, runCommand } from "../api/command";
import { EmergencyDesk, type Shown } from "./desk";

export const EMERGENCY_KEY = "F8"; // no browser's and no screen reader's own

/** One for the window: the key works on every page, and before anybody signed in. */
export const desk = new EmergencyDesk({
  send: ({ requestId, territoryId, callId }, secondsAgo) => (callId ? api.callEmergency(callId, { requestId, secondsAgo }) : api.emergency({ requestId, territoryId, secondsAgo })),
  takeBack: ({ callId = "" }) => {
    const requestId = newRequestId();
    return runCommand(() => api.undoCallEmergency(callId, requestId), { maxAttempts: 3 });
  },
  storage: {
    getItem: (key) => localStorage.getItem(key),
    setItem: (key, value) => localStorage.setItem(key, value),
  },
});

export const useShownEmergency = (): Shown | null => useSyncExternalStore(desk.subscribe, desk.getShown);

/** The key, wherever the focus is: also in a dialog that keeps it. */
export function useEmergencyKey(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== EMERGENCY_KEY || event.repeat || event.ctrlKey || event.altKey || event.shiftKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      desk.press();
    };
    const onOnline = (): void => void desk.flush();
    window.addEventListener("keydown", onKey, true);
    window.addEventListener("online", onOnline);
    return () => {
      window.removeEventListener("keydown", onKey, true);
      window.removeEventListener("online", onOnline);
    };
  }, []);
}

/** Says who is signed in, so that a press can be recorded. */
export function useWitness(identityId: string | null, territoryId: string | undefined): void {
  useEffect(() => {
    desk.setWitness(identityId && territoryId ? { identityId, territoryId } : null);
  }, [identityId, territoryId]);
}

/** What was in hand ends when a press can no longer be undone. */
export function useOnEmergency(end: () => void): void {
  useEffect(() => desk.onRaised(end), [end]);
}

/** While a call is in hand, the key is about it. */
export function useEmergencyOf(callId: string | null): void {
  useEffect(() => {
    desk.setCall(callId);
    return () => desk.setCall(null);
  }, [callId]);
}
