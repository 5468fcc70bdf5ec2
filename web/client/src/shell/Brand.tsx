import { m } from "../messages";
import css from "./shell.module.css";

export function Brand(): React.JSX.Element {
  return (
    <span className={css.brand}>
      <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
        <rect width="32" height="32" rx="8" className={css.brandTile} />
        <path d="M5 17h5l3-8 5 15 3-7h6" className={css.brandLine} />
      </svg>
      {m.app.name}
    </span>
  );
}
