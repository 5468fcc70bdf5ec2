import { useEffect, useState, useSyncExternalStore } from "react";
import type { Live } from "../live/useLive";
import { frames, snapshots } from "../live/centreNews";
import { callsApi } from "./callsApi";
import type { Centre } from "./contract";
import { QueueStore } from "./queueStore";

const REWATCH_MS = 1_000;

export interface CentreView {
  store: QueueStore;
  /** The queue is as the server has it: what it shows may be acted on. */
  isCurrent: boolean;
}

/** The centres that are mine; null until the server told. */
export function useCentres(): { centres: readonly Centre[] | null; failed: boolean; reload: () => void } {
  const [centres, setCentres] = useState<readonly Centre[] | null>(null);
  const [failed, setFailed] = useState(false);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let gone = false;
    callsApi.centres().then((list) => void (gone || (setCentres(list), setFailed(false))), () => void (gone || setFailed(true)));
    return () => void (gone = true);
  }, [turn]);
  return { centres, failed, reload: () => setTurn((n) => n + 1) };
}

/** One centre's queue, watched for as long as the page stands; after each reconnection and each gap it is asked for again. */
export function useCentre(centreId: string, live: Live): CentreView {
  const [store, setStore] = useState(() => new QueueStore(centreId));
  if (store.centreId !== centreId) setStore(new QueueStore(centreId));
  const isLive = live.link.kind === "live";
  const { invoke, clock } = live;

  useEffect(() => {
    if (!isLive) return store.lose();
    let asked = -Infinity;
    let again: ReturnType<typeof setTimeout> | undefined;
    const watch = (): void => {
      clearTimeout(again);
      const wait = REWATCH_MS - (performance.now() - asked);
      if (wait > 0 && asked > 0) return void (again = setTimeout(watch, wait));
      asked = performance.now();
      invoke("WatchCentre", store.centreId).catch(() => (again = setTimeout(watch, REWATCH_MS)));
    };
    const stops = [
      snapshots.on((message) => {
        clock.learn(Date.parse(message.asOf));
        store.applySnapshot(message);
      }),
      frames.on((message) => {
        clock.learn(Date.parse(message.asOf));
        const result = store.applyFrame(message);
        if (result === "gap" || result === "foreign") watch();
      }),
    ];
    watch();
    return () => {
      stops.forEach((stop) => stop());
      clearTimeout(again);
      void invoke("UnwatchCentre", store.centreId).catch(() => undefined);
    };
  }, [store, isLive, invoke, clock]);

  useSyncExternalStore(store.subscribe, store.getVersion);
  return { store, isCurrent: isLive && store.isCurrent };
}
