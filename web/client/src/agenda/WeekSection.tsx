import { Suspense, lazy, useCallback, useEffect, useMemo, useState } from "react";
import { api } from "../api/api";
import type { Agenda, Slot } from "../api/contract";
import { Segmented } from "../board/Segmented";
import type { Live } from "../live/useLive";
import { shortDay, wallOf, longDate } from "../time/wall";
import { AgendaSlot, type SlotContext } from "./AgendaSlot";
import { agendaApi } from "./agendaApi";
import { a } from "./messages";
import { OpenSlotDialog, type Wanted } from "./OpenSlotDialog";
import css from "./page.module.css";
import { PhaseNote } from "./PhaseNote";
import { backTo } from "./SlotEdit";
import { type Done, StatusBar, type Undo } from "./StatusBar";
import { TodayPanel } from "./TodayPanel";
import { useAgenda } from "./useAgenda";
import { useCommand } from "./useCommand";
import { useWeekView } from "./useWeekView";
import { DAYS, countOf, unrecorded, weekOf } from "./week";
import { WeekList } from "./WeekList";

const WeekCalendar = lazy(() => import("./WeekCalendar"));

/** Dragged out longer than this, it is several slots: the form asks how many. */
const ONE_SLOT_MS = 60 * 60_000;

interface Props {
  agenda: Agenda;
  timeZone: string;
  live: Live;
  now: number;
  overbook: boolean;
  /** Said by another part of the page: what it did may have changed the week. */
  said: string;
  onAbsence: () => void;
}

export function WeekSection({ agenda, timeZone, live, now, overbook, said: elsewhere, onAbsence }: Props): React.JSX.Element {
  const today = wallOf(now, timeZone).day;
  const [ahead, setAhead] = useState(0);
  const first = today + ahead * DAYS;
  const { detail, failed, refresh } = useAgenda(agenda.id, first, timeZone, live);
  const [view, setView] = useWeekView();
  const [opening, setOpening] = useState<Wanted | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [said, setSaid] = useState<Done | null>(null);
  const command = useCommand();
  const isLive = live.link.kind === "live";

  const done = useCallback((text: string, undo?: Undo) => {
    setSaid({ text, undo });
    refresh();
  }, [refresh]);
  useEffect(() => {
    if (elsewhere) done(elsewhere);
  }, [elsewhere, done]);

  const days = useMemo(() => (detail ? weekOf(detail, now, timeZone, first) : []), [detail, now, timeZone, first]);
  const past = useMemo(() => (detail && ahead === 0 ? unrecorded(detail, now, timeZone) : []), [detail, now, timeZone, ahead]);
  const all = days.flatMap(({ slots }) => slots);
  const context: SlotContext = { agendaId: agenda.id, timeZone, now, isLive, overbook, all: detail?.slots ?? [], onDone: done };

  const noteOpened = (text: string, slotIds: readonly string[]): void => {
    const [only] = slotIds;
    done(text, slotIds.length === 1 && only !== undefined ? { send: (requestId) => api.withdraw(only, false, requestId), text: a.done.withdrawnSeveral } : undefined);
  };
  const openDragged = async (start: number, end: number): Promise<void> => {
    const { day, time } = wallOf(start, timeZone);
    if (end - start > ONE_SLOT_MS) return setOpening({ day, time, minutes: (end - start) / 60_000 });
    const slot = { start: new Date(start).toISOString(), end: new Date(end).toISOString(), mode: "surgery" as const };
    const opened = await command.run((requestId) => api.openSlots(agenda.id, [slot], requestId));
    if (opened) noteOpened(a.done.opened(longDate(slot.start, timeZone)), opened.answer.slotIds);
  };
  const move = async (slot: Slot, start: number, end: number, revert: () => void): Promise<void> => {
    const was = wallOf(slot.start, timeZone).time;
    const moved = await command.run((requestId) => agendaApi.resize(slot.id, new Date(start).toISOString(), new Date(end).toISOString(), requestId));
    if (!moved) return revert();
    done(a.done.moved(was, longDate(new Date(start).toISOString(), timeZone)), backTo(slot, moved.answer.slotId, was));
  };

  return (
    <>
      <div className={css.tools}>
        <div className={css.nav}>
          <button type="button" className="button" aria-label={a.earlier} disabled={ahead === 0} onClick={() => setAhead(ahead - 1)}>‹</button>
          <span>{a.daysFrom(shortDay(first), shortDay(first + DAYS - 1))}</span>
          <button type="button" className="button" aria-label={a.later} onClick={() => setAhead(ahead + 1)}>›</button>
          {ahead > 0 && <button type="button" className="button quiet" onClick={() => setAhead(0)}>{a.thisWeek}</button>}
        </div>
        <Segmented label={a.view} value={view} options={[["calendar", a.views.calendar], ["list", a.views.list]]} onChange={setView} />
        {detail && <p className={css.counts}>{a.counts(countOf(all, "free"), countOf(all, "held"), countOf(all, "booked"))}</p>}
        <button type="button" className="button" disabled={!isLive} onClick={onAbsence}>{a.absence.title}…</button>
        <button type="button" className={`button primary ${css.open}`} disabled={!detail || !isLive} onClick={() => setOpening({ day: first })}>{a.open}</button>
      </div>
      <div className={css.scroll} data-view={view}>
        {!detail && (failed
          ? <p className={css.note} role="alert">{a.failed} <button type="button" className="button" onClick={refresh}>{a.retry}</button></p>
          : <p className={css.note}>{a.loading}</p>)}
        {past.length > 0 && (
          <section className={css.past} aria-labelledby="a-renseigner">
            <h2 id="a-renseigner">{a.pastTitle} <span>{a.pastHelp}</span></h2>
            <ul>{past.map((planned) => <AgendaSlot key={planned.slot.id} planned={planned} context={context} withDay />)}</ul>
          </section>
        )}
        {detail && all.length === 0 && <p className={css.note}>{a.emptyWeek}</p>}
        {detail && view === "list" && <WeekList days={days} today={today} context={context} onOpen={(day) => setOpening({ day })} />}
        {detail && view === "calendar" && (
          <div className={css.body}>
            <Suspense fallback={<p className={css.note}>{a.loading}</p>}>
              <WeekCalendar days={days} today={today} timeZone={timeZone} now={now} isLive={isLive} chosen={chosen} onChoose={setChosen} onDragOpen={openDragged} onMove={(slot, start, end, revert) => void move(slot, start, end, revert)} />
            </Suspense>
            <TodayPanel chosen={all.find(({ slot }) => slot.id === chosen)} today={ahead === 0 ? (days[0]?.slots ?? []) : []} context={context} onClose={() => leavePanel(chosen, setChosen)} />
          </div>
        )}
        <PhaseNote phase={command.phase} />
      </div>
      <StatusBar key={said?.text} done={said} isLive={isLive} onDone={done} />
      {opening !== null && detail && (
        <OpenSlotDialog
          agendaId={agenda.id}
          wanted={opening}
          today={today}
          slots={detail.slots}
          timeZone={timeZone}
          now={now}
          onClose={(opened) => {
            setOpening(null);
            if (opened) noteOpened(opened.text, opened.slotIds);
          }}
        />
      )}
    </>
  );
}

/** Focus goes back to the event the panel was opened from. */
function leavePanel(slotId: string | null, setChosen: (id: null) => void): void {
  setChosen(null);
  requestAnimationFrame(() => document.querySelector(`[data-event="${CSS.escape(slotId ?? "")}"]`)?.closest<HTMLElement>("[tabindex]")?.focus());
}
