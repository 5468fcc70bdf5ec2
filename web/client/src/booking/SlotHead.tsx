import type { Slot, Territory } from "../api/contract";
import { m } from "../messages";
import { longDate } from "../time/wall";
import css from "./drawer.module.css";

interface Props {
  titleId: string;
  slot: Slot;
  territory: Territory;
  done: boolean;
  busy: boolean;
  onClose: () => void;
}

export function SlotHead({ titleId, slot, territory, done, busy, onClose }: Props): React.JSX.Element {
  const { practitioner, place } = slot;
  return (
    <div className={css.head}>
      <div className={css.headText}>
        <h2 id={titleId}>{done ? m.slip.title : longDate(slot.start, territory.timeZone)}</h2>
        {!done && (
          <>
            <p className={css.headWho}>
              {practitioner?.name ?? m.slot.noPractitioner}
              {practitioner && <span> · {practitioner.speciality}</span>}
            </p>
            <p className={css.headPlace}>
              {m.modes[slot.mode]} · {place.name}, {place.commune}
              {slot.capacity > 1 && ` · ${m.slot.placesLong(slot.capacity - slot.taken, slot.capacity)}`}
            </p>
            {slot.conditions && slot.conditions.length > 0 && (
              <p className={css.conditions}>
                <strong>{m.booking.conditions} </strong>
                {slot.conditions.join(" · ")}
              </p>
            )}
          </>
        )}
      </div>
      <button type="button" className={`button quiet ${css.close}`} aria-label={done ? m.booking.closeShort : m.booking.close} disabled={busy} onClick={onClose}>
        <svg viewBox="0 0 16 16" width="18" height="18" aria-hidden="true">
          <path d="M3 3l10 10M13 3L3 13" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
        </svg>
      </button>
    </div>
  );
}
