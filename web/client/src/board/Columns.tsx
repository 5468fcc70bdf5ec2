import { useRef, useState } from "react";
import { m } from "../messages";
import type { BoardViewProps } from "./BoardView";
import { SlotCard } from "./SlotCard";
import css from "./board.module.css";
import type { Column } from "./columns";
import { holdLeft } from "./describe";
import { nextCell } from "./roving";

/** One tab stop for the whole board; arrows move among the cards. */
export function Columns({ columns, now, live, recent, mySlot, openSlot, onOpen }: BoardViewProps & { columns: Column[] }): React.JSX.Element {
  const [active, setActive] = useState<string | null>(null);
  const root = useRef<HTMLDivElement>(null);
  const ids = columns.map((column) => column.items.map(({ slot }) => slot.id));
  const stop = active !== null && ids.some((column) => column.includes(active)) ? active : (ids[0]?.[0] ?? null);

  const onKeyDown = (event: React.KeyboardEvent): void => {
    const next = stop && nextCell(ids, stop, event.key);
    if (!next) return;
    event.preventDefault();
    setActive(next);
    root.current?.querySelector<HTMLElement>(`[data-slot="${CSS.escape(next)}"]`)?.focus();
  };
  const onFocus = (event: React.FocusEvent): void => {
    const id = (event.target as HTMLElement).dataset["slot"];
    if (id) setActive(id);
  };

  return (
    <div ref={root} className={css.columns} onKeyDown={onKeyDown} onFocus={onFocus}>
      {columns.map((column) => (
        <section key={column.key} className={css.column} aria-labelledby={`column-${column.key}`}>
          <header className={css.columnHead}>
            <h2 id={`column-${column.key}`}>{column.title}</h2>
            <p>
              <span>{column.hint}</span>
              {live && <span className={css.columnFree}>{m.board.freeIn(column.free)}</span>}
            </p>
          </header>
          <ul>
            {column.items.map((item) => (
              <li key={item.slot.id}>
                <SlotCard
                  item={item}
                  live={live}
                  mine={item.slot.id === mySlot}
                  open={item.slot.id === openSlot}
                  changedAt={recent.get(item.slot.id)}
                  left={item.state === "held" ? holdLeft(item.slot, now) : ""}
                  tabbable={item.slot.id === stop}
                  onOpen={onOpen}
                />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
