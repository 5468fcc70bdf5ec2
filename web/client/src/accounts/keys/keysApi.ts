import { get, post } from "../../api/http";

export type KeyScope = "telephony" | "slots.read";
export type KeyStatus = "active" | "expired" | "revoked";

export interface MachineKey {
  id: string;
  name: string;
  scopes: KeyScope[];
  status: KeyStatus;
  createdAt: string;
  createdBy: string;
  expires: string;
  revokedAt?: string;
  /** A day. */
  lastUsed?: string;
}

export interface MachineKeys {
  keys: MachineKey[];
  /** What can be opened here. */
  scopes: KeyScope[];
  longestDays: number;
}

const of = (territoryId: string): string => `/api/territories/${encodeURIComponent(territoryId)}/keys`;

export const keysApi = {
  list: (territoryId: string) => get<MachineKeys>(of(territoryId)),
  create: (territoryId: string, name: string, scopes: KeyScope[], days: number, requestId: string) =>
    post<{ key: MachineKey; secret?: string }>(of(territoryId), { requestId, name, scopes, days }),
  revoke: (territoryId: string, keyId: string, requestId: string) => post<void>(`${of(territoryId)}/${encodeURIComponent(keyId)}/revoke`, { requestId }),
};
