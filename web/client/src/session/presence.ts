/** A request so soon after a hand moved was asked for by somebody; later ones (a refresh, a link coming back) were not. */
const ATTENDED_MS = 10_000;

let touchedAt = performance.now(); // somebody opened the page
for (const kind of ["pointerdown", "keydown", "wheel"]) {
  globalThis.addEventListener?.(kind, (event) => event.isTrusted && (touchedAt = performance.now()), { capture: true, passive: true });
}

/** Milliseconds since a hand was last on this page. */
export const touchedAgo = (): number => performance.now() - touchedAt;

export const isAttended = (now = performance.now()): boolean => now - touchedAt < ATTENDED_MS;
