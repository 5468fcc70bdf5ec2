import type {
  Agenda,
  AgendaDetail,
  Booking,
  BookingBody,
  BookingDetail,
  CancelReason,
  Hold,
  Identity,
  Member,
  Outcome,
  Reason,
  Session,
  SlotToOpen,
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

  agendas: () => get<Agenda[]>("/api/agendas"),
  agenda: (id: string, from: string, to: string) =>
    get<AgendaDetail>(`/api/agendas/${segment(id)}?from=${segment(from)}&to=${segment(to)}`),
  openSlots: (agendaId: string, slots: SlotToOpen[], requestId: string) =>
    post<void>(`/api/agendas/${segment(agendaId)}/slots`, { requestId, slots }),
  withdraw: (slotId: string, evenIfHeld: boolean, requestId: string) =>
    post<void>(`/api/slots/${segment(slotId)}/withdraw`, { requestId, evenIfHeld }),
  booking: (id: string) => get<BookingDetail>(`/api/bookings/${segment(id)}`),
  cancel: (id: string, reason: CancelReason, requestId: string) =>
    post<void>(`/api/bookings/${segment(id)}/cancel`, { requestId, reason }),
  outcome: (id: string, status: Outcome, requestId: string) =>
    post<void>(`/api/bookings/${segment(id)}/outcome`, { requestId, status }),

  unserved: (body: UnservedBody) => post<void>("/api/requests/unserved", body),
};
