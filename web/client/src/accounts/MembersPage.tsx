import { useCallback, useEffect, useState } from "react";
import { useCommand } from "../agenda/useCommand";
import type { Identity, Territory } from "../api/contract";
import { TextInput } from "../forms/TextInput";
import { BulkInvite } from "./BulkInvite";
import { CentreSection } from "./CentreSection";
import { KeysSection } from "./keys/KeysSection";
import { MemberRow } from "./MemberRow";
import { Note, faultsOf } from "./Note";
import { RequestsSection } from "./requests/RequestsSection";
import { accountsApi } from "./accountsApi";
import type { CentrePerson, InvitedLine, MemberAccount, Members } from "./contract";
import { t } from "./messages";
import css from "./accounts.module.css";

const w = t.members;

/** Who has access to a territory: for its coordination. */
export function MembersPage({ identity, territories }: { identity: Identity; territories: readonly Territory[] }): React.JSX.Element {
  const own = territories.filter(({ id }) => identity.territories.includes(id));
  const [territoryId, setTerritoryId] = useState(own[0]?.id ?? "");
  const [members, setMembers] = useState<Members | "failed" | null>(null);
  const [search, setSearch] = useState("");
  const [bulk, setBulk] = useState(false);
  const [said, setSaid] = useState("");
  const [about, setAbout] = useState<string | null>(null);
  const [links, setLinks] = useState<Record<string, InvitedLine>>({});
  const { phase, run } = useCommand();

  const read = useCallback(() => {
    accountsApi.members(territoryId).then(setMembers, () => setMembers("failed"));
  }, [territoryId]);
  useEffect(read, [read]);

  const invite = async (one: MemberAccount, email: string | undefined): Promise<boolean> => {
    setAbout(one.id);
    setSaid("");
    const done = await run(async (requestId) => (await accountsApi.invite(territoryId, [{ personId: one.id, ...(email && { email }) }], requestId)).people[0]);
    const line = done?.answer;
    if (!line) return false;
    if (line.link) setLinks((now) => ({ ...now, [one.id]: line }));
    setSaid(line.problem ?? w.invited(one.name));
    read();
    return line.problem === undefined;
  };
  const revoke = async (one: MemberAccount): Promise<boolean> => {
    setAbout(one.id);
    setSaid("");
    if (!(await run((requestId) => accountsApi.revoke(territoryId, one.id, requestId)))) return false;
    setSaid(w.revoked(one.name));
    read();
    return true;
  };

  const except = async (one: CentrePerson, until: string | undefined): Promise<boolean> => {
    setAbout(one.id);
    setSaid("");
    if (!(await run((requestId) => accountsApi.except(territoryId, one.id, until, requestId)))) return false;
    setSaid(w.excepted(one.name));
    read();
    return true;
  };

  const noteOf = (id: string): React.ReactNode =>
    about === id ? <><Note phase={phase} />{faultsOf(phase).until && <p className={css.problem}>{faultsOf(phase).until?.[0]}</p>}</> : null;

  const all = members !== null && members !== "failed" ? members : null;
  const shown = all?.people.filter((one) => matches(one, search)) ?? [];
  return (
    <main id="creneaux" tabIndex={-1} className={css.page}>
      <div className={css.head}>
        <div>
          <h1>{w.title}</h1>
          <p className={css.note}>{w.lead}</p>
        </div>
        {all && !bulk && <button type="button" className="button primary" onClick={() => setBulk(true)}>{t.bulk.open}</button>}
      </div>
      <p role="status" className={css.done}>{said}</p>
      {members === null && <p>{t.account.loading}</p>}
      {members === "failed" && <p role="alert" className={css.problem}>{w.failed} <button type="button" className="button" onClick={read}>{t.account.retry}</button></p>}
      {all && (
        <>
          {bulk && <BulkInvite territoryId={territoryId} members={all} onInvited={read} onClose={() => setBulk(false)} />}
          <RequestsSection territoryId={territoryId} members={all} onInvited={read} />
          <div className={css.tools}>
            {own.length > 1 && (
              <label className={css.select}>
                {w.territory}
                <select value={territoryId} onChange={(event) => setTerritoryId(event.target.value)}>
                  {own.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
                </select>
              </label>
            )}
            <TextInput label={w.search} value={search} onChange={setSearch} />
            <p className={css.note}>{w.count(shown.length)}</p>
          </div>
          {shown.length === 0 ? (
            <p>{w.none}</p>
          ) : (
            <ul className={css.members} aria-label={w.title}>
              {shown.map((one) => (
                <MemberRow key={one.id} one={one} self={one.id === identity.id} link={links[one.id]} mail={all.mail} note={noteOf(one.id)} onInvite={invite} onRevoke={revoke} onExcept={except} />
              ))}
            </ul>
          )}
          {all.centre.length > 0 && <CentreSection people={all.centre} noteOf={noteOf} onExcept={except} />}
          <KeysSection territoryId={territoryId} />
        </>
      )}
    </main>
  );
}

const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const matches = (one: MemberAccount, search: string): boolean => plain(`${one.name} ${one.organization} ${one.login ?? ""}`).includes(plain(search.trim()));
