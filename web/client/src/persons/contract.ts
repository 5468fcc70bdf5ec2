import type { AccessEntry } from "../audit/contract";
import type { Sex } from "../api/contract";

/** Why a file is opened: stands in the access log. */
export const REASONS = ["access", "correction", "objection", "erasure", "control"] as const;
export type Reason = (typeof REASONS)[number];

/** Where and why; in the body of every request. */
export interface Scope {
  territory: string;
  reason: Reason;
}

export interface PersonIdentity {
  lastName: string;
  firstName: string;
  usedName?: string;
  birthDate: string;
  sex: Sex;
  communeCode?: string;
  registeredGp?: string;
}

export interface PersonBooking {
  id: string;
  kind: "booking" | "request";
  practitioner?: string;
  /** When appointment and window are over. */
  until: string;
  phone?: string;
  contactName?: string;
  address?: string;
  note?: string;
  overrideReason?: string;
}

/** A regulated call whose patient the person was. */
export interface PersonCall {
  id: string;
  /** When its file was last written. */
  at: string;
  callerPhone?: string;
  callerName?: string;
  phone?: string;
  address?: string;
  communeCode?: string;
  registeredGp?: string;
  notes: string[];
}

export interface PersonFile {
  personId: string;
  identity: PersonIdentity;
  objectionSince?: string;
  keptUntil: string;
  /** None: only calls know the person. */
  bookings: PersonBooking[];
  /** Left out: the calls are shown to an officer of the SAS. */
  calls?: PersonCall[];
  /** In an export only. */
  accesses?: AccessEntry[];
}
