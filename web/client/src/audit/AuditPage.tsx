import { useCallback, useEffect, useRef, useState } from "react";
import type { Territory } from "../api/contract";
import { wallOf, shortDay } from "../time/wall";
import css from "./audit.module.css";
import { AccessRow } from "./AccessRow";
import { auditApi } from "./auditApi";
import type { AccessEntry, AuditPerson } from "./contract";
import { j } from "./messages";
import { type Period, aliasOf, startOf } from "./words";

interface Props {
  territories: readonly Territory[];
  /** Ids of those whose log one may read. */
  audits: readonly string[];
  now: number;
}

interface Only {
  person?: string;
  actor?: AuditPerson;
}

interface Read {
  entries: readonly AccessEntry[];
  before: number | undefined;
}

/** “Journal d'accès”, for the territory's data officer. */
export function AuditPage({ territories, audits, now }: Props): React.JSX.Element {
  const [wanted, setTerritory] = useState("");
  // Empty: all of them at once.
  const territory = audits.length === 1 ? (audits[0] ?? "") : audits.includes(wanted) ? wanted : "";
  const [period, setPeriod] = useState<Period>("week");
  const [only, setOnly] = useState<Only>({});
  const [read, setRead] = useState<Read | null>(null);
  const [failed, setFailed] = useState(false);
  const asked = useRef(0);
  const title = useRef<HTMLHeadingElement>(null);
  const at = useRef(now);
  at.current = now;
  const timeZone = territories.find(({ id }) => id === (territory || audits[0]))?.timeZone ?? "Europe/Paris";

  const load = useCallback(
    (before?: number, known: readonly AccessEntry[] = []) => {
      const mine = ++asked.current; // an older answer never replaces a newer one
      setFailed(false);
      if (before === undefined) setRead(null);
      const from = startOf(period, at.current);
      auditApi.list({ ...(territory ? { territory } : {}), ...(only.person ? { person: only.person } : {}), ...(only.actor ? { actor: only.actor.id } : {}), ...(from ? { from } : {}), ...(before ? { before } : {}) }).then(
        (page) => void (mine === asked.current && setRead({ entries: [...known, ...page.entries], before: page.before })),
        () => void (mine === asked.current && setFailed(true)),
      );
    },
    [territory, period, only],
  );
  useEffect(() => load(), [load]);

  const narrow = (next: Only): void => {
    setOnly(next);
    title.current?.focus();
  };
  const today = wallOf(now, timeZone).day;
  const dayOf = (entry: AccessEntry | undefined): number | null => (entry ? wallOf(entry.at, timeZone).day : null);
  const { person, actor } = only;

  return (
    <main id="creneaux" tabIndex={-1} className={css.page}>
      <div className={css.head}>
        <h1 ref={title} tabIndex={-1}>{j.title}</h1>
        <p>{j.lead}</p>
      </div>
      <div className={css.filters}>
        {audits.length > 1 && (
          <label>
            {j.territory}
            <select value={territory} onChange={(event) => setTerritory(event.target.value)}>
              <option value="">{j.allTerritories}</option>
              {audits.map((id) => <option key={id} value={id}>{territories.find((one) => one.id === id)?.name ?? id}</option>)}
            </select>
          </label>
        )}
        <label>
          {j.period}
          <select value={period} onChange={(event) => setPeriod(event.target.value as Period)}>
            {Object.entries(j.periods).map(([key, text]) => <option key={key} value={key}>{text}</option>)}
          </select>
        </label>
        {(person || actor) && (
          <p className={css.only}>
            <span>{j.only} <strong>{person ? j.patient(aliasOf(person)) : actor?.name}</strong></span>
            <button type="button" className="button" onClick={() => narrow({})}>{j.everybody}</button>
          </p>
        )}
        <p role="status" className={css.count}>{read && j.count(read.entries.length, read.before !== undefined)}</p>
      </div>
      {failed && <p role="alert" className={css.problem}>{j.failed} <button type="button" className="button" onClick={() => load()}>{j.retry}</button></p>}
      {!read && !failed && <p>{j.loading}</p>}
      {read && read.entries.length === 0 && <p className={css.none}>{j.none}</p>}
      {read && read.entries.length > 0 && (
        <ol className={css.list} aria-label={j.table}>
          {read.entries.map((entry, index) => {
            const day = wallOf(entry.at, timeZone).day;
            const newDay = dayOf(read.entries[index - 1]) !== day;
            return (
              <AccessRow
                key={entry.seq}
                entry={entry}
                timeZone={timeZone}
                day={newDay ? ({ [today]: j.today, [today - 1]: j.yesterday }[day] ?? shortDay(day)) : null}
                place={territory === "" ? (entry.territory ?? null) : null}
                onPatient={() => narrow({ person: entry.subject })}
                onPerson={() => narrow({ actor: entry.by })}
              />
            );
          })}
        </ol>
      )}
      {read?.before !== undefined && <p><button type="button" className="button" onClick={() => load(read.before, read.entries)}>{j.older}</button></p>}
    </main>
  );
}
