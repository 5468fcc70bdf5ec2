import { memo } from "react";
import type { ServerClock } from "../live/serverClock";
import { HoldLeft } from "./HoldLeft";
import { StateMark } from "./StateMark";
import { wordsOf } from "./describe";
import { type BoardItem, opensGlass } from "./items";
import css from "./slot.module.css";

export interface SlotProps {
  item: BoardItem;
  clock: ServerClock;
  live: boolean;
  mine: boolean;
  open: boolean;
  tabbable: boolean;
  onOpen: (item: BoardItem) => void;
}

/** Drawn again only when what it says changes: the board keeps the item of a slot that says the same. */
export const SlotCard = memo(function SlotCard({ item, clock, live, mine, open, tabbable, onOpen }: SlotProps) {
  const words = wordsOf(item, live, mine);
  const held = words.mark === "held";
  const { changedAt } = item;
  return (
    <button
      type="button"
      className={css.card}
      data-slot={item.slot.id}
      data-state={words.mark}
      data-open={open || undefined}
      aria-disabled={words.mark !== "free" && !opensGlass(item)}
      tabIndex={tabbable ? 0 : -1}
      onClick={() => onOpen(item)}
    >
      {/* a new value lights it up again */}
      {changedAt !== undefined && <span key={changedAt} className={css.flash} />}
      <span className={css.line1}>
        <span className={css.time}>{words.time}</span>
        {/* Who holds it takes two lines, so the practitioner stands here. */}
        {held && <span className={css.briefly}>{words.who}</span>}
        <span className={css.state}>
          {held ? <HoldLeft slot={item.slot} clock={clock} className={css.left} /> : words.state}
          <StateMark mark={words.mark} />
        </span>
      </span>
      {held ? (
        <>
          <span className={css.who}>{words.state} </span>
          <span className={css.holder}>
            <span className={css.clip}>{words.holder && `(${words.holder})`}</span>
          </span>
        </>
      ) : (
        <>
          <span className={css.who}>{words.who}</span>
          <span className={css.where}>
            <span className={css.clip}>{words.place}</span>{" "}
            <span className={isUsual(item) ? "visually-hidden" : css.kind}>{words.kind}</span>{" "}
            {words.distance && <span className={css.km}>{words.distance}</span>}
            {words.places && <span className={css.left}>{words.places}</span>}
          </span>
        </>
      )}
      <span className="visually-hidden">{words.minutes}</span>
    </button>
  );
});

/** Nearly every slot is general medicine at the practice: saying it on each card would hide the ones that are not. */
const isUsual = ({ slot }: BoardItem): boolean => slot.stream === "gp" && slot.mode === "surgery";
