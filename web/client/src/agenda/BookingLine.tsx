import { useState } from "react";
import { api } from "../api/api";
import type { BookingSummary, Outcome } from "../api/contract";
import css from "./agenda.module.css";
import { BookingFile } from "./BookingFile";
import { a } from "./messages";
import { PhaseNote } from "./PhaseNote";
import { useCommand } from "./useCommand";

interface Props {
  booking: BookingSummary;
  begun: boolean;
  over: boolean;
  /** Of the slot's start. */
  time: string;
  isLive: boolean;
  onDone: (text: string) => void;
}

const OUTCOMES: readonly (readonly [Outcome, BookingSummary["status"]])[] = [["fulfilled", "fulfilled"], ["noShow", "noshow"]];

/** One booking: who made it and what became of it. The patient shows only once asked for. */
export function BookingLine({ booking, begun, over, time, isLive, onDone }: Props): React.JSX.Element {
  const [open, setOpen] = useState(false);
  const command = useCommand();
  const { status } = booking;
  const sending = command.phase.kind === "sending";

  const record = async (outcome: Outcome): Promise<void> => {
    if (await command.run((requestId) => api.outcome(booking.id, outcome, requestId))) onDone(a.done.outcome(time, a[outcome]));
  };

  return (
    <div className={css.booking} data-status={status}>
      <p className={css.by}>
        {(status !== "booked" || over) && <><strong>{status === "booked" ? a.unrecorded : a.statuses[status]}</strong>{" "}</>}
        {a.bookedBy(booking.bookedBy)}
        {booking.onBehalfOf && ` ${a.onBehalf(booking.onBehalfOf)}`}
        {booking.cancelReason && ` · ${a.cancelReasons[booking.cancelReason]}`}
      </p>
      {begun && status !== "cancelled" && (
        <div className={css.outcomes} role="group" aria-label={a.outcome}>
          {OUTCOMES.map(([outcome, becomes]) => (
            <button key={outcome} type="button" className={`button ${css.small}`} aria-pressed={status === becomes} disabled={!isLive || sending} onClick={() => void (status !== becomes && record(outcome))}>
              {a[outcome]}
            </button>
          ))}
        </div>
      )}
      <PhaseNote phase={command.phase} />
      {status !== "cancelled" && (
        <button type="button" className={css.reveal} aria-expanded={open} onClick={() => setOpen(!open)}>{open ? a.hide : a.show}<span className="visually-hidden"> {time}</span></button>
      )}
      {open && status !== "cancelled" && <BookingFile id={booking.id} cancellable={status === "booked"} time={time} isLive={isLive} onDone={onDone} />}
    </div>
  );
}
