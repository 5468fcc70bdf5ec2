import { m } from "../messages";
import { wallOf } from "../time/wall";
import css from "./audit.module.css";
import type { AccessEntry } from "./contract";
import { j, word } from "./messages";
import { Reason } from "./Reason";
import { aliasOf, objectOf } from "./words";

interface Props {
  entry: AccessEntry;
  timeZone: string;
  /** Heads a new day; null: the same as before. */
  day: string | null;
  /** Where, when several territories are shown at once; null: there is one. */
  place: string | null;
  onPatient: () => void;
  onPerson: () => void;
}

/** One access: who, when, why, at what. */
export function AccessRow({ entry, timeZone, day, place, onPatient, onPerson }: Props): React.JSX.Element {
  const { by, action, why, subject } = entry;
  const alias = aliasOf(subject);
  return (
    <li className={css.item}>
      {day && <h2>{day}</h2>}
      <div className={css.row} data-action={action}>
        <time dateTime={entry.at}>{wallOf(entry.at, timeZone).time}</time>
        <p className={css.who}>
          {by.role === "system" ? <strong>{j.system}</strong> : <button type="button" onClick={onPerson} title={j.onlyPerson(by.name)}>{by.name}</button>}
          {by.role !== "system" && <span>{word(m.roles, by.role)} · {by.organization}</span>}
        </p>
        <p className={css.what}>
          <strong>{word(j.actions, action)}</strong>
          <span>{word(j.whys, why)}</span>
        </p>
        <p className={css.object}>{objectOf(entry)}{place && <span> · {place}</span>}</p>
        {action === "purge" ? <span /> : <button type="button" className={css.patient} onClick={onPatient} title={j.onlyPatient(alias)}>{j.patient(alias)}</button>}
        {entry.hasReason && <Reason seq={entry.seq} />}
      </div>
    </li>
  );
}
