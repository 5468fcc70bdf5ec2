import { useEffect, useState } from "react";
import type { Slot } from "../api/contract";
import type { Live } from "../live/useLive";
import type { Change } from "../live/pictureStore";
import { stateAt } from "../live/slotState";
import { m } from "../messages";
import { wallOf } from "../time/wall";

type Kind = keyof typeof m.activity.kinds;

export interface Activity {
  /** Slots that changed within the last seconds: kept on screen, lit up once. */
  recent: ReadonlyMap<string, number>;
  /** One calm sentence for eyes and screen readers, batched. */
  message: string;
}

const KEEP_MS = 4_000;
const BATCH_MS = 700;

export function useActivity(live: Live, timeZone: string): Activity {
  const { store, clock } = live;
  const [recent, setRecent] = useState<ReadonlyMap<string, number>>(new Map());
  const [message, setMessage] = useState("");

  useEffect(() => {
    let waiting: { kind: Kind; slot: Slot }[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    let sweeper: ReturnType<typeof setTimeout> | undefined;

    const say = (): void => {
      timer = undefined;
      setMessage(sentence(waiting, timeZone));
      waiting = [];
    };
    const sweep = (): void => {
      const limit = performance.now() - KEEP_MS;
      setRecent((known) => new Map([...known].filter(([, at]) => at > limit)));
    };
    const stop = store.onChanges((changes) => {
      const now = clock.now();
      const told = changes.flatMap((change) => {
        const kind = kindOf(change, now);
        const slot = change.after ?? change.before;
        return kind && slot ? [{ kind, slot }] : [];
      });
      if (told.length === 0) return;
      waiting.push(...told);
      timer ??= setTimeout(say, BATCH_MS);
      setRecent((known) => new Map([...known, ...told.map(({ slot }) => [slot.id, performance.now()] as const)]));
      clearTimeout(sweeper);
      sweeper = setTimeout(sweep, KEEP_MS + 50);
    });
    return () => {
      stop();
      clearTimeout(timer);
      clearTimeout(sweeper);
    };
  }, [store, clock, timeZone]);

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

function sentence(told: { kind: Kind; slot: Slot }[], timeZone: string): string {
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
