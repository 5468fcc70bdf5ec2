import { Suspense, lazy, useCallback, useEffect, useId, useState } from "react";
import { api } from "../api/api";
import { type BookingDetail, CANCEL_REASONS, type CancelReason } from "../api/contract";
import { useReasons } from "../booking/useReference";
import css from "./booking.module.css";
import parts from "./parts.module.css";
import { a } from "./messages";
import { m } from "../messages";
import { phoneHref, phoneText } from "../phone";
import { PhaseNote } from "./PhaseNote";
import { useCommand } from "./useCommand";

const BookingAudit = lazy(() => import("../audit/BookingAudit").then(({ BookingAudit: it }) => ({ default: it })));

interface Props {
  id: string;
  timeZone: string;
  cancellable: boolean;
  time: string;
  isLive: boolean;
  onDone: (text: string) => void;
}

/** The patient of one booking, asked from the server each time it is opened and forgotten when it closes. */
export function BookingFile({ id, timeZone, cancellable, time, isLive, onDone }: Props): React.JSX.Element {
  const [detail, setDetail] = useState<BookingDetail | "failed" | null>(null);
  const [cancelling, setCancelling] = useState(false);
  const [traced, setTraced] = useState(false);
  const command = useCommand();
  const reasons = useReasons();

  const load = useCallback(() => {
    let gone = false;
    setDetail(null);
    api.booking(id).then((answer) => void (gone || setDetail(answer)), () => void (gone || setDetail("failed")));
    return () => void (gone = true);
  }, [id]);
  useEffect(load, [load]);

  const cancel = async (reason: CancelReason): Promise<void> => {
    if (await command.run((requestId) => api.cancel(id, reason, requestId))) onDone(a.done.cancelled(time));
  };

  if (detail === null) return <p className={css.file}>{a.asking}</p>;
  if (detail === "failed") return <p className={css.file} role="alert">{a.showFailed} <button type="button" className={`button ${parts.small}`} onClick={load}>{a.retry}</button></p>;
  const { patient, note, booking } = detail;
  return (
    <div className={css.file} data-testid="patient">
      {patient ? (
        <>
          <p className={css.patient}><strong>{patient.usedName ?? patient.lastName} {patient.firstName}</strong> {a.born(french(patient.birthDate))}</p>
          <dl>
            {patient.phone && <Fact name={a.phone}><a href={phoneHref(patient.phone)}>{phoneText(patient.phone)}</a></Fact>}
            {patient.contactName && <Fact name={a.contact}>{patient.contactName}</Fact>}
            <Fact name={a.reason}>{reasons.find(({ code }) => code === booking.reason)?.label ?? booking.reason}</Fact>
            {patient.address && <Fact name={a.address}>{patient.address}</Fact>}
            {note && <Fact name={a.note}>{note}</Fact>}
          </dl>
          {patient.objection && <p><strong>{m.app.objection}</strong></p>}
        </>
      ) : (
        <p>{a.erased}</p>
      )}
      {cancellable && !cancelling && (
        <button type="button" className={`button ${parts.small}`} disabled={!isLive} onClick={() => setCancelling(true)}>{a.cancel}</button>
      )}
      <button type="button" className={`button ${parts.small}`} aria-expanded={traced} onClick={() => setTraced(!traced)}>{traced ? a.hideTrace : a.trace}</button>
      {traced && <Suspense fallback={<p>{a.asking}</p>}><BookingAudit id={id} timeZone={timeZone} /></Suspense>}
      {cancellable && cancelling && <CancelForm sending={command.phase.kind === "sending" || !isLive} onCancel={(reason) => void cancel(reason)} onKeep={() => setCancelling(false)} />}
      <PhaseNote phase={command.phase} />
    </div>
  );
}

function CancelForm({ sending, onCancel, onKeep }: { sending: boolean; onCancel: (reason: CancelReason) => void; onKeep: () => void }): React.JSX.Element {
  const [reason, setReason] = useState<CancelReason>("patientRequest");
  const group = useId();
  return (
    <fieldset className={css.cancel}>
      <legend>{a.cancelWhy}</legend>
      {CANCEL_REASONS.map((one, index) => (
        <label key={one}>
          <input type="radio" name={group} autoFocus={index === 0} checked={one === reason} onChange={() => setReason(one)} /> {a.cancelReasons[one]}
        </label>
      ))}
      <p>{a.cancelHelp}</p>
      <div className={parts.actions}>
        <button type="button" className={`button ${parts.danger}`} disabled={sending} onClick={() => onCancel(reason)}>{a.cancelConfirm}</button>
        <button type="button" className="button" disabled={sending} onClick={onKeep}>{a.keep}</button>
      </div>
    </fieldset>
  );
}

const Fact = ({ name, children }: { name: string; children: React.ReactNode }): React.JSX.Element => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

const french = (date: string): string => date.split("-").reverse().join("/");
