import {
  type VirtualItem, defaultRangeExtractor, elementScroll, observeElementOffset, observeElementRect, observeWindowOffset, observeWindowRect,
  useVirtualizer, windowScroll,
} from "@tanstack/react-virtual";
import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from "react";

/** Beyond the edge of the window, so that a quick scroll finds cards there. */
const OVERSCAN = 2;
/** So many are simply drawn: then the browser's own search and printing find all of them. */
const DRAWN_AT_ONCE = 600;

/** A stretch of rows that is not drawn, or a row that is. */
export type Piece = { gap: number; key: string } | { row: VirtualItem; key: string };

interface Options {
  list: RefObject<HTMLElement | null>;
  /** What scrolls; null: the window, as on a phone. */
  scroller: RefObject<HTMLElement | null> | null;
  count: number;
  /** Slots of the whole board: a short one is drawn as a whole. */
  total: number;
  /** Expected height of a row in rem; the true one is measured. */
  rem: (index: number) => number;
  keyOf: (index: number) => string;
  /** A row that stays drawn although it is out of sight: it has the focus. -1: none. */
  keep: number;
}

/** The rows in sight and their surroundings, with gaps for the rest. */
export function useRows({ list, scroller, count, rem, keyOf, keep, total }: Options): { pieces: Piece[]; measure: (row: Element | null) => void } {
  const [unit] = useState(rootRem);
  const scrollMargin = useOffset(list, scroller);
  const rows = useVirtualizer<HTMLElement, Element>({
    ...(scroller ? inElement(scroller) : inWindow),
    count,
    estimateSize: useCallback((index: number) => rem(index) * unit, [rem, unit]),
    getItemKey: keyOf,
    overscan: total <= DRAWN_AT_ONCE ? count : OVERSCAN,
    scrollMargin,
    useFlushSync: false,
    rangeExtractor: (range) => {
      const indexes = defaultRangeExtractor(range);
      if (keep < 0 || keep >= count || indexes.includes(keep)) return indexes;
      return [...indexes, keep].sort((a, b) => a - b);
    },
  });

  // Rows stand in the page's flow, where the browser keeps what is in sight in its place; several lists in one scroller
  // that each correct it as well would move a card away between press and release, and its click would be lost.
  rows.shouldAdjustScrollPositionOnItemSizeChange = never;

  const pieces: Piece[] = [];
  let end = scrollMargin;
  const gapTo = (start: number, key: string): void => {
    if (start - end > 0.5) pieces.push({ gap: start - end, key });
  };
  for (const row of rows.getVirtualItems()) {
    gapTo(row.start, `before ${row.key}`);
    pieces.push({ row, key: String(row.key) });
    end = row.end;
  }
  gapTo(scrollMargin + rows.getTotalSize(), "after");
  return { pieces, measure: rows.measureElement };
}

type Surroundings = Pick<Parameters<typeof useVirtualizer<HTMLElement, Element>>[0], "getScrollElement" | "observeElementRect" | "observeElementOffset" | "scrollToFn">;

const inElement = (scroller: RefObject<HTMLElement | null>): Surroundings => ({
  getScrollElement: () => scroller.current, observeElementRect, observeElementOffset, scrollToFn: elementScroll,
});

// The library types elements and the window apart, although its functions come in pairs for just this.
const inWindow = {
  getScrollElement: () => window,
  observeElementRect: observeWindowRect,
  observeElementOffset: observeWindowOffset,
  scrollToFn: windowScroll,
  initialOffset: () => window.scrollY,
} as unknown as Surroundings;

/** Where the list begins in what scrolls: measured at once when it appears, then before each picture, when the browser lays the page out anyway. */
function useOffset(list: RefObject<HTMLElement | null>, scroller: RefObject<HTMLElement | null> | null): number {
  const [offset, setOffset] = useState(0);
  const measured = useRef(false);
  const measure = (): void => {
    if (!list.current) return;
    const top = list.current.getBoundingClientRect().top;
    const box = scroller?.current;
    const found = Math.round(box ? top - box.getBoundingClientRect().top + box.scrollTop : top + window.scrollY);
    measured.current = true;
    if (Math.abs(found - offset) > 1) setOffset(found);
  };
  useLayoutEffect(() => {
    if (!measured.current) return measure();
    const frame = requestAnimationFrame(measure);
    return () => cancelAnimationFrame(frame);
  });
  return offset;
}

const never = (): boolean => false;

const rootRem = (): number => parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;

