import { type ReactNode, useEffect, useRef } from "react";
import type { Slot, Territory } from "../api/contract";
import { m } from "../messages";
import { shortDay, wallOf } from "../time/wall";
import { b } from "./messages";
import css from "./drawer.module.css";

interface Props {
  text: string;
  /** null: other slots are no answer to this refusal. */
  slots: readonly Slot[] | null;
  territory: Territory;
  disabled: boolean;
  onTake: (slot: Slot) => void;
  children?: ReactNode;
}

/** A lost race: who was first, what else there is, one key away. */
export function Alternatives({ text, slots, territory, disabled, onTake, children }: Props): React.JSX.Element {
  const block = useRef<HTMLElement>(null);
  // From here its number takes an alternative, and Enter the first.
  useEffect(() => block.current?.querySelector<HTMLElement>("button, input")?.focus(), []);
  return (
    <section ref={block} className={css.refusal} role="alert">
      <p>
        <strong>{text}</strong> {m.alternatives.keep}
      </p>
      {children}
      {slots?.length === 0 && <p>{m.alternatives.none}</p>}
      {slots && slots.length > 0 && (
        <>
          <p className={css.keys}><strong>{m.alternatives.title}</strong> {b.alternativeKeys}</p>
          <ul aria-label={m.alternatives.title}>
            {slots.map((slot, index) => {
              const wall = wallOf(slot.start, territory.timeZone);
              const who = slot.practitioner?.name ?? slot.place.name;
              return (
                <li key={slot.id}>
                  <button type="button" className={css.alternative} disabled={disabled} aria-keyshortcuts={`${index + 1} Alt+${index + 1}`} onClick={() => onTake(slot)}>
                    <kbd>{index + 1}</kbd>
                    <strong>
                      <span className="visually-hidden">{m.alternatives.take}</span>
                      {wall.time}
                    </strong>
                    <span>{shortDay(wall.day)} · {who} · {slot.place.commune}</span>
                  </button>
                </li>
              );
            })}
          </ul>
        </>
      )}
    </section>
  );
}
