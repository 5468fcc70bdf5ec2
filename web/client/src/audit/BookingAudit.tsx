import { useEffect, useState } from "react";
import { m } from "../messages";
import { shortDay, wallOf } from "../time/wall";
import css from "./audit.module.css";
import { auditApi } from "./auditApi";
import type { AccessEntry, AuditPerson, HistoryEvent } from "./contract";
import { j, word } from "./messages";

interface Props {
  id: string;
  timeZone: string;
}

interface Trace {
  events: readonly HistoryEvent[];
  entries: readonly AccessEntry[];
}

/** What became of one booking, and who read its patient: for those concerned. */
export function BookingAudit({ id, timeZone }: Props): React.JSX.Element {
  const [trace, setTrace] = useState<Trace | "failed" | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let gone = false;
    setTrace(null);
    Promise.all([auditApi.history(id), auditApi.access(id)]).then(
      ([{ events }, { entries }]) => void (gone || setTrace({ events, entries })),
      () => void (gone || setTrace("failed")),
    );
    return () => void (gone = true);
  }, [id, attempt]);

  if (trace === null) return <p>{j.loading}</p>;
  if (trace === "failed") return <p role="alert">{j.failed} <button type="button" className="button" onClick={() => setAttempt(attempt + 1)}>{j.retry}</button></p>;
  return (
    <div className={css.trace} data-testid="booking-audit">
      <h4>{j.history}</h4>
      <ol>
        {trace.events.map((event, index) => (
          <li key={index}>
            <Stamp at={event.at} timeZone={timeZone} />
            <p><strong>{word(j.events, event.what)}</strong>{event.detail && ` ${word(j.details, event.detail)}`} <Who by={event.by} /></p>
          </li>
        ))}
      </ol>
      <h4>{j.access}</h4>
      {trace.entries.length === 0 && <p>{j.noAccess}</p>}
      <ol>
        {trace.entries.map((entry) => (
          <li key={entry.seq} data-action={entry.action}>
            <Stamp at={entry.at} timeZone={timeZone} />
            <p><strong>{word(j.actions, entry.action)}</strong> {word(j.whys, entry.why)} <Who by={entry.by} /></p>
          </li>
        ))}
      </ol>
    </div>
  );
}

function Stamp({ at, timeZone }: { at: string; timeZone: string }): React.JSX.Element {
  const { day, time } = wallOf(at, timeZone);
  return <time dateTime={at}>{shortDay(day)} {time}</time>;
}

const Who = ({ by }: { by: AuditPerson }): React.JSX.Element =>
  by.role === "system" ? <span>{j.system}</span> : <span>{by.name}, {word(m.roles, by.role).toLowerCase()}, {by.organization}</span>;
