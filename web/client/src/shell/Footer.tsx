import { LEGAL_PAGES } from "../legal/pages";
import { m } from "../messages";
import css from "./shell.module.css";

/** Links open beside the page, so that a booking under way stays. */
export function Footer({ onHelp }: { onHelp?: () => void }): React.JSX.Element {
  return (
    <footer className={css.footer}>
      {onHelp && <button type="button" className={css.helpButton} aria-keyshortcuts="?" onClick={onHelp}>{m.help.open} <kbd>?</kbd></button>}
      <nav aria-label={m.legal.title}>
        {LEGAL_PAGES.map((id) => (
          <a key={id} href={`/?page=${id}`} target="_blank" rel="noopener">
            {id === "mentions-legales" ? <><span className={css.wide}>{m.legal[id]}</span><span className={css.narrow}>{m.legal.shortMentions}</span></> : m.legal[id]}
            <span className="visually-hidden"> {m.legal.newTab}</span>
          </a>
        ))}
      </nav>
    </footer>
  );
}
