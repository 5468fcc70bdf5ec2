import type { Slot, Territory } from "../api/contract";
import { m } from "../messages";
import { shortDay, wallOf } from "../time/wall";
import css from "./drawer.module.css";

interface Props {
  text: string;
  slots: readonly Slot[];
  territory: Territory;
  disabled: boolean;
  onTake: (slot: Slot) => void;
}

/** A lost race: who was first, what else there is, one click away. */
export function Alternatives({ text, slots, territory, disabled, onTake }: Props): React.JSX.Element {
  return (
    <section className={css.refusal} role="alert">
      <p>
        <strong>{text}</strong> {m.alternatives.keep}
      </p>
      {slots.length === 0 ? (
        <p>{m.alternatives.none}</p>
      ) : (
        <ul aria-label={m.alternatives.title}>
          {slots.map((slot) => {
            const wall = wallOf(slot.start, territory.timeZone);
            const who = slot.practitioner?.name ?? slot.place.name;
            const what = `${shortDay(wall.day)} ${wall.time}, ${who}, ${slot.place.commune}`;
            return (
              <li key={slot.id}>
                <button type="button" className={css.alternative} disabled={disabled} aria-label={m.alternatives.take(what)} onClick={() => onTake(slot)}>
                  <strong>{wall.time}</strong>
                  <span>{shortDay(wall.day)} · {who} · {slot.place.commune}</span>
                </button>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
