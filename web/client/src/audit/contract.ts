import type { Role } from "../api/contract";

export interface AuditPerson {
  id: string;
  name: string;
  role: Role | "system" | "unknown";
  organization: string;
}

/** Who, when, why, at what: never the patient's name. */
export interface AccessEntry {
  seq: number;
  at: string;
  by: AuditPerson;
  action: string;
  why: string;
  object?: string;
  practitioner?: string;
  /** The same for the same patient. */
  subject: string;
  hasReason: boolean;
  /** Name; left out: of the SAS as a whole. */
  territory?: string;
}

export interface AccessPage {
  asOf: string;
  entries: AccessEntry[];
  /** Asks for the next page. */
  before?: number;
}

export interface HistoryEvent {
  at: string;
  what: string;
  by: AuditPerson;
  detail?: string;
}

export interface BookingHistory {
  bookingId: string;
  events: HistoryEvent[];
}

export interface AccessFilter {
  /** Left out: all whose log one may read. */
  territory?: string;
  person?: string;
  actor?: string;
  from?: string;
  before?: number;
}
