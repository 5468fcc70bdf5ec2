import { useRef, useState } from "react";
import { api } from "../api/api";
import { newRequestId, runCommand } from "../api/command";
import type { Booking, BookingBody, Slot } from "../api/contract";
import { OutcomeUnknown, Problem } from "../api/problem";

export type Phase =
  | { kind: "form"; refusal: Problem | null }
  | { kind: "sending"; unknown: boolean }
  | { kind: "done"; booking: Booking; slot: Slot };

export interface BookingControl {
  phase: Phase;
  submit: (slot: Slot, body: (requestId: string) => BookingBody) => Promise<Phase>;
  clearRefusal: () => void;
}

/** Sends one booking until its outcome is known; what was sent is repeated word for word under its request id. */
export function useBooking(): BookingControl {
  const [phase, setPhase] = useState<Phase>({ kind: "form", refusal: null });
  const busy = useRef(false);

  const submit: BookingControl["submit"] = async (slot, makeBody) => {
    if (busy.current) return phase;
    busy.current = true;
    const body = makeBody(newRequestId());
    const set = (next: Phase): Phase => {
      setPhase(next);
      return next;
    };
    set({ kind: "sending", unknown: false });
    try {
      const onUnknown = (): void => void set({ kind: "sending", unknown: true });
      const booking = await runCommand(() => api.book(slot.id, body), { onUnknown });
      return set({ kind: "done", booking, slot });
    } catch (error) {
      if (error instanceof OutcomeUnknown) throw error; // unreachable: attempts are endless
      return set({ kind: "form", refusal: error instanceof Problem ? error : new Problem(0, {}) });
    } finally {
      busy.current = false;
    }
  };

  const clearRefusal = (): void => setPhase((now) => (now.kind === "form" && now.refusal ? { kind: "form", refusal: null } : now));
  return { phase, submit, clearRefusal };
}
