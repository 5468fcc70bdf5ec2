import { type RefObject, memo, useCallback, useMemo, useRef } from "react";
import { m } from "../messages";
import type { SlotsProps } from "./BoardView";
import { HoldLeft } from "./HoldLeft";
import type { SlotProps } from "./SlotCard";
import { StateMark } from "./StateMark";
import board from "./board.module.css";
import type { Column, Deadline } from "./columns";
import { spoken, wordsOf } from "./describe";
import { rowsOf } from "./rows";
import css from "./slot.module.css";
import { useRoving } from "./useRoving";
import { useRows } from "./useRows";
import { useSame } from "./useSame";

interface Props extends SlotsProps {
  columns: readonly Column[];
  deadline: Deadline | null;
  /** null: the page itself scrolls. */
  scroller: RefObject<HTMLElement | null> | null;
}

const WIDTH = 7;

export function SlotList({ columns, deadline, scroller, total, live, clock, mySlot, openSlot, onOpen }: Props): React.JSX.Element {
  const table = useRef<HTMLTableElement>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  const rows = useMemo(() => rowsOf(columns, deadline), [columns, deadline]);
  const keys = useSame(rows.map(({ key }) => key));
  const offered = useSame(rows.flatMap((row) => (row.kind === "slot" && row.item.state === "free" && row.item.current && live ? row.key : [])));
  const ids = useMemo(() => [offered], [offered]);
  const { stop, onKeyDown, onFocus } = useRoving(table, ids);
  const { pieces, measure } = useRows({
    list: body,
    scroller,
    count: rows.length,
    total,
    rem: useCallback((index: number) => (rows[index]?.kind === "slot" ? 3.25 : 2.5), [rows]),
    keyOf: useCallback((index: number) => keys[index] ?? "", [keys]),
    keep: stop === null ? -1 : keys.indexOf(stop),
  });
  return (
    <table ref={table} className={css.table} aria-rowcount={rows.length + 1} onKeyDown={onKeyDown} onFocus={onFocus}>
      <caption className="visually-hidden">{m.table.caption}</caption>
      <thead>
        <tr aria-rowindex={1}>
          <th scope="col">{m.table.time}</th>
          <th scope="col">{m.table.state}</th>
          <th scope="col">{m.table.practitioner}</th>
          <th scope="col" className={css.wide}>{m.table.stream}</th>
          <th scope="col" className={css.wide}>{m.table.place}</th>
          <th scope="col" className={css.wide}>{m.table.mode}</th>
          <th scope="col"><span className="visually-hidden">{m.table.book}</span></th>
        </tr>
      </thead>
      <tbody ref={body}>
        {pieces.map((piece) => {
          if ("gap" in piece) return <tr key={piece.key} aria-hidden="true"><td colSpan={WIDTH} style={{ height: piece.gap, padding: 0 }} /></tr>;
          const { index } = piece.row;
          const row = rows[index];
          if (!row) return null;
          if (row.kind === "slot") {
            return (
              <SlotRow
                key={piece.key}
                measure={measure}
                index={index}
                item={row.item}
                clock={clock}
                live={live}
                mine={row.key === mySlot}
                open={row.key === openSlot}
                tabbable={row.key === stop}
                onOpen={onOpen}
              />
            );
          }
          return (
            <tr key={piece.key} ref={measure} data-index={index} aria-rowindex={index + 2} className={row.kind === "head" ? css.period : undefined}>
              <th colSpan={WIDTH} className={row.kind === "deadline" ? board.deadlineRow : undefined}>
                {row.kind === "head" ? <>{row.column.title} <span>{row.column.hint}</span></> : row.text}
              </th>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

interface RowProps extends SlotProps {
  measure: (row: Element | null) => void;
  index: number;
}

const SlotRow = memo(function SlotRow({ measure, index, item, clock, live, mine, open, tabbable, onOpen }: RowProps) {
  const words = wordsOf(item, live, mine);
  const { slot } = item;
  return (
    <tr ref={measure} data-index={index} aria-rowindex={index + 2} className={css.row} data-state={words.mark} data-lit={item.changedAt !== undefined || undefined}>
      <th scope="row">
        {words.time}
        {words.distance && <span className={css.far}>{words.distance}</span>}
      </th>
      <td className={css.cellState}>
        <span><StateMark mark={words.mark} />{words.state}</span>
        {words.mark === "held" && <span className={css.sub}>{words.holder && `(${words.holder}) · `}<HoldLeft slot={slot} clock={clock} /></span>}
        {words.places && <span className={css.sub}>{words.places}</span>}
      </td>
      <td>{words.who}<span className={css.sub}>{slot.practitioner?.speciality ?? ""}</span></td>
      <td className={css.wide}>{m.streams[slot.stream]}</td>
      <td className={css.wide}>{slot.place.commune}<span className={css.sub}>{slot.place.name}</span></td>
      <td className={css.wide}>{m.modes[slot.mode]}</td>
      <td>
        {words.mark === "free" && (
          <button
            type="button"
            className="button"
            data-slot={slot.id}
            data-state={words.mark}
            data-open={open || undefined}
            tabIndex={tabbable ? 0 : -1}
            aria-label={`${m.table.book} ${spoken(words)}`}
            onClick={() => onOpen(item)}
          >
            {m.table.book}
          </button>
        )}
      </td>
    </tr>
  );
});
