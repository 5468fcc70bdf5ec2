// The shapes of the HTTP and hub contract (camelCase JSON, instants in ISO-8601 UTC).

export type SlotState = "free" | "held" | "booked" | "withdrawn" | "too-late" | "past-empty";
export type VisitMode = "surgery" | "home" | "video";
export const STREAMS = [
  "gp",
  "imaging.xray",
  "imaging.ct",
  "imaging.ultrasound",
  "imaging.mri",
  "physio",
  "nursing",
  "biology",
] as const;
export type CareStream = (typeof STREAMS)[number];
export const MODES: readonly VisitMode[] = ["surgery", "home", "video"];

export interface Place {
  name: string;
  address: string;
  commune: string;
  postalCode: string;
  phone: string;
  lat: number;
  lon: number;
}

export interface Slot {
  id: string;
  agendaId: string;
  start: string;
  end: string;
  stream: CareStream;
  mode: VisitMode;
  state: SlotState;
  capacity: number;
  taken: number;
  audience: string[];
  minNotice?: number;
  heldBy?: string | null;
  heldUntil?: string | null;
  conditions?: string[] | null;
  practitioner?: { name: string; speciality: string } | null;
  place: Place;
}

export type Role =
  | "regulator"
  | "osnp"
  | "pharmacist"
  | "teleSecretary"
  | "emergencyDesk"
  | "generalPractitioner"
  | "physiotherapist"
  | "radiologist"
  | "nurse"
  | "coordinator";

export interface Identity {
  id: string;
  name: string;
  role: Role;
  organization: string;
  territories: string[];
}

export interface Session {
  identity: Identity;
  demo: boolean;
}

export interface Commune {
  code: string;
  name: string;
  postalCode: string;
  population: number;
  lat: number;
  lon: number;
}

export interface Territory {
  id: string;
  name: string;
  sas: { id: string; name: string };
  windowHours: number;
  timeZone: string;
  communes: Commune[];
}

export interface Reason {
  code: string;
  label: string;
  vital: boolean;
}

export interface Member {
  id: string;
  name: string;
  speciality: string;
}

export interface Hold {
  holdId: string;
  until: string;
}

/** In a list; `own` tells whether the reader owns or manages it. */
export interface Agenda {
  id: string;
  territoryId: string;
  stream: CareStream;
  practitioner?: { name: string; speciality: string } | null;
  place: Place;
  own: boolean;
}

/** One's own agenda with its slots and bookings, without the patients. */
export interface AgendaDetail extends Agenda {
  asOf: string;
  slots: Slot[];
  bookings?: BookingSummary[] | null;
}

export type BookingStatus = "booked" | "fulfilled" | "noshow" | "cancelled";
export type Outcome = "fulfilled" | "noShow";
export const CANCEL_REASONS = ["patientRequest", "practitionerUnavailable", "bookedByMistake", "emergency", "other"] as const;
export type CancelReason = (typeof CANCEL_REASONS)[number];

export interface BookingSummary {
  id: string;
  slotId: string;
  status: BookingStatus;
  reason: string;
  bookedAt: string;
  bookedBy: string;
  bookedByRole: Role;
  onBehalfOf?: string | null;
  cancelReason?: CancelReason | null;
}

/** For those concerned only; the patient is null once the identity was erased. */
export interface BookingDetail {
  id: string;
  patient?: {
    lastName: string;
    firstName: string;
    usedName?: string | null;
    birthDate: string;
    sex: Sex;
    phone?: string | null;
    contactName?: string | null;
    address?: string | null;
  } | null;
  note?: string | null;
  booking: BookingSummary;
}

export interface SlotToOpen {
  start: string;
  end: string;
  mode: VisitMode;
  audience?: string[];
  capacity?: number;
  minNotice?: number;
}

export const ELIGIBILITIES = [
  "NoRegisteredGp",
  "RegisteredGpAbsent",
  "RegisteredGpUnavailable",
  "Visitor",
] as const;
export type Eligibility = (typeof ELIGIBILITIES)[number];
export type Sex = "F" | "M" | "I";

export interface BookingBody {
  requestId: string;
  holdId?: string;
  onBehalfOf?: string;
  patient: {
    lastName: string;
    firstName: string;
    usedName?: string;
    birthDate: string;
    sex: Sex;
    phone: string;
    contactName?: string;
    communeCode?: string;
    address?: string;
    registeredGp?: string;
  };
  eligibility: Eligibility;
  reason: string;
  vitalSignsExcluded: boolean;
  note?: string;
  override?: string;
}

export interface Booking {
  bookingId: string;
  careRequestId?: string;
}

export const UNSERVED_REASONS = ["none", "tooFar", "tooLate", "refused"] as const;
export type UnservedReason = (typeof UNSERVED_REASONS)[number];

export interface UnservedBody {
  requestId: string;
  territoryId: string;
  stream: CareStream;
  reasonNotServed: UnservedReason;
  eligibility: Eligibility;
  reason: string;
}

// Live hub

export interface Cursor {
  territoryId: string;
  view: string;
  epoch: string;
  seq: number;
}

export interface Snapshot extends Cursor {
  asOf: string;
  slots: Slot[];
}

export type SlotChange = { id: string; slot: Slot; removed?: false } | { id: string; removed: true; slot?: null };

export interface Frame extends Cursor {
  asOf: string;
  changes: SlotChange[];
}
