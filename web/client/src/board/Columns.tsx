import { Fragment, type RefObject, memo, useCallback, useRef } from "react";
import { m } from "../messages";
import type { SlotsProps } from "./BoardView";
import { SlotCard } from "./SlotCard";
import css from "./board.module.css";
import type { Column, Deadline } from "./columns";
import { useRoving } from "./useRoving";
import { useRows } from "./useRows";
import { useSame } from "./useSame";

export interface ColumnsProps extends SlotsProps {
  columns: readonly Column[];
  deadline: Deadline | null;
  scroller: RefObject<HTMLElement | null>;
}

/** Height of a card with its gap, in rem; see slot.module.css. */
export const CARD_REM = 5.5;
const cardRem = (): number => CARD_REM;

export function Columns({ columns, deadline, ...rest }: ColumnsProps): React.JSX.Element {
  const root = useRef<HTMLDivElement>(null);
  const ids = useSame(columns.map((column) => column.ids));
  const { stop, stopX, onKeyDown, onFocus } = useRoving(root, ids);
  const line = deadline && <p key="deadline" className={css.deadline}><span>{deadline.text}</span></p>;

  return (
    <div ref={root} className={css.columns} onKeyDown={onKeyDown} onFocus={onFocus}>
      {columns.map((column, x) => (
        <Fragment key={column.key}>
          {deadline?.before === column.key && line}
          <ColumnView {...rest} column={column} stop={x === stopX ? stop : null} />
        </Fragment>
      ))}
      {deadline?.before === null && line}
    </div>
  );
}

interface ColumnProps extends Omit<ColumnsProps, "columns" | "deadline"> {
  column: Column;
  stop: string | null;
}

const ColumnView = memo(function ColumnView({ column, stop, scroller, total, live, clock, mySlot, openSlot, onOpen }: ColumnProps) {
  const list = useRef<HTMLUListElement>(null);
  const { items, ids } = column;
  const keyOf = useCallback((index: number) => ids[index] ?? "", [ids]);
  const { pieces, measure } = useRows({
    list,
    scroller,
    total,
    count: items.length,
    rem: cardRem,
    keyOf,
    keep: stop === null ? -1 : ids.indexOf(stop),
  });
  return (
    <section className={css.column} aria-labelledby={`column-${column.key}`}>
      <header className={css.columnHead}>
        <h2 id={`column-${column.key}`}>{column.title}</h2>
        <p>
          <span>{column.hint}</span>
          {live && <span className={css.columnFree}>{m.board.freeIn(column.free)}</span>}
        </p>
      </header>
      <ul ref={list}>
        {pieces.map((piece) => {
          if ("gap" in piece) return <li key={piece.key} aria-hidden="true" style={{ height: piece.gap }} />;
          const item = items[piece.row.index];
          if (!item) return null;
          const { id } = item.slot;
          return (
            <li key={piece.key} ref={measure} data-index={piece.row.index} className={css.cell} aria-posinset={piece.row.index + 1} aria-setsize={items.length}>
              <SlotCard item={item} clock={clock} live={live} mine={id === mySlot} open={id === openSlot} tabbable={id === stop} onOpen={onOpen} />
            </li>
          );
        })}
      </ul>
    </section>
  );
});
