import FullCalendar from "@fullcalendar/react";
import interaction from "@fullcalendar/react/interaction";
import french from "@fullcalendar/react/locales/fr";
import "@fullcalendar/react/skeleton.css";
import timeGrid from "@fullcalendar/react/timegrid";
import { useMemo, useRef } from "react";
import type { Slot, SlotState } from "../api/contract";
import { type Mark, StateMark } from "../board/StateMark";
import { m } from "../messages";
import { longDay, shortDay } from "../time/wall";
import { dayTitle } from "./WeekList";
import css from "./calendar.module.css";
import { eventsOf, hoursOf, instantOfWall, wallText } from "./calendar";
import { a } from "./messages";
import { type PlannedDay, type PlannedSlot, dateOf, isToReplace } from "./week";

interface Props {
  days: readonly PlannedDay[];
  today: number;
  timeZone: string;
  now: number;
  isLive: boolean;
  chosen: string | null;
  onChoose: (slotId: string) => void;
  /** Settles once the slot is open, refused, or its form is shown. */
  onDragOpen: (start: number, end: number) => Promise<void>;
  /** Moved or resized to these instants; `revert` puts it back on screen. */
  onMove: (slot: Slot, start: number, end: number, revert: () => void) => void;
}

const two = (n: number): string => String(n).padStart(2, "0");
const PLUGINS = [timeGrid, interaction];
const VIEWS = { week: { type: "timeGrid", duration: { days: 7 } } };

/** The week as a calendar one drags on. Everything it does, the list and the slot's own panel do by keyboard. */
export default function WeekCalendar({ days, today, timeZone, now, isLive, chosen, onChoose, onDragOpen, onMove }: Props): React.JSX.Element {
  const first = days[0]?.day ?? today;
  const minute = Math.floor(now / 60_000);
  // A tick of the clock changes no event as long as no state changes.
  const key = JSON.stringify([days.map(({ slots }) => slots.map(({ slot, state, bookings }) => [slot.id, slot.start, slot.end, state, slot.taken, slot.capacity, slot.heldBy, bookings.map(({ id, status }) => id + status)])), isLive, minute]);
  const events = useMemo(() => eventsOf(days, now, isLive, timeZone), [key, timeZone]);
  const hours = useMemo(() => hoursOf(days, timeZone), [key, timeZone]);
  const at = useMemo(() => wallText(now, timeZone), [minute, timeZone]);
  const nowRef = useRef(now);
  nowRef.current = now;

  const change = ({ event, revert }: { event: { start: Date | null; end: Date | null; extendedProps: Record<string, unknown> }; revert: () => void }): void => {
    const [start, end] = [event.start && instantOfWall(event.start, timeZone), event.end && instantOfWall(event.end, timeZone)];
    const { slot } = event.extendedProps["planned"] as PlannedSlot;
    if (!start || !end || start <= nowRef.current) return revert();
    onMove(slot, start, end, revert);
  };

  return (
    <div className={css.calendar} role="region" aria-label={a.calendar}>
      <FullCalendar
        key={first}
        plugins={PLUGINS}
        locale={french}
        timeZone="UTC"
        now={at}
        initialView="week"
        initialDate={dateOf(first)}
        views={VIEWS}
        headerToolbar={false}
        allDaySlot={false}
        height="100%"
        slotMinTime={`${two(hours.from)}:00:00`}
        slotMaxTime={`${two(hours.to)}:00:00`}
        scrollTime={`${two(Math.max(hours.from, Number(at.slice(11, 13)) - 1))}:00:00`}
        slotDuration="00:30:00"
        snapDuration="00:05:00"
        slotHeaderInterval="01:00:00"
        slotHeaderFormat={{ hour: "2-digit", minute: "2-digit" }}
        slotMinHeight={34}
        eventMinHeight={20}
        nowIndicator
        slotEventOverlap={false}
        selectable={isLive}
        selectMirror
        selectMinDistance={4}
        selectOverlap={(event) => (event.extendedProps["planned"] as PlannedSlot).state === "withdrawn"}
        selectAllow={({ start, end }) => (instantOfWall(start, timeZone) ?? 0) > nowRef.current && dateOf(start.getTime() / 86_400_000) === dateOf((end.getTime() - 1) / 86_400_000)}
        select={({ start, end, view }) => {
          const [from, to] = [instantOfWall(start, timeZone), instantOfWall(end, timeZone)];
          const unselect = (): void => view.calendar.unselect(); // what was dragged out would lie over the slot it became
          if (from && to) void onDragOpen(from, to).finally(unselect);
          else unselect();
        }}
        editable={isLive}
        eventResizableFromStart
        eventOverlap={(still) => (still.extendedProps["planned"] as PlannedSlot).state === "withdrawn"}
        eventInteractive
        eventClick={({ event }) => onChoose(event.id)}
        eventDrop={change}
        eventResize={change}
        events={events}
        eventClass={({ event, isMirror }) => `${css.event} ${isMirror ? css.mirror : ""} ${event.id === chosen ? css.chosen : ""}`}
        columnEventBeforeClass={({ isStartResizable }) => (isStartResizable ? (css.startEdge ?? "") : "")}
        columnEventAfterClass={({ isEndResizable }) => (isEndResizable ? (css.endEdge ?? "") : "")}
        eventContent={({ event, timeText }) => <EventBody planned={event.extendedProps["planned"] as PlannedSlot | undefined} isLive={isLive} time={timeText} />}
        dayHeaderContent={({ date }) => {
          const day = Math.floor(date.getTime() / 86_400_000);
          return <DayHead day={day} today={today} />;
        }}
        dayHeaderClass={css.dayHead ?? ""}
        dayHeaderInnerClass={css.dayHeadInner ?? ""}
        dayHeaderAlign="center"
        slotHeaderInnerClass={css.hour ?? ""}
        slotLaneClass={css.lane ?? ""}
        dayLaneClass={({ isToday }) => `${css.day} ${isToday ? css.today : ""}`}
        nowIndicatorLineClass={css.now ?? ""}
      />
    </div>
  );
}

function DayHead({ day, today }: { day: number; today: number }): React.JSX.Element {
  return (
    <span className={css.dayName}>
      {dayTitle(day, today, weekday)}{" "}
      <small>{shortDay(day).replace(/^\S+ /, "")}</small>
    </span>
  );
}

/** A slot on the calendar: time, state in words, its shape. While one drags, only the time. */
function EventBody({ planned, isLive, time }: { planned: PlannedSlot | undefined; isLive: boolean; time: string }): React.JSX.Element {
  if (!planned) return <span className={css.body}>{time}</span>;
  const { slot, state, bookings } = planned;
  const mark: Mark = state === "free" && !isLive ? "unconfirmed" : state;
  const toReplace = bookings.some(isToReplace);
  return (
    <span className={css.body} data-event={slot.id} data-state={mark} data-replace={toReplace || undefined}>
      <span className={css.time}>{time.slice(0, 5)}</span>
      <StateMark mark={toReplace ? "to-replace" : mark} />
      <span className={css.state}>{toReplace ? a.statuses.toReplace : wordFor(state, mark)}</span>
    </span>
  );
}

/** "Jeudi" */
const weekday = (day: number): string => longDay(day).replace(/ .*$/, "").replace(/^./, (letter) => letter.toUpperCase());

const wordFor = (state: SlotState, mark: Mark): string => (mark === "unconfirmed" ? m.slot.unconfirmed : state === "held" ? m.slot.heldShort : m.states[state]);
