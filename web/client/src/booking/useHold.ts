import { useCallback, useEffect, useRef, useState } from "react";
import { api } from "../api/api";
import { newRequestId, runCommand } from "../api/command";
import { Problem } from "../api/problem";

export type HoldState =
  | { kind: "asking" }
  | { kind: "held"; holdId: string; until: number; extension: "open" | "asking" | "used" | "refused" }
  | { kind: "refused"; problem: Problem }
  | { kind: "unreachable" };

export interface HoldControl {
  hold: HoldState;
  retake: () => void;
  extend: () => Promise<void>;
  /** The hold became a booking: nothing is left to release. */
  spend: () => void;
}

const ATTEMPTS = 4;
const RELEASE_PATIENCE_MS = 1_000;

/** The releases under way: a person may hold few slots at once, and goes from one to the next. */
let releasing: Promise<unknown> = Promise.resolve();

/** Holds the slot for as long as the caller is mounted on it; any way out frees it on every screen. */
export function useHold(slotId: string): HoldControl {
  const [hold, setHold] = useState<HoldState>({ kind: "asking" });
  const [round, setRound] = useState(0);
  const release = useRef<(() => void) | null>(null);
  const requestIds = useRef(new Map<string, string>());

  useEffect(() => {
    let gone = false;
    const requestId = requestIds.current.get(slotId) ?? newRequestId();
    requestIds.current.set(slotId, requestId);
    setHold({ kind: "asking" });

    // A slot just left still counts until its release is through; but a release that hangs must not keep anybody waiting.
    const former = Promise.race([releasing, new Promise((resolve) => setTimeout(resolve, RELEASE_PATIENCE_MS))]);
    former.then(() => runCommand(() => api.hold(slotId, requestId), { maxAttempts: ATTEMPTS })).then(
      ({ holdId, until }) => {
        requestIds.current.delete(slotId);
        if (gone) return freeHold(holdId);
        release.current = () => freeHold(holdId);
        setHold({ kind: "held", holdId, until: Date.parse(until), extension: "open" });
      },
      (error: unknown) => {
        const refused = error instanceof Problem;
        if (refused) requestIds.current.delete(slotId);
        if (!gone) setHold(refused ? { kind: "refused", problem: error } : { kind: "unreachable" });
      },
    );
    const leave = (): void => {
      release.current?.();
      release.current = null;
    };
    window.addEventListener("pagehide", leave);
    return () => {
      gone = true;
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, [slotId, round]);

  const extend = useCallback(async () => {
    if (hold.kind !== "held" || hold.extension !== "open") return;
    const requestId = newRequestId();
    setHold({ ...hold, extension: "asking" });
    try {
      const { until } = await runCommand(() => api.extend(hold.holdId, requestId), { maxAttempts: ATTEMPTS });
      setHold({ ...hold, until: Date.parse(until), extension: "used" });
    } catch (error) {
      setHold({ ...hold, extension: error instanceof Problem ? "refused" : "open" });
    }
  }, [hold]);

  return {
    hold,
    extend,
    retake: useCallback(() => setRound((n) => n + 1), []),
    spend: useCallback(() => (release.current = null), []),
  };
}

function freeHold(holdId: string): void {
  const requestId = newRequestId();
  // An unreleased hold ends by itself: nothing to tell anybody when this fails.
  const release = runCommand(() => api.release(holdId, requestId), { maxAttempts: ATTEMPTS }).catch(() => undefined);
  releasing = Promise.all([releasing, release]);
}
