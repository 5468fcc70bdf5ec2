import { useState } from "react";
import { TextInput } from "../forms/TextInput";
import { m } from "../messages";
import { ExceptForm } from "./ExceptForm";
import { LinkBox } from "./LinkBox";
import type { CentrePerson, InvitedLine, MemberAccount } from "./contract";
import { t } from "./messages";
import { dayOf, localNote, whenOf } from "./when";
import css from "./accounts.module.css";

const w = t.members;

interface Props {
  one: MemberAccount;
  /** Oneself: nobody takes their own access away. */
  self: boolean;
  link: InvitedLine | undefined;
  mail: boolean;
  note: React.ReactNode;
  /** Both answer whether it was done. */
  onInvite: (one: MemberAccount, email: string | undefined) => Promise<boolean>;
  onRevoke: (one: MemberAccount) => Promise<boolean>;
  /** Until a last day; undefined: not any more. */
  onExcept: (one: CentrePerson, until: string | undefined) => Promise<boolean>;
}

export function MemberRow({ one, self, link, mail, note, onInvite, onRevoke, onExcept }: Props): React.JSX.Element {
  const [asking, setAsking] = useState<"invite" | "revoke" | "except" | null>(null);
  const [email, setEmail] = useState("");
  const knows = one.login !== undefined;
  const send = async (event: React.FormEvent): Promise<void> => {
    event.preventDefault();
    const done = asking === "revoke" ? onRevoke(one) : onInvite(one, knows ? undefined : email.trim());
    if (await done) setAsking(null);
  };

  return (
    <li className={css.member} data-status={one.status} data-person={one.id}>
      <div className={css.who}>
        <strong>{one.name}</strong>
        <span className={css.note}>{m.roles[one.role]} · {one.organization}</span>
        {one.login && <span className={css.note}>{one.login}</span>}
        {one.providerOnly && <span className={css.note}>{localNote(one)}</span>}
      </div>
      <p className={css.state}>
        <span className={css.badge} data-status={one.status}>{w.statuses[one.status]}</span>
        <span className={css.note}>
          {one.status === "invited" && one.expires && w.until(whenOf(one.expires))}
          {one.status === "active" && (one.lastSignIn ? w.lastSignIn(whenOf(one.lastSignIn)) : one.since && w.since(dayOf(one.since)))}
          {one.status === "revoked" && one.since && w.since(dayOf(one.since))}
        </span>
      </p>
      <div className={css.rowActions}>
        {!self && asking === null && (
          <>
            <button type="button" className="button" aria-label={knows ? w.againOf(one.name) : w.inviteOf(one.name)} onClick={() => setAsking("invite")}>{knows ? w.again : w.invite}</button>
            {one.providerOnly && one.status !== "revoked" && <button type="button" className="button" aria-label={one.localUntil ? w.unexceptOf(one.name) : w.exceptOf(one.name)} onClick={() => setAsking("except")}>{one.localUntil ? w.unexcept : w.except}</button>}
            {one.status !== "revoked" && <button type="button" className="button" aria-label={w.revokeOf(one.name)} onClick={() => setAsking("revoke")}>{w.revoke}</button>}
          </>
        )}
      </div>
      {asking === "except" && <ExceptForm one={one} onExcept={onExcept} onClose={() => setAsking(null)} />}
      {(asking === "invite" || asking === "revoke") && (
        <form className={css.ask} onSubmit={(event) => void send(event)} noValidate>
          {asking === "revoke" && <p>{w.revokeAsk(one.name)}</p>}
          {asking === "invite" && knows && <p>{w.againAsk(one.name)}</p>}
          {asking === "invite" && !knows && <TextInput label={w.emailOf(one.name)} type="email" value={email} onChange={setEmail} maxLength={254} autoFocus />}
          <p className={css.actions}>
            <button type="submit" className="button primary" autoFocus={knows || asking === "revoke"}>{labelOf(asking, one)}</button>
            <button type="button" className="button" onClick={() => setAsking(null)}>{w.cancel}</button>
          </p>
        </form>
      )}
      {note}
      {link?.link && <LinkBox line={link} mail={mail} />}
    </li>
  );
}

const labelOf = (asking: "invite" | "revoke", one: MemberAccount): string =>
  asking === "revoke" ? w.revoke : one.login !== undefined ? w.again : w.invite;
