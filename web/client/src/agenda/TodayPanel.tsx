import { AgendaSlot, type SlotContext } from "./AgendaSlot";
import { a } from "./messages";
import css from "./page.module.css";
import type { PlannedSlot } from "./week";

interface Props {
  chosen: PlannedSlot | undefined;
  today: readonly PlannedSlot[];
  context: SlotContext;
  onClose: () => void;
}

/** Beside the calendar: the slot one chose, else today's patients. */
export function TodayPanel({ chosen, today, context, onClose }: Props): React.JSX.Element {
  const booked = today.filter(({ bookings }) => bookings.some(({ status }) => status !== "cancelled" && status !== "replaced"));
  if (chosen) {
    return (
      <aside className={css.aside} aria-label={a.chosenSlot} onKeyDown={(event) => event.key === "Escape" && !event.defaultPrevented && onClose()}>
        <div className={css.asideHead}>
          <h2>{a.chosenSlot}</h2>
          <button type="button" className="button quiet" aria-label={a.closePanel} autoFocus onClick={onClose}>×</button>
        </div>
        <ul><AgendaSlot key={chosen.slot.id} planned={chosen} context={context} withDay withBookers /></ul>
      </aside>
    );
  }
  return (
    <aside className={css.aside} aria-labelledby="patients-du-jour">
      <h2 id="patients-du-jour">{a.todayPatients}</h2>
      {booked.length === 0 ? <p>{a.noPatients}</p> : <ul>{booked.map((planned) => <AgendaSlot key={planned.slot.id} planned={planned} context={context} />)}</ul>}
      <p>{a.dragHint}</p>
    </aside>
  );
}
