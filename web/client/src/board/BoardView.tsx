import { type RefObject, memo } from "react";
import { useMedia } from "../design/useMedia";
import type { ServerClock } from "../live/serverClock";
import { m } from "../messages";
import { Columns } from "./Columns";
import { SlotList } from "./SlotList";
import { Stack } from "./Stack";
import css from "./board.module.css";
import { type Filters, isNarrowed } from "./filters";
import type { BoardItem } from "./items";
import type { Look } from "./look";

/** What every way of showing the slots needs. */
export interface SlotsProps {
  /** How many slots there are to show. */
  total: number;
  clock: ServerClock;
  live: boolean;
  mySlot: string | null;
  openSlot: string | null;
  onOpen: (item: BoardItem) => void;
}

interface Props extends Omit<SlotsProps, "total"> {
  scroller: RefObject<HTMLDivElement | null>;
  look: Look;
  filters: Filters;
  started: boolean;
  /** False for people who see counts, never slots. */
  seesSlots: boolean;
}

/** Narrower than this the page scrolls as a whole; the same width as in board.module.css. */
const NARROW = "(max-width: 720px)";

export const BoardView = memo(function BoardView({ scroller, look, filters, started, seesSlots, ...rest }: Props) {
  const narrow = useMedia(NARROW);
  const slots = { ...rest, total: look.shown, columns: look.columns, deadline: look.deadline };
  const any = look.items.length > 0;
  return (
    <div ref={scroller} id="creneaux" tabIndex={-1} className={css.board} data-live={rest.live} data-list={filters.list || undefined}>
      {!seesSlots && !any ? (
        <div className={css.empty}>
          <p><strong>{m.empty.countsOnly}</strong></p>
          <p>{m.empty.countsOnlyHelp}</p>
        </div>
      ) : look.shown === 0 ? (
        <Empty started={started} any={any} filtered={isNarrowed(filters)} />
      ) : filters.list ? (
        <SlotList key={String(narrow)} {...slots} scroller={narrow ? null : scroller} />
      ) : narrow ? (
        <Stack {...slots} />
      ) : (
        <Columns {...slots} scroller={scroller} />
      )}
    </div>
  );
});

function Empty({ started, any, filtered }: { started: boolean; any: boolean; filtered: boolean }): React.JSX.Element {
  if (!started && !any) return <p className={css.empty}>{m.empty.firstPicture}</p>;
  return (
    <div className={css.empty}>
      <p>
        <strong>{filtered ? m.empty.filtered : m.empty.none}</strong>
      </p>
      <p>{m.empty.noneHelp}</p>
    </div>
  );
}
