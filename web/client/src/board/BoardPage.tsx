import { Suspense, lazy, useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Agenda, Session, Territory } from "../api/contract";
import { useInHand } from "../calls/inHand";
import { useDossier } from "../dossier/useDossier";
import { useOnEmergency } from "../emergency/useEmergency";
import { useOwnAgendas } from "../agenda/useOwnAgendas";
import { useReplacements } from "../agenda/useReplacements";
import { useBookingFiles } from "../booking/useBookingFiles";
import { MOST_FILES } from "../booking/files";
import { toExamine, useGlass } from "../glass/useGlass";
import { useLive } from "../live/useLive";
import { m } from "../messages";
import { NotificationBell } from "../notifications/NotificationBell";
import { useKeepBoard } from "../offline/useKeepBoard";
import { actsOnBehalf, canBook } from "../session/roles";
import { DemoRibbon } from "../shell/DemoRibbon";
import { NoPage } from "../shell/NoPage";
import { PageFoot } from "../shell/PageFoot";
import { useNow } from "../time/useNow";
import { wallOf } from "../time/wall";
import { Board } from "./Board";
import { LinkBanner } from "./LinkBanner";
import { PageTabs } from "./PageTabs";
import { TopBar } from "./TopBar";
import css from "./board.module.css";
import { type BoardItem, opensGlass } from "./items";
import { ACCOUNT, BOARD, GLASS, OFFLINE, REGULATION, REPLACE, REQUESTS, type Visitor, pageOf } from "./pages";
import { useLinkedRequest } from "./useLinkedRequest";
import { useFilters } from "./useFilters";
import { useTerritories } from "./useTerritories";

const loadDrawer = () => import("../booking/BookingTabs");
const loadUnserved = () => import("../unserved/UnservedDialog");
const BookingTabs = lazy(() => loadDrawer().then(({ BookingTabs: it }) => ({ default: it })));
const UnservedDialog = lazy(() => loadUnserved().then(({ UnservedDialog: it }) => ({ default: it })));

const GlassDialog = lazy(() => import("../glass/GlassDialog").then(({ GlassDialog: it }) => ({ default: it })));
const DossierBanner = lazy(() => import("../dossier/DossierBanner").then(({ DossierBanner: it }) => ({ default: it })));
const LinkedBanner = lazy(() => import("../requests/LinkedBanner").then(({ LinkedBanner: it }) => ({ default: it })));

const NO_AGENDAS: readonly Agenda[] = [];
const NO_TERRITORIES: readonly Territory[] = [];

interface Props {
  session: Session;
  territories: Territory[];
  onLeave: () => void;
  /** On a shared computer. */
  onLock: (() => void) | undefined;
}

