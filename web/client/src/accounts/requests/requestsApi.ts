import type { Role } from "../../api/contract";
import { get, post } from "../../api/http";
import type { InvitedLine, Structure } from "../contract";

export interface AccessForm {
  territories: Structure[];
  roles: Role[];
}

export interface AccessRequest {
  id: string;
  name: string;
  role: Role;
  /** In their words. */
  structure: string;
  email: string;
  rpps?: string;
  at: string;
  /** The member who has this number or address already. */
  known?: string;
}

export interface AccessAsked {
  territoryId: string;
  name: string;
  role: string;
  structure: string;
  email: string;
  rpps?: string;
}

const of = (territoryId: string, rest = ""): string => `/api/territories/${encodeURIComponent(territoryId)}/access-requests${rest}`;

export const requestsApi = {
  form: () => get<AccessForm>("/api/access-requests/form"),
  ask: (asked: AccessAsked, requestId: string) => post<void>("/api/access-requests", { requestId, ...asked }),
  list: (territoryId: string) => get<AccessRequest[]>(of(territoryId)),
  approve: (territoryId: string, id: string, organizationId: string, role: string, requestId: string) =>
    post<InvitedLine>(of(territoryId, `/${encodeURIComponent(id)}/approve`), { requestId, organizationId, role }),
  decline: (territoryId: string, id: string, reason: string, requestId: string) => post<void>(of(territoryId, `/${encodeURIComponent(id)}/decline`), { requestId, reason }),
};
