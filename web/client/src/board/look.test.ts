import { expect, it } from "vitest";
import type { Slot, SlotChange, SlotState, Territory } from "../api/contract";
import { PictureStore } from "../live/pictureStore";
import { seededRandom, testSlot } from "../live/testing";
import { type Filters, NO_FILTERS } from "./filters";
import type { BoardItem, Wanted } from "./items";
import { type Look, type Seen, look } from "./look";

const RUNS = 20;
const STEPS = 100;
const SLOTS = 40;
const MINUTE = 60_000;
const STATES: readonly SlotState[] = ["free", "free", "free", "held", "booked", "withdrawn", "too-late"];
const PLACES = [{ commune: "Clisson", lat: 47.087, lon: -1.282 }, { commune: "Vallet", lat: 47.161, lon: -1.266 }, { commune: "Nantes", lat: 47.218, lon: -1.554 }];

it("shows after each change what looking at everything anew would show", () => {
  const first = Number(process.env["SNP_SEED"] ?? Date.now() % 1_000_000);
  console.info(`look: seeds ${first}…${first + RUNS - 1} (replay with SNP_SEED=${first})`);
  let stepped = 0;
  for (let seed = first; seed < first + RUNS; seed++) {
    const screen = new Screen(seed);
    for (let step = 0; step < STEPS; step++) expect(() => screen.step(), `seed ${seed}, step ${step}`).not.toThrow();
    stepped += screen.stepped;
  }
  // Else the property would hold of nothing but the full computation.
  expect(stepped).toBeGreaterThan((RUNS * STEPS) / 4);
}, 20_000);

/** Two boards that share some slots, and a person who changes her mind while time passes. */
class Screen {
  stepped = 0;
  private readonly random: () => number;
  private readonly store = new PictureStore();
  private link = this.store.beginLink();
  private readonly seq = new Map<string, number>();
  private before: Look | null = null;
  private seen: Seen;

  constructor(seed: number) {
    this.random = seededRandom(seed);
    const now = Date.parse("2026-11-22T09:00:00Z") + Math.floor(this.random() * 24 * 60) * MINUTE;
    this.seen = { store: this.store, territories: [territory("t", 48), territory("u", 24)], filters: NO_FILTERS, wanted: wanted(), recent: new Map(), now };
    this.snapshot("t");
    this.snapshot("u");
  }

  step(): void {
    const dice = this.random();
    if (dice < 0.6) this.frame(this.pick(["t", "u"]));
    else if (dice < 0.75) this.pass(this.random() < 0.2 ? 40 * MINUTE * this.random() : 3_000 * this.random());
    else if (dice < 0.77) this.pass(-2_000);
    else if (dice < 0.85) this.seen = { ...this.seen, filters: this.otherFilters() };
    else if (dice < 0.88) this.seen = { ...this.seen, wanted: wanted(this.pick([null, PLACES[0]!]), this.pick(["soonest", "nearest"]), this.upTo(3)) };
    else if (dice < 0.94) this.snapshot(this.pick(["t", "u"]));
    else if (dice < 0.96) this.store.applyFrame(this.link, { ...this.cursor("t"), seq: (this.seq.get("t") ?? 0) + 5, asOf: "", changes: [] }); // a gap
    else if (dice < 0.98) this.link = this.store.beginLink();
    else this.store.forget("u");
    this.compare();
  }

  private compare(): void {
    const next = look(this.seen, this.before);
    const anew = look(this.seen, null);
    expect(shownBy(next)).toBe(shownBy(anew));
    expect(next.until).toBeLessThanOrEqual(anew.until);
    expect(next.until).toBeGreaterThan(this.seen.now);
    if (this.before && next.items.length > 0 && next.items.some((item) => item === this.before?.items[0])) this.stepped++;
    this.before = next;
  }

