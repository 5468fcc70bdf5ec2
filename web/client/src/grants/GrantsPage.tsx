import { useCallback, useEffect, useState } from "react";
import { useCommand } from "../agenda/useCommand";
import accounts from "../accounts/accounts.module.css";
import type { Territory } from "../api/contract";
import { GrantDialog } from "./GrantDialog";
import { GrantRow } from "./GrantRow";
import type { Grant, Grants, Terms } from "./contract";
import { grantsApi } from "./grantsApi";
import css from "./grants.module.css";
import { type GrantGroup, type Shown, groupsOf, isShown } from "./groups";
import { g, word } from "./messages";

type Editing = { kind: "add" } | { kind: "correct"; group: GrantGroup };

/** Who may do what in a territory: for whom it lets decide that. */
export function GrantsPage({ territories }: { territories: readonly Territory[] }): React.JSX.Element {
  const managed = territories.filter(({ may }) => may?.includes("manageGrants"));
  const [territoryId, setTerritoryId] = useState(managed[0]?.id ?? "");
  const [read, setRead] = useState<Grants | "failed" | null>(null);
  const [role, setRole] = useState("");
  const [shown, setShown] = useState<Shown>("now");
  const [editing, setEditing] = useState<Editing | null>(null);
  const [about, setAbout] = useState<string | null>(null);
  const [said, setSaid] = useState("");
  const command = useCommand();

  const load = useCallback(() => {
    grantsApi.list(territoryId).then(setRead, () => setRead("failed"));
  }, [territoryId]);
  useEffect(load, [load]);

  /** One command per grant, each safe to repeat; what was done before a refusal stays done, and shows. */
  const each = async (grants: readonly Grant[], send: (grant: Grant, requestId: string) => Promise<unknown>): Promise<boolean> => {
    setSaid("");
    let all = true;
    for (const grant of grants) all &&= (await command.run((requestId) => send(grant, requestId))) !== null;
    load();
    return all;
  };
  const save = async (terms: Terms, actions: string[]): Promise<void> => {
    setAbout(null);
    if (editing?.kind === "correct") {
      const chosen = editing.group.grants.filter(({ action }) => actions.includes(action));
      if (!(await each(chosen, (grant, requestId) => grantsApi.correct(territoryId, grant.id, terms, grant.action, requestId)))) return;
      setSaid(g.done.corrected);
    } else {
      const done = await command.run((requestId) => grantsApi.add(territoryId, terms, actions, requestId));
      if (!done) return;
      setSaid(g.done.added(done.answer.grants.length));
      load();
    }
    setEditing(null);
  };
  const end = async (group: GrantGroup, grants: readonly Grant[], lastDay: string | undefined): Promise<boolean> => {
    setAbout(group.key);
    if (!(await each(grants, ({ id }, requestId) => grantsApi.end(territoryId, id, lastDay, requestId)))) return false;
    setSaid(g.done.ended(grants.length));
    return true;
  };

  const all = read !== null && read !== "failed" ? read : null;
  const visible = all?.grants.filter((grant) => isShown(grant, shown, role)) ?? [];
  return (
    <main id="creneaux" tabIndex={-1} className={accounts.page}>
      <div className={accounts.head}>
        <div>
          <h1>{g.title}</h1>
          <p className={`${accounts.note} ${css.lead}`}>{g.lead}</p>
        </div>
        {all && <button type="button" className="button primary" onClick={() => (command.clear(), setEditing({ kind: "add" }))}>{g.add}</button>}
      </div>
      <p role="status" className={accounts.done}>{said}</p>
      {read === null && <p>{g.loading}</p>}
      {read === "failed" && <p role="alert" className={accounts.problem}>{g.failed} <button type="button" className="button" onClick={load}>{g.retry}</button></p>}
      {all && (
        <>
          <div className={accounts.tools}>
            {managed.length > 1 && <Choice label={g.territory} value={territoryId} onChange={setTerritoryId} options={managed.map(({ id, name }) => [id, name])} />}
            <Choice label={g.who} value={role} onChange={setRole} options={[["", g.everybody], ...rolesIn(all).map((one): [string, string] => [one, word(g.roles, one)])]} />
            <Choice label={g.state} value={shown} onChange={(value) => setShown(value as Shown)} options={Object.entries(g.shown)} />
            <p className={accounts.note}>{g.count(visible.length)}</p>
          </div>
          {visible.length === 0 ? (
            <p>{g.none}</p>
          ) : (
            <ul className={accounts.members} aria-label={g.title}>
              {groupsOf(visible).map((group) => (
                <GrantRow
                  key={group.key}
                  group={group}
                  today={all.today}
                  phase={about === group.key ? command.phase : null}
                  onCorrect={() => (command.clear(), setEditing({ kind: "correct", group }))}
                  onEnd={(grants, lastDay) => end(group, grants, lastDay)}
                />
              ))}
            </ul>
          )}
        </>
      )}
      {all && editing && <GrantDialog all={all} group={editing.kind === "correct" ? editing.group : null} phase={command.phase} onSave={(terms, actions) => void save(terms, actions)} onClose={() => setEditing(null)} />}
    </main>
  );
}

function Choice({ label, value, options, onChange }: { label: string; value: string; options: readonly (readonly [string, string])[]; onChange: (value: string) => void }): React.JSX.Element {
  return (
    <label className={`${accounts.select} ${css.choice}`}>
      {label}
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map(([key, text]) => <option key={key} value={key}>{text}</option>)}
      </select>
    </label>
  );
}

const rolesIn = ({ roles, grants }: Grants): string[] => roles.filter((role) => grants.some((grant) => grant.role === role));
