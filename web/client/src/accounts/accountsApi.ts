import { get, post } from "../api/http";
import type { Account, Invitation, InvitedLine, Invitee, Members, Provisioning } from "./contract";

const of = (territoryId: string, rest: string): string => `/api/territories/${encodeURIComponent(territoryId)}/${rest}`;

export const accountsApi = {
  look: (token: string) => post<Invitation>("/api/invitations/look", { token }),
  accept: (token: string, password: string, requestId: string) => post<Provisioning>("/api/invitations/accept", { requestId, token, password }),
  activate: (token: string, code: string, requestId: string) => post<{ recoveryCodes: string[] }>("/api/invitations/activate", { requestId, token, code }),

  own: () => get<Account>("/api/account"),
  changePassword: (password: string, code: string, newPassword: string, requestId: string) => post<void>("/api/account/password", { requestId, password, code, newPassword }),
  proposeFactor: (password: string, code: string, requestId: string) => post<Provisioning>("/api/account/factor", { requestId, password, code }),
  confirmFactor: (code: string, requestId: string) => post<{ recoveryCodes: string[] }>("/api/account/factor/confirm", { requestId, code }),
  endOthers: (requestId: string) => post<void>("/api/account/sessions/end-others", { requestId }),

  members: (territoryId: string) => get<Members>(of(territoryId, "accounts")),
  check: (territoryId: string, people: Invitee[], requestId: string) => post<{ people: InvitedLine[] }>(of(territoryId, "invitations"), { requestId, people, check: true }),
  invite: (territoryId: string, people: Invitee[], requestId: string) => post<{ people: InvitedLine[] }>(of(territoryId, "invitations"), { requestId, people }),
  except: (territoryId: string, personId: string, until: string | undefined, requestId: string) =>
    post<void>(of(territoryId, `accounts/${encodeURIComponent(personId)}/exception`), { requestId, ...(until && { until }) }),
  revoke: (territoryId: string, personId: string, requestId: string) => post<void>(of(territoryId, `accounts/${encodeURIComponent(personId)}/revoke`), { requestId }),
};
