import { useEffect, useState, useSyncExternalStore } from "react";
import { api } from "../api/api";
import { onUnlocked } from "../session/lock/lockState";
import { onServerDate } from "../api/http";
import { LiveConnection } from "./connection";
import { openSignalRHub } from "./hub";
import type { LinkState } from "./linkState";
import { watchNetwork } from "./networkProbe";
import { PictureStore } from "./pictureStore";
import { ServerClock } from "./serverClock";

export interface Live {
  store: PictureStore;
  clock: ServerClock;
  link: LinkState;
  /** Asks the hub something beside the boards; rejects while there is no link. */
  invoke: (method: string, ...args: unknown[]) => Promise<unknown>;
}

/** One live connection for as long as the page stands; `territoryIds` may change under way. */
export function useLive(territoryIds: readonly string[]): Live {
  const [{ store, clock, connection }] = useState(makeParts);
  const ids = territoryIds.join(",");

  useEffect(() => connection.setTerritories(ids ? ids.split(",") : []), [connection, ids]);
  useEffect(() => {
    const forget = [onServerDate((instant) => clock.learn(instant)), watchNetwork((online) => connection.setOnline(online)), onUnlocked(() => connection.wake())];
    connection.start();
    return () => {
      connection.stop();
      forget.forEach((stop) => stop());
    };
  }, [connection, clock]);

  const link = useSyncExternalStore(connection.subscribe, connection.getState);
  return { store, clock, link, invoke: connection.invoke };
}

function makeParts(): { store: PictureStore; clock: ServerClock; connection: LiveConnection } {
  const store = new PictureStore();
  const clock = new ServerClock();
  // A refused connection may mean an ended session: asking tells (401 leads back to the sign-in).
  const onFailed = (): void => void api.session().catch(() => undefined);
  return { store, clock, connection: new LiveConnection({ store, clock, open: openSignalRHub, onFailed }) };
}

/** Changes with every change of a picture: for who shows all of it, and seldom. */
export const useVersion = ({ store }: Live): number => useSyncExternalStore(store.subscribe, store.getVersion);

/** A monotonic instant of the connection as server time. */
export const asServerTime = (clock: ServerClock, monotonic: number): number => clock.now() - (performance.now() - monotonic);
