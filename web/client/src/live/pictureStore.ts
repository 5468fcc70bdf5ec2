import type { Cursor, Frame, Slot, Snapshot } from "../api/contract";

export interface Picture extends Cursor {
  asOf: string;
  slots: ReadonlyMap<string, Slot>;
  /** The connection that gave the last snapshot. */
  link: number;
  /** A frame is missing; the picture is right as of `seq`, and a snapshot has been asked for. */
  gap: boolean;
}

export interface Change {
  id: string;
  before: Slot | undefined;
  after: Slot | undefined;
}

/** `applied`, or why not. `gap` and `foreign` (another view or epoch) call for a snapshot. */
export type FrameResult = "applied" | "ignored" | "gap" | "foreign";

/**
 * The territories' pictures as this screen knows them. Pure: no clock, no network. Messages carry the number of the
 * connection they came on; what an older connection still delivers is ignored, so that a late snapshot of a dead
 * link can never replace a newer one.
 */
export class PictureStore {
  private pictures = new Map<string, Picture>();
  private link = 0;
  private listeners = new Set<() => void>();
  private changeListeners = new Set<(changes: Change[]) => void>();
  private version = 0;

  /** A new connection: its messages count from now on, those of earlier ones no more. */
  beginLink(): number {
    return ++this.link;
  }

  applySnapshot(link: number, message: Snapshot): boolean {
    if (link !== this.link) return false;
    const known = this.pictures.get(message.territoryId);
    const sameRun = known && known.link === link && sameView(known, message);
    if (sameRun && message.seq < known.seq) return false;

    const slots = new Map(message.slots.map((slot) => [slot.id, slot]));
    const { territoryId, view, epoch, seq, asOf } = message;
    this.pictures.set(territoryId, { territoryId, view, epoch, seq, asOf, slots, link, gap: false });
    this.changed(known ? differences(known.slots, slots) : []);
    return true;
  }

  applyFrame(link: number, message: Frame): FrameResult {
    const known = this.pictures.get(message.territoryId);
    if (link !== this.link || !known || known.link !== link) return "ignored";
    if (!sameView(known, message)) return "foreign";
    if (message.seq <= known.seq) return "ignored";
    if (message.seq !== known.seq + 1) {
      if (!known.gap) {
        this.pictures.set(message.territoryId, { ...known, gap: true });
        this.changed([]);
      }
      return "gap";
    }

    const slots = new Map(known.slots);
    const changes: Change[] = [];
    for (const change of message.changes) {
      const before = slots.get(change.id);
      const after = change.removed ? undefined : change.slot;
      if (after) slots.set(change.id, after);
      else slots.delete(change.id);
      changes.push({ id: change.id, before, after });
    }
    // The next one closes a hole: the server answers a cursor with the missing frames, or with a snapshot.
    this.pictures.set(message.territoryId, { ...known, seq: message.seq, asOf: message.asOf, slots, gap: false });
    this.changed(changes);
    return "applied";
  }

  /** Known on the present connection, without a missing frame. */
  isCurrent(territoryId: string): boolean {
    const picture = this.pictures.get(territoryId);
    return picture !== undefined && picture.link === this.link && !picture.gap;
  }

  picture(territoryId: string): Picture | undefined {
    return this.pictures.get(territoryId);
  }

  cursor(territoryId: string): Cursor | undefined {
    const known = this.pictures.get(territoryId);
    return known && { territoryId, view: known.view, epoch: known.epoch, seq: known.seq };
  }

  forget(territoryId: string): void {
    if (this.pictures.delete(territoryId)) this.changed([]);
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  onChanges(listener: (changes: Change[]) => void): () => void {
    this.changeListeners.add(listener);
    return () => this.changeListeners.delete(listener);
  }

  getVersion = (): number => this.version;

  private changed(changes: Change[]): void {
    this.version++;
    if (changes.length > 0) this.changeListeners.forEach((listener) => listener(changes));
    this.listeners.forEach((listener) => listener());
  }
}

const sameView = (a: Cursor, b: Cursor): boolean => a.view === b.view && a.epoch === b.epoch;

function differences(before: ReadonlyMap<string, Slot>, after: ReadonlyMap<string, Slot>): Change[] {
  const changes: Change[] = [];
  for (const [id, slot] of after) {
    const old = before.get(id);
    if (old?.state !== slot.state || old.taken !== slot.taken) changes.push({ id, before: old, after: slot });
  }
  for (const [id, slot] of before) {
    if (!after.has(id)) changes.push({ id, before: slot, after: undefined });
  }
  return changes;
}
