import type { BookingBody, CareStream, Eligibility } from "../api/contract";
import type { BoardItem } from "../board/items";
import type { CallFile } from "./contract";

/** What a booking for the call still needs, in the order of the file; empty: it can be confirmed. */
export function missingFor({ patient, reason }: CallFile, eligibility: Eligibility | ""): string[] {
  const needed = ["lastName", "firstName", "birthDate", "sex", "phone"] as const;
  return [...needed.filter((name) => !patient?.[name]), ...(reason ? [] : ["reason"]), ...(eligibility ? [] : ["eligibility"])];
}

/** Only for a file from which nothing is missing: nobody types twice. */
export function bodyFor(file: CallFile, eligibility: Eligibility, holdId: string, requestId: string): BookingBody {
  const { lastName = "", firstName = "", birthDate = "", sex = "I", phone = "", address, registeredGp, communeCode = file.communeCode } = file.patient ?? {};
  return {
    requestId, holdId, callId: file.id, eligibility, reason: file.reason ?? "", vitalSignsExcluded: true,
    patient: { lastName, firstName, birthDate, sex, phone, ...(address ? { address } : {}), ...(registeredGp ? { registeredGp } : {}), ...(communeCode ? { communeCode } : {}) },
  };
}

/** End of the window: the decision's, or as long as the centre's window is while nothing is decided. */
export const windowEnd = (file: CallFile, windowHours: number, now: number): number => (file.deadline ? Date.parse(file.deadline) : now + windowHours * 3_600_000);

/** So many stand beside the file at first; the rest is one press away. */
export const SHOWN_SLOTS = 8;

/** The board for this call: free now, of this kind of care, inside the window, in the board's own order. */
export const slotsFor = (items: readonly BoardItem[], stream: CareStream, until: number): BoardItem[] =>
  items.filter(({ slot, state, current, start }) => state === "free" && current && slot.stream === stream && start <= until);
