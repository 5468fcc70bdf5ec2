import { useEffect, useRef } from "react";
import { m } from "../messages";
import { BOARD, PAGES, REPLACE, type Visitor } from "./pages";
import css from "./topbar.module.css";

interface Props {
  page: string;
  visitor: Visitor;
  /** A drawer stands open on the board. */
  busy: boolean;
  /** Patients to book elsewhere; null: not known. */
  toReplace: number | null;
  onChange: (page: string) => void;
}

/** Links, so that a page can be opened in another window too. None for who has the board only. */
export function PageTabs({ page, visitor, busy, toReplace, onChange }: Props): React.JSX.Element | null {
  const others = PAGES.filter((one) => one.inTabs !== false && one.isFor(visitor));
  const nav = useRef<HTMLElement>(null);
  // On a phone the tabs are wider than the screen.
  useEffect(() => void nav.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" }), [page, others.length]);
  if (others.length === 0) return null;
  const tab = (id: string, label: string, href: string): React.JSX.Element => (
    <a key={id} href={href} aria-current={id === page ? "page" : undefined} onClick={(event) => followHere(event, () => onChange(id))}>
      {label}
      {id === REPLACE && toReplace !== null && toReplace > 0 && (
        <>
          <span className={css.count} aria-hidden="true" data-testid="to-replace-count">{toReplace}</span>
          <span className="visually-hidden"> : {m.app.replaceCount(toReplace)}</span>
        </>
      )}
      {id === BOARD && busy && page !== BOARD && <span className={css.busy}> · {m.app.bookingUnderWay}</span>}
    </a>
  );
  return (
    <nav ref={nav} className={css.tabs} aria-label={m.app.pages}>
      {tab(BOARD, m.app.board, location.pathname)}
      {others.map(({ id, label }) => tab(id, label, `?page=${id}`))}
    </nav>
  );
}

/** A plain click stays in this window; with a modifier the browser opens another. */
export function followHere(event: React.MouseEvent, go: () => void): void {
  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  go();
}
