import { Problem } from "../api/problem";

/** Within this time a press was an error: nothing is told to anybody, nothing is lost. */
export const UNDO_MS = 5_000;
const RETRY_MS = 3_000;
const STORE_KEY = "snp.emergencies";
/** More presses than that, unsent, on one machine are no emergency any more. */
const MAX_WAITING = 100;
const LONGEST_S = 90 * 24 * 3600;

/** Who may record; without anybody signed in the screen is shown all the same. */
export interface Witness {
  identityId: string;
  territoryId: string;
}

/** One press of the key, kept in the browser until the server acknowledged it. No patient. */
export interface Press extends Witness {
  requestId: string;
  /** By this machine's clock, which may be wrong: only differences count. */
  at: number;
  /** The call in hand: its file goes to the emergency branch at once, and its own record is the only one. */
  callId?: string;
}

export type Status = "undoable" | "recording" | "waiting" | "recorded" | "refused" | "anonymous";

export interface Shown {
  requestId: string;
  status: Status;
  /** On the monotonic clock. */
  undoUntil: number;
}

export interface DeskParts {
  send: (press: Press, secondsAgo: number) => Promise<unknown>;
  /** Takes a call's exit back, within the time to undo it. */
  takeBack?: (press: Press) => Promise<unknown>;
  storage: Pick<Storage, "getItem" | "setItem">;
  now?: () => number;
  monotonic?: () => number;
  newId?: () => string;
}

/**
 * The emergency exit: shown at once and by the page alone; recorded when the server answers, exactly once, however often and late it
 * is sent (the request id is made at the press).
 */
export class EmergencyDesk {
  private readonly parts: Required<DeskParts>;
  private readonly listeners = new Set<() => void>();
  private readonly raised = new Set<() => void>();
  private shown: Shown | null = null;
  private witness: Witness | null = null;
  private settling: ReturnType<typeof setTimeout> | undefined;
  private retrying: ReturnType<typeof setTimeout> | undefined;
  private flushing = false;
  /** The last call's exit that was sent. */
  private sent: { press: Press; status: Status | null; done: Promise<void> } | null = null;

  private callId: string | null = null;

  constructor(parts: DeskParts) {
    this.parts = { takeBack: () => Promise.resolve(), now: () => Date.now(), monotonic: () => performance.now(), newId: () => crypto.randomUUID(), ...parts };
  }

  getShown = (): Shown | null => this.shown;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Told when a press can no longer be undone: what was in hand is given back. */
  onRaised(listener: () => void): () => void {
    this.raised.add(listener);
    return () => this.raised.delete(listener);
  }

  /** Who is signed in; what they pressed while the network was off is sent now. */
  setWitness(witness: Witness | null): void {
    this.witness = witness;
    void this.flush();
  }

  /** The call that a press is about; null: none in hand. */
  setCall(callId: string | null): void {
    this.callId = callId;
  }

  press(): void {
    if (this.shown) return;
    const requestId = this.parts.newId();
    const about = this.callId ? { callId: this.callId } : {};
    if (this.witness) this.write([...this.read(), { ...this.witness, ...about, requestId, at: this.parts.now() }].slice(-MAX_WAITING));
    this.show({ requestId, status: "undoable", undoUntil: this.parts.monotonic() + UNDO_MS });
    this.settling = setTimeout(() => this.settle(), UNDO_MS);
    if (this.callId) void this.flush(); // the receiving team reads the file at once; the server keeps the time to undo it
  }

  /** Within the first seconds: as if nothing had been pressed. Later: only the screen goes. */
  dismiss(): void {
    if (this.shown?.status === "undoable") {
      clearTimeout(this.settling);
      const { requestId } = this.shown;
      const sent = this.sent?.press.requestId === requestId ? this.sent : null;
      this.forget(requestId);
      // Taken back once its outcome is here; when that is not known it may be there, and taking back what is not there changes nothing.
      if (sent) void sent.done.then(() => this.parts.takeBack(sent.press)).catch(() => undefined);
    }
    this.show(null);
  }

  /** Sends what waits; called again by itself until nothing does. */
  async flush(): Promise<void> {
    if (this.flushing) return;
    this.flushing = true;
    clearTimeout(this.retrying);
    try {
      for (const press of this.due()) await this.record(press);
    } finally {
      this.flushing = false;
    }
    if (this.read().some((one) => one.identityId === this.witness?.identityId)) this.retrying = setTimeout(() => void this.flush(), RETRY_MS);
  }

  private settle(): void {
    if (!this.shown) return;
    const told = this.sent?.press.requestId === this.shown.requestId ? this.sent.status : null;
    this.show({ ...this.shown, status: told ?? (this.witness ? "recording" : "anonymous") });
    this.raised.forEach((listener) => listener());
    void this.flush();
  }

  private async record(press: Press): Promise<void> {
    const secondsAgo = Math.min(Math.max(Math.floor((this.parts.now() - press.at) / 1000), 0), LONGEST_S);
    const sending = this.parts.send(press, secondsAgo);
    if (press.callId) this.sent = { press, status: null, done: sending.then(() => undefined, () => undefined) };
    try {
      await sending;
      this.forget(press.requestId);
      this.tell(press, "recorded");
    } catch (error) {
      const refused = error instanceof Problem && error.status < 500 && error.status !== 401 && error.status !== 429;
      if (refused) this.forget(press.requestId);
      this.tell(press, refused ? "refused" : "waiting");
    }
  }

  private tell(press: Press, status: Status): void {
    if (this.sent?.press.requestId === press.requestId) this.sent.status = status;
    if (this.shown?.requestId === press.requestId && this.shown.status !== "undoable") this.show({ ...this.shown, status });
  }

  /** A press of somebody else on this machine waits for them; one that can still be undone waits too, in another window as well. */
  private due(): Press[] {
    const now = this.parts.now();
    return this.read().filter(({ identityId, at, callId }) => identityId === this.witness?.identityId && (callId !== undefined || now - at >= UNDO_MS || now < at));
  }

  private forget(requestId: string): void {
    this.write(this.read().filter((one) => one.requestId !== requestId));
  }

  private read(): Press[] {
    try {
      const kept: unknown = JSON.parse(this.parts.storage.getItem(STORE_KEY) ?? "[]");
      return Array.isArray(kept) ? (kept as Press[]) : [];
    } catch {
      return []; // unreadable: nothing that could be sent
    }
  }

  private write(presses: Press[]): void {
    try {
      this.parts.storage.setItem(STORE_KEY, JSON.stringify(presses));
    } catch {
      // A full or forbidden store costs the record, never the screen.
    }
  }

  private show(shown: Shown | null): void {
    this.shown = shown;
    this.listeners.forEach((listener) => listener());
  }
}
