import { type Live, asServerTime } from "../live/useLive";
import { m } from "../messages";
import { clockTime } from "../time/wall";
import css from "./board.module.css";

/** Says that the picture can no longer be trusted, since when, and what that means. */
export function LinkBanner({ live, now, onList }: { live: Live; now: number; onList?: (() => void) | undefined }): React.JSX.Element {
  const { kind, since } = live.link;
  const lost = kind === "reconnecting" || kind === "stale" || kind === "offline";
  return (
    <div role="alert" className={css.bannerSlot}>
      {lost && (
        <p className={css.banner}>
          <strong>{m.link.banner[kind]}</strong> {m.link.noOffer}
          {/* the age ticks: not to be re-announced each second */}
          {since !== null && <span aria-hidden="true"> {sinceText(live, since, now)}</span>}
          {onList && <> <button type="button" className={css.bannerLink} onClick={onList}>{m.link.list}</button></>}
        </p>
      )}
    </div>
  );
}

function sinceText({ clock }: Live, since: number, now: number): string {
  const at = asServerTime(clock, since);
  return m.link.since(clockTime(at), m.time.age(Math.max(0, Math.round((now - at) / 1000))));
}
