import { memo } from "react";
import { m } from "../messages";
import { shortDay, wallOf } from "../time/wall";
import { Segmented } from "./Segmented";
import type { Filters } from "./filters";
import type { BoardItem } from "./items";
import css from "./proposals.module.css";
import type { ChangeFilters } from "./useFilters";

interface Props {
  best: readonly BoardItem[];
  /** Name of the patient's commune; "" when not said. */
  commune: string;
  filters: Filters;
  today: number;
  onChange: ChangeFilters;
  onOpen: (item: BoardItem) => void;
}

/** The slots to propose first, and the order in force in plain words. */
export const Proposals = memo(function Proposals({ best, commune, filters, today, onChange, onOpen }: Props) {
  return (
    <section className={css.strip} aria-label={m.board.best}>
      <h2>{m.board.best}</h2>
      <ol>
        {best.map((item) => (
          <li key={item.slot.id}>
            <button type="button" className={css.proposal} data-proposal={item.slot.id} onClick={() => onOpen(item)}>
              <span className="visually-hidden">{m.board.propose}</span>
              <Text item={item} today={today} />
            </button>
          </li>
        ))}
      </ol>
      <p className={css.order}>{m.board.order(filters.sort === "nearest", commune)}</p>
      {commune && (
        <Segmented
          label={m.board.sort}
          value={filters.sort}
          options={[["soonest", m.board.sorts.soonest], ["nearest", m.board.sorts.nearest]]}
          onChange={(sort) => onChange({ sort })}
        />
      )}
    </section>
  );
});

function Text({ item: { slot, territory, km }, today }: { item: BoardItem; today: number }): React.JSX.Element {
  const { day, time } = wallOf(slot.start, territory.timeZone);
  return (
    <>
      <strong>
        {day !== today && `${shortDay(day)} `}
        {time}
        {km !== null && ` · ${m.slot.km(km)}`}
      </strong>
      <span>{slot.practitioner?.name ?? slot.place.name}{km === null && `, ${slot.place.commune}`}</span>
    </>
  );
}
