import { useCallback, useEffect, useRef, useState } from "react";
import { api } from "../api/api";
import type { Agenda, Identity } from "../api/contract";
import { mayOwnAgenda } from "../session/roles";

const RETRY_MS = 5_000;
const NONE: Agenda[] = [];

/** The agendas that this person owns or manages, null until the server told; and how to ask again: somebody may be named a delegate at any time. */
export function useOwnAgendas({ id, role }: Identity): [Agenda[] | null, () => void] {
  const may = mayOwnAgenda(role);
  const [own, setOwn] = useState<Agenda[] | null>(may ? null : NONE);
  const asked = useRef(0);
  const retry = useRef<ReturnType<typeof setTimeout>>(undefined);

  const ask = useCallback((): void => {
    if (!may) return setOwn(NONE);
    const mine = ++asked.current; // an older answer never replaces a newer one
    clearTimeout(retry.current);
    api.agendas().then(
      (all) => void (mine === asked.current && setOwn(all.filter((agenda) => agenda.own))),
      () => void (mine === asked.current && (retry.current = setTimeout(ask, RETRY_MS))),
    );
  }, [id, may]);

  useEffect(() => {
    ask();
    return () => {
      asked.current++;
      clearTimeout(retry.current);
    };
  }, [ask]);
  return [own, ask];
}
