import type {
  Agenda,
  AgendaDetail,
  Booking,
  BookingBody,
  BookingDetail,
  CancelReason,
  EmergencyBody,
  Hold,
  Identity,
  Member,
  Outcome,
  OwnBookings,
  PatientCheckBody,
  Reason,
  Session,
  SignInWays,
  SlotToOpen,
  Territory,
  Turn,
  UnservedBody,
} from "./contract";
import { del, get, post } from "./http";
import { Problem } from "./problem";

const segment = encodeURIComponent;

export const api = {
  identities: () => get<Identity[]>("/api/identities"),
  session: () =>
    get<Session>("/api/session").catch((error: unknown) => {
      if (error instanceof Problem && (error.status === 401 || error.status === 423)) return null;
      throw error;
    }),
  signIn: (identity: string) => post<void>("/api/session", { identity }),
  ways: () => get<SignInWays>("/api/session/ways"),
  signInWithPassword: (login: string, password: string, code: string) => post<Session>("/api/session/password", { login, password, code }),
  signOut: () => del("/api/session"),
  territories: () => get<Territory[]>("/api/territories"),
  members: (territoryId: string) => get<Member[]>(`/api/territories/${segment(territoryId)}/members`),
  turns: (territoryId: string) => get<Turn[]>(`/api/territories/${segment(territoryId)}/turns`),
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
    post<{ slotIds: string[] }>(`/api/agendas/${segment(agendaId)}/slots`, { requestId, slots }),
  withdraw: (slotId: string, evenIfHeld: boolean, requestId: string, replaceBookings = false) =>
    post<void>(`/api/slots/${segment(slotId)}/withdraw`, { requestId, evenIfHeld, ...(replaceBookings ? { replaceBookings } : {}) }),
  ownBookings: () => get<OwnBookings>("/api/bookings"),
  checkPatient: (body: PatientCheckBody) => post<{ bookedUntil?: string | null }>("/api/patients/check", body),
  booking: (id: string) => get<BookingDetail>(`/api/bookings/${segment(id)}`),
  cancel: (id: string, reason: CancelReason, requestId: string) =>
    post<void>(`/api/bookings/${segment(id)}/cancel`, { requestId, reason }),
  outcome: (id: string, status: Outcome, requestId: string) =>
    post<void>(`/api/bookings/${segment(id)}/outcome`, { requestId, status }),

  callEmergency: (callId: string, body: { requestId: string; secondsAgo: number }) => post<void>(`/api/calls/${segment(callId)}/emergency`, body),
  undoCallEmergency: (callId: string, requestId: string) => post<void>(`/api/calls/${segment(callId)}/emergency/undo`, { requestId }),
  emergency: (body: EmergencyBody) => post<void>("/api/emergencies", body),
  unserved: (body: UnservedBody) => post<void>("/api/requests/unserved", body),
};
