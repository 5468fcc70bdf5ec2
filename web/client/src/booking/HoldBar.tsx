import { m } from "../messages";
import { countdown } from "../time/wall";
import css from "./drawer.module.css";
import { b } from "./messages";
import type { HoldState } from "./useHold";

/** The warning comes when this much of the hold is left. */
export const WARN_MS = 30_000;

interface Props {
  hold: HoldState;
  now: number;
  onExtend: () => void;
  onRetake: () => void;
}

export function HoldBar({ hold, now, onExtend, onRetake }: Props): React.JSX.Element {
  if (hold.kind === "asking") return <p className={css.hold} role="status">{m.booking.asking}</p>;
  if (hold.kind === "refused") return <></>;
  if (hold.kind === "unreachable") return <Expired text={m.refusals["unknown"] ?? ""} action={m.app.retry} onRetake={onRetake} />;

  const left = hold.until - now;
  if (left <= 0) return <Expired text={m.booking.expired} action={m.booking.retake} onRetake={onRetake} />;
  const soon = left <= WARN_MS;
  return (
    <div className={css.hold} data-soon={soon || undefined}>
      <p>
        {soon ? b.soon : m.booking.heldFor} <strong className={css.count} role="timer">{countdown(left)}</strong>
      </p>
      {hold.extension === "refused" || hold.extension === "used" ? (
        <p className={css.holdNote}>{hold.extension === "used" ? m.booking.extended : m.booking.extendRefused}</p>
      ) : (
        <button type="button" className="button" aria-keyshortcuts="Alt+P" disabled={hold.extension === "asking"} onClick={onExtend}>
          {m.booking.extend} <kbd>{m.booking.extendKey}</kbd>
        </button>
      )}
      {/* said once, when the last 30 s begin */}
      <p role="alert" className="visually-hidden">{soon ? m.booking.expiresSoon(m.time.age(WARN_MS / 1000)) : ""}</p>
    </div>
  );
}

function Expired({ text, action, onRetake }: { text: string; action: string; onRetake: () => void }): React.JSX.Element {
  return (
    <div className={css.hold} data-soon role="alert">
      <p>{text}</p>
      <button type="button" className="button" onClick={onRetake}>{action}</button>
    </div>
  );
}
