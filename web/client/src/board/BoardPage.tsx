import { Suspense, lazy, useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Session, Slot, Territory } from "../api/contract";
import type { DrawerStage } from "../booking/BookingDrawer";
import { useOwnAgendas } from "../agenda/useOwnAgendas";
import { useLive } from "../live/useLive";
import { m } from "../messages";
import { actsOnBehalf, canBook } from "../session/roles";
import { DemoRibbon } from "../shell/DemoRibbon";
import { useNow } from "../time/useNow";
import { wallOf } from "../time/wall";
import { BoardView } from "./BoardView";
import { LinkBanner } from "./LinkBanner";
import { PageTabs } from "./PageTabs";
import { Toolbar } from "./Toolbar";
import { TopBar } from "./TopBar";
import css from "./board.module.css";
import { countFree, isShown, matches } from "./filters";
import { type BoardItem, itemsOf } from "./items";
import { useActivity } from "./useActivity";
import { useFilters } from "./useFilters";

const loadDrawer = () => import("../booking/BookingDrawer");
const loadUnserved = () => import("../unserved/UnservedDialog");
const BookingDrawer = lazy(() => loadDrawer().then(({ BookingDrawer: it }) => ({ default: it })));
const AgendaPage = lazy(() => import("../agenda/AgendaPage").then(({ AgendaPage: it }) => ({ default: it })));
const UnservedDialog = lazy(() => loadUnserved().then(({ UnservedDialog: it }) => ({ default: it })));

interface Props {
  session: Session;
  territories: Territory[];
  onLeave: () => void;
}

export function BoardPage({ session, territories, onLeave }: Props): React.JSX.Element {
  const { identity } = session;
  const reachable = useMemo(() => reachableBy(identity.territories, territories), [identity, territories]);
  const [filters, change] = useFilters();
  const chosen = useMemo(() => {
    const wanted = reachable.filter(({ id }) => filters.territories.includes(id));
    return wanted.length > 0 ? wanted : reachable;
  }, [reachable, filters.territories]);

  const own = useOwnAgendas(identity);
  const onAgenda = filters.page === "agenda" && own.length > 0;
  const watched = useMemo(() => {
    const ids = chosen.map(({ id }) => id);
    return onAgenda ? [...new Set([...ids, ...own.map(({ territoryId }) => territoryId)])] : ids;
  }, [chosen, own, onAgenda]);
  const live = useLive(watched);
  const now = useNow(live.clock);
  const timeZone = chosen[0]?.timeZone ?? "Europe/Paris";
  const { recent, message } = useActivity(live, timeZone);
  const isLive = live.link.kind === "live";

  const [booking, setBooking] = useState<{ slot: Slot; territory: Territory; file: number } | null>(null);
  const stage = useRef<DrawerStage>("form");
  const [myHold, setMyHold] = useState<string | null>(null);
  const [unservedOpen, setUnservedOpen] = useState(false);
  const [notice, setNotice] = useState("");
  const boardRef = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const timer = setTimeout(() => void Promise.all([loadDrawer(), loadUnserved()]).catch(() => undefined), 1_500);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => setNotice(""), [message]);

  // `live.version` stands for the content of the store.
  const items = useMemo(() => itemsOf(live.store, chosen, now), [live.store, live.version, live.link, chosen, now]);
  const shown = useMemo(() => {
    const lit = new Set(recent.keys());
    return items.filter((item) => matches(item, filters) && isShown(item, filters, now, lit));
  }, [items, filters, now, recent]);
  const counts = useMemo(() => countFree(items, filters, now), [items, filters, now]);

  const open = useCallback(
    ({ slot, state, territory, current }: BoardItem) => {
      const time = wallOf(slot.start, territory.timeZone).time;
      if (!canBook(identity.role)) setNotice(m.slot.countsOnly);
      else if (!isLive || !current) setNotice(m.slot.frozen);
      else if (state !== "free") setNotice(m.slot.notBookable(time, m.states[state]));
      else if (stage.current === "sending") setNotice(m.booking.sending);
      else setBooking((known) => ({ slot, territory, file: nextFile(known?.file, stage.current) }));
    },
    [isLive, identity.role],
  );

  const close = useCallback(() => {
    const id = booking?.slot.id;
    setBooking(null);
    setMyHold(null);
    stage.current = "form";
    requestAnimationFrame(() => {
      const card = id && boardRef.current?.querySelector<HTMLElement>(`[data-slot="${CSS.escape(id)}"]`);
      (card || boardRef.current)?.focus();
    });
  }, [booking]);

  const noteStage = useCallback((next: DrawerStage) => void (stage.current = next), []);
  const takeAlternative = useCallback((slot: Slot) => setBooking((known) => known && { ...known, slot }), []);

  return (
    <div className={css.page} data-drawer={booking && !onAgenda ? "open" : undefined}>
      <a className={css.skip} href="#creneaux">{m.app.skip}</a>
      <DemoRibbon />
      <TopBar identity={identity} live={live} now={now} onLeave={onLeave} tabs={own.length > 0 && <PageTabs page={filters.page} busy={booking !== null} onChange={(page) => change({ page })} />} />
      <LinkBanner live={live} now={now} />
      {onAgenda ? (
        <Suspense fallback={<p className={css.empty}>{m.app.loading}</p>}>
          <AgendaPage agendas={own} territories={territories} live={live} now={now} />
        </Suspense>
      ) : (
        <Toolbar
          filters={filters}
          onChange={change}
          territories={reachable}
          chosen={chosen}
          counts={counts}
          live={isLive}
          onUnserved={canBook(identity.role) ? () => setUnservedOpen(true) : undefined}
        />
      )}
      {/* The drawer keeps its hold and what was typed while one looks at the agenda. */}
      <div className={css.body} hidden={onAgenda}>
        {!onAgenda && <main className={css.main}>
          <h1 className="visually-hidden">{m.board.title}</h1>
          <BoardView
            ref={boardRef}
            shown={shown}
            total={items.length}
            filters={filters}
            now={now}
            live={isLive}
            started={live.link.kind !== "connecting"}
            recent={recent}
            mySlot={myHold}
            openSlot={booking?.slot.id ?? null}
            seesSlots={canBook(identity.role)}
            onOpen={open}
          />
          <p role="status" className={css.status}>{notice || message || <span aria-hidden="true">{m.activity.none}</span>}</p>
        </main>}
        {booking && (
          <Suspense fallback={<aside className={css.drawerWait}>{m.booking.asking}</aside>}>
            <BookingDrawer
              key={booking.file}
              slot={booking.slot}
              territory={booking.territory}
              identity={identity}
              onBehalf={actsOnBehalf(identity.role)}
              live={live}
              now={now}
              items={items}
              onHeld={setMyHold}
              onTake={takeAlternative}
              onStage={noteStage}
              onClose={close}
            />
          </Suspense>
        )}
      </div>
      {unservedOpen && (
        <Suspense fallback={null}>
          <UnservedDialog
            territories={chosen}
            stream={filters.streams[0] ?? "gp"}
            onClose={(recorded) => {
              setUnservedOpen(false);
              if (recorded) setNotice(m.unserved.done);
            }}
          />
        </Suspense>
      )}
    </div>
  );
}

/** Another slot clicked: the same patient's file goes on, unless it is done. */
const nextFile = (file: number | undefined, stage: DrawerStage): number => (file ?? 0) + (stage === "done" ? 1 : 0);

function reachableBy(ids: readonly string[], territories: Territory[]): Territory[] {
  const own = territories.filter(({ id }) => ids.includes(id));
  return own.length > 0 ? own : territories;
}
