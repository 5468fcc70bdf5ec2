// The part of the HTTP contract that only the agenda's pages use.
import type { CareStream, VisitMode } from "../api/contract";
import { get, post, put } from "../api/http";

export const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** National audience codes a template may carry: SAS regulation, CPTS structures, health professionals. */
export const AUDIENCES = ["SNP", "CPTS", "PRO"] as const;
export type AudienceCode = (typeof AUDIENCES)[number];

export interface Template {
  id: string;
  days: Weekday[];
  /** Local times, "11:40". */
  times: string[];
  minutes: number;
  mode: VisitMode;
  audience?: string[];
  capacity?: number;
  validFrom?: string | null;
  validTo?: string | null;
}

export interface Absence {
  id: string;
  from: string;
  /** Excluded. */
  to: string;
  locumName?: string | null;
  ended: boolean;
}

export interface Delegate {
  id: string;
  name: string;
  role: string;
}

export interface AgendaSettings {
  agendaId: string;
  templates: Template[];
  /** False: the imported template is still in force. */
  ownTemplate: boolean;
  takeBackBefore?: number | null;
  skipHolidays: boolean;
  overbook: boolean;
  absences: Absence[];
  delegates: Delegate[];
  /** Who may be named; the practitioner alone is told. */
  delegateCandidates?: Delegate[];
  bookableBy: string[];
  canOverbook: boolean;
  canDelegate: boolean;
}

export interface TemplateBody {
  templates: Template[];
  takeBackBefore?: number;
  skipHolidays: boolean;
}

/** A booking whose slot is gone, until it is booked elsewhere or cancelled; without the patient. */
export interface Replacement {
  bookingId: string;
  territoryId: string;
  agendaId: string;
  slotId: string;
  start: string;
  practitioner?: { name: string } | null;
  stream: CareStream;
  reason: string;
  bookedBy: string;
  /** Whose task it is. */
  owner: "teleSecretary" | "requester";
  since: string;
  wantedBefore?: string | null;
}

const id = encodeURIComponent;

export const agendaApi = {
  settings: (agendaId: string) => get<AgendaSettings>(`/api/agendas/${id(agendaId)}/settings`),
  saveTemplate: (agendaId: string, body: TemplateBody, requestId: string) =>
    put<{ opened: number; withdrawn: number }>(`/api/agendas/${id(agendaId)}/template`, { requestId, ...body }),
  /** Civil days, both included, in the territory's zone. */
  declareAbsence: (agendaId: string, from: string, to: string, locum: string, requestId: string) =>
    post<{ absenceId: string; withdrawn: number; toReplace: string[] }>(`/api/agendas/${id(agendaId)}/absences`, { requestId, from, to, ...(locum ? { locum } : {}) }),
  endAbsence: (absenceId: string, requestId: string) => post<void>(`/api/absences/${id(absenceId)}/end`, { requestId }),
  allowOverbook: (agendaId: string, allowed: boolean, requestId: string) => put<void>(`/api/agendas/${id(agendaId)}/overbook`, { requestId, allowed }),
  overbook: (slotId: string, requestId: string) => post<void>(`/api/slots/${id(slotId)}/overbook`, { requestId }),
  resize: (slotId: string, start: string, end: string, requestId: string) => post<{ slotId: string }>(`/api/slots/${id(slotId)}/resize`, { requestId, start, end }),
  setDelegates: (agendaId: string, delegates: string[], requestId: string) => put<void>(`/api/agendas/${id(agendaId)}/delegates`, { requestId, delegates }),
  replacements: (territoryId: string) => get<Replacement[]>(`/api/replacements?territory=${id(territoryId)}`),
  /** The patient and the reason come from the old booking. */
  replace: (slotId: string, bookingId: string, holdId: string | undefined, requestId: string) =>
    post<{ bookingId: string }>(`/api/slots/${id(slotId)}/bookings`, { requestId, replaces: bookingId, ...(holdId ? { holdId } : {}) }),
  cancelInformed: (bookingId: string, requestId: string) =>
    post<void>(`/api/bookings/${id(bookingId)}/cancel`, { requestId, reason: "practitionerUnavailable", patientInformed: true }),
};
