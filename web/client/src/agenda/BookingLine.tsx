import { useState } from "react";
import { api } from "../api/api";
import type { BookingSummary, Outcome } from "../api/contract";
import { StateMark } from "../board/StateMark";
import css from "./booking.module.css";
import parts from "./parts.module.css";
import { BookingFile } from "./BookingFile";
import { a } from "./messages";
import { PhaseNote } from "./PhaseNote";
import { useCommand } from "./useCommand";

interface Props {
  timeZone: string;
  booking: BookingSummary;
  begun: boolean;
  over: boolean;
  /** Of the slot's start. */
  time: string;
  isLive: boolean;
  onDone: (text: string) => void;
}

const OUTCOMES: readonly (readonly [Outcome, BookingSummary["status"]])[] = [["fulfilled", "fulfilled"], ["noShow", "noshow"]];

const HAS_OUTCOME: readonly BookingSummary["status"][] = ["booked", "fulfilled", "noshow"];

/** One booking: who made it and what became of it. The patient shows only once asked for. */
export function BookingLine({ booking, timeZone, begun, over, time, isLive, onDone }: Props): React.JSX.Element {
  const [open, setOpen] = useState(false);
  const command = useCommand();
  const { status } = booking;
  const isOpen = status !== "cancelled" && status !== "replaced";
  const sending = command.phase.kind === "sending";

  const record = async (outcome: Outcome): Promise<void> => {
    if (await command.run((requestId) => api.outcome(booking.id, outcome, requestId))) onDone(a.done.outcome(time, a[outcome]));
  };

  return (
    <div className={css.booking} data-status={status}>
      <p className={css.by}>
        {(status !== "booked" || over) && <><strong>{status === "toReplace" && <StateMark mark="to-replace" />}{status === "booked" ? a.unrecorded : a.statuses[status]}</strong>{" "}</>}
        {a.bookedBy(booking.bookedBy)}
        {booking.onBehalfOf && ` ${a.onBehalf(booking.onBehalfOf)}`}
        {booking.cancelReason && ` · ${a.cancelReasons[booking.cancelReason]}`}
      </p>
      {begun && HAS_OUTCOME.includes(status) && (
        <div className={css.outcomes} role="group" aria-label={a.outcome}>
          {OUTCOMES.map(([outcome, becomes]) => (
            <button key={outcome} type="button" className={`button ${parts.small}`} aria-pressed={status === becomes} disabled={!isLive || sending} onClick={() => void (status !== becomes && record(outcome))}>
              {a[outcome]}
            </button>
          ))}
        </div>
      )}
      <PhaseNote phase={command.phase} />
      {isOpen && (
        <button type="button" className={css.reveal} aria-expanded={open} onClick={() => setOpen(!open)}>{open ? a.hide : a.show}<span className="visually-hidden"> {time}</span></button>
      )}
      {open && isOpen && <BookingFile id={booking.id} timeZone={timeZone} cancellable={status === "booked"} time={time} isLive={isLive} onDone={onDone} />}
    </div>
  );
}
