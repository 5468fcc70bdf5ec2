import type { BookingBody, CareStream } from "../api/contract";
import { get, post } from "../api/http";
import type { CalledOff, CareRequest, End, GpContact, RequestDetail, RequestList, ServedBy } from "./contract";

export interface OpenBody extends Pick<BookingBody, "requestId" | "onBehalfOf" | "patient" | "eligibility" | "reason" | "vitalSignsExcluded" | "note"> {
  territoryId: string;
  stream: CareStream;
  registeredGp?: GpContact;
}

const of = (id: string, action = ""): string => `/api/requests/${encodeURIComponent(id)}${action}`;

export const requestsApi = {
  list: (territoryId: string) => get<RequestList>(`/api/requests?territory=${encodeURIComponent(territoryId)}`),
  one: (id: string) => get<RequestDetail>(of(id)),
  open: (body: OpenBody) => post<CareRequest>("/api/requests", body),
  take: (id: string, from: string | undefined, requestId: string) => post<CareRequest>(of(id, "/take"), { requestId, ...(from ? { from } : {}) }),
  release: (id: string, requestId: string) => post<CareRequest>(of(id, "/release"), { requestId }),
  serve: (id: string, by: ServedBy, requestId: string) => post<CareRequest>(of(id, "/serve"), { requestId, by }),
  unserved: (id: string, reason: End, requestId: string) => post<CareRequest>(of(id, "/unserved"), { requestId, reason }),
  cancel: (id: string, reason: CalledOff, requestId: string) => post<CareRequest>(of(id, "/cancel"), { requestId, reason }),
};
