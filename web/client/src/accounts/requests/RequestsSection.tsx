import { useCallback, useEffect, useState } from "react";
import { useCommand } from "../../agenda/useCommand";
import { TextInput } from "../../forms/TextInput";
import { m } from "../../messages";
import { LinkBox } from "../LinkBox";
import { Note, faultsOf } from "../Note";
import type { InvitedLine, Members } from "../contract";
import { dayOf } from "../when";
import css from "../accounts.module.css";
import { Select } from "./AskAccessPage";
import { r } from "./messages";
import { type AccessRequest, requestsApi } from "./requestsApi";

interface Props {
  territoryId: string;
  members: Members;
  /** The list of members has one more. */
  onInvited: () => void;
}

/** Who asked for access: nothing is shown while nobody did. */
export function RequestsSection({ territoryId, members, onInvited }: Props): React.JSX.Element | null {
  const [list, setList] = useState<AccessRequest[]>([]);
  const [said, setSaid] = useState("");
  const [lines, setLines] = useState<InvitedLine[]>([]);
  const read = useCallback(() => {
    requestsApi.list(territoryId).then(setList, () => undefined);
  }, [territoryId]);
  useEffect(read, [read]);
  if (list.length === 0 && said === "") return null;

  return (
    <section className={css.card} aria-labelledby="access-requests">
      <h2 id="access-requests">{r.list}</h2>
      {list.length > 0 && <p className={css.note}><strong>{r.count(list.length)}</strong> {r.listLead}</p>}
      <p role="status" className={css.done}>{said}</p>
      {lines.map((line) => <LinkBox key={line.email} line={line} mail={members.mail} />)}
      {list.length > 0 && (
        <ul className={css.plain} aria-label={r.list}>
          {list.map((one) => (
            <RequestRow
              key={one.id}
              territoryId={territoryId}
              one={one}
              members={members}
              onApproved={(line) => {
                setLines((now) => [...now, line]);
                setSaid(r.approved(one.name));
                read();
                onInvited();
              }}
              onDeclined={() => {
                setSaid(r.declined(one.name));
                read();
              }}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

interface RowProps {
  territoryId: string;
  one: AccessRequest;
  members: Members;
  onApproved: (line: InvitedLine) => void;
  onDeclined: () => void;
}

function RequestRow({ territoryId, one, members, onApproved, onDeclined }: RowProps): React.JSX.Element {
  const [asking, setAsking] = useState<"approve" | "decline" | null>(null);
  return (
    <li className={css.member} data-request={one.id}>
      <div className={css.who}>
        <strong>{one.name}</strong>
        <span className={css.note}>{m.roles[one.role]} · {r.says(one.structure)}</span>
        <span className={css.note}>{one.email}{one.rpps && ` · ${r.rppsOf(one.rpps)}`}</span>
        {one.known && <span className={css.warn}>▲ {r.known(one.known)}</span>}
      </div>
      <p className={css.state}><span className={css.note}>{r.asked(dayOf(one.at))}</span></p>
      <div className={css.rowActions}>
        {asking === null && (
          <>
            <button type="button" className="button" aria-label={r.approveOf(one.name)} onClick={() => setAsking("approve")}>{r.approve}</button>
            <button type="button" className="button" aria-label={r.declineOf(one.name)} onClick={() => setAsking("decline")}>{r.decline}</button>
          </>
        )}
      </div>
      {asking === "approve" && <ApproveForm territoryId={territoryId} one={one} members={members} onApproved={onApproved} onCancel={() => setAsking(null)} />}
      {asking === "decline" && <DeclineForm territoryId={territoryId} one={one} mail={members.mail} onDeclined={onDeclined} onCancel={() => setAsking(null)} />}
    </li>
  );
}

function ApproveForm({ territoryId, one, members, onApproved, onCancel }: Omit<RowProps, "onDeclined"> & { onCancel: () => void }): React.JSX.Element {
  const [organization, setOrganization] = useState("");
  const [role, setRole] = useState<string>(one.role);
  const { phase, run } = useCommand();
  const submit = async (event: React.FormEvent): Promise<void> => {
    event.preventDefault();
    const done = await run((requestId) => requestsApi.approve(territoryId, one.id, organization, role, requestId));
    if (done) onApproved(done.answer);
  };
  return (
    <form className={css.ask} onSubmit={(event) => void submit(event)} noValidate>
      <Select label={r.role} value={role} options={members.roles.map((code) => [code, m.roles[code]])} onChange={setRole} />
      <Select label={r.organization} value={organization} options={members.organizations.map(({ id, name }) => [id, name])} onChange={setOrganization} />
      <Note phase={phase} />
      <p className={css.actions}>
        <button type="submit" className="button primary" disabled={organization === "" || role === ""} aria-busy={phase.kind === "sending"}>{r.approve}</button>
        <button type="button" className="button" onClick={onCancel}>{r.cancel}</button>
      </p>
    </form>
  );
}

function DeclineForm({ territoryId, one, mail, onDeclined, onCancel }: { territoryId: string; one: AccessRequest; mail: boolean; onDeclined: () => void; onCancel: () => void }): React.JSX.Element {
  const [reason, setReason] = useState("");
  const { phase, run } = useCommand();
  const submit = async (event: React.FormEvent): Promise<void> => {
    event.preventDefault();
    if (await run((requestId) => requestsApi.decline(territoryId, one.id, reason, requestId))) onDeclined();
  };
  const fault = faultsOf(phase).reason?.[0];
  return (
    <form className={css.ask} onSubmit={(event) => void submit(event)} noValidate>
      <TextInput label={mail ? r.reason : r.reasonNoMail} value={reason} onChange={setReason} error={fault} maxLength={300} autoFocus />
      {!fault && <Note phase={phase} />}
      <p className={css.actions}>
        <button type="submit" className="button primary" aria-busy={phase.kind === "sending"}>{r.decline}</button>
        <button type="button" className="button" onClick={onCancel}>{r.cancel}</button>
      </p>
    </form>
  );
}
