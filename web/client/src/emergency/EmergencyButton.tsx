import css from "./emergency.module.css";
import { e } from "./messages";
import { EMERGENCY_KEY, desk } from "./useEmergency";

/** On every page, in the same place: one action, and what to do stands on the screen. */
export function EmergencyButton({ inside }: { inside: boolean }): React.JSX.Element {
  return (
    <button type="button" className={css.button} aria-keyshortcuts={EMERGENCY_KEY} onClick={() => desk.press()}>
      {inside ? e.transfer : e.call} <kbd className={css.key}>{e.key}</kbd>
    </button>
  );
}
