import { useCallback, useMemo, useState } from "react";
import { I18nProvider } from "react-aria-components";
import type { Agenda, Territory } from "../api/contract";
import { Segmented } from "../board/Segmented";
import type { Live } from "../live/useLive";
import { m } from "../messages";
import { shortDay, wallOf } from "../time/wall";
import { AgendaSlot, type SlotContext } from "./AgendaSlot";
import { OpenSlotDialog } from "./OpenSlotDialog";
import css from "./agenda.module.css";
import { a } from "./messages";
import { useAgenda } from "./useAgenda";
import { type PlannedDay, unrecorded, weekOf } from "./week";

interface Props {
  agendas: Agenda[];
  territories: readonly Territory[];
  live: Live;
  now: number;
}

export function AgendaPage({ agendas, territories, live, now }: Props): React.JSX.Element {
  const [wanted, setWanted] = useState(agendas[0]?.id ?? "");
  const agenda = agendas.find(({ id }) => id === wanted) ?? agendas[0];
  return (
    <I18nProvider locale="fr-FR">
      <main id="creneaux" tabIndex={-1} className={css.main}>
        {agenda && (
          <Week
            key={agenda.id}
            agenda={agenda}
            timeZone={territories.find(({ id }) => id === agenda.territoryId)?.timeZone ?? "Europe/Paris"}
            live={live}
            now={now}
            choice={agendas.length > 1 && <Segmented label={a.which} value={agenda.id} options={agendas.map((one) => [one.id, `${one.place.name} · ${m.streams[one.stream]}`])} onChange={setWanted} />}
          />
        )}
      </main>
    </I18nProvider>
  );
}

function Week({ agenda, timeZone, live, now, choice }: { agenda: Agenda; timeZone: string; live: Live; now: number; choice: React.ReactNode }): React.JSX.Element {
  const today = wallOf(now, timeZone).day;
  const { detail, failed, refresh } = useAgenda(agenda.id, today, timeZone, live);
  const [opening, setOpening] = useState<number | null>(null);
  const [said, setSaid] = useState("");
  const isLive = live.link.kind === "live";

  const days = useMemo(() => (detail ? weekOf(detail, now, timeZone) : []), [detail, now, timeZone]);
  const past = useMemo(() => (detail ? unrecorded(detail, now, timeZone) : []), [detail, now, timeZone]);
  const all = days.flatMap(({ slots }) => slots);
  const done = useCallback(
    (text: string) => {
      setSaid(text);
      refresh();
    },
    [refresh],
  );
  const context: SlotContext = { agendaId: agenda.id, timeZone, now, isLive, all: detail?.slots ?? [], onDone: done };

  return (
    <>
      <header className={css.head}>
        <div>
          <h1>{a.title}</h1>
          <p className={css.where}>{agenda.practitioner?.name ?? agenda.place.name} · {m.streams[agenda.stream]} · {agenda.place.name}, {agenda.place.commune}</p>
        </div>
        {choice}
        <div className={css.headRight}>
          {detail && <p className={css.counts}>{a.counts(countOf(all, "free"), countOf(all, "held"), countOf(all, "booked"))}</p>}
          <button type="button" className="button primary" disabled={!detail || !isLive} onClick={() => setOpening(today)}>{a.open}</button>
        </div>
      </header>
      <div className={css.scroll}>
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
        {detail && (
          <div className={css.week} role="group" aria-label={a.week}>
            {days.map((day) => <Day key={day.day} plan={day} today={today} context={context} onOpen={setOpening} />)}
          </div>
        )}
      </div>
      <p role="status" className={css.status}>{isLive ? said : a.notLive}</p>
      {opening !== null && detail && (
        <OpenSlotDialog
          agendaId={agenda.id}
          days={days}
          day={opening}
          today={today}
          slots={detail.slots}
          timeZone={timeZone}
          now={now}
          onClose={(opened) => {
            setOpening(null);
            if (opened) done(a.done.opened(opened));
          }}
        />
      )}
    </>
  );
}

function Day({ plan, today, context, onOpen }: { plan: PlannedDay; today: number; context: SlotContext; onOpen: (day: number) => void }): React.JSX.Element {
  const { day, slots } = plan;
  const date = shortDay(day);
  return (
    <section className={css.day} aria-labelledby={`jour-${day}`}>
      <div className={css.dayHead}>
        <h2 id={`jour-${day}`}>
          {dayTitle(day, today)}
          {day - today < 2 && <span> {date.replace(/ \S+$/, "")}</span>}
        </h2>
        <button type="button" className={`button quiet ${css.add}`} aria-label={a.openOn(date)} title={a.open} disabled={!context.isLive} onClick={() => onOpen(day)}>
          <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="M8 3v10M3 8h10" /></svg>
        </button>
        <p>{slots.length === 0 ? a.emptyDay : a.dayCounts(countOf(slots, "free"), countOf(slots, "booked"))}</p>
      </div>
      {slots.length > 0 && <ul>{slots.map((planned) => <AgendaSlot key={planned.slot.id} planned={planned} context={context} />)}</ul>}
    </section>
  );
}

const dayTitle = (day: number, today: number): string => (day === today ? a.today : day === today + 1 ? a.tomorrow : shortDay(day));

const countOf = (slots: PlannedDay["slots"], state: string): number => slots.filter((one) => one.state === state).length;