  private frame(id: string): void {
    const seq = (this.seq.get(id) ?? 0) + 1;
    const changes = Array.from({ length: 1 + this.upTo(3) }, () => this.change(id));
    if (this.store.applyFrame(this.link, { ...this.cursor(id), seq, asOf: "", changes }) !== "applied") return;
    this.seq.set(id, seq);
    const lit = changes.filter(() => this.random() < 0.8).map((change) => [change.id, seq] as const);
    this.seen = { ...this.seen, recent: new Map([...this.seen.recent, ...lit].slice(-6)) };
  }

  private change(id: string): SlotChange {
    const slot = this.slot(`${this.random() < 0.3 ? "both" : id}${this.upTo(SLOTS)}`);
    return this.random() < 0.15 ? { id: slot.id, removed: true } : { id: slot.id, slot };
  }

  private snapshot(id: string): void {
    const seq = this.upTo(9) + 1;
    const slots = new Map(Array.from({ length: SLOTS }, () => this.change(id)).flatMap(({ slot }) => (slot ? [[slot.id, slot] as const] : [])));
    const taken = this.store.applySnapshot(this.link, { ...this.cursor(id), epoch: `e${this.random()}`, seq, asOf: "", slots: [...slots.values()] });
    if (taken) this.seq.set(id, seq);
  }

  private slot(id: string): Slot {
    const start = Math.floor(this.seen.now / (5 * MINUTE)) * 5 * MINUTE + (this.upTo(700) - 30) * 5 * MINUTE;
    const at = (minutes: number): string => new Date(start + minutes * MINUTE).toISOString();
    return testSlot(id, {
      agendaId: `a${this.upTo(4)}`, start: at(0), end: at(20), state: this.pick(STATES), capacity: this.pick([1, 1, 3]), taken: this.upTo(2),
      stream: this.pick(["gp", "gp", "physio"]), mode: this.pick(["surgery", "video"]), heldUntil: new Date(this.seen.now + this.upTo(180) * 1000).toISOString(),
      place: { ...testSlot("x").place, ...this.pick(PLACES), name: this.pick(["Cabinet", "Maison de santé"]) },
      ...(this.random() < 0.2 ? { takeBackBefore: 60 } : {}), ...(this.random() < 0.1 ? { practitioner: { name: "Dr Rare", speciality: "Sage-femme" } } : {}),
    });
  }

  private otherFilters(): Filters {
    return {
      ...NO_FILTERS, horizon: this.pick(["24", "48", "all"]), everyState: this.random() < 0.5, text: this.pick(["", "", "clisson"]), km: this.pick([null, 10]),
      streams: this.pick([[], [], ["physio" as const]]), place: this.pick(["", "", "Cabinet"]),
    };
  }

  private pass(ms: number): void {
    this.seen = { ...this.seen, now: Math.round(this.seen.now + ms) };
  }

  private cursor = (territoryId: string): { territoryId: string; view: string; epoch: string } => ({ territoryId, view: "v", epoch: this.store.cursor(territoryId)?.epoch ?? "e" });
  private upTo = (n: number): number => Math.floor(this.random() * n);
  private pick = <T>(all: readonly T[]): T => all[this.upTo(all.length)]!;
}

const territory = (id: string, windowHours: number): Territory => ({ id, windowHours, name: id, sas: { id: "s", name: "SAS" }, timeZone: "Europe/Paris", communes: [] });
const wanted = (origin: Wanted["origin"] = null, sort: Wanted["sort"] = "soonest", turn = 0): Wanted => ({ origin, sort, turns: new Map([["a1", turn]]) });

/** All of it as one text: comparing the objects member by member takes twenty times as long. */
const shownBy = ({ items, columns, shown, counts, deadline, best, choices }: Look): string =>
  JSON.stringify([items.map(print), columns.map((column) => ({ ...column, items: column.items.map(print) })), shown, { ...counts, byStream: [...counts.byStream].sort() }, deadline, best.map(print), choices]);

const print = ({ slot, territory: { id }, ...rest }: BoardItem): unknown => ({ ...rest, id, slot: [slot.id, slot.start, slot.state, slot.taken, slot.capacity, slot.place.commune] });
