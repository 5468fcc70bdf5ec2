import { useEffect, useRef } from "react";
import type { Slot, Territory } from "../api/contract";
import { m } from "../messages";
import { longDate } from "../time/wall";
import css from "./slip.module.css";

interface Props {
  slot: Slot;
  territory: Territory;
  onDone: () => void;
}

/** What the patient leaves with: no name, no reason, no health data. */
export function Slip({ slot, territory, onDone }: Props): React.JSX.Element {
  const { place, practitioner } = slot;
  const print = useRef<HTMLButtonElement>(null);
  useEffect(() => print.current?.focus(), []);
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
            <strong className={css.phone}>{spaced(place.phone)}</strong>
          </dd>
        </dl>
        <p>{m.slip.bring}</p>
        <p className={css.privacy}>{m.slip.privacy}</p>
      </section>
      <div className={css.actions}>
        <button ref={print} type="button" className="button primary" onClick={() => window.print()}>{m.slip.print}</button>
        <button type="button" className="button" onClick={onDone}>{m.slip.done}</button>
      </div>
    </div>
  );
}

/** "0240123456" → "02 40 12 34 56" */
const spaced = (phone: string): string => (/^0\d{9}$/.test(phone) ? (phone.match(/\d\d/g) ?? []).join(" ") : phone);
