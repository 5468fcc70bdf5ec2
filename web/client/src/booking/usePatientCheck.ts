import { useEffect, useRef, useState } from "react";
import { api } from "../api/api";
import { type Draft, parseBirthDate } from "./draft";

const DEBOUNCE_MS = 400;

/** Until when the typed patient has a booking already, asked once per complete set of traits; null: none known, or not asked yet. */
export function usePatientCheck(slotId: string | null, { lastName, firstName, birthDate }: Draft): string | null {
  const born = parseBirthDate(birthDate);
  const complete = born !== null && lastName.trim().length > 1 && firstName.trim().length > 1;
  const key = complete && slotId !== null ? [slotId, lastName.trim(), firstName.trim(), born].join("\n") : "";
  const known = useRef(new Map<string, string | null>());
  const [answer, setAnswer] = useState<{ key: string; until: string | null } | null>(null);

  useEffect(() => {
    if (!key || born === null || slotId === null) return;
    const before = known.current.get(key);
    if (before !== undefined) return setAnswer({ key, until: before });
    let gone = false;
    const timer = setTimeout(() => {
      api.checkPatient({ slotId, lastName: lastName.trim(), firstName: firstName.trim(), birthDate: born }).then(
        ({ bookedUntil }) => {
          known.current.set(key, bookedUntil ?? null);
          if (!gone) setAnswer({ key, until: bookedUntil ?? null });
        },
        () => undefined, // a warning only: the booking itself is checked by the ledger
      );
    }, DEBOUNCE_MS);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [key]);

  return answer !== null && answer.key === key ? answer.until : null;
}
