import { m } from "../messages";
import type { Page } from "./filters";
import css from "./topbar.module.css";

interface Props {
  page: Page;
  /** A drawer stands open on the board. */
  busy: boolean;
  onChange: (page: Page) => void;
}

const PAGES: readonly Page[] = ["board", "agenda"];

/** Links, so that a page can be opened in another window too. */
export function PageTabs({ page, busy, onChange }: Props): React.JSX.Element {
  const follow = (event: React.MouseEvent, to: Page): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    onChange(to);
  };
  return (
    <nav className={css.tabs} aria-label={m.app.pages}>
      {PAGES.map((one) => (
        <a key={one} href={one === "agenda" ? "?page=agenda" : location.pathname} aria-current={one === page ? "page" : undefined} onClick={(event) => follow(event, one)}>
          {m.app[one]}
          {one === "board" && busy && page !== "board" && <span className={css.busy}> · {m.app.bookingUnderWay}</span>}
        </a>
      ))}
    </nav>
  );
}
