import { wallOf } from "../time/wall";
import css from "./calls.module.css";
import type { CallRow, Centre } from "./contract";
import { c } from "./messages";
import { WAIT_SHAPES, clock, waitOf } from "./waits";

interface Props {
  centre: Centre;
  calls: readonly CallRow[];
  /** Levels that my role works. */
  mine: ReadonlySet<string>;
  me: string;
  now: number;
  canAct: boolean;
  shown: string | null;
  reasonOf: (code: string) => string;
  onTake: (call: CallRow) => void;
  onShow: (call: CallRow) => void;
}

/** My level's queue first, then who is to be called back, who is in hand, and what went to the emergency branch. */
export function QueueColumn({ centre, calls, mine, me, now, canAct, shown, reasonOf, onTake, onShow }: Props): React.JSX.Element {
  const waiting = calls.filter(({ status }) => status === "waiting");
  const own = waiting.filter(({ level }) => mine.has(level));
  const groups: readonly [title: string, calls: readonly CallRow[], empty: string | null][] = [
    [c.queue, own, c.queueEmpty],
    [c.callBacks, calls.filter(({ status }) => status === "callBack"), c.noCallBacks],
    [c.others, waiting.filter(({ level }) => !mine.has(level)), null],
    [c.inHands, calls.filter(({ status, holder }) => status === "inHand" && holder?.id !== me), null],
    [c.inEmergency, calls.filter(({ status }) => status === "emergency"), null],
  ];
  const card = (call: CallRow): React.JSX.Element => (
    <Card
      key={call.id}
      call={call}
      levelName={centre.levels.find(({ id }) => id === call.level)?.name ?? call.level}
      timeZone={centre.timeZone}
      now={now}
      reason={call.reason ? reasonOf(call.reason) : ""}
      shown={shown === call.id}
      onTake={canAct && mine.has(call.level) && (call.status === "waiting" || call.status === "callBack") ? () => onTake(call) : null}
      onShow={() => onShow(call)}
    />
  );
  return (
    <div className={css.queue}>
      {groups.map(([title, list, empty], index) =>
        list.length === 0 && empty === null ? null : (
          <section key={title} aria-label={title}>
            <h2>{title}{list.length > 0 && <span className={css.count}>{list.length}</span>}</h2>
            {index === 0 && <p className={css.facts}>{centre.levels.filter(({ id }) => mine.has(id)).map(({ name }) => c.level(name)).join(" · ")}</p>}
            {list.length > 0 ? <ul>{list.map(card)}</ul> : <p className={css.facts}>{empty}</p>}
          </section>
        ),
      )}
    </div>
  );
}

interface CardProps {
  call: CallRow;
  levelName: string;
  timeZone: string;
  now: number;
  reason: string;
  shown: boolean;
  onTake: (() => void) | null;
  onShow: () => void;
}

function Card({ call, levelName, timeZone, now, reason, shown, onTake, onShow }: CardProps): React.JSX.Element {
  const wait = waitOf(call, now);
  const waits = call.status === "waiting";
  const marks = [call.returned && c.returned, call.repeats > 0 && c.repeats(call.repeats), !call.callerOnLine && waits && c.noCaller].filter(Boolean);
  return (
    <li className={css.call} data-call={call.id} data-status={call.status} data-wait={waits ? wait : undefined} data-shown={shown || undefined}>
      <div className={css.callHead}>
        <strong className={css.priority} data-priority={call.priority}>{call.priority}</strong>
        <span className={css.label}>{call.label}</span>
        <span className={css.facts}>{c.lines[call.line]}</span>
      </div>
      {waits && call.waitingSince && (
        <p className={css.wait}><span aria-hidden="true">{WAIT_SHAPES[wait]}</span> {c.waiting(clock(now - Date.parse(call.waitingSince)))} <em>{c.waits[wait]}</em></p>
      )}
      {call.holder && <p className={css.facts}>{c.heldBy(call.holder.name, wallOf(call.holder.since, timeZone).time)}</p>}
      <p className={css.facts}>{[levelName, reason, ...marks].filter(Boolean).join(" · ")}</p>
      <div className={css.buttons}>
        {onTake && <button type="button" className="button" aria-label={c.of(c.take, call.label)} onClick={onTake}>{c.take}</button>}
        {(call.status === "emergency" || call.status === "inHand") && <button type="button" className="button quiet" aria-label={c.of(c.open, call.label)} onClick={onShow}>{c.open}</button>}
      </div>
    </li>
  );
}
