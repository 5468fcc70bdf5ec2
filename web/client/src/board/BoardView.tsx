import { type Ref, useMemo } from "react";
import { m } from "../messages";
import { Columns } from "./Columns";
import { SlotList } from "./SlotList";
import css from "./board.module.css";
import { columnsOf } from "./columns";
import type { Filters } from "./filters";
import type { BoardItem } from "./items";

export interface BoardViewProps {
  ref?: Ref<HTMLDivElement>;
  shown: BoardItem[];
  total: number;
  filters: Filters;
  now: number;
  live: boolean;
  started: boolean;
  recent: ReadonlyMap<string, number>;
  mySlot: string | null;
  openSlot: string | null;
  /** False for people who see counts, never slots. */
  seesSlots: boolean;
  onOpen: (item: BoardItem) => void;
}

/** More cards than anybody reads are not drawn: the search is the way on. */
const DRAWN = 600;

export function BoardView(props: BoardViewProps): React.JSX.Element {
  const { ref, shown, total, filters, now, live, started } = props;
  const drawn = shown.length > DRAWN ? shown.slice(0, DRAWN) : shown;
  const columns = useMemo(() => columnsOf(drawn, now), [drawn, now]);

  return (
    <div ref={ref} id="creneaux" tabIndex={-1} className={css.board} data-live={live} data-list={filters.list || undefined}>
      {!props.seesSlots && total === 0 ? (
        <div className={css.empty}>
          <p><strong>{m.empty.countsOnly}</strong></p>
          <p>{m.empty.countsOnlyHelp}</p>
        </div>
      ) : shown.length === 0 ? (
        <Empty started={started} any={total > 0} filtered={filters.text !== "" || filters.streams.length + filters.modes.length > 0} />
      ) : filters.list ? (
        <SlotList {...props} columns={columns} />
      ) : (
        <Columns {...props} columns={columns} />
      )}
      {shown.length > DRAWN && <p className={css.more}>{m.board.shownOf(DRAWN, shown.length)}</p>}
    </div>
  );
}

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
