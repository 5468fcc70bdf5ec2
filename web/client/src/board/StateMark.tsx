import type { SlotState } from "../api/contract";
import css from "./slot.module.css";

/** What a slot's state looks like; `to-replace`: its patient has to be booked elsewhere. */
export type Mark = SlotState | "unconfirmed" | "to-replace";

/** A shape of its own for each state, so that colour never carries the meaning alone. */
const SHAPES: Record<Mark, React.JSX.Element> = {
  free: <circle cx="8" cy="8" r="6" fill="currentColor" />,
  held: (
    <>
      <circle cx="8" cy="8" r="5.5" />
      <path d="M8 2.5a5.5 5.5 0 0 1 0 11z" fill="currentColor" />
    </>
  ),
  booked: (
    <>
      <rect x="2.5" y="2.5" width="11" height="11" rx="2" />
      <path d="M5 8.2l2.2 2.2L11 6" />
    </>
  ),
  withdrawn: <path d="M3.5 3.5l9 9M12.5 3.5l-9 9" />,
  "too-late": (
    <>
      <circle cx="8" cy="8" r="5.5" />
      <path d="M8 4.8V8l2.2 1.6" />
    </>
  ),
  "past-empty": <path d="M3 8h10" />,
  "to-replace": (
    <>
      <path d="M8 2l6.5 11.5h-13z" />
      <path d="M8 6.4v3.2M8 11.4v.6" />
    </>
  ),
  unconfirmed: <circle cx="8" cy="8" r="5.5" strokeDasharray="2.4 2.4" />,
};

export function StateMark({ mark }: { mark: Mark }): React.JSX.Element {
  return (
    <svg className={css.mark} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      {SHAPES[mark]}
    </svg>
  );
}
