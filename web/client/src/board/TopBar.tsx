import type { Identity } from "../api/contract";
import { type Live, asServerTime } from "../live/useLive";
import { m } from "../messages";
import { insideSas } from "../session/roles";
import { Brand } from "../shell/Brand";
import { clockTime } from "../time/wall";
import css from "./topbar.module.css";

interface Props {
  identity: Identity;
  live: Live;
  now: number;
  /** Tabs, for who has more than the board. */
  tabs?: React.ReactNode;
  onLeave: () => void;
}

export function TopBar({ identity, live, now, tabs, onLeave }: Props): React.JSX.Element {
  const { kind, heardAt } = live.link;
  const asOf = kind === "live" ? now : heardAt === null ? null : asServerTime(live.clock, heardAt);
  return (
    <header className={css.bar}>
      <Brand />
      {tabs}
      <p className={css.link} data-kind={kind} data-testid="link">
        <span className={css.dot} aria-hidden="true" />
        <span className={css.linkText}>
          {m.link[kind]}
          {asOf !== null && <span className={css.asOf}> · {m.link.asOf(clockTime(asOf))}</span>}
        </span>
      </p>
      <div className={css.right}>
        {!insideSas(identity.role) && <a className={css.call15} href="tel:15">{m.app.call15}</a>}
        <p className={css.who}>
          <span className={css.name}>{identity.name}</span>
          <span className={css.role}>{m.roles[identity.role]} · {identity.organization}</span>
        </p>
        <button type="button" className="button" aria-label={m.session.change} onClick={onLeave}>
          {m.session.changeShort}
        </button>
      </div>
    </header>
  );
}
