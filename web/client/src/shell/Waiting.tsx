import { m } from "../messages";
import css from "./shell.module.css";

interface Props {
  title: string;
  help?: string;
  onRetry?: () => void;
}

export function Waiting({ title, help, onRetry }: Props): React.JSX.Element {
  return (
    <main className={css.waiting} aria-busy={!onRetry}>
      <p className={css.waitingTitle}>{title}</p>
      {help && <p>{help}</p>}
      {onRetry && (
        <button type="button" className="button" onClick={onRetry}>
          {m.app.retry}
        </button>
      )}
    </main>
  );
}
