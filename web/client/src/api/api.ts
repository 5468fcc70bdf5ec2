import type {
  Booking,
  BookingBody,
  Hold,
  Identity,
  Member,
  Reason,
  Session,
  Territory,
  UnservedBody,
} from "./contract";
import { del, get, post } from "./http";
import { Problem } from "./problem";

const segment = encodeURIComponent;

export const api = {
  identities: () => get<Identity[]>("/api/identities"),
  session: () =>
    get<Session>("/api/session").catch((error: unknown) => {
      if (error instanceof Problem && error.status === 401) return null;
      throw error;
    }),
  signIn: (identity: string) => post<void>("/api/session", { identity }),
  signOut: () => del("/api/session"),
  territories: () => get<Territory[]>("/api/territories"),
  members: (territoryId: string) => get<Member[]>(`/api/territories/${segment(territoryId)}/members`),
  reasons: () => get<Reason[]>("/api/reasons"),

  hold: (slotId: string, requestId: string) => post<Hold>(`/api/slots/${segment(slotId)}/hold`, { requestId }),
  extend: (holdId: string, requestId: string) => post<Hold>(`/api/holds/${segment(holdId)}/extend`, { requestId }),
  release: (holdId: string, requestId: string) =>
    post<void>(`/api/holds/${segment(holdId)}/release`, { requestId }, true),
  book: (slotId: string, body: BookingBody) => post<Booking>(`/api/slots/${segment(slotId)}/bookings`, body),
  unserved: (body: UnservedBody) => post<void>("/api/requests/unserved", body),
};
