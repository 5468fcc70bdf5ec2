import { m } from "../messages";
import css from "./shell.module.css";

/** `short`: on a phone the name is left to screen readers, for the room. */
export function Brand({ short }: { short?: boolean }): React.JSX.Element {
  return (
    <span className={css.brand} data-short={short}>
      <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
        <rect width="32" height="32" rx="8" className={css.brandTile} />
        <path d="M5 17h5l3-8 5 15 3-7h6" className={css.brandLine} />
      </svg>
      <span>{m.app.name}</span>
    </span>
  );
}
