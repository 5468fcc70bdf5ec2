import { Suspense, lazy, useEffect, useRef, useState } from "react";
import { phoneHref, phoneText } from "../phone";
import { wallOf } from "../time/wall";
import css from "./bell.module.css";
import { b } from "./bellMessages";
import type { Notice } from "./contract";
import { n } from "./messages";
import type { Notices } from "./useNotices";

const SettingsForm = lazy(() => import("./SettingsForm").then(({ SettingsForm: it }) => ({ default: it })));

interface Props {
  title: string;
  /** Only what other practices have not seen. */
  desk: boolean;
  /** Of an agenda that the reader owns or manages; others are looked after by telephone. */
  isMine: (notice: Notice) => boolean;
  notices: Notices;
  when: (notice: Notice) => string;
  onSee: (agendaId: string, ids?: string[]) => void;
  onClose: () => void;
}

export function NotificationPanel({ title, desk, isMine, notices, when, onSee, onClose }: Props): React.JSX.Element {
  const [settings, setSettings] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [settings]);
  const list = notices.list?.notices ?? [];
  const several = new Set(list.map(({ agendaId }) => agendaId)).size > 1;
  const open = list.filter((one) => !one.seenAt && isMine(one));
  const agendas = [...new Set(open.map(({ agendaId }) => agendaId))];
  return (
    <section className={css.panel} aria-labelledby="notices-title">
      <header className={css.head}>
        <h2 id="notices-title" ref={heading} tabIndex={-1}>{settings ? n.settingsTitle : title}</h2>
        {!settings && agendas.length > 0 && (
          <button type="button" className="button quiet" onClick={() => agendas.forEach((id) => onSee(id, open.filter((one) => one.agendaId === id).map(({ id: it }) => it)))}>{n.markAll}</button>
        )}
        <button type="button" className="button quiet" aria-label={b.close} onClick={onClose}>×</button>
      </header>
      {settings ? (
        <Suspense fallback={null}><SettingsForm /></Suspense>
      ) : (
        <div className={css.scroll} tabIndex={0} role="region" aria-labelledby="notices-title">
          {desk && <p className={css.lead}>{n.unseenLead}</p>}
          {notices.failed && <p className={css.lead} role="alert">{n.failed}</p>}
          {notices.list && list.length === 0 && <p className={css.lead}>{desk ? n.unseenNone : n.none}</p>}
          <ul>
            {list.map((notice) => <Line key={notice.id} notice={notice} when={when(notice)} isMine={isMine(notice)} named={several} onSee={onSee} />)}
          </ul>
        </div>
      )}
      {!desk && (
        <footer className={css.foot}>
          <button type="button" className="button" onClick={() => setSettings(!settings)}>{settings ? n.back : n.settings}</button>
        </footer>
      )}
    </section>
  );
}

function Line({ notice, when, isMine, named, onSee }: { notice: Notice; when: string; isMine: boolean; named: boolean; onSee: Props["onSee"] }): React.JSX.Element {
  const what = `${b.kinds[notice.kind]}, ${when}`;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <li className={css.line} data-notice={notice.id} data-unseen={!notice.seenAt || undefined}>
      <p className={css.what}><span className={css.kind} data-kind={notice.kind}>{b.kinds[notice.kind]}</span> {when}</p>
      <p className={css.where}>{(named || !isMine) && notice.practitioner ? `${notice.practitioner} · ` : ""}{notice.place}</p>
      {notice.deliveries?.map((one, i) => (
        <p key={i} className={css.where} data-status={one.status}>{n.delivery(n.channels[one.channel], one.to, n.statuses[one.status])}</p>
      ))}
      {!isMine ? (
        notice.phone && <a className="button" href={phoneHref(notice.phone)}>{n.call(phoneText(notice.phone))}</a>
      ) : notice.seenAt ? (
        <p className={css.seen}><span aria-hidden="true">✓ </span>{notice.seenBy ? n.seen(notice.seenBy, wallOf(notice.seenAt, zone).time) : n.settled(wallOf(notice.seenAt, zone).time)}</p>
      ) : (
        <button type="button" className="button" aria-label={n.markOf(what)} onClick={() => onSee(notice.agendaId, [notice.id])}>{n.mark}</button>
      )}
    </li>
  );
}
