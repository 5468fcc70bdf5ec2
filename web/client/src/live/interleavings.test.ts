import { expect, it } from "vitest";
import type { Cursor, Frame, Slot, SlotChange, SlotState, Snapshot } from "../api/contract";
import { PictureStore } from "./pictureStore";
import { seededRandom, testSlot } from "./testing";

const RUNS = 300;
const STEPS = 150;
const RING = 6;
const STATES: readonly SlotState[] = ["free", "held", "booked", "withdrawn"];

it("ends in the server's picture after any interleaving, and never shows one that the server did not have", () => {
  const first = Number(process.env["SNP_SEED"] ?? Date.now() % 1_000_000);
  console.info(`picture store: seeds ${first}…${first + RUNS - 1} (replay with SNP_SEED=${first})`);
  for (let seed = first; seed < first + RUNS; seed++) {
    expect(() => new Interleaving(seed).run(), `seed ${seed}`).not.toThrow();
  }
});

type Message = { link: number } & ({ snapshot: Snapshot } | { frame: Frame });

/** A territory's board as a server keeps it: numbered changes, a ring of the last frames, and (for the test) all it ever was. */
class Board {
  readonly truth = new Map<string, Slot>();
  private epoch = 1;
  private seq = 0;
  private ring: Frame[] = [];
  private readonly past = new Map<string, string>();

  constructor(
    private readonly id: string,
    private readonly random: () => number,
  ) {
    this.remember();
  }

  change(): Frame {
    const changes: SlotChange[] = [];
    for (let n = this.upTo(3); n >= 0; n--) {
      const id = `${this.id}${this.upTo(8)}`;
      if (changes.some((change) => change.id === id)) continue;
      const removed = this.truth.has(id) && this.random() < 0.25;
      const slot = testSlot(id, { state: STATES[this.upTo(4)]!, taken: this.upTo(2) });
      if (removed) this.truth.delete(id);
      else this.truth.set(id, slot);
      changes.push(removed ? { id, removed } : { id, slot });
    }
    this.seq++;
    this.remember();
    const frame = { ...this.cursor(), asOf: "", changes };
    this.ring = [...this.ring, frame].slice(-RING);
    return frame;
  }

  /** Another view, or the board started anew: numbers begin somewhere else. */
  restart(): void {
    this.epoch++;
    this.seq = this.upTo(5);
    this.ring = [];
    this.remember();
  }

  /** The frames after the cursor while the ring has them, else a snapshot: both are allowed answers to "Watch". */
  answer(cursor: Cursor | undefined): ({ snapshot: Snapshot } | { frame: Frame })[] {
    const missed = cursor && cursor.epoch === `e${this.epoch}` ? this.ring.filter(({ seq }) => seq > cursor.seq) : [];
    if (cursor && missed.length > 0 && missed[0]!.seq === cursor.seq + 1) return missed.map((frame) => ({ frame }));
    return [{ snapshot: { ...this.cursor(), asOf: "", slots: [...this.truth.values()] } }];
  }

  wasAt({ epoch, seq }: Cursor): string | undefined {
    return this.past.get(`${epoch}.${seq}`);
  }

  private cursor = (): Cursor => ({ territoryId: this.id, view: "v", epoch: `e${this.epoch}`, seq: this.seq });
  private upTo = (n: number): number => Math.floor(this.random() * n);
  private remember = (): void => void this.past.set(`e${this.epoch}.${this.seq}`, print(this.truth));
}

/** Two boards that change, links that lose, double, delay and break, and a screen that follows the rules. */
class Interleaving {
  private readonly random: () => number;
  private readonly store = new PictureStore();
  private readonly boards: ReadonlyMap<string, Board>;
  private link = this.store.beginLink();
  private wire: Message[] = [];
  private late: Message[] = [];
  private readonly watched = new Set<string>();
  private readonly asking = new Set<string>();

  constructor(seed: number) {
    this.random = seededRandom(seed);
    this.boards = new Map(["t", "u"].map((id) => [id, new Board(id, this.random)]));
  }

