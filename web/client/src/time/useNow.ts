import { useEffect, useState } from "react";

/** The given clock, re-read once a second just after the full second. */
export function useNow(clock: { now: () => number }): number {
  const [now, setNow] = useState(clock.now);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const tick = (): void => {
      const read = clock.now();
      setNow(read);
      timer = setTimeout(tick, 1_010 - (read % 1_000));
    };
    tick();
    return () => clearTimeout(timer);
  }, [clock]);
  return now;
}
