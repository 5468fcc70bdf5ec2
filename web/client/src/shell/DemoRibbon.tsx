import { m } from "../messages";
import css from "./shell.module.css";

export function DemoRibbon(): React.JSX.Element {
  return (
    <aside className={css.ribbon} aria-label={m.app.demo}>
      <strong>{m.app.demo}</strong>
      <span className={css.ribbonNote}> — {m.app.demoNote}</span>
    </aside>
  );
}
