import { memo } from "react";
import { m } from "../messages";
import { StateMark } from "./StateMark";
import { wordsOf } from "./describe";
import type { BoardItem } from "./items";
import css from "./slot.module.css";

export interface SlotProps {
  item: BoardItem;
  live: boolean;
  mine: boolean;
  open: boolean;
  /** When it last changed, if a moment ago: a new value lights it up again. */
  changedAt: number | undefined;
  /** Time left on a hold, ticking. */
  left: string;
  tabbable: boolean;
  onOpen: (item: BoardItem) => void;
}

export const SlotCard = memo(function SlotCard({ item, live, mine, open, changedAt, left, tabbable, onOpen }: SlotProps) {
  const words = wordsOf(item, live, mine);
  return (
    <button
      type="button"
      className={css.card}
      data-slot={item.slot.id}
      data-state={words.mark}
      data-open={open || undefined}
      aria-disabled={words.mark !== "free"}
      tabIndex={tabbable ? 0 : -1}
      onClick={() => onOpen(item)}
    >
      {changedAt !== undefined && <span key={changedAt} className={css.flash} />}
      <span className={css.line1}>
        <span className={css.time}>{words.time}</span>
        <span className={css.state}>
          {words.mark === "held" ? (
            <span>
              {m.slot.heldShort}
              <span className="visually-hidden">{m.slot.heldRest}</span>
            </span>
          ) : (
            words.state
          )}
          {/* ticks: not part of the button's name */}
          {left && <span className={css.left} aria-hidden="true">{left}</span>}
          <StateMark mark={words.mark} />
        </span>
      </span>
      <span className={css.who}>{words.who}</span>
      {words.holder ? (
        <span className={css.holder}>
          <span className={css.clip}>{words.holder}</span>
        </span>
      ) : (
        <span className={css.where}>
          <span className={css.clip}>
            {words.place} · {words.kind}
          </span>
          {words.places && <span className={css.left}>{words.places}</span>}
        </span>
      )}
      <span className="visually-hidden">{words.minutes}</span>
    </button>
  );
}, sameCard);

/** Items are rebuilt at each tick; a card changes only when what it says changes. */
function sameCard(a: SlotProps, b: SlotProps): boolean {
  return (
    a.item.slot === b.item.slot &&
    a.item.state === b.item.state &&
    a.item.current === b.item.current &&
    a.live === b.live &&
    a.mine === b.mine &&
    a.open === b.open &&
    a.changedAt === b.changedAt &&
    a.left === b.left &&
    a.tabbable === b.tabbable &&
    a.onOpen === b.onOpen
  );
}
