import { useState } from "react";
import type { Reason } from "../api/contract";
import { PhaseNote } from "../agenda/PhaseNote";
import type { CommandPhase } from "../agenda/useCommand";
import { m } from "../messages";
import { shortDay, wallOf } from "../time/wall";
import type { CareRequest } from "./contract";
import { Ending, type Outcome, Unserved } from "./Ending";
import { SHAPES, timeLeft, urgencyOf } from "./list";
import { q } from "./messages";
import { PatientNote } from "./PatientNote";
import css from "./requests.module.css";

export interface RowActions {
  take: (one: CareRequest) => void;
  release: (one: CareRequest) => void;
  book: (one: CareRequest) => void;
  end: (one: CareRequest, outcome: Outcome) => void;
}

interface Props extends RowActions {
  one: CareRequest;
  open: boolean;
  reasons: readonly Reason[];
  timeZone: string;
  now: number;
  isLive: boolean;
  /** What became of the last command to this request. */
  phase: CommandPhase;
}

type Panel = "patient" | "unserved" | "other" | "takeOver" | null;

export function RequestRow({ one, open, reasons, timeZone, now, isLive, phase, take, release, book, end }: Props): React.JSX.Element {
  const [panel, setPanel] = useState<Panel>(null);
  const may = (action: CareRequest["allowed"][number]): boolean => one.allowed.includes(action);
  const what = reasons.find(({ code }) => code === one.reason)?.label ?? one.reason;
  const about = <span className="visually-hidden">{q.about(what)}</span>;
  const ready = isLive && phase.kind !== "sending";
  const toggle = (next: Panel): void => setPanel((shown) => (shown === next ? null : next));
  const time = (at: string): string => wallOf(at, timeZone).time;

  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.key === "Escape" && panel) {
      event.preventDefault();
      return setPanel(null);
    }
    if (event.ctrlKey || event.altKey || event.metaKey || !ready || !open) return;
    const run = { p: () => may("take") && take(one), r: () => may("book") && book(one), s: () => may("end") && toggle("unserved") }[event.key.toLowerCase()];
    if (!run) return;
    event.preventDefault();
    run();
  };

  return (
    <li className={css.row} data-request={one.id} data-status={open ? "open" : one.status} data-mine={one.mine || undefined} onKeyDown={onKeyDown}>
      <Deadline one={one} open={open} timeZone={timeZone} now={now} />
      <div className={css.what}>
        <p className={css.reason}><strong>{what}</strong> <span>{m.streams[one.stream]}</span></p>
        <p className={css.facts}>
          {q.from(m.roles[one.door] ?? one.door, one.organization)} · {q.asked(one.requestedBy, time(one.openedAt))}
          {one.onBehalfOfName && ` · ${q.onBehalf(one.onBehalfOfName)}`}
        </p>
        <p className={css.facts}>
          <span className={css.gp} data-gp={one.registeredGp ?? "none"}>{one.registeredGp ? q.gp[one.registeredGp] : m.booking.eligibilities.NoRegisteredGp}</span>
          {one.eligibility !== "NoRegisteredGp" && m.booking.eligibilities[one.eligibility] !== (one.registeredGp && q.gp[one.registeredGp]) && ` · ${m.booking.eligibilities[one.eligibility]}`}
          {open && one.reopenedAt && <strong>{` · ${q.reopened(time(one.reopenedAt))}`}</strong>}
          {open && one.returnedAt && ` · ${q.returned(time(one.returnedAt))}`}
        </p>
      </div>
      <State one={one} open={open} time={time} />
      <div className={css.actions}>
        {may("take") && <button type="button" className="button primary" data-main disabled={!ready} onClick={() => take(one)}>{q.take} <kbd>P</kbd>{about}</button>}
        {may("book") && <button type="button" className={`button ${one.mine ? "primary" : ""}`} data-main disabled={!ready} onClick={() => book(one)}>{q.book} <kbd>R</kbd>{about}</button>}
        {may("takeOver") && <button type="button" className="button" data-main disabled={!ready} aria-expanded={panel === "takeOver"} onClick={() => toggle("takeOver")}>{q.takeOver}{about}</button>}
        {may("end") && <button type="button" className="button" disabled={!ready} aria-expanded={panel === "unserved"} onClick={() => toggle("unserved")}>{q.end}{about}</button>}
        {(may("end") || may("cancel")) && <button type="button" className="button" disabled={!ready} aria-expanded={panel === "other"} onClick={() => toggle("other")}>{q.other}{about}</button>}
        {may("release") && <button type="button" className="button" disabled={!ready} onClick={() => release(one)}>{q.release}{about}</button>}
        {may("patient") && <button type="button" className="button quiet" aria-expanded={panel === "patient"} onClick={() => toggle("patient")}>{panel === "patient" ? q.hide : q.patient}{about}</button>}
      </div>
      {panel === "unserved" && may("end") && <Unserved sending={!ready} onEnd={(reason) => end(one, { kind: "unserved", reason })} onKeep={() => setPanel(null)} />}
      {panel === "other" && <Ending serves={may("end")} cancels={may("cancel")} sending={!ready} onEnd={(outcome) => end(one, outcome)} onKeep={() => setPanel(null)} />}
      {panel === "takeOver" && one.owner && (
        <div className={css.panel}>
          <p>{q.takeOverAsk(one.owner.name)}</p>
          <div className={css.buttons}>
            <button type="button" className="button primary" autoFocus disabled={!ready} onClick={() => { setPanel(null); take(one); }}>{q.takeOver}</button>
            <button type="button" className="button" onClick={() => setPanel(null)}>{q.keep}</button>
          </div>
        </div>
      )}
      {panel === "patient" && <PatientNote id={one.id} reader={one.allowed} />}
      {phase.kind !== "idle" && <div className={css.wide}><PhaseNote phase={phase} /></div>}
    </li>
  );
}

