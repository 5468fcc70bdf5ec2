// The shapes of CONTRACT-calls.md, version 1.
import type { Sex } from "../api/contract";

export const PRIORITIES = ["P0", "P1", "P2", "P3", "NR"] as const;
export type Priority = (typeof PRIORITIES)[number];
export const CARE_LEVELS = ["R1", "R2", "R3", "R4"] as const;
export type CareLevel = (typeof CARE_LEVELS)[number];
export const REGULATION_STREAMS = ["AMU", "SNP", "PSY", "NEONAT"] as const;
export type RegulationStream = (typeof REGULATION_STREAMS)[number];
export const COMMUNICATIONS = ["AUCUNE", "MUET", "VISION", "LANGUE", "PANIQUE", "HOSTILE", "AGITE", "IMPOSS", "AUTRE"] as const;
export type Communication = (typeof COMMUNICATIONS)[number];
export const CALLER_KINDS = ["SUJET", "FAMILLE", "TIERS", "MED", "SANTE.PHARMA", "SANTE.INF", "SANTE.SF", "AUTRE"] as const;
export type CallerKind = (typeof CALLER_KINDS)[number];
export const CARES_FOR = ["notAsked", "yes", "no", "declined"] as const;
export type CaresFor = (typeof CARES_FOR)[number];
export type Line = "15" | "116117" | "112" | "AUTOCOM" | "PDSSOS" | "LOCAL";
export type Exit = "emergency" | "advice" | "prescription" | "appointment" | "redirectToGp" | "protocol" | "outOfScope" | "abandoned" | "callBack";
export type CallStatus = "waiting" | "inHand" | "callBack" | "emergency" | "closed";
export type Regime = "daytime" | "outOfHours";

export interface Person {
  id: string;
  name: string;
  role: string;
}

export interface CallRow {
  id: string;
  label: string;
  version: number;
  line: Line;
  regime: Regime;
  status: CallStatus;
  level: string;
  priority: Priority;
  careLevel?: CareLevel;
  stream?: RegulationStream;
  reason?: string;
  communication?: Communication;
  communeCode?: string;
  rangAt: string;
  waitingSince?: string;
  targetAt?: string;
  escalatedAt?: string;
  returned: boolean;
  repeats: number;
  callerOnLine: boolean;
  holder?: Person & { since: string };
  decision?: Exit;
  bookings: string[];
  linkedTo?: string;
  closedAt?: string;
}

export interface CallPatient {
  lastName?: string;
  firstName?: string;
  birthDate?: string;
  sex?: Sex;
  phone?: string;
  address?: string;
  communeCode?: string;
  registeredGp?: string;
}

export interface CallFile extends CallRow {
  centre: string;
  mode: "file" | "companion";
  externalNumber?: string;
  callerKind?: CallerKind;
  caresFor: CaresFor;
  caller?: { phone?: string; name?: string };
  patient?: CallPatient;
  notes: { id: string; at: string; by: Person; text: string }[];
  steps: { level: string; rangAt: string; answeredAt?: string; leftAt?: string; by?: Person }[];
  decisionMade?: { exit: Exit; by: Person; at: string };
  emergency?: { at: string; by: Person; undoUntil: string; confirmed: boolean };
  deadline?: string;
  allowed: { exits: Exit[]; transferTo: string[]; appointmentNeeds?: "regulator" | "protocol" };
  otherFiles: { id: string; label: string; rangAt: string; status: CallStatus; decision?: Exit }[];
}

export interface CallDone {
  callId: string;
  version: number;
  status: CallStatus;
  level: string;
  undoUntil?: string;
}

export interface Level {
  id: string;
  name: string;
  roles: string[];
  targetSeconds: number;
  exits: Exit[];
  transferTo: string[];
}

export interface Centre {
  id: string;
  name: string;
  mode: "file" | "companion";
  timeZone: string;
  windowHours: number;
  territories: string[];
  regime: Regime;
  regimeUntil: string;
  callsPerHour: { expected: number; alert: number };
  levels: Level[];
  protocols: { id: string; name: string; roles: string[]; reasons: string[]; exits: Exit[] }[];
}

export interface Duty extends Person {
  level?: string;
  callId?: string;
  until: string;
}

export interface Figures {
  since: string;
  answered: number;
  within30: number;
  within60: number;
  abandoned: number;
  shortAbandons: number;
  closed: number;
  perRegulator: { id: string; name: string; calls: number }[];
}

/** What a queue holds; a snapshot tells all of it. */
export interface QueueContent {
  regime: Regime;
  calls: CallRow[];
  duty: Duty[];
  /** null until the server has counted the day. */
  figures: Figures | null;
}

/** Null, or left out: as before. */
export interface QueueChange {
  regime?: Regime | null;
  duty?: Duty[] | null;
  figures?: Figures | null;
  calls?: ({ id: string; call: CallRow; removed?: false } | { id: string; removed: true })[] | null;
}

interface Numbered {
  centreId: string;
  epoch: string;
  seq: number;
  asOf: string;
}

export interface CentreSnapshot extends Numbered {
  queue: QueueContent;
}

export interface CentreFrame extends Numbered {
  change: QueueChange;
}
