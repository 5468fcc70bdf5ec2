/** When the session ends, as the server told with its last answer. Durations, so that this machine's clock does not matter. */
export interface SessionEnd {
  /** On the monotonic clock. */
  at: number;
  /** From when on it is warned, on the monotonic clock. */
  warnAt: number;
  /** False when using it any longer does not put the end off. */
  canStay: boolean;
}

export const SESSION_HEADER = "X-Snp-Session";
/** Enough to finish a booking and look up. */
const WARN_MS = 5 * 60_000;

let end: SessionEnd | null = null;
const listeners = new Set<() => void>();

/** "seconds until it ends unused, seconds until it ends at the latest" */
export function parseSessionEnd(header: string | null, now: number): SessionEnd | null {
  const [idle, absolute] = (header ?? "").split(" ").map((part) => (part === "" ? NaN : Number(part) * 1000));
  if (idle === undefined || absolute === undefined || !Number.isFinite(idle + absolute)) return null;
  const left = Math.min(idle, absolute);
  return { at: now + left, warnAt: now + left - Math.min(WARN_MS, left / 2), canStay: idle < absolute };
}

export function learnSessionEnd(header: string | null): void {
  const told = parseSessionEnd(header, performance.now());
  // Under a second of difference nothing changes on screen.
  if (!told || (end && Math.abs(told.at - end.at) < 1_000)) return;
  end = told;
  listeners.forEach((listener) => listener());
}

export function forgetSessionEnd(): void {
  end = null;
  listeners.forEach((listener) => listener());
}

export const getSessionEnd = (): SessionEnd | null => end;

export function subscribeSessionEnd(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
