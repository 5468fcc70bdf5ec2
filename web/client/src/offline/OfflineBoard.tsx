import { useMemo, useState } from "react";
import { stateAt } from "../live/slotState";
import { m } from "../messages";
import { phoneHref, phoneText } from "../phone";
import { useNow } from "../time/useNow";
import { clockTime, shortDay, wallOf } from "../time/wall";
import type { KeptBoard } from "./keptBoard";
import { o } from "./messages";
import css from "./offline.module.css";

interface Props {
  board: KeptBoard;
  /** The server does not answer. */
  lost: boolean;
  onRetry: () => void;
}

/** What was free when the server was last heard, with the telephone numbers that still work. Nothing can be booked here. */
export function OfflineBoard({ board, lost, onRetry }: Props): React.JSX.Element {
  // Server time, as far as it is known without a server: only the difference of this machine's clock counts.
  const [clock] = useState(() => ({ now: () => board.asOf + Date.now() - board.keptAt }));
  const now = useNow(clock);
  const zones = useMemo(() => new Map(board.territories.map(({ id, timeZone }) => [id, timeZone])), [board]);
  const minute = Math.floor(now / 60_000); // rows go when they have begun; each second need not be looked at
  const rows = useMemo(
    () => board.slots.filter(({ slot }) => stateAt(slot, board.asOf) === "free" && Date.parse(slot.start) > minute * 60_000).sort((a, b) => a.slot.start.localeCompare(b.slot.start)),
    [board, minute],
  );
  const age = m.time.age(Math.max(0, Math.round((now - board.asOf) / 1000)));
  return (
    <main id="creneaux" tabIndex={-1} className={css.page}>
      <header className={css.head}>
        <div>
          <h1>{o.title}</h1>
          <p className={css.lead}>{o.lead(clockTime(board.asOf), age)}</p>
          <p>{o.how}</p>
        </div>
        <p className={css.actions}>
          <button type="button" className="button primary" onClick={() => window.print()}>{o.print}</button>
          <button type="button" className="button" onClick={onRetry}>{lost ? o.retry : o.back}</button>
        </p>
      </header>
      <p role="status" className={css.retrying}>{lost ? o.retrying : o.isBack}</p>
      {rows.length === 0 ? (
        <div className={css.none}>
          <p><strong>{o.none}</strong></p>
          <p>{o.noneHelp}</p>
        </div>
      ) : (
        <table className={css.table}>
          <caption className="visually-hidden">{o.caption}</caption>
          <thead>
            <tr>
              <th scope="col">{o.time}</th>
              <th scope="col">{o.practitioner}</th>
              <th scope="col">{o.where}</th>
              <th scope="col">{o.phone}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ slot, territoryId }) => {
              const wall = wallOf(slot.start, zones.get(territoryId) ?? "Europe/Paris");
              return (
                <tr key={slot.id}>
                  <th scope="row">{shortDay(wall.day)} <strong>{wall.time}</strong></th>
                  <td>{slot.practitioner?.name ?? m.slot.noPractitioner}<span>{m.streams[slot.stream]} · {m.modes[slot.mode]}</span></td>
                  <td>{slot.place.name}<span>{slot.place.address}, {slot.place.postalCode} {slot.place.commune}</span></td>
                  <td><a href={phoneHref(slot.place.phone)}>{phoneText(slot.place.phone)}</a></td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      <footer className={css.foot}>{o.seen(board.identity.name, board.identity.organization)} · {o.printed}</footer>
    </main>
  );
}
