import { useEffect, useId, useState } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { PhaseNote } from "../agenda/PhaseNote";
import dialog from "../agenda/dialog.module.css";
import parts from "../agenda/parts.module.css";
import { useCommand } from "../agenda/useCommand";
import type { BookingDetail, Slot, Territory } from "../api/contract";
import { TextInput } from "../forms/TextInput";
import forms from "../forms/forms.module.css";
import { phoneHref, phoneText } from "../phone";
import { longDate } from "../time/wall";
import modal from "../unserved/unserved.module.css";
import type { GlassBooking } from "./contract";
import css from "./glass.module.css";
import { glassApi } from "./glassApi";
import { k } from "./messages";

const REASON_MIN = 10;

interface Props {
  slot: Slot;
  territory: Territory;
  onClose: () => void;
}

/** Shows a patient whom no grant shows: against a written reason, once, and not for long. */
export function GlassDialog({ slot, territory, onClose }: Props): React.JSX.Element {
  const [bookings, setBookings] = useState<GlassBooking[] | "failed" | null>(null);
  const [chosen, setChosen] = useState("");
  const [reason, setReason] = useState("");
  const [seen, setSeen] = useState<{ detail: BookingDetail; until: number } | null>(null);
  const [hidden, setHidden] = useState(false);
  const command = useCommand();
  const select = useId();
  const sending = command.phase.kind === "sending";

  useEffect(() => {
    let gone = false;
    glassApi.ofSlot(slot.id).then(
      (found) => {
        if (gone) return;
        setBookings(found);
        setChosen(found[0]?.id ?? "");
      },
      () => void (gone || setBookings("failed")),
    );
    return () => void (gone = true);
  }, [slot.id]);

  const open = async (event: React.FormEvent): Promise<void> => {
    event.preventDefault();
    setHidden(false);
    const done = await command.run((requestId) => glassApi.open(chosen, reason.trim(), requestId));
    if (!done) return;
    setSeen({ detail: done.answer, until: performance.now() + done.answer.hideAfterSeconds * 1000 });
    setReason(""); // the next look asks again
  };
  const hide = (): void => {
    setSeen(null);
    setHidden(true);
  };

  return (
    <ModalOverlay className={modal.overlay} isOpen isDismissable={!sending} isKeyboardDismissDisabled={sending} onOpenChange={(stays) => stays || onClose()}>
      <Modal className={modal.modal}>
        <Dialog className={modal.dialog}>
          <Heading slot="title" className={modal.title}>{k.title}</Heading>
          <p className={css.slot}>{longDate(slot.start, territory.timeZone)}{slot.practitioner && ` · ${slot.practitioner.name}`}</p>
          {seen ? (
            <Identity detail={seen.detail} until={seen.until} onHide={hide} />
          ) : (
            <form className={dialog.form} onSubmit={(event) => void open(event)} onChange={command.clear} noValidate>
              <p className={modal.lead}>{k.lead}</p>
              {hidden && <p role="status" className={css.hidden}>{k.hidden}</p>}
              {bookings === null && <p role="status">{k.asking}</p>}
              {bookings === "failed" && <p role="alert" className={modal.failed}>{k.failed}</p>}
              {Array.isArray(bookings) && bookings.length === 0 && <p role="status">{k.none}</p>}
              {Array.isArray(bookings) && bookings.length > 1 && (
                <div className={forms.field}>
                  <label className={forms.label} htmlFor={select}>{k.which}</label>
                  <select id={select} className={forms.input} value={chosen} onChange={(event) => setChosen(event.target.value)}>
                    {bookings.map(({ id, organization }) => <option key={id} value={id}>{k.bookedBy(organization, id)}</option>)}
                  </select>
                </div>
              )}
              <TextInput label={k.reason} help={k.reasonHelp} value={reason} onChange={setReason} lines={3} maxLength={300} autoFocus />
              <PhaseNote phase={command.phase} />
              <div className={parts.actions}>
                <button type="submit" className="button primary" disabled={sending || chosen === "" || reason.trim().length < REASON_MIN}>{k.show}</button>
                <button type="button" className="button quiet" disabled={sending} onClick={onClose}>{k.cancel}</button>
              </div>
            </form>
          )}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** Leaves the page by itself, the screen's memory with it. */
function Identity({ detail: { patient, note }, until, onHide }: { detail: BookingDetail; until: number; onHide: () => void }): React.JSX.Element {
  const [left, setLeft] = useState(() => secondsTo(until));
  useEffect(() => {
    const timer = setInterval(() => {
      const now = secondsTo(until);
      if (now <= 0) onHide();
      else setLeft(now);
    }, 250);
    return () => clearInterval(timer);
  }, [until]);
  return (
    <div className={css.identity} data-testid="glass-identity">
      {patient ? (
        <>
          <p role="status"><strong>{patient.usedName ?? patient.lastName} {patient.firstName}</strong> {k.born(patient.birthDate.split("-").reverse().join("/"))}</p>
          <dl>
            {patient.phone && <div><dt>{k.phone}</dt><dd><a href={phoneHref(patient.phone)}>{phoneText(patient.phone)}</a></dd></div>}
            {patient.contactName && <div><dt>{k.contact}</dt><dd>{patient.contactName}</dd></div>}
            {patient.address && <div><dt>{k.address}</dt><dd>{patient.address}</dd></div>}
          </dl>
          {note && <p>{note}</p>}
        </>
      ) : (
        <p role="status">{k.erased}</p>
      )}
      <div className={parts.actions}>
        <button type="button" className="button primary" autoFocus onClick={onHide}>{k.hide}</button>
        <span className={css.left} role="timer">{k.hides(`${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`)}</span>
      </div>
    </div>
  );
}

const secondsTo = (until: number): number => Math.ceil((until - performance.now()) / 1000);
