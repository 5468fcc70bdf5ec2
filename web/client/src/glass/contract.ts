import type { AuditPerson } from "../audit/contract";

/** A booking whose glass may be broken: no patient. */
export interface GlassBooking {
  id: string;
  status: string;
  organization: string;
}

/** A break-glass access, for the medical lead: never the patient's name. */
export interface GlassAccess {
  id: string;
  at: string;
  territoryId: string;
  by: AuditPerson;
  bookingId: string;
  practitioner?: string;
  hasReason: boolean;
  examinedAt?: string;
  examinedBy?: string;
}
