import { useMemo, useState } from "react";
import { useCommand } from "../agenda/useCommand";
import { TextInput } from "../forms/TextInput";
import { m } from "../messages";
import { CopyButton } from "./CopyButton";
import { LinkBox } from "./LinkBox";
import { Note } from "./Note";
import { accountsApi } from "./accountsApi";
import type { InvitedLine, Members } from "./contract";
import { type ReadLine, linksAsText, readLines } from "./csv";
import { t } from "./messages";
import css from "./accounts.module.css";

const b = t.bulk;
/** As many as the server takes at once. */
const MOST = 100;

interface Props {
  territoryId: string;
  members: Members;
  onInvited: () => void;
  onClose: () => void;
}

/** Lines pasted from a table: looked at here as they are typed, by the server before anybody is invited. */
export function BulkInvite({ territoryId, members, onInvited, onClose }: Props): React.JSX.Element {
  const [text, setText] = useState("");
  const [told, setTold] = useState<Record<number, string>>({});
  const [done, setDone] = useState<InvitedLine[] | null>(null);
  const { phase, run } = useCommand();
  const lists = useMemo(() => ({ roles: members.roles.map((code) => [code, m.roles[code]] as const), organizations: members.organizations }), [members]);
  const lines = useMemo(() => readLines(text, lists), [text, lists]);
  const problemOf = (one: ReadLine): string => [...one.problems, told[one.line]].filter(Boolean).join(", ");
  const ready = lines.filter((one) => problemOf(one) === "");
  const change = (next: string): void => {
    setText(next);
    setTold({});
  };

  const submit = async (event: React.FormEvent): Promise<void> => {
    event.preventDefault();
    if (ready.length === 0 || lines.length > MOST) return;
    const people = ready.map(({ invitee }) => invitee);
    const checked = await run((requestId) => accountsApi.check(territoryId, people, requestId));
    if (!checked) return;
    const wrong = Object.fromEntries(checked.answer.people.flatMap(({ problem }, i) => (problem ? [[ready[i]?.line ?? 0, problem]] : [])));
    setTold(wrong);
    if (Object.keys(wrong).length > 0) return; // to be looked at; a second press invites the others
    const invited = await run((requestId) => accountsApi.invite(territoryId, people, requestId));
    if (!invited) return;
    setDone(invited.answer.people);
    onInvited();
  };

  if (done) {
    const linked = done.filter(({ link }) => link);
    return (
      <section className={css.card} aria-labelledby="bulk-done">
        <h2 id="bulk-done" tabIndex={-1}>{b.done(linked.length)}</h2>
        <p className={css.actions}>
          {linked.length > 1 && <CopyButton text={linksAsText(done)} label={b.copyAll} primary />}
          <button type="button" className="button" onClick={onClose}>{b.close}</button>
        </p>
        <ul className={css.list}>
          {done.map((one) => (
            <li key={one.email}><strong>{one.name}</strong> {one.link ? <LinkBox line={one} mail={members.mail} /> : <span className={css.problem}>{one.problem}</span>}</li>
          ))}
        </ul>
      </section>
    );
  }
  return (
    <form className={css.card} onSubmit={(event) => void submit(event)} noValidate>
      <h2>{b.title}</h2>
      <div className={css.form} data-wide>
        <p className={css.note}>{b.lead}<br />{b.roles(lists.roles.map(([, label]) => label).join(", "))}<br />{b.structures(members.organizations.map(({ name }) => name).join(", "))}</p>
        <TextInput label={b.label} value={text} onChange={change} lines={4} placeholder={b.example} maxLength={40_000} autoFocus error={lines.length > MOST ? b.tooMany(MOST) : undefined} />
        {lines.length > 0 && <Preview lines={lines} problemOf={problemOf} />}
        {ready.length < lines.length && <p className={css.warn}>{b.wrong(lines.length - ready.length)}</p>}
        <Note phase={phase} />
        <p className={css.actions}>
          <button type="submit" className="button primary" disabled={ready.length === 0 || lines.length > MOST} aria-busy={phase.kind === "sending"}>{b.submit(ready.length)}</button>
          <button type="button" className="button" onClick={onClose}>{t.members.cancel}</button>
        </p>
      </div>
    </form>
  );
}

function Preview({ lines, problemOf }: { lines: readonly ReadLine[]; problemOf: (one: ReadLine) => string }): React.JSX.Element {
  return (
    <div className={css.scroll} role="region" tabIndex={0} aria-label={b.columns.state}>
      <table className={css.table}>
        <thead><tr>{Object.values(b.columns).map((one) => <th key={one} scope="col">{one}</th>)}</tr></thead>
        <tbody>
          {lines.map((one) => {
            const problem = problemOf(one);
            return (
              <tr key={one.line} data-wrong={problem !== "" || undefined}>
                <td>{one.line}</td>
                <td>{problem ? `▲ ${problem}` : `✓ ${b.ok}`}</td>
                <td>{one.name}</td><td>{one.email}</td><td>{one.role}</td><td>{one.structure}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
