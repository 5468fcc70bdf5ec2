import { useState } from "react";
import accounts from "../accounts/accounts.module.css";
import { whenOf } from "../accounts/when";
import { PhaseNote } from "../agenda/PhaseNote";
import { useCommand } from "../agenda/useCommand";
import { Reason } from "../audit/Reason";
import { word } from "../audit/messages";
import type { Read } from "../live/useRead";
import { m } from "../messages";
import type { GlassAccess } from "./contract";
import { glassApi } from "./glassApi";
import css from "./glass.module.css";
import { k } from "./messages";
import { toExamine } from "./useGlass";

/** “Accès exceptionnels”, for the medical lead. */
export function GlassPage({ read }: { read: Read<GlassAccess[]> }): React.JSX.Element {
  const [said, setSaid] = useState("");
  const [about, setAbout] = useState<string | null>(null);
  const { phase, run } = useCommand();
  const examine = async (one: GlassAccess): Promise<void> => {
    setAbout(one.id);
    setSaid("");
    if (!(await run((requestId) => glassApi.examine(one.id, requestId)))) return;
    setSaid(k.done);
    read.refresh();
  };
  const { answer, failed } = read;
  return (
    <main id="creneaux" tabIndex={-1} className={accounts.page}>
      <h1>{k.pageTitle}</h1>
      <p className={`${accounts.note} ${css.lead}`}>{k.pageLead}</p>
      <p role="status" className={accounts.done}>{said}</p>
      {failed && <p role="alert" className={accounts.problem}>{k.listFailed} <button type="button" className="button" onClick={read.refresh}>{k.retry}</button></p>}
      {answer === null && !failed && <p>{k.loading}</p>}
      {answer && <p className={css.count}>{answer.length === 0 ? k.empty : k.toExamine(toExamine(read))}</p>}
      {answer && answer.length > 0 && (
        <ul className={accounts.members} aria-label={k.pageTitle}>
          {answer.map((one) => (
            <li key={one.id} className={`${accounts.member} ${css.access}`} data-open={one.examinedAt ? undefined : true}>
              <div className={accounts.who}>
                <strong>{one.by.name}</strong>
                <span className={accounts.note}>{word(m.roles, one.by.role)} · {one.by.organization}</span>
              </div>
              <div className={accounts.who}>
                <time dateTime={one.at}>{whenOf(one.at)}</time>
                <span className={accounts.note}>{one.practitioner ? k.at(one.practitioner) : k.booking(one.bookingId)}</span>
              </div>
              <div className={accounts.rowActions}>
                {one.examinedAt ? (
                  <span className={accounts.note}>{k.examined(one.examinedBy ?? "", whenOf(one.examinedAt))}</span>
                ) : (
                  <button type="button" className="button primary" aria-label={k.examineOf(one.by.name, whenOf(one.at))} disabled={phase.kind === "sending"} onClick={() => void examine(one)}>{k.examine}</button>
                )}
              </div>
              {one.hasReason && <Reason seq={Number(one.id)} />}
              {about === one.id && <PhaseNote phase={phase} />}
            </li>
          ))}
        </ul>
      )}
    </main>
  );
}
