import { CALLED_OFF, type CalledOff, ELSEWHERE, ENDS, type End, type ServedBy } from "./contract";
import { q } from "./messages";
import css from "./requests.module.css";

/** How a request ends otherwise than by a booking. */
export type Outcome = { kind: "unserved"; reason: End } | { kind: "served"; by: ServedBy } | { kind: "cancelled"; reason: CalledOff };

/** Two interactions: “Sans suite…”, and why. */
export function Unserved({ sending, onEnd, onKeep }: { sending: boolean; onEnd: (reason: End) => void; onKeep: () => void }): React.JSX.Element {
  return (
    <div className={css.panel} role="group" aria-label={q.endWhy}>
      <p>{q.endWhy}</p>
      <div className={css.buttons}>
        {ENDS.map((one, index) => <button key={one} type="button" className="button" autoFocus={index === 0} disabled={sending} onClick={() => onEnd(one)}>{q.ends[one]}</button>)}
        <button type="button" className="button quiet" onClick={onKeep}>{q.keep}</button>
      </div>
    </div>
  );
}

interface Props {
  serves: boolean;
  cancels: boolean;
  sending: boolean;
  onEnd: (outcome: Outcome) => void;
  onKeep: () => void;
}

/** Served elsewhere, or called off. */
export function Ending({ serves, cancels, sending, onEnd, onKeep }: Props): React.JSX.Element {
  return (
    <div className={css.panel} role="group" aria-label={q.otherWhy}>
      {serves && (
        <div className={css.group} role="group" aria-label={q.serveGroup}>
          <p>{q.serveGroup}</p>
          <div className={css.buttons}>
            {ELSEWHERE.map((by, index) => <button key={by} type="button" className="button" autoFocus={index === 0} disabled={sending} onClick={() => onEnd({ kind: "served", by })}>{q.elsewhere[by]}</button>)}
          </div>
        </div>
      )}
      {cancels && (
        <div className={css.group} role="group" aria-label={q.cancelGroup}>
          <p>{q.cancelGroup}</p>
          <div className={css.buttons}>
            {CALLED_OFF.map((reason, index) => <button key={reason} type="button" className="button" autoFocus={!serves && index === 0} disabled={sending} onClick={() => onEnd({ kind: "cancelled", reason })}>{q.calledOff[reason]}</button>)}
          </div>
        </div>
      )}
      <button type="button" className="button quiet" onClick={onKeep}>{q.keep}</button>
    </div>
  );
}
