import type { CallRow, CentreFrame, CentreSnapshot, QueueContent } from "./contract";

export type FrameResult = "applied" | "ignored" | "gap" | "foreign";

interface Known extends Omit<QueueContent, "calls"> {
  epoch: string;
  seq: number;
  asOf: string;
  calls: ReadonlyMap<string, CallRow>;
  /** A frame is missing; right as of `seq`. */
  gap: boolean;
}

/** One centre's queue as this screen knows it, by the boards' rule of order and gaps. Pure: no clock, no network. */
export class QueueStore {
  private known: Known | null = null;
  private sorted: readonly CallRow[] = [];
  private version = 0;
  private readonly listeners = new Set<() => void>();

  constructor(readonly centreId: string) {}

  /** What an earlier link still delivers never replaces what is newer of the same run. */
  applySnapshot({ centreId, epoch, seq, asOf, queue }: CentreSnapshot): boolean {
    if (centreId !== this.centreId || (this.known?.epoch === epoch && seq < this.known.seq)) return false;
    const { calls, ...rest } = queue;
    this.put({ ...rest, epoch, seq, asOf, calls: new Map(calls.map((call) => [call.id, call])), gap: false });
    return true;
  }

  /** `gap` and `foreign` (another epoch, or nothing known yet) call for a snapshot. */
  applyFrame({ centreId, epoch, seq, asOf, change }: CentreFrame): FrameResult {
    if (centreId !== this.centreId) return "ignored";
    const known = this.known;
    if (!known || known.epoch !== epoch) return "foreign";
    if (seq <= known.seq) return "ignored";
    if (seq !== known.seq + 1) {
      if (!known.gap) this.put({ ...known, gap: true });
      return "gap";
    }
    const calls = new Map(known.calls);
    for (const one of change.calls ?? []) {
      if (one.removed) calls.delete(one.id);
      else calls.set(one.id, one.call);
    }
    // What did not change comes as null, or not at all.
    const { duty, figures, regime } = known;
    this.put({ epoch, duty: change.duty ?? duty, figures: change.figures ?? figures, regime: change.regime ?? regime, seq, asOf, calls, gap: false });
    return "applied";
  }

  /** The link is gone: what is shown may be old. */
  lose(): void {
    if (this.known && !this.known.gap) this.put({ ...this.known, gap: true });
  }

  get isCurrent(): boolean {
    return this.known !== null && !this.known.gap;
  }

  get content(): (Omit<QueueContent, "calls"> & { calls: readonly CallRow[] }) | null {
    return this.known && { ...this.known, calls: this.sorted };
  }

  call = (id: string): CallRow | undefined => this.known?.calls.get(id);
  getVersion = (): number => this.version;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private put(next: Known): void {
    if (next.calls !== this.known?.calls) this.sorted = inOrder([...next.calls.values()]);
    this.known = next;
    this.version++;
    this.listeners.forEach((listener) => listener());
  }
}

const RANK = { P0: 0, P1: 1, P2: 2, P3: 3, NR: 4 };

/** Priority, then who was lost or calls again, then the longest wait: the server takes the next in the same order. */
export const inOrder = (calls: readonly CallRow[]): CallRow[] =>
  [...calls].sort((a, b) => RANK[a.priority] - RANK[b.priority] || Number(isPressing(b)) - Number(isPressing(a)) || sinceOf(a) - sinceOf(b) || (a.id < b.id ? -1 : 1));

export const isPressing = ({ returned, repeats }: CallRow): boolean => returned || repeats > 0;
const sinceOf = ({ waitingSince, rangAt }: CallRow): number => Date.parse(waitingSince ?? rangAt);
