import { useRef, useState } from "react";
import type { Identity, OwnBooking, Territory } from "../api/contract";
import type { Live } from "../live/useLive";
import { shortDay, wallOf } from "../time/wall";
import css from "./bookings.module.css";
import { BookingRow } from "./BookingRow";
import { partition } from "./list";
import { r } from "./messages";
import { useOwnBookings } from "./useOwnBookings";

interface Props {
  identity: Identity;
  territories: readonly Territory[];
  live: Live;
  now: number;
}

/** What one's organisation booked, as it stands now. */
export function BookingsPage({ identity, territories, live, now }: Props): React.JSX.Element {
  const { answer, failed, refresh } = useOwnBookings(live);
  const [done, setDone] = useState("");
  const title = useRef<HTMLHeadingElement>(null);
  const isLive = live.link.kind === "live";
  const zoneOf = (id: string): string => territories.find((one) => one.id === id)?.timeZone ?? "Europe/Paris";
  const { coming, past } = partition(answer?.bookings ?? [], now);
  const section = (list: readonly OwnBooking[]): React.JSX.Element[] =>
    list.map((one, index) => {
      const wall = wallOf(one.slot.start, zoneOf(one.territoryId));
      const before = index > 0 ? list[index - 1] : undefined;
      const newDay = !before || wallOf(before.slot.start, zoneOf(before.territoryId)).day !== wall.day;
      return (
        <BookingRow
          key={one.booking.id}
          own={one}
          day={newDay ? dayName(wall.day, wallOf(now, zoneOf(one.territoryId)).day) : null}
          timeZone={zoneOf(one.territoryId)}
          now={now}
          isLive={isLive}
          onCancelled={(text) => {
            setDone(text);
            refresh();
            title.current?.focus();
          }}
        />
      );
    });

  return (
    <main id="creneaux" tabIndex={-1} className={css.page}>
      <div className={css.head}>
        <h1 ref={title} tabIndex={-1}>{r.title}</h1>
        <p>{r.lead(identity.organization)}</p>
      </div>
      <p role="status" className={css.done}>{done}</p>
      {failed && <p role="alert" className={css.problem}>{r.failed} <button type="button" className="button" onClick={refresh}>{r.retry}</button></p>}
      {!isLive && answer && <p className={css.problem}>{r.stale}</p>}
      {!answer && !failed && <p>{r.loading}</p>}
      {answer && (
        <>
          <section aria-labelledby="bookings-coming">
            <h2 id="bookings-coming">{r.comingTitle} <span>{coming.length > 0 && r.count(coming.length)}</span></h2>
            {coming.length > 0 ? <ul>{section(coming)}</ul> : <p className={css.none}>{r.none}</p>}
          </section>
          <section aria-labelledby="bookings-past">
            <h2 id="bookings-past">{r.pastTitle} <span>{past.length > 0 && r.count(past.length)}</span></h2>
            {past.length > 0 ? <ul>{section(past)}</ul> : <p className={css.none}>{r.nonePast}</p>}
          </section>
        </>
      )}
    </main>
  );
}

const dayName = (day: number, today: number): string => {
  const near = { [today - 1]: r.yesterday, [today]: r.today, [today + 1]: r.tomorrow }[day];
  return near ? `${near}, ${shortDay(day)}` : shortDay(day);
};
