import type { Cursor, Frame, Slot, Snapshot } from "../api/contract";

export interface Picture extends Cursor {
  asOf: string;
  /** The store's own: frames change it in place. */
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

/** So many changes are remembered one by one; who looks more seldom sees everything anew. */
const REMEMBERED = 500;

/**
 * The territories' pictures as this screen knows them. Pure: no clock, no network. Messages carry the number of the
 * connection they came on; what an older connection still delivers is ignored, so that a late snapshot of a dead
 * link can never replace a newer one.
 */
export class PictureStore {
  private pictures = new Map<string, Picture & { slots: Map<string, Slot> }>();
  private link = 0;
  private listeners = new Set<() => void>();
  private viewListeners = new Set<() => void>();
  private epochListeners = new Set<() => void>();
  private changeListeners = new Set<(changes: Change[]) => void>();
  /** The slots that frames touched, one after the other; `from` is the version before the first of them. */
  private journal: string[] = [];
  private from = 0;

  /** A new connection: its messages count from now on, those of earlier ones no more. */
  beginLink(): number {
    this.forgetJournal();
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
    this.forgetJournal();
    if (known && known.view !== view) this.viewListeners.forEach((listener) => listener());
    if (known?.epoch !== epoch) this.epochListeners.forEach((listener) => listener());
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
        this.forgetJournal();
        this.changed([]);
      }
      return "gap";
    }

    const { slots } = known;
    const changes: Change[] = [];
    for (const change of message.changes) {
      const before = slots.get(change.id);
      const after = change.removed ? undefined : change.slot;
      if (after) slots.set(change.id, after);
      else slots.delete(change.id);
      changes.push({ id: change.id, before, after });
    }
    // The next one closes a hole: the server answers a cursor with the missing frames, or with a snapshot.
    this.pictures.set(message.territoryId, { ...known, seq: message.seq, asOf: message.asOf, gap: false });
    if (known.gap) this.forgetJournal();
    else this.remember(changes);
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
    if (!this.pictures.delete(territoryId)) return;
    this.forgetJournal();
    this.changed([]);
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  onChanges(listener: (changes: Change[]) => void): () => void {
    this.changeListeners.add(listener);
    return () => this.changeListeners.delete(listener);
  }

  /** Told when the server shows this person another view of a territory than before: her rights on slots have changed. */
  onView(listener: () => void): () => void {
    this.viewListeners.add(listener);
    return () => this.viewListeners.delete(listener);
  }

  /** Told when a territory's picture begins, or begins anew: a right that shows no other slots may have changed, too. */
  onEpoch(listener: () => void): () => void {
    this.epochListeners.add(listener);
    return () => this.epochListeners.delete(listener);
  }

  /** Grows with every change of a picture, or of what may be trusted in it. */
  getVersion = (): number => this.from + this.journal.length;

  /** The slots that changed since that version; null: anything may have. */
  touchedSince(version: number): readonly string[] | null {
    const at = version - this.from;
    return at < 0 ? null : this.journal.slice(at);
  }

  private remember(changes: readonly Change[]): void {
    for (const { id } of changes) this.journal.push(id);
    const tooMany = this.journal.length - REMEMBERED;
    if (tooMany <= 0) return;
    this.journal.splice(0, tooMany);
    this.from += tooMany;
  }

  private forgetJournal(): void {
    this.from = this.getVersion() + 1;
    this.journal = [];
  }

  private changed(changes: Change[]): void {
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
