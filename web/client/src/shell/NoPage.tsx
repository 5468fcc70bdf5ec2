import { followHere } from "../board/PageTabs";
import { m } from "../messages";
import css from "./shell.module.css";

interface Props {
  /** Undefined: there is none; false: not for this person; null: not known yet. */
  why: boolean | null | undefined;
  /** Without it the way back is a new start. */
  onBoard?: () => void;
}

/** A page that does not exist, or is not for this person: says so, and leads back. */
export function NoPage({ why, onBoard }: Props): React.JSX.Element {
  if (why === null) return <p className={css.waiting}>{m.app.loading}</p>;
  const text = why === undefined ? m.noPage.unknown : m.noPage.forbidden;
  return (
    <main id="creneaux" tabIndex={-1} className={css.waiting}>
      <h1 className={css.waitingTitle}>{text.title}</h1>
      <p>{text.help}</p>
      <a className="button primary" href="/" onClick={(event) => onBoard && followHere(event, onBoard)}>{m.noPage.board}</a>
    </main>
  );
}
