import { useCallback } from "react";
import type { Territory } from "../api/contract";
import { onRequestNews } from "../live/requestNews";
import type { Live } from "../live/useLive";
import { useRead } from "../live/useRead";
import type { CareRequest } from "./contract";
import { joined } from "./list";
import { requestsApi } from "./requestsApi";

const DEBOUNCE_MS = 150;

export interface RequestsRead {
  list: readonly CareRequest[] | null;
  failed: boolean;
  refresh: () => void;
}

/** The requests of some territories, asked again when the hub says so. */
export function useRequests(territories: readonly Territory[], live: Live): RequestsRead {
  const ids = territories.map(({ id }) => id).join(",");
  const ask = useCallback(() => Promise.all(ids.split(",").filter(Boolean).map(requestsApi.list)).then((answers) => joined(answers.map(({ requests }) => requests))), [ids]);
  const onNews = useCallback((tell: () => void) => onRequestNews((territoryId) => void (ids.split(",").includes(territoryId) && tell())), [ids]);
  const { answer: list, failed, refresh } = useRead<readonly CareRequest[]>(ask, live, onNews, DEBOUNCE_MS);
  return { list, failed, refresh };
}
