import { useEffect, useState } from "react";
import type { Slot } from "../api/contract";
import type { Live } from "../live/useLive";
import type { Change } from "../live/pictureStore";
import { stateAt } from "../live/slotState";
import { m } from "../messages";
import { wallOf } from "../time/wall";
import { Announcer } from "./Announcer";
import { Recent } from "./Recent";

type Kind = keyof typeof m.activity.kinds;
interface Told {
  kind: Kind;
  slot: Slot;
}

export interface Activity {
  recent: Recent;
  /** One calm sentence for eyes and screen readers, batched. */
  message: string;
}

export function useActivity(live: Live, timeZone: string): Activity {
  const { store, clock } = live;
  const [recent] = useState(() => new Recent());
  const [message, setMessage] = useState("");

  useEffect(() => {
    const announcer = new Announcer<Told>((told) => setMessage(sentence(told, timeZone)));
    const stop = store.onChanges((changes) => {
      const now = clock.now();
      const told = changes.flatMap((change) => {
        const kind = kindOf(change, now);
        const slot = change.after ?? change.before;
        return kind && slot ? [{ kind, slot }] : [];
      });
      if (told.length === 0) return;
      recent.add(told.map(({ slot }) => slot.id));
      announcer.add(told);
    });
    return () => {
      stop();
      announcer.stop();
    };
  }, [store, clock, timeZone, recent]);

  return { recent, message };
}

function kindOf({ before, after }: Change, now: number): Kind | null {
  if (!after) return null;
  const to = stateAt(after, now);
  const from = before && stateAt(before, now);
  if (from === to) return null;
  switch (to) {
    case "free":
      return from ? "freed" : "opened";
    case "held":
      return "held";
    case "booked":
      return "booked";
    case "withdrawn":
      return "withdrawn";
    default:
      return "closed";
  }
}

function sentence(told: readonly Told[], timeZone: string): string {
  const [first] = told;
  if (told.length === 1 && first) {
    const { slot, kind } = first;
    const who = slot.practitioner?.name ?? slot.place.name;
    return m.activity.one(wallOf(slot.start, timeZone).time, who, m.activity.kinds[kind].one);
  }
  const counts = new Map<Kind, number>();
  told.forEach(({ kind }) => counts.set(kind, (counts.get(kind) ?? 0) + 1));
  return m.activity.several([...counts].map(([kind, n]) => ({ n, ...m.activity.kinds[kind] })));
}
