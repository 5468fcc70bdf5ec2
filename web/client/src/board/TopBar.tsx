import type { Identity } from "../api/contract";
import { EmergencyButton } from "../emergency/EmergencyButton";
import { type Live, asServerTime } from "../live/useLive";
import { m } from "../messages";
import { insideSas } from "../session/roles";
import { Brand } from "../shell/Brand";
import { clockTime } from "../time/wall";
import { followHere } from "./PageTabs";
import css from "./topbar.module.css";

interface Props {
  identity: Identity;
  live: Live;
  now: number;
  /** Tabs, for who has more than the board. */
  tabs?: React.ReactNode;
  bell?: React.ReactNode;
  onLeave: () => void;
  /** For who has an account of their own; without it one is a demonstration identity. */
  onAccount?: (() => void) | undefined;
  /** On a shared computer. */
  onLock?: (() => void) | undefined;
}

export function TopBar({ identity, live, now, tabs, bell, onLeave, onAccount, onLock }: Props): React.JSX.Element {
  const { kind, heardAt } = live.link;
  const asOf = kind === "live" ? now : heardAt === null ? null : asServerTime(live.clock, heardAt);
  return (
    <header className={css.bar}>
      <Brand short />
      {tabs}
      <p className={css.link} data-kind={kind} data-testid="link">
        <span className={css.dot} aria-hidden="true" />
        <span className={css.linkText}>
          {m.link[kind]}
          {asOf !== null && <span className={css.asOf}> · {m.link.asOf(clockTime(asOf))}</span>}
        </span>
      </p>
      <div className={css.right}>
        <EmergencyButton inside={insideSas(identity.role)} />
        {bell}
        <p className={css.who}>
          <span className={css.name}>
            {onAccount ? <a href="?page=compte" title={m.session.account} onClick={(event) => followHere(event, onAccount)}>{identity.name}</a> : identity.name}
          </span>
          <span className={css.role}>{m.roles[identity.role]} · {identity.organization}</span>
        </p>
        {onLock && <button type="button" className={`button ${css.leave}`} aria-label={m.session.lock} aria-keyshortcuts="F9" title="F9" onClick={onLock}>{m.session.lockShort}</button>}
        <button type="button" className={`button ${css.leave}`} aria-label={onAccount ? m.session.leave : m.session.change} onClick={onLeave}>
          {onAccount ? m.session.leaveShort : m.session.changeShort}
        </button>
      </div>
    </header>
  );
}
