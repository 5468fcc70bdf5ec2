import { useCallback, useEffect, useState } from "react";
import { a } from "../agenda/messages";
import { m } from "../messages";
import { phoneHref, phoneText } from "../phone";
import type { Action, RequestDetail } from "./contract";
import { q } from "./messages";
import css from "./requests.module.css";
import { requestsApi } from "./requestsApi";

/** The patient of one request, asked from the server each time it is opened and forgotten when it closes. */
export function PatientNote({ id, reader }: { id: string; reader: readonly Action[] }): React.JSX.Element {
  const [detail, setDetail] = useState<RequestDetail | "failed" | null>(null);
  const load = useCallback(() => {
    let gone = false;
    setDetail(null);
    requestsApi.one(id).then((answer) => void (gone || setDetail(answer)), () => void (gone || setDetail("failed")));
    return () => void (gone = true);
  }, [id]);
  useEffect(load, [load]);

  if (detail === null) return <p className={css.panel}>{q.asking}</p>;
  if (detail === "failed") return <p className={css.panel} role="alert">{q.showFailed} <button type="button" className="button" onClick={load}>{q.retry}</button></p>;
  const { patient, note } = detail;
  if (!patient) return <p className={css.panel}>{reader.includes("patient") ? q.erased : q.notYours}</p>;
  return (
    <div className={css.panel} data-testid="patient">
      <p><strong>{patient.usedName || patient.lastName} {patient.firstName}</strong> {a.born(patient.birthDate.split("-").reverse().join("/"))}</p>
      <dl className={css.patient}>
        {patient.phone && <Fact name={q.phone}><a href={phoneHref(patient.phone)}>{phoneText(patient.phone)}</a></Fact>}
        {patient.contactName && <Fact name={q.contact}>{patient.contactName}</Fact>}
        {patient.address && <Fact name={q.address}>{patient.address}</Fact>}
        {patient.registeredGp && <Fact name={q.registeredGp}>{patient.registeredGp}</Fact>}
        {note && <Fact name={q.note}>{note}</Fact>}
      </dl>
      {patient.objection && <p><strong>{m.app.objection}</strong></p>}
    </div>
  );
}

const Fact = ({ name, children }: { name: string; children: React.ReactNode }): React.JSX.Element => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);
