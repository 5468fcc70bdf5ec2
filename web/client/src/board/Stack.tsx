import { useCallback, useMemo, useRef } from "react";
import { m } from "../messages";
import { CARD_REM, type ColumnsProps } from "./Columns";
import { SlotCard } from "./SlotCard";
import css from "./board.module.css";
import { rowsOf } from "./rows";
import { useRoving } from "./useRoving";
import { useRows } from "./useRows";
import { useSame } from "./useSame";

/** The columns one below the other, for a narrow screen; the page itself scrolls. */
export function Stack({ columns, deadline, total, live, clock, mySlot, openSlot, onOpen }: Omit<ColumnsProps, "scroller">): React.JSX.Element {
  const list = useRef<HTMLUListElement>(null);
  const rows = useMemo(() => rowsOf(columns, deadline), [columns, deadline]);
  const keys = useSame(rows.map(({ key }) => key));
  const slots = useSame(rows.flatMap(({ kind, key }) => (kind === "slot" ? key : [])));
  const ids = useMemo(() => [slots], [slots]);
  const { stop, onKeyDown, onFocus } = useRoving(list, ids);
  const { pieces, measure } = useRows({
    list,
    scroller: null,
    count: rows.length,
    total,
    rem: useCallback((index: number) => (rows[index]?.kind === "slot" ? CARD_REM : 3.5), [rows]),
    keyOf: useCallback((index: number) => keys[index] ?? "", [keys]),
    keep: stop === null ? -1 : keys.indexOf(stop),
  });
  return (
    <ul ref={list} className={css.stack} onKeyDown={onKeyDown} onFocus={onFocus}>
      {pieces.map((piece) => {
        if ("gap" in piece) return <li key={piece.key} aria-hidden="true" style={{ height: piece.gap }} />;
        const row = rows[piece.row.index];
        if (!row) return null;
        return (
          <li key={piece.key} ref={measure} data-index={piece.row.index} className={css.cell}>
            {row.kind === "head" ? (
              <div className={css.columnHead}>
                <h2>{row.column.title}</h2>
                <p>
                  <span>{row.column.hint}</span>
                  {live && <span className={css.columnFree}>{m.board.freeIn(row.column.free)}</span>}
                </p>
              </div>
            ) : row.kind === "deadline" ? (
              <p className={css.deadlineRow}>{row.text}</p>
            ) : (
              <SlotCard
                item={row.item}
                clock={clock}
                live={live}
                mine={row.key === mySlot}
                open={row.key === openSlot}
                tabbable={row.key === stop}
                onOpen={onOpen}
              />
            )}
          </li>
        );
      })}
    </ul>
  );
}
