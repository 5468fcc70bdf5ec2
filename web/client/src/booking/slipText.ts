import type { Slot } from "../api/contract";
import { m } from "../messages";
import { phoneText } from "../phone";
import { longDate } from "../time/wall";
import { b } from "./messages";

/** The slip in one text: place, time, practitioner, the practice's number. Nothing about the patient or their health. */
export function slipText({ start, mode, practitioner, place }: Slot, timeZone: string): string {
  const where = mode === "surgery" ? `${place.name}, ${place.address}, ${place.postalCode} ${place.commune}` : m.modes[mode];
  const text = b.slip.sms(longDate(start, timeZone), practitioner?.name ?? m.slot.noPractitioner, where, place.phone ? phoneText(place.phone) : b.slip.noPhone);
  return text.replace(/\s/g, " "); // a no-break space alone would make two SMS of one
}

/** What the SAMU's software keeps of a booking, in one line to paste: for which file, when, with whom, where, whom to call. No name, no reason. */
export const dossierLine = (number: string, slot: Slot, timeZone: string): string => b.slip.dossierLine(number, slipText(slot, timeZone));

/** Opens the person's own messaging program; nothing leaves by itself. */
export const smsLink = (phone: string, text: string): string => `sms:${phone.replace(/[^\d+]/g, "")}?body=${encodeURIComponent(text)}`;
