import { useState } from "react";
import { m } from "../messages";
import { ExceptForm } from "./ExceptForm";
import type { CentrePerson } from "./contract";
import { t } from "./messages";
import { localNote } from "./when";
import css from "./accounts.module.css";

const w = t.members;

interface Props {
  people: readonly CentrePerson[];
  noteOf: (id: string) => React.ReactNode;
  onExcept: (one: CentrePerson, until: string | undefined) => Promise<boolean>;
}

/** People of the SAS who come under the territory's rule of signing in: its coordination invites and revokes nobody there, it only gives exceptions. */
export function CentreSection({ people, noteOf, onExcept }: Props): React.JSX.Element {
  const [asking, setAsking] = useState<string | null>(null);
  return (
    <section className={css.card} aria-labelledby="personnes-sas">
      <h2 id="personnes-sas">{w.centre}</h2>
      <p className={css.note}>{w.centreLead}</p>
      <ul className={css.members} aria-labelledby="personnes-sas">
        {people.map((one) => (
          <li key={one.id} className={css.member} data-person={one.id}>
            <div className={css.who}>
              <strong>{one.name}</strong>
              <span className={css.note}>{m.roles[one.role]} · {one.organization}</span>
            </div>
            <p className={css.state}><span className={css.note}>{localNote(one)}</span></p>
            <div className={css.rowActions}>
              {asking !== one.id && <button type="button" className="button" aria-label={one.localUntil ? w.unexceptOf(one.name) : w.exceptOf(one.name)} onClick={() => setAsking(one.id)}>{one.localUntil ? w.unexcept : w.except}</button>}
            </div>
            {asking === one.id && <ExceptForm one={one} onExcept={onExcept} onClose={() => setAsking(null)} />}
            {noteOf(one.id)}
          </li>
        ))}
      </ul>
    </section>
  );
}
