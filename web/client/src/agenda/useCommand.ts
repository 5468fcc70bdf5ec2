import { useRef, useState } from "react";
import { newRequestId, runCommand } from "../api/command";
import { Problem } from "../api/problem";

export type CommandPhase = { kind: "idle" } | { kind: "sending"; unknown: boolean } | { kind: "refused"; problem: Problem };

export interface Command {
  phase: CommandPhase;
  /** Sends until the outcome is known, always under the one request id made here. The answer when accepted, else null. */
  run: <T>(send: (requestId: string) => Promise<T>) => Promise<{ answer: T } | null>;
  clear: () => void;
}

export function useCommand(): Command {
  const [phase, setPhase] = useState<CommandPhase>({ kind: "idle" });
  const busy = useRef(false);

  const run: Command["run"] = async (send) => {
    if (busy.current) return null;
    busy.current = true;
    const requestId = newRequestId();
    setPhase({ kind: "sending", unknown: false });
    try {
      const answer = await runCommand(() => send(requestId), { onUnknown: () => setPhase({ kind: "sending", unknown: true }) });
      setPhase({ kind: "idle" });
      return { answer };
    } catch (error) {
      setPhase({ kind: "refused", problem: error instanceof Problem ? error : new Problem(0, {}) });
      return null;
    } finally {
      busy.current = false;
    }
  };

  return { phase, run, clear: () => setPhase({ kind: "idle" }) };
}
