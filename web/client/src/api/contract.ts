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
  /** Minutes: from so long before the start, a slot nobody took goes back to the practitioner. */
  takeBackBefore?: number;
  locum?: { name: string; speciality: string } | null;
  /** In plain French; in one's own agenda only. */
  bookableBy?: string[];
  practitioner?: { name: string; speciality: string } | null;
  place: Place;
}

export type Role =
  | "regulator"
  | "osnp"
  | "dispatchAssistant"
  | "pharmacist"
  | "teleSecretary"
  | "emergencyDesk"
  | "generalPractitioner"
  | "physiotherapist"
  | "radiologist"
  | "nurse"
  | "coordinator"
  | "secretary";

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
  /** Demonstration people act by themselves. */
  traffic?: boolean;
  /** How it was opened; left out for a demonstration identity. */
  method?: string;
  /** Seconds without a touch after which this shared computer locks; left out when it is none. */
  locksAfter?: number;
}

/** The ways to sign in that this server has. */
export interface SignInWays {
  demo: boolean;
  password: boolean;
  /** Where one signs in elsewhere, and ends the session here and there; left out when there is none. */
  provider?: { name: string; path: string; endPath: string };
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
  /** What hospital emergency desks do here; absent: they book where a grant allows it. */
  emergencyDesk?: "book" | "requestOnly";
  /** What the reader may do in the territory as a whole; absent: nothing. */
  may?: ("manageGrants" | "readAudit" | "breakGlass" | "reviewBreakGlass")[];
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

/** An agenda's turn in the fair share: 0 first. No count. */
export interface Turn {
  agendaId: string;
  turn: number;
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
  delegated?: boolean;
}

/** One's own agenda with its slots and bookings, without the patients. */
export interface AgendaDetail extends Agenda {
  asOf: string;
  slots: Slot[];
  bookings?: BookingSummary[] | null;
}

export type BookingStatus = "booked" | "fulfilled" | "noshow" | "cancelled" | "toReplace" | "replaced";
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
  /** Booked although the patient had another booking. */
  override?: boolean;
  cancelReason?: CancelReason | null;
  toReplaceSince?: string;
  toReplaceBecause?: "absence" | "withdrawal";
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
    /** Objects to sharing with the registered GP. */
    objection?: boolean;
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
  careRequestId?: string;
  /** The regulated call that it is made for. */
  callId?: string;
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

/** Traits of the patient to be booked; answered by “one exists, until when” and nothing more. */
export interface PatientCheckBody {
  slotId: string;
  lastName: string;
  firstName: string;
  birthDate: string;
}

/** A booking of one's own organisation, without its patient. */
export interface OwnBooking {
  booking: BookingSummary;
  agendaId: string;
  territoryId: string;
  slot: Slot;
}

export interface OwnBookings {
  asOf: string;
  bookings: OwnBooking[];
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

/** The emergency key was pressed so long ago: durations can be trusted where this machine's clock cannot. */
export interface EmergencyBody {
  requestId: string;
  territoryId: string;
  secondsAgo: number;
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
