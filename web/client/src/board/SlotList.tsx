import { m } from "../messages";
import type { BoardViewProps } from "./BoardView";
import { StateMark } from "./StateMark";
import type { Column } from "./columns";
import { holdLeft, spoken, wordsOf } from "./describe";
import css from "./slot.module.css";

export function SlotList({ columns, now, live, recent, mySlot, onOpen }: BoardViewProps & { columns: Column[] }): React.JSX.Element {
  return (
    <table className={css.table}>
      <caption className="visually-hidden">{m.table.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{m.table.time}</th>
          <th scope="col">{m.table.state}</th>
          <th scope="col">{m.table.practitioner}</th>
          <th scope="col" className={css.wide}>{m.table.stream}</th>
          <th scope="col" className={css.wide}>{m.table.place}</th>
          <th scope="col" className={css.wide}>{m.table.mode}</th>
          <th scope="col"><span className="visually-hidden">{m.table.book}</span></th>
        </tr>
      </thead>
      {columns.map((column) => (
        <tbody key={column.key}>
          <tr className={css.period}>
            <th colSpan={7} scope="rowgroup">{column.title} <span>{column.hint}</span></th>
          </tr>
          {column.items.map((item) => {
            const words = wordsOf(item, live, item.slot.id === mySlot);
            const lit = recent.get(item.slot.id);
            return (
              <tr key={item.slot.id} className={css.row} data-state={words.mark} data-lit={lit ? true : undefined}>
                <th scope="row">{words.time}</th>
                <td className={css.cellState}>
                  <span><StateMark mark={words.mark} />{words.state}</span>
                  {words.holder && <span className={css.sub}>{words.holder} · {holdLeft(item.slot, now)}</span>}
                  {words.places && <span className={css.sub}>{words.places}</span>}
                </td>
                <td>{words.who}<span className={css.sub}>{item.slot.practitioner?.speciality ?? ""}</span></td>
                <td className={css.wide}>{m.streams[item.slot.stream]}</td>
                <td className={css.wide}>{item.slot.place.commune}<span className={css.sub}>{item.slot.place.name}</span></td>
                <td className={css.wide}>{m.modes[item.slot.mode]}</td>
                <td>
                  {words.mark === "free" && (
                    <button type="button" className="button" data-slot={item.slot.id} aria-label={`${m.table.book} ${spoken(words)}`} onClick={() => onOpen(item)}>
                      {m.table.book}
                    </button>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      ))}
    </table>
  );
}
