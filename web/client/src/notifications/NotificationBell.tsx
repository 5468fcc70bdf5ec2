import { Suspense, lazy, useCallback, useEffect, useRef, useState } from "react";
import { newRequestId, runCommand } from "../api/command";
import type { Agenda, Identity, Territory } from "../api/contract";
import type { Live } from "../live/useLive";
import { longDate } from "../time/wall";
import { noticesApi } from "./api";
import css from "./bell.module.css";
import { b } from "./bellMessages";
import type { Notice, NoticeNews } from "./contract";
import { type Said, saidBy } from "./news";
import { useNotices } from "./useNotices";

const loadPanel = () => import("./NotificationPanel");
const NotificationPanel = lazy(() => loadPanel().then(({ NotificationPanel: it }) => ({ default: it })));

interface Props {
  identity: Identity;
  own: readonly Agenda[];
  territories: readonly Territory[];
  live: Live;
  /** The agenda is on screen: what it shows is seen. */
  onAgenda: boolean;
}

interface Toast {
  key: number;
  text: string;
  notice: Notice | null;
}

const TOAST_MS = 12_000;
const MOST_TOASTS = 3;

/** The bell of the top bar, its panel and its toasts. Who booked for a patient has no bell, but is told that the practice has seen it. */
export function NotificationBell({ identity, own, territories, live, onAgenda }: Props): React.JSX.Element {
  const looksAfter = identity.role === "teleSecretary";
  const wanted = own.length > 0 || looksAfter;
  /** Nothing but other practices' unseen appointments. */
  const desk = looksAfter && own.length === 0;
  const [open, setOpen] = useState(false);
  const [toasts, setToasts] = useState<Toast[]>([]);
  const keys = useRef(0);
  const bell = useRef<HTMLButtonElement>(null);

  const when = useCallback((notice: Notice) => longDate(notice.start, territories.find(({ id }) => id === notice.territoryId)?.timeZone ?? "Europe/Paris"), [territories]);
  const hear = useCallback(
    (news: NoticeNews, notice: Notice | null) => {
      if (!notice) return;
      if (news !== "queued") setToasts((all) => all.filter((toast) => toast.notice?.id !== notice.id)); // seen elsewhere
      const mine = own.some(({ id }) => id === notice.agendaId);
      const said = saidBy(news, notice, { mine, looksAfter });
      if (!said) return;
      const text = TEXTS[said](notice, when(notice));
      const key = ++keys.current;
      setToasts((all) => [...all, { key, text, notice: mine ? notice : null }].slice(-MOST_TOASTS));
      setTimeout(() => setToasts((all) => all.filter((toast) => toast.key !== key)), TOAST_MS);
    },
    [own, when, looksAfter],
  );
  const notices = useNotices(own.length > 0, looksAfter ? identity.territories : null, live.link.kind === "live", hear);
  const unseen = notices.list?.unseen ?? 0;

  const see = useCallback(
    (agendaId: string, ids?: string[]) => {
      const requestId = newRequestId();
      setToasts((all) => all.filter(({ notice }) => notice?.agendaId !== agendaId || (ids && !ids.includes(notice.id))));
      void runCommand(() => noticesApi.see(agendaId, ids, requestId)).then(notices.refresh, notices.refresh);
    },
    [notices.refresh],
  );

  // Opening the agenda is seeing what it shows; a delegate, who may have many, says “vu” one by one.
  const list = notices.list?.notices;
  const marked = useRef(new Set<string>()); // asked once: a refusal is not repeated for ever
  useEffect(() => {
    if (!onAgenda || document.visibilityState !== "visible") return;
    for (const { id, delegated } of own) {
      if (delegated) continue;
      const ids = list?.filter((notice) => notice.agendaId === id && !notice.seenAt && !marked.current.has(notice.id)).map((notice) => notice.id) ?? [];
      if (ids.length === 0) continue;
      ids.forEach((one) => marked.current.add(one));
      see(id, ids);
    }
  }, [onAgenda, own, list, see]);

  useEffect(() => {
    if (!open) return;
    const close = (event: KeyboardEvent): void => {
      if (event.key !== "Escape") return;
      setOpen(false);
      bell.current?.focus();
    };
    document.addEventListener("keydown", close);
    return () => document.removeEventListener("keydown", close);
  }, [open]);

  const title = desk ? b.unseenList : b.notices;
  return (
    <div className={css.root}>
      {wanted && (
        <button
          ref={bell}
          type="button"
          className={`button ${css.bell}`}
          data-testid="bell"
          data-some={unseen > 0 || undefined}
          aria-expanded={open}
          aria-label={`${title} : ${desk ? b.unseenCount(unseen) : b.count(unseen)}`}
          onPointerEnter={() => void loadPanel().catch(() => undefined)}
          onClick={() => setOpen(!open)}
        >
          <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="2" strokeLinejoin="round" strokeLinecap="round">
            <path d="M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15zM10 21h4" />
          </svg>
          {unseen > 0 && <span className={css.count} aria-hidden="true">{unseen > 99 ? "99+" : unseen}</span>}
        </button>
      )}
      {open && (
        <Suspense fallback={null}>
          <NotificationPanel
            title={title}
            desk={desk}
            isMine={(notice) => own.some(({ id }) => id === notice.agendaId)}
            notices={notices}
            when={when}
            onSee={see}
            onClose={() => {
              setOpen(false);
              bell.current?.focus();
            }}
          />
        </Suspense>
      )}
      <div className={css.toasts} role="status" data-testid="notice-toasts">
        {toasts.map(({ key, text, notice }) => (
          <p key={key} className={css.toast}>
            <span>{text}</span>
            {notice && <button type="button" className="button" onClick={() => see(notice.agendaId, [notice.id])}>{b.mark}</button>}
            <button type="button" className="button quiet" aria-label={b.close} onClick={() => setToasts((all) => all.filter((toast) => toast.key !== key))}>×</button>
          </p>
        ))}
      </div>
    </div>
  );
}

const TEXTS: Record<Said, (notice: Notice, when: string) => string> = {
  happened: (notice, when) => b.toast(b.kinds[notice.kind], when, notice.place),
  toReplace: (notice, when) => b.toReplace(notice.practitioner ?? notice.place, when),
  escalated: (notice, when) => b.escalated(notice.practitioner ?? notice.place, when),
  seenByPractice: (_, when) => b.seenByPractice(when),
};
