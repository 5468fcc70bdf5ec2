import { useMemo, useRef, useState } from "react";
import { I18nProvider } from "react-aria-components";
import type { Territory } from "../api/contract";
import { type Recent, itemsOf } from "../board/items";
import { useTurns } from "../board/useTurns";
import { type Live, useVersion } from "../live/useLive";
import { m } from "../messages";
import { a } from "./messages";
import css from "./page.module.css";
import { ReplacementCard } from "./ReplacementCard";
import replace from "./replace.module.css";
import type { ReplacementsRead } from "./useReplacements";

const t = a.replace;
const NONE_LIT: Recent = new Map();

interface Props {
  territories: readonly Territory[];
  live: Live;
  now: number;
  replacements: ReplacementsRead;
}

/** The patients whose appointment does not take place, and whom the reader has to book elsewhere. */
export function ReplacementsPage({ territories, live, now, replacements: { list, failed, refresh } }: Props): React.JSX.Element {
  const [said, setSaid] = useState("");
  const title = useRef<HTMLHeadingElement>(null);
  const isLive = live.link.kind === "live";
  const turns = useTurns(territories, isLive);
  const version = useVersion(live);
  const minute = Math.floor(now / 60_000); // what has begun since is left out by the card that proposes
  const items = useMemo(
    () => itemsOf({ store: live.store, territories, now: live.clock.now(), wanted: { origin: null, turns, sort: "soonest" }, recent: NONE_LIT }),
    [live.store, live.clock, version, live.link, territories, minute, turns],
  );
  const done = (text: string): void => {
    setSaid(text);
    refresh();
    title.current?.focus(); // the card that was worked on goes away
  };
  return (
    <I18nProvider locale="fr-FR">
      <main id="creneaux" tabIndex={-1} className={css.main}>
        <header className={css.head}>
          <div>
            <h1 ref={title} tabIndex={-1}>{t.title}{list && list.length > 0 && ` (${list.length})`}</h1>
            <p className={css.where}>{t.lead}</p>
          </div>
        </header>
        <div className={css.scroll}>
          {list === null && (failed
            ? <p className={css.note} role="alert">{t.failed} <button type="button" className="button" onClick={refresh}>{a.retry}</button></p>
            : <p className={css.note}>{a.loading}</p>)}
          {list?.length === 0 && <p className={css.note}>{t.empty}</p>}
          {list && list.length > 0 && (
            <ul className={replace.list}>
              {list.map((one) => (
                <ReplacementCard
                  key={one.bookingId}
                  lost={one}
                  items={items}
                  timeZone={territories.find(({ id }) => id === one.territoryId)?.timeZone ?? "Europe/Paris"}
                  now={now}
                  isLive={isLive}
                  onDone={done}
                />
              ))}
            </ul>
          )}
        </div>
        <div className={css.status}><p role="status">{isLive ? said || <span aria-hidden="true">{m.activity.none}</span> : a.notLive}</p></div>
      </main>
    </I18nProvider>
  );
}
