import { useCallback, useMemo, useState } from "react";
import type { Slot } from "../api/contract";
import type { LinkedRequest } from "../requests/prefill";
import { BOARD } from "./pages";
import type { Filters } from "./filters";
import type { ChangeFilters } from "./useFilters";

export interface Linked {
  request: LinkedRequest | null;
  /** The board for a request: its territory, stream and commune are set already. */
  bookFor: (request: LinkedRequest) => void;
  /** The request that a booking of this slot would serve. */
  for: (slot: Slot) => LinkedRequest | undefined;
  /** Nothing is shown that the request's window does not allow. */
  narrow: (filters: Filters) => Filters;
  served: (requestId: string) => void;
  clear: () => void;
}

const DAY_MS = 24 * 3_600_000;

/** The request that one is booking for. In memory only: a reload forgets it, and no address knows it. */
export function useLinkedRequest(change: ChangeFilters): Linked {
  const [request, setRequest] = useState<LinkedRequest | null>(null);
  const bookFor = useCallback(
    (next: LinkedRequest) => {
      setRequest(next);
      const soon = Date.parse(next.deadline) - Date.now() <= DAY_MS;
      change({
        page: BOARD, territories: [next.territoryId], streams: [next.stream], commune: next.commune, modes: [], text: "", place: "", practitioner: "", km: null,
        horizon: soon ? "24" : "48",
      });
    },
    [change],
  );
  const clear = useCallback(() => setRequest(null), []);
  const served = useCallback((id: string) => setRequest((known) => (known?.id === id ? null : known)), []);
  const narrow = useMemo(() => narrowing(request), [request]);
  return useMemo(
    () => ({ request, narrow, bookFor, clear, served, for: (slot) => (request && request.stream === slot.stream ? request : undefined) }),
    [request, narrow, bookFor, clear, served],
  );
}

/** The same filters give the same object, so that nothing is drawn again for it. */
function narrowing(request: LinkedRequest | null): (filters: Filters) => Filters {
  let [last, narrowed]: [Filters | null, Filters | null] = [null, null];
  return (filters) => {
    if (!request) return filters;
    if (last !== filters || !narrowed) [last, narrowed] = [filters, { ...filters, until: Date.parse(request.deadline) }];
    return narrowed;
  };
}
