import type { BookingDetail, CareStream, Eligibility, Role } from "../api/contract";

export const GP_CONTACTS = ["yes", "no", "absent"] as const;
export type GpContact = (typeof GP_CONTACTS)[number];
export const ENDS = ["none", "tooFar", "tooLate", "refused", "abandoned"] as const;
export type End = (typeof ENDS)[number];
export const CALLED_OFF = ["noLongerNeeded", "mistake", "duplicate"] as const;
export type CalledOff = (typeof CALLED_OFF)[number];
/** Served without a booking here. */
export const ELSEWHERE = ["registeredGp", "outOfHours", "elsewhere"] as const;
export type ServedBy = (typeof ELSEWHERE)[number] | "booking";
export type Action = "patient" | "take" | "takeOver" | "release" | "end" | "cancel" | "book";

/** A request without its patient. What the reader may do with it, the server says. */
export interface CareRequest {
  id: string;
  territoryId: string;
  stream: CareStream;
  status: "open" | "served" | "unserved" | "cancelled";
  door: Role;
  requestedBy: string;
  organization: string;
  onBehalfOf?: string;
  onBehalfOfName?: string;
  own: boolean;
  mine: boolean;
  eligibility: Eligibility;
  /** Absent: there is no registered GP. */
  registeredGp?: GpContact;
  reason: string;
  openedAt: string;
  decidedAt: string;
  deadline: string;
  owner?: { id: string; name: string; organization: string };
  takenAt?: string;
  /** The opening of daytime care at which it came back. */
  returnedAt?: string;
  /** When its booking was cancelled. */
  reopenedAt?: string;
  endedAt?: string;
  servedBy?: ServedBy;
  bookingId?: string;
  unserved?: End | "deadlinePassed";
  cancelReason?: CalledOff;
  allowed: Action[];
}

export interface RequestList {
  asOf: string;
  requests: CareRequest[];
}

export type RequestPatient = NonNullable<BookingDetail["patient"]> & { communeCode?: string | null; registeredGp?: string | null };

export interface RequestDetail {
  request: CareRequest;
  patient?: RequestPatient | null;
  note?: string | null;
}
