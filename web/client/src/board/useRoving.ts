import { type KeyboardEvent, type FocusEvent, type RefObject, useLayoutEffect, useMemo, useRef, useState } from "react";
import { nextCell } from "./roving";

export interface Roving {
  /** The one card that Tab reaches; it is always drawn, wherever one has scrolled. */
  stop: string | null;
  /** The column it stands in. */
  stopX: number;
  onKeyDown: (event: KeyboardEvent) => void;
  onFocus: (event: FocusEvent) => void;
}

/** One tab stop for all cards; arrows move among them, also to cards that are not drawn yet. */
export function useRoving(root: RefObject<HTMLElement | null>, ids: readonly (readonly string[])[]): Roving {
  const [active, setActive] = useState<string | null>(null);
  const wanted = useRef<string | null>(null);
  const focused = useRef<{ x: number; y: number } | null>(null);
  const activeX = useMemo(() => (active === null ? -1 : ids.findIndex((column) => column.includes(active))), [ids, active]);
  const there = activeX >= 0;
  const stop = there ? active : (ids[0]?.[0] ?? null);

  // After drawing: focus what an arrow led to.
  useLayoutEffect(() => {
    const id = wanted.current;
    const card = id && root.current?.querySelector<HTMLElement>(`[data-slot="${CSS.escape(id)}"]`);
    if (!card) return;
    wanted.current = null;
    card.focus();
  });

  // The card that had the focus left the board: its neighbour takes it, without a jump.
  useLayoutEffect(() => {
    const place = focused.current;
    if (!place || there || document.activeElement !== document.body) return;
    const column = ids[place.x] ?? ids[ids.length - 1];
    const next = column?.[Math.min(place.y, column.length - 1)];
    focused.current = null;
    if (!next) return;
    setActive(next);
    wanted.current = next;
  }, [ids, there]);

  return {
    stop,
    stopX: Math.max(0, activeX),
    onKeyDown: (event) => {
      const next = stop && nextCell(ids, stop, event.key);
      if (!next) return;
      event.preventDefault();
      wanted.current = next;
      setActive(next);
    },
    onFocus: (event) => {
      const id = (event.target as HTMLElement).dataset["slot"];
      if (!id) return;
      const x = ids.findIndex((column) => column.includes(id));
      focused.current = x < 0 ? null : { x, y: ids[x]?.indexOf(id) ?? 0 };
      setActive(id);
    },
  };
}
