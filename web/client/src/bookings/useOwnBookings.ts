import { useCallback } from "react";
import { api } from "../api/api";
import type { OwnBookings } from "../api/contract";
import type { Live } from "../live/useLive";
import { type Read, useRead } from "../live/useRead";

const DEBOUNCE_MS = 400;

/** One's organisation's bookings, asked again when a board tells of a booked or freed slot; outcomes change no slot, so that no board tells of them. */
export function useOwnBookings(live: Live): Read<OwnBookings> {
  const { store } = live;
  const onNews = useCallback(
    (tell: () => void) => store.onChanges((changes) => void (changes.some(({ before, after }) => (before?.taken ?? 0) !== (after?.taken ?? 0) || before?.state === "booked") && tell())),
    [store],
  );
  return useRead(api.ownBookings, live, onNews, DEBOUNCE_MS);
}
