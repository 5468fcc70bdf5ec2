import { useRef, useState } from "react";
import { api } from "../api/api";
import type { Slot } from "../api/contract";
import { StateMark, type Mark } from "../board/StateMark";
import { holdLeft } from "../board/describe";
import { m } from "../messages";
import { shortDay, wallOf } from "../time/wall";
import { agendaApi } from "./agendaApi";
import { BookingLine } from "./BookingLine";
import { a } from "./messages";
import parts from "./parts.module.css";
import { PhaseNote } from "./PhaseNote";
import css from "./slot.module.css";
import { SlotEdit } from "./SlotEdit";
import type { Undo } from "./StatusBar";
import { useCommand } from "./useCommand";
import { type PlannedSlot, isMovable, isOccupied, isToReplace, isWaiting, minutesBetween } from "./week";

export interface SlotContext {
  agendaId: string;
  timeZone: string;
  now: number;
  isLive: boolean;
  all: readonly Slot[];
  /** The practitioner said yes to one more patient than places. */
  overbook: boolean;
  /** Tells what was done, how to take it back, and asks the agenda again. */
  onDone: (text: string, undo?: Undo) => void;
}

interface Props {
  planned: PlannedSlot;
  context: SlotContext;
  /** In a list of several days. */
  withDay?: boolean;
  /** Who can book it stands there unfolded. */
  withBookers?: boolean;
}

export function AgendaSlot({ planned: { slot, state, bookings }, context, withDay, withBookers }: Props): React.JSX.Element {
  const { timeZone, now, isLive, onDone } = context;
  const command = useCommand();
  const line = useRef<HTMLLIElement>(null);
  const [step, setStep] = useState<"shown" | "editing" | "replacing">("shown");
  const [start, end] = [wallOf(slot.start, timeZone), wallOf(slot.end, timeZone)];
  const [from, to] = [Date.parse(slot.start), Date.parse(slot.end)];
  const ahead = from > now;
  const mark: Mark = state === "free" && !isLive ? "unconfirmed" : state;
  const label = mark === "unconfirmed" ? m.slot.unconfirmed : m.states[state];
  const waiting = bookings.filter(isWaiting).length;
  const toReplace = bookings.some(isToReplace);
  const open = ahead && state !== "withdrawn";
  const editable = isMovable({ slot, state, bookings }, now);
  const reopenable = state === "withdrawn" && ahead && waiting === 0 && !isOccupied(context.all, from, to);
  const heldBy = command.phase.kind === "refused" && command.phase.problem.code === "slot-held" && open;
  const warned = heldBy || (step === "replacing" && open && waiting > 0);
  const busy = command.phase.kind === "sending" || !isLive;

  const finish = (text: string, undo?: Undo): void => {
    setStep("shown");
    onDone(text, undo);
    line.current?.focus(); // the button that was pressed goes away
  };
  const again = (requestId: string) => api.openSlots(context.agendaId, [copyOf(slot)], requestId);
  const withdraw = async (evenIfHeld: boolean): Promise<void> => {
    if (!(await command.run((requestId) => api.withdraw(slot.id, evenIfHeld, requestId, waiting > 0)))) return;
    if (waiting > 0) finish(a.done.toReplace(start.time));
    else finish(a.done.withdrawn(start.time), { send: again, text: a.done.reopened(start.time) });
  };
  const reopen = async (): Promise<void> => {
    if (await command.run(again)) finish(a.done.reopened(start.time));
  };
  const addPlace = async (): Promise<void> => {
    if (await command.run((requestId) => agendaApi.overbook(slot.id, requestId))) finish(a.done.overbooked(start.time));
  };

  return (
    <li ref={line} tabIndex={-1} className={css.slot} data-slot={slot.id} data-state={mark} data-replace={toReplace || undefined} data-over={to <= now || undefined}>
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
      {(ahead || bookings.length > 0) && !warned && step !== "editing" && (
        <div className={css.line}>
          <span className={css.kind}>
            {state === "held" ? (
              <>{slot.heldBy && m.slot.heldBy(slot.heldBy)} <span className={css.left} aria-hidden="true">{holdLeft(slot, now)}</span></>
            ) : (
              factsOf(slot)
            )}
          </span>
          {(open || reopenable) && (
            <span className={css.buttons}>
              {open && context.overbook && state === "booked" && <SlotButton text={a.extra} name={a.extraOf(start.time)} title={a.extraHelp} busy={busy} onPress={() => void addPlace()} />}
              {editable && <SlotButton text={a.change} name={a.ofSlot(a.change, start.time)} title={a.changeSlot} busy={busy} onPress={() => setStep("editing")} />}
              {open && <SlotButton text={a.withdraw} name={a.ofSlot(a.withdraw, start.time)} busy={busy} onPress={() => (waiting > 0 ? setStep("replacing") : void withdraw(false))} />}
              {reopenable && <SlotButton text={a.reopen} name={a.ofSlot(a.reopen, start.time)} busy={busy} onPress={() => void reopen()} />}
            </span>
          )}
        </div>
      )}
      {step === "editing" && editable && (
        <SlotEdit slot={slot} context={context} onClose={() => (setStep("shown"), line.current?.focus())} onMoved={finish} />
      )}
      {warned ? (
        <div className={parts.warning} role="alert">
          <p>{heldBy ? a.heldWarning(slot.heldBy ?? "") : a.bookedWarning(waiting)}</p>
          <div className={parts.actions}>
            <button type="button" className={`button ${parts.danger}`} autoFocus disabled={busy} onClick={() => void withdraw(heldBy)}>{a.withdrawAnyway}</button>
            <button type="button" className="button" onClick={() => (setStep("shown"), command.clear())}>{a.keep}</button>
          </div>
        </div>
      ) : (
        <PhaseNote phase={command.phase} />
      )}
      {open && state !== "booked" && slot.bookableBy && step === "shown" && (
        <details className={css.bookers} open={withBookers}>
          <summary>{a.whoCanBook}<span className="visually-hidden"> {start.time}</span></summary>
          <ul>{slot.bookableBy.map((one) => <li key={one}>{one}</li>)}</ul>
        </details>
      )}
      {bookings.map((booking) => (
        <BookingLine key={booking.id} booking={booking} timeZone={timeZone} begun={!ahead} over={to <= now} time={start.time} isLive={isLive} onDone={onDone} />
      ))}
    </li>
  );
}

function SlotButton({ text, name, title, busy, onPress }: { text: string; name: string; title?: string; busy: boolean; onPress: () => void }): React.JSX.Element {
  return <button type="button" className={`button ${parts.small}`} aria-label={name} title={title} disabled={busy} onClick={onPress}>{text}</button>;
}

const factsOf = (slot: Slot): string =>
  [
    m.time.minutes(minutesBetween(slot.start, slot.end)),
    slot.mode !== "surgery" && m.modes[slot.mode],
    slot.capacity > 1 && m.slot.places(slot.capacity - slot.taken, slot.capacity),
    slot.locum?.name,
  ].filter(Boolean).join(" · ");

function copyOf({ start, end, mode, audience, capacity, minNotice }: Slot) {
  return { start, end, mode, audience, capacity, ...(minNotice === undefined ? {} : { minNotice }) };
}