export function BoardPage({ session, territories: first, onLeave, onLock }: Props): React.JSX.Element {
  const { identity } = session;
  const [territories, askTerritories] = useTerritories(first);
  const reachable = useMemo(() => reachableBy(identity.territories, territories), [identity, territories]);
  const [filters, change] = useFilters();
  const chosen = useMemo(() => {
    const wanted = reachable.filter(({ id }) => filters.territories.includes(id));
    return wanted.length > 0 ? wanted : reachable;
  }, [reachable, filters.territories]);

  const [own, askOwn] = useOwnAgendas(identity);
  const visitor: Visitor = { identity, own, territories };
  const goTo = (id: string): void => change({ page: id });
  const onBoard = filters.page === BOARD;
  const page = pageOf(filters.page);
  const watched = useMemo(() => [...new Set([...chosen.map(({ id }) => id), ...(page?.watches?.(own ?? [], reachable) ?? [])])], [chosen, own, page, reachable]);
  const live = useLive(watched);
  const glass = useGlass(territories, live);
  useEffect(() => live.store.onView(askOwn), [live.store, askOwn]);
  useEffect(() => live.store.onEpoch(askTerritories), [live.store, askTerritories]);
  const now = useNow(live.clock);
  useKeepBoard(live, identity, chosen);
  const replacements = useReplacements(canBook(identity.role) ? chosen : NO_TERRITORIES, live, filters.page === REPLACE);
  const isLive = live.link.kind === "live";

  const files = useBookingFiles();
  const inFront = files.list.find(({ id }) => id === files.front);
  const [myHold, setMyHold] = useState<string | null>(null);
  const [glassOf, setGlassOf] = useState<Pick<BoardItem, "slot" | "territory"> | null>(null);
  const [unservedOpen, setUnservedOpen] = useState(false);
  const [notice, setNotice] = useState("");
  const linked = useLinkedRequest(change);
  const dossiers = useDossier(change);
  const call = useInHand(identity.id, filters.page !== REGULATION);
  const boardRef = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const timer = setTimeout(() => void Promise.all([loadDrawer(), loadUnserved()]).catch(() => undefined), 1_500);
    return () => clearTimeout(timer);
  }, []);

  const open = useCallback(
    ({ slot, state, territory, current }: BoardItem) => {
      const time = wallOf(slot.start, territory.timeZone).time;
      const request = linked.for(slot);
      if (!canBook(identity.role)) setNotice(m.slot.countsOnly);
      else if (identity.role === "emergencyDesk" && territory.emergencyDesk === "requestOnly") setNotice(m.slot.asksOnly);
      else if (!isLive || !current) setNotice(m.slot.frozen);
      else if (opensGlass({ slot, state, territory })) setGlassOf({ slot, territory });
      else if (state !== "free") setNotice(m.slot.notBookable(time, m.states[state]));
      else if (!files.open(slot, territory, request, dossiers.dossier ?? undefined)) setNotice(request && files.list.length >= MOST_FILES ? (m.refusals["too-many-holds"] ?? "") : m.booking.sending);
    },
    [isLive, identity.role, files.open, files.list, linked, dossiers.dossier],
  );

  const focusCard = useCallback((id: string) => {
    requestAnimationFrame(() => {
      const card = boardRef.current?.querySelector<HTMLElement>(`[data-slot="${CSS.escape(id)}"]`);
      (card || boardRef.current)?.focus();
    });
  }, []);

  const forgetNotice = useCallback(() => setNotice(""), []);
  const askWhy = useCallback(() => setUnservedOpen(true), []);
  useOnEmergency(files.closeAll);

  return (
    <div className={css.page} data-drawer={inFront && onBoard ? "open" : undefined}>
      <a className={css.skip} href="#creneaux">{m.app.skip}</a>
      <DemoRibbon traffic={session.traffic} />
      <TopBar identity={identity} live={live} now={now} onLeave={onLeave} onLock={onLock} onAccount={session.method ? () => goTo(ACCOUNT) : undefined} bell={<NotificationBell identity={identity} own={own ?? NO_AGENDAS} territories={territories} live={live} onAgenda={filters.page === "agenda"} />} tabs={<PageTabs page={filters.page} visitor={visitor} busy={inFront !== undefined} toReplace={replacements.list?.length ?? null} onChange={goTo} />} />
      <LinkBanner live={live} now={now} onList={filters.page === OFFLINE ? undefined : () => goTo(OFFLINE)} />
      {toExamine(glass) > 0 && filters.page !== GLASS && (
        <p className={css.call} role="status">
          <strong>{m.app.glassToExamine(toExamine(glass))}</strong> <button type="button" className="button" onClick={() => goTo(GLASS)}>{m.app.glassOpen}</button>
        </p>
      )}
      {call && filters.page !== REGULATION && (
        <p className={css.call}>
          <strong>{m.app.callInHand(call.label)}</strong> <button type="button" className="button" onClick={() => goTo(REGULATION)}>{m.app.backToCall}</button>
        </p>
      )}
      {!onBoard && (
        <Suspense fallback={<p className={css.empty}>{m.app.loading}</p>}>
          {page?.isFor(visitor)
            ? page.render({ identity, own: own ?? [], glass, territories, chosen, live, now, goTo, replacements, bookFor: linked.bookFor, openDossier: dossiers.open })
            : <NoPage why={page ? page.isFor(visitor) : undefined} onBoard={() => goTo(BOARD)} />}
        </Suspense>
      )}
      {onBoard && linked.request && (
        <Suspense fallback={null}>
          <LinkedBanner request={linked.request} territories={territories} onDetach={linked.clear} />
        </Suspense>
      )}
      {onBoard && dossiers.dossier && (
        <Suspense fallback={null}>
          <DossierBanner dossier={dossiers.dossier} territories={reachable} onClose={() => dossiers.close()} />
        </Suspense>
      )}
      <Board
        boardRef={boardRef}
        identity={identity}
        live={live}
        reachable={reachable}
        chosen={chosen}
        filters={linked.narrow(filters)}
        onChange={change}
        hidden={!onBoard}
        mySlot={inFront ? myHold : null}
        openSlot={inFront?.slot.id ?? null}
        notice={notice}
        onMessage={forgetNotice}
        onOpen={open}
        onUnserved={askWhy}
      >
        {(items) =>
          inFront && (
            <Suspense fallback={<aside className={css.drawerWait}>{m.booking.asking}</aside>}>
              <BookingTabs
                files={files}
                identity={identity}
                onBehalf={actsOnBehalf(identity.role)}
                live={live}
                now={now}
                items={items}
                onHeld={setMyHold}
                onServed={linked.served}
                onDossierServed={dossiers.close}
                onClosed={(slotId, served) => (served ? goTo(REQUESTS) : focusCard(slotId))}
              />
            </Suspense>
          )
        }
      </Board>
      <PageFoot page={filters.page} />
      {glassOf && (
        <Suspense fallback={null}>
          <GlassDialog slot={glassOf.slot} territory={glassOf.territory} onClose={() => (setGlassOf(null), focusCard(glassOf.slot.id))} />
        </Suspense>
      )}
      {unservedOpen && (
        <Suspense fallback={null}>
          <UnservedDialog
            territories={chosen}
            stream={filters.streams[0] ?? "gp"}
            request={linked.request}
            onClose={(recorded) => {
              setUnservedOpen(false);
              if (!recorded) return;
              setNotice(m.unserved.done);
              if (linked.request) {
                linked.clear();
                goTo(REQUESTS);
              }
            }}
          />
        </Suspense>
      )}
    </div>
  );
}

function reachableBy(ids: readonly string[], territories: Territory[]): Territory[] {
  const own = territories.filter(({ id }) => ids.includes(id));
  return own.length > 0 ? own : territories;
}
