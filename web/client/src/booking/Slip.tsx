import { useEffect, useRef, useState } from "react";
import type { Slot, Territory } from "../api/contract";
import { m } from "../messages";
import { longDate } from "../time/wall";
import { b } from "./messages";
import css from "./slip.module.css";
import { dossierLine, slipText, smsLink } from "./slipText";
import { phoneText } from "../phone";

interface Props {
  slot: Slot;
  territory: Territory;
  /** Where a text may go; empty: to be chosen. */
  patientPhone: string;
  /** The file of the SAMU's software that is waiting for its line; undefined: none. */
  dossierNumber: string | undefined;
  onDone: () => void;
}

/** What the patient leaves with: no name, no reason, no health data; the number to cancel is the practice's. */
export function Slip({ slot, territory, patientPhone, dossierNumber, onDone }: Props): React.JSX.Element {
  const { place, practitioner } = slot;
  const [copied, setCopied] = useState<boolean | null>(null);
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  const text = slipText(slot, territory.timeZone);
  const line = dossierNumber === undefined ? null : dossierLine(dossierNumber, slot, territory.timeZone);
  const [wanted, setWanted] = useState(text);
  const copy = (what: string): void => {
    setWanted(what);
    navigator.clipboard.writeText(what).then(() => setCopied(true), () => setCopied(false));
  };

  return (
    <div className={css.wrap}>
      <section className={css.slip} role="status" data-testid="slip">
        <p className={css.when}>{longDate(slot.start, territory.timeZone)}</p>
        <dl>
          <dt>{m.slip.who}</dt>
          <dd>
            <strong>{practitioner?.name ?? m.slot.noPractitioner}</strong>
            {practitioner && <span>{practitioner.speciality}</span>}
          </dd>
          <dt>{m.slip.where}</dt>
          <dd>
            <strong>{slot.mode === "surgery" ? place.name : m.modes[slot.mode]}</strong>
            {slot.mode === "surgery" && <span>{place.address}, {place.postalCode} {place.commune}</span>}
          </dd>
          <dt>{m.slip.cancel}</dt>
          <dd>
            <strong className={css.phone}>{place.phone ? phoneText(place.phone) : b.slip.noPhone}</strong>
          </dd>
        </dl>
        <p>{m.slip.bring}</p>
        <p className={css.privacy}>{m.slip.privacy}</p>
      </section>
      <div className={css.actions}>
        {line && <button ref={first} type="button" className="button primary" onClick={() => copy(line)}>{b.slip.copyLine(dossierNumber ?? "")} <kbd>{b.slip.copyLineKey}</kbd></button>}
        <button ref={line ? undefined : first} type="button" className={line ? "button" : "button primary"} onClick={() => window.print()}>{m.slip.print}</button>
        <a className="button" href={smsLink(patientPhone, text)}>{b.slip.text}</a>
        <button type="button" className="button" onClick={() => copy(text)}>{b.slip.copy}</button>
        <button type="button" className="button" onClick={onDone}>{m.slip.done}</button>
      </div>
      <p role="status" className={css.copied}>{copied === null ? "" : copied ? b.slip.copied : `${b.slip.copyFailed} ${wanted}`}</p>
    </div>
  );
}
