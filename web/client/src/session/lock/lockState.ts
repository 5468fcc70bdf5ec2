type Listener = () => void;

let locked = false;
const changed = new Set<Listener>();
const unlocked = new Set<Listener>();

/** Whether this shared computer is locked, as the server last told any part of the page. */
export const isLocked = (): boolean => locked;

export function subscribeLocked(listener: Listener): Listener {
  changed.add(listener);
  return () => changed.delete(listener);
}

export function setLocked(next: boolean): void {
  if (locked === next) return;
  locked = next;
  changed.forEach((listener) => listener());
  if (!next) unlocked.forEach((listener) => listener());
}

/** The one who was here is back: what was refused meanwhile can be asked again. */
export function onUnlocked(listener: Listener): Listener {
  unlocked.add(listener);
  return () => unlocked.delete(listener);
}
