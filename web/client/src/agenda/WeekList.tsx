import { shortDay } from "../time/wall";
import { AgendaSlot, type SlotContext } from "./AgendaSlot";
import css from "./list.module.css";
import { a } from "./messages";
import { type PlannedDay, countOf } from "./week";

interface Props {
  days: readonly PlannedDay[];
  today: number;
  context: SlotContext;
  onOpen: (day: number) => void;
}

/** The week as lists: for phones, the keyboard and screen readers it can do all that the calendar can. */
export function WeekList({ days, today, context, onOpen }: Props): React.JSX.Element {
  return (
    <div className={css.week} role="group" aria-label={a.week}>
      {days.map((day) => <Day key={day.day} plan={day} today={today} context={context} onOpen={onOpen} />)}
    </div>
  );
}

function Day({ plan, today, context, onOpen }: { plan: PlannedDay } & Omit<Props, "days">): React.JSX.Element {
  const { day, slots } = plan;
  const date = shortDay(day);
  return (
    <section className={css.day} aria-labelledby={`jour-${day}`}>
      <div className={css.dayHead}>
        <h2 id={`jour-${day}`}>
          {dayTitle(day, today)}
          {day >= today && day - today < 2 && <span> {date.replace(/ \S+$/, "")}</span>}
        </h2>
        {day >= today && (
          <button type="button" className={`button quiet ${css.add}`} aria-label={a.openOn(date)} title={a.open} disabled={!context.isLive} onClick={() => onOpen(day)}>
            <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="M8 3v10M3 8h10" /></svg>
          </button>
        )}
        <p>{slots.length === 0 ? a.emptyDay : a.dayCounts(countOf(slots, "free"), countOf(slots, "booked"))}</p>
      </div>
      {slots.length > 0 && <ul>{slots.map((planned) => <AgendaSlot key={planned.slot.id} planned={planned} context={context} />)}</ul>}
    </section>
  );
}

export const dayTitle = (day: number, today: number, other = shortDay): string => (day === today ? a.today : day === today + 1 ? a.tomorrow : other(day));
