import { get, post } from "../api/http";
import type { Grants, GrantsChanged, Terms } from "./contract";

const of = (territoryId: string, rest = ""): string => `/api/territories/${encodeURIComponent(territoryId)}/grants${rest}`;

export const grantsApi = {
  list: (territoryId: string) => get<Grants>(of(territoryId)),
  add: (territoryId: string, terms: Terms, actions: string[], requestId: string) => post<GrantsChanged>(of(territoryId), { requestId, ...terms, actions }),
  correct: (territoryId: string, id: string, terms: Terms, action: string, requestId: string) =>
    post<GrantsChanged>(of(territoryId, `/${encodeURIComponent(id)}/correct`), { requestId, ...terms, action }),
  /** Without a last day: at once. */
  end: (territoryId: string, id: string, lastDay: string | undefined, requestId: string) =>
    post<GrantsChanged>(of(territoryId, `/${encodeURIComponent(id)}/end`), { requestId, ...(lastDay && { lastDay }) }),
};
