import type { Slot } from "../api/contract";
import type { ServerClock } from "../live/serverClock";
import { useNow } from "../time/useNow";
import { holdLeft } from "./describe";

/** What is left of a hold. Ticks by itself, so that nothing else is drawn each second; not part of any name. */
export function HoldLeft({ slot, clock, className }: { slot: Slot; clock: ServerClock; className?: string | undefined }): React.JSX.Element {
  const now = useNow(clock);
  return <span className={className} aria-hidden="true">{holdLeft(slot, now)}</span>;
}
