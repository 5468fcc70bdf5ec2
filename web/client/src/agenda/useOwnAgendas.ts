import { useEffect, useState } from "react";
import { api } from "../api/api";
import type { Agenda, Identity } from "../api/contract";
import { mayOwnAgenda } from "../session/roles";

const RETRY_MS = 5_000;
const NONE: Agenda[] = [];

/** The agendas that this person owns or manages; empty until the server told. */
export function useOwnAgendas(identity: Identity): Agenda[] {
  const [own, setOwn] = useState(NONE);
  useEffect(() => {
    if (!mayOwnAgenda(identity.role)) return setOwn(NONE);
    let timer: ReturnType<typeof setTimeout> | undefined;
    let gone = false;
    const ask = (): void =>
      void api.agendas().then(
        (all) => void (gone || setOwn(all.filter((agenda) => agenda.own))),
        () => void (gone || (timer = setTimeout(ask, RETRY_MS))),
      );
    ask();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [identity.id, identity.role]);
  return own;
}