  run(): void {
    this.ids().forEach((id) => this.watch(id));
    for (let step = 0; step < STEPS; step++) this.step();
    this.comeToRest();
    for (const [id, board] of this.boards) {
      expect(this.store.isCurrent(id)).toBe(true);
      expect(print(this.store.picture(id)!.slots)).toEqual(print(board.truth));
    }
  }

  private step(): void {
    const dice = this.random();
    const id = this.pick(this.ids())!;
    if (dice < 0.38) this.change(id);
    else if (dice < 0.73) this.deliver(this.wire.shift());
    else if (dice < 0.78) this.lose();
    else if (dice < 0.82) this.deliver(this.wire[0]); // doubled
    else if (dice < 0.86) this.deliver(this.late.splice(this.upTo(this.late.length), 1)[0]); // a dead link still speaks
    else if (dice < 0.89) this.reconnect();
    else if (dice < 0.91) this.restart(id);
    else if (dice < 0.93) this.forget(id);
    else if (!this.watched.has(id) || this.asking.has(id)) this.watch(id);
  }

  /** Quiet: one more change makes a lost tail visible; the screen asks whenever it must. */
  private comeToRest(): void {
    for (const id of this.ids()) {
      if (!this.watched.has(id)) this.watch(id);
      this.change(id);
    }
    for (let round = 0; this.wire.length + this.asking.size > 0; round++) {
      if (round > 10_000) throw new Error("no quiet");
      if (this.wire.length === 0) [...this.asking].forEach((id) => this.watch(id));
      this.deliver(this.wire.shift());
    }
    this.late.forEach((message) => this.deliver(message));
  }

  private change(id: string): void {
    const frame = this.boards.get(id)!.change();
    if (this.watched.has(id)) this.wire.push({ link: this.link, frame });
  }

  private watch(id: string): void {
    this.asking.delete(id);
    this.watched.add(id);
    const cursor = this.store.picture(id)?.link === this.link ? this.store.cursor(id) : undefined;
    this.boards.get(id)!.answer(cursor).forEach((answer) => this.wire.push({ link: this.link, ...answer }));
  }

  private deliver(message: Message | undefined): void {
    if (!message) return;
    const territoryId = "snapshot" in message ? message.snapshot.territoryId : message.frame.territoryId;
    if (message.link === this.link && !this.watched.has(territoryId)) return; // the connection passes on what it watches only
    if ("snapshot" in message) this.store.applySnapshot(message.link, message.snapshot);
    else {
      const result = this.store.applyFrame(message.link, message.frame);
      const astray = result === "gap" || result === "foreign" || (result === "ignored" && !this.store.isCurrent(territoryId));
      if (astray && message.link === this.link) this.asking.add(territoryId);
    }
    this.check();
  }

  /** Whatever is on screen was the server's picture at just that number. */
  private check(): void {
    for (const [id, board] of this.boards) {
      const picture = this.store.picture(id);
      if (picture) expect(print(picture.slots)).toBe(board.wasAt(picture));
    }
  }

  /** A snapshot is an answer, which a live link does not lose; a frame may be. */
  private lose(): void {
    if (this.wire[0] && "frame" in this.wire[0]) this.wire.shift();
  }

  private reconnect(): void {
    this.late.push(...this.wire.filter(() => this.random() < 0.7));
    this.wire = [];
    this.watched.clear();
    this.asking.clear();
    this.link = this.store.beginLink();
  }

  private restart(id: string): void {
    this.boards.get(id)!.restart();
    if (this.watched.has(id) && this.random() < 0.8) this.boards.get(id)!.answer(undefined).forEach((answer) => this.wire.push({ link: this.link, ...answer }));
  }

  private forget(id: string): void {
    this.watched.delete(id);
    this.asking.delete(id);
    this.store.forget(id);
  }

  private ids = (): string[] => [...this.boards.keys()];
  private upTo = (n: number): number => Math.floor(this.random() * n);
  private pick = <T>(all: readonly T[]): T | undefined => all[this.upTo(all.length)];
}

const print = (slots: ReadonlyMap<string, Slot>): string =>
  JSON.stringify([...slots.values()].sort((a, b) => (a.id < b.id ? -1 : 1)));
