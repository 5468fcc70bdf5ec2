import { useRef, useState } from "react";
import { api } from "../api/api";
import type { CancelReason, OwnBooking } from "../api/contract";
import { BookingFile } from "../agenda/BookingFile";
import { a } from "../agenda/messages";
import { PhaseNote } from "../agenda/PhaseNote";
import { useCommand } from "../agenda/useCommand";
import { phoneHref, phoneText } from "../phone";
import { m } from "../messages";
import { shortDay, wallOf } from "../time/wall";
import css from "./bookings.module.css";
import { CancelForm } from "./CancelForm";
import { lookOf } from "./list";
import { r } from "./messages";

interface Props {
  own: OwnBooking;
  /** The heading of its day, for the first of one. */
  day: string | null;
  timeZone: string;
  now: number;
  isLive: boolean;
  onCancelled: (text: string) => void;
}

export function BookingRow({ own, day, timeZone, now, isLive, onCancelled }: Props): React.JSX.Element {
  const { booking, slot } = own;
  const [open, setOpen] = useState(false);
  const [cancelling, setCancelling] = useState(false);
  const command = useCommand();
  const cancelButton = useRef<HTMLButtonElement>(null);
  const look = lookOf(own, now);
  const wall = wallOf(slot.start, timeZone);
  const made = wallOf(booking.bookedAt, timeZone);
  const when = `${shortDay(wall.day)}, ${wall.time}`;

  const cancel = async (reason: CancelReason): Promise<void> => {
    if (await command.run((requestId) => api.cancel(booking.id, reason, requestId))) onCancelled(r.cancelled(when));
  };
  const keep = (): void => {
    setCancelling(false);
    command.clear();
    requestAnimationFrame(() => cancelButton.current?.focus());
  };

  return (
    <>
      {day && <li className={css.day}><h3>{day}</h3></li>}
      <li className={css.row} data-booking={booking.id} data-status={booking.status}>
        <p className={css.time}>{wall.time}</p>
        <div className={css.what}>
          <p className={css.who}><strong>{slot.practitioner?.name ?? m.slot.noPractitioner}</strong> {slot.place.commune}{slot.mode !== "surgery" && ` · ${m.modes[slot.mode]}`}</p>
          <p className={css.facts}>
            {m.streams[slot.stream]} · {r.bookedAt(`${shortDay(made.day)} ${made.time}`)}
            {booking.onBehalfOf && ` · ${r.onBehalf(booking.onBehalfOf)}`}
            {booking.override && ` · ${r.override}`}
            {booking.cancelReason && ` · ${a.cancelReasons[booking.cancelReason]}`}
          </p>
          {look.active && slot.place.phone && <p className={css.facts}>{r.practice} <a href={phoneHref(slot.place.phone)}>{phoneText(slot.place.phone)}</a></p>}
        </div>
        <p className={`tone ${css.status}`} data-tone={look.tone}><span aria-hidden="true">{look.mark}</span> {look.label}</p>
        <div className={css.actions}>
          {booking.status !== "cancelled" && (
            <button type="button" className="button" aria-expanded={open} onClick={() => setOpen(!open)}>
              {open ? r.hide : r.show}<span className="visually-hidden"> {when}</span>
            </button>
          )}
          {look.active && !cancelling && (
            <button ref={cancelButton} type="button" className="button" aria-label={r.ofBooking(r.cancel, when)} disabled={!isLive} onClick={() => setCancelling(true)}>{r.cancel}</button>
          )}
        </div>
        {cancelling && look.active && <CancelForm sending={command.phase.kind === "sending"} isLive={isLive} onCancel={(reason) => void cancel(reason)} onKeep={keep} />}
        <PhaseNote phase={command.phase} />
        {open && <div className={css.patient}><BookingFile id={booking.id} timeZone={timeZone} cancellable={false} time={wall.time} isLive={isLive} onDone={() => undefined} /></div>}
      </li>
    </>
  );
}
