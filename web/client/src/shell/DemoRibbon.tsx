import { useIsDemo } from "../session/ways";
import { m } from "../messages";
import css from "./shell.module.css";

export function DemoRibbon({ traffic = false }: { traffic?: boolean | undefined }): React.JSX.Element | null {
  if (!useIsDemo()) return null;
  return (
    <aside className={css.ribbon} aria-label={m.app.demo}>
      <strong>{m.app.demo}</strong>
      <span className={css.ribbonNote}> — {m.app.demoNote}{traffic && <> · {m.app.trafficNote}</>}</span>
    </aside>
  );
}