/** How long is left: a shape and words, with the instant below. */
function Deadline({ one, open, timeZone, now }: { one: CareRequest; open: boolean; timeZone: string; now: number }): React.JSX.Element {
  const urgency = open ? urgencyOf(one.deadline, now) : "over";
  const today = wallOf(now, timeZone).day;
  const at = (instant: string): string => {
    const { day, time } = wallOf(instant, timeZone);
    return q.at({ [today - 1]: q.yesterday, [today]: q.today, [today + 1]: q.tomorrow }[day] ?? shortDay(day), time);
  };
  const left = Date.parse(one.deadline) - now;
  return (
    <div className={css.deadline} data-urgency={open ? urgency : "ended"}>
      {open && <p className={css.left}><span aria-hidden="true">{SHAPES[urgency]}</span> {left > 0 ? q.left(timeLeft(left)) : q.over}</p>}
      <p className={css.facts}>{open && q.urgencies[urgency] && <em>{q.urgencies[urgency]}, </em>}{open || !one.endedAt ? q.before(at(one.deadline)) : q.endedAt(at(one.endedAt))}</p>
    </div>
  );
}

function State({ one, open, time }: { one: CareRequest; open: boolean; time: (at: string) => string }): React.JSX.Element {
  if (!open) {
    const [tone, mark] = ({ served: ["good", "✓"], cancelled: ["quiet", "–"] } as Record<string, [string, string]>)[one.status] ?? ["bad", "×"];
    return <p className="tone" data-tone={tone}><span aria-hidden="true">{mark}</span> {endText(one)}</p>;
  }
  if (!one.owner) return <p className="tone" data-tone="warn"><span aria-hidden="true">●</span> {q.owner.nobody}</p>;
  return (
    <p className="tone" data-tone={one.mine ? "active" : "other"}>
      <span aria-hidden="true">{one.mine ? "★" : "◆"}</span> {one.mine ? q.owner.me : q.owner.other(one.owner.name, one.owner.organization)}
      {one.takenAt && <span className={css.since}> {q.owner.since(time(one.takenAt))}</span>}
    </p>
  );
}

function endText({ status, servedBy, unserved, cancelReason }: CareRequest): string {
  if (status === "served") return q.ended.served[servedBy ?? "booking"];
  if (status === "cancelled") return q.ended.cancelled[cancelReason ?? "noLongerNeeded"];
  return q.ended.unserved[unserved ?? "deadlinePassed"];
}
