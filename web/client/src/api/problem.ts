import type { Slot } from "./contract";

/** A refusal the server stated (RFC 9457 problem details with a stable `code`). */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string | undefined;
  readonly fieldErrors: Record<string, string[]>;
  readonly alternatives: Slot[];
  /** On a lost race: the organisation that was first. */
  readonly heldBy: string | undefined;
  /** Until when somebody else's hold, or the patient's other booking, lasts. */
  readonly until: string | undefined;

  constructor(status: number, body: ProblemBody) {
    super(body.title ?? `HTTP ${status}`);
    this.status = status;
    this.code = body.code ?? "";
    this.detail = body.detail;
    this.fieldErrors = body.errors ?? {};
    this.alternatives = body.alternatives ?? [];
    this.heldBy = body.heldBy;
    this.until = body.until;
  }
}

export interface ProblemBody {
  title?: string;
  code?: string;
  detail?: string;
  errors?: Record<string, string[]>;
  alternatives?: Slot[];
  heldBy?: string;
  until?: string;
}

/** The request may or may not have reached the ledger: never to be read as "failed". */
export class OutcomeUnknown extends Error {}

/** Nothing was sent to the ledger by this attempt (503). */
export const isUnavailable = (error: unknown): error is Problem =>
  error instanceof Problem && error.code === "ledger-unavailable";
