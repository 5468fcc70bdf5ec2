import { m } from "../messages";
import css from "./shell.module.css";

export function DemoRibbon(): React.JSX.Element {
  return (
    <p className={css.ribbon}>
      <strong>{m.app.demo}</strong>
      <span className={css.ribbonNote}> — {m.app.demoNote}</span>
    </p>
  );
}
