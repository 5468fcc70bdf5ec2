import { useEffect, useState } from "react";
import { api } from "../api/api";
import type { Territory } from "../api/contract";

const REFRESH_MS = 10 * 60_000;
const NONE: ReadonlyMap<string, number> = new Map();

/** Whose turn it is, per agenda: 0 first. The server tells ranks only, never a count; without them the order goes on by time and distance. */
export function useTurns(territories: readonly Territory[], live: boolean): ReadonlyMap<string, number> {
  const [turns, setTurns] = useState(NONE);
  const ids = territories.map(({ id }) => id).join(",");

  useEffect(() => {
    if (!ids || !live) return;
    let stopped = false;
    const read = async (): Promise<void> => {
      const lists = await Promise.all(ids.split(",").map((id) => api.turns(id).catch(() => [])));
      const told = new Map(lists.flat().map(({ agendaId, turn }) => [agendaId, turn]));
      if (!stopped) setTurns((known) => (equal(known, told) ? known : told)); // the same turns put no board in order anew
    };
    void read();
    const timer = setInterval(() => void read(), REFRESH_MS);
    return () => {
      stopped = true;
      clearInterval(timer);
    };
  }, [ids, live]);

  return turns;
}

const equal = (a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean =>
  a.size === b.size && [...a].every(([id, turn]) => b.get(id) === turn);
