import { useRef } from "react";
import { api } from "../api/api";
import type { Slot } from "../api/contract";
import { StateMark, type Mark } from "../board/StateMark";
import { holdLeft } from "../board/describe";
import { m } from "../messages";
import { shortDay, wallOf } from "../time/wall";
import { BookingLine } from "./BookingLine";
import css from "./agenda.module.css";
import { a } from "./messages";
import { PhaseNote } from "./PhaseNote";
import { useCommand } from "./useCommand";
import { type PlannedSlot, isOccupied } from "./week";

export interface SlotContext {
  agendaId: string;
  timeZone: string;
  now: number;
  isLive: boolean;
  all: readonly Slot[];
  /** Tells what was done and asks the agenda again. */
  onDone: (text: string) => void;
}

interface Props {
  planned: PlannedSlot;
  context: SlotContext;
  /** In a list of several days. */
  withDay?: boolean;
}

export function AgendaSlot({ planned: { slot, state, bookings }, context, withDay }: Props): React.JSX.Element {
  const { timeZone, now, isLive, onDone } = context;
  const command = useCommand();
  const line = useRef<HTMLLIElement>(null);
  const [start, end] = [wallOf(slot.start, timeZone), wallOf(slot.end, timeZone)];
  const [from, to] = [Date.parse(slot.start), Date.parse(slot.end)];
  const ahead = from > now;
  const mark: Mark = state === "free" && !isLive ? "unconfirmed" : state;
  const label = mark === "unconfirmed" ? m.slot.unconfirmed : m.states[state];
  const withdrawable = ahead && slot.taken === 0 && (state === "free" || state === "held");
  const reopenable = state === "withdrawn" && ahead && !isOccupied(context.all, from, to);
  const warned = command.phase.kind === "refused" && command.phase.problem.code === "slot-held" && withdrawable;
  const busy = command.phase.kind === "sending" || !isLive;

  const finish = (text: string): void => {
    onDone(text);
    line.current?.focus(); // the button that was pressed goes away
  };
  const withdraw = async (evenIfHeld: boolean): Promise<void> => {
    if (await command.run((requestId) => api.withdraw(slot.id, evenIfHeld, requestId))) finish(a.done.withdrawn(start.time));
  };
  const reopen = async (): Promise<void> => {
    const { start: at, end: until, mode, audience, capacity, minNotice } = slot;
    const again = { start: at, end: until, mode, audience, capacity, ...(minNotice === undefined ? {} : { minNotice }) };
    if (await command.run((requestId) => api.openSlots(context.agendaId, [again], requestId))) finish(a.done.opened(start.time));
  };

  return (
    <li ref={line} tabIndex={-1} className={css.slot} data-slot={slot.id} data-state={mark} data-over={to <= now || undefined}>
      <div className={css.line}>
        <span className={css.time}>
          {withDay && <span className={css.dayOf}>{shortDay(start.day)} </span>}
          {start.time}<span className="visually-hidden">–{end.time}</span>
        </span>
        <span className={css.state}>
          <span>{state === "held" ? <>{m.slot.heldShort}<span className="visually-hidden">{m.slot.heldRest}</span></> : label}</span>
          <StateMark mark={mark} />
        </span>
      </div>
      {(ahead || bookings.length > 0) && !warned && (
        <div className={css.line}>
          <span className={css.kind}>
            {state === "held" && (
              <>
                {slot.heldBy && m.slot.heldBy(slot.heldBy)} <span className={css.left} aria-hidden="true">{holdLeft(slot, now)}</span>
              </>
            )}
            {state !== "held" && [m.time.minutes(Math.round((to - from) / 60_000)), slot.mode !== "surgery" && m.modes[slot.mode], slot.capacity > 1 && m.slot.places(slot.capacity - slot.taken, slot.capacity)].filter(Boolean).join(" · ")}
          </span>
          {withdrawable && (
            <button type="button" className={`button ${css.small}`} aria-label={a.ofSlot(a.withdraw, start.time)} disabled={busy} onClick={() => void withdraw(false)}>{a.withdraw}</button>
          )}
          {reopenable && (
            <button type="button" className={`button ${css.small}`} aria-label={a.ofSlot(a.reopen, start.time)} disabled={busy} onClick={() => void reopen()}>{a.reopen}</button>
          )}
        </div>
      )}
      {warned ? (
        <div className={css.warning} role="alert">
          <p>{a.heldWarning(slot.heldBy ?? "")}</p>
          <div className={css.actions}>
            <button type="button" className={`button ${css.danger}`} autoFocus disabled={busy} onClick={() => void withdraw(true)}>{a.withdrawAnyway}</button>
            <button type="button" className="button" onClick={command.clear}>{a.keep}</button>
          </div>
        </div>
      ) : (
        <PhaseNote phase={command.phase} />
      )}
      {bookings.map((booking) => (
        <BookingLine key={booking.id} booking={booking} begun={!ahead} over={to <= now} time={start.time} isLive={isLive} onDone={onDone} />
      ))}
    </li>
  );
}
