import { type Column, type Deadline, NOW_HORIZON, columnsAfter, columnsOf, deadlineOf } from "./columns";
import { type Counts, type Filters, countAfter, countFree, isShown, matcher } from "./filters";
import { type BoardItem, type Replaced, type Source, itemsOf, later, replaceIn } from "./items";
import { nextChange, proposals } from "./order";

const HOUR = 3_600_000;
const MINUTE = 60_000;
const PROPOSED = 3;
const COLLATOR = new Intl.Collator("fr");

/** What is looked at, and how. */
export interface Seen extends Source {
  filters: Filters;
}

/** Everything the board shows at one instant. */
export interface Look {
  items: readonly BoardItem[];
  shown: number;
  columns: readonly Column[];
  deadline: Deadline | null;
  counts: Counts;
  best: readonly BoardItem[];
  choices: Choices;
  /** Server time until which, without news, all of it stays true. */
  until: number;
  /** What it was made of, and the store's version then. */
  seen: Seen;
  version: number;
}

/** What the place and practitioner filters offer. */
export interface Choices {
  places: readonly string[];
  practitioners: readonly string[];
}

/** The items, and which ones differ from those before; null: any may, or time has moved them. */
interface Step {
  items: readonly BoardItem[];
  replaced: readonly Replaced[] | null;
}

/**
 * Pure; what has not changed since `before` is the same object again. A board of 14,000 slots hears of 20 changes a
 * second: only what they touched is computed anew, unless the wishes changed or time moved something.
 */
export function look(seen: Seen, before: Look | null): Look {
  const { store, territories, filters, wanted, now } = seen;
  const version = store.getVersion();
  const { items, replaced } = stepTo(seen, before);
  const isWanted = shownBy(seen);
  const edges = [NOW_HORIZON, 24 * HOUR, 48 * HOUR, ...new Set(territories.map(({ windowHours }) => windowHours * HOUR))];

  let parts: Pick<Look, "columns" | "counts" | "choices" | "until">;
  if (before && replaced && filters === before.seen.filters) {
    const onBoard = replaced.map(({ old, fresh }) => ({ old: old && isWanted(old) ? old : undefined, fresh: fresh && isWanted(fresh) ? fresh : undefined }));
    parts = {
      columns: columnsAfter(before.columns, onBoard, now, wanted.sort),
      counts: countAfter(before.counts, replaced, filters, now),
      choices: replaced.every(offerTheSame) ? before.choices : choicesOf(items, before.choices),
      until: Math.min(before.until, nextChange(replaced.flatMap(({ fresh }) => fresh ?? []), now, edges)),
    };
  } else {
    parts = {
      columns: columnsOf(items.filter(isWanted), now, before?.columns),
      counts: countFree(items, filters, now),
      choices: choicesOf(items, before?.choices),
      until: Math.min(nextChange(items, now, edges), (Math.floor(now / MINUTE) + 1) * MINUTE),
    };
  }

  const deadline = deadlineOf(territories, parts.columns, filters, now);
  return {
    ...parts,
    items,
    shown: parts.columns.reduce((sum, column) => sum + column.ids.length, 0),
    deadline: before?.deadline && sameLine(before.deadline, deadline) ? before.deadline : deadline,
    best: proposals(items, PROPOSED, isWanted),
    seen,
    version,
  };
}

function stepTo(seen: Seen, before: Look | null): Step {
  const { store, territories, wanted, recent, now } = seen;
  const touched = before && before.seen.store === store && before.seen.territories === territories && before.seen.wanted === wanted ? store.touchedSince(before.version) : null;
  if (!before || !touched) return { items: itemsOf(seen), replaced: null };

  const { items, replaced } = replaceIn(before.items, new Set([...touched, ...litOtherwise(before.seen.recent, recent)]), seen);
  const moved = now >= before.until || now < before.seen.now;
  return moved ? { items: later(items, now), replaced: null } : { items, replaced };
}

/** Slots that are lit no more, or anew. */
const litOtherwise = (before: ReadonlyMap<string, number>, recent: ReadonlyMap<string, number>): string[] =>
  before === recent ? [] : [...before.keys(), ...recent.keys()].filter((id) => before.get(id) !== recent.get(id));

function shownBy({ filters, now }: Seen): (item: BoardItem) => boolean {
  const matching = matcher(filters);
  return (item) => isShown(item, filters, now) && matching(item);
}

const sameLine = (a: Deadline, b: Deadline | null): boolean => a.text === b?.text && a.before === b.before;

const offerTheSame = ({ old, fresh }: Replaced): boolean =>
  old?.slot.place.name === fresh?.slot.place.name && old?.slot.practitioner?.name === fresh?.slot.practitioner?.name;

function choicesOf(items: readonly BoardItem[], before: Choices | undefined): Choices {
  const [places, practitioners] = [new Set<string>(), new Set<string>()];
  for (const { slot } of items) {
    if (slot.place.name) places.add(slot.place.name);
    if (slot.practitioner) practitioners.add(slot.practitioner.name);
  }
  const known = before && equal(before.places, places) && equal(before.practitioners, practitioners);
  return known ? before : { places: sorted(places), practitioners: sorted(practitioners) };
}

const equal = (list: readonly string[], set: ReadonlySet<string>): boolean => list.length === set.size && list.every((one) => set.has(one));
const sorted = (set: ReadonlySet<string>): string[] => [...set].sort(COLLATOR.compare);
