import { BEYOND, type Column, type Deadline } from "./columns";
import type { BoardItem } from "./items";

/** One row of a single list: a period's head, a slot, or the line where the deadline falls. */
export type Row = { kind: "head"; key: string; column: Column } | { kind: "slot"; key: string; item: BoardItem } | { kind: "deadline"; key: string; text: string };

export function rowsOf(columns: readonly Column[], deadline: Deadline | null): Row[] {
  const line: Row[] = deadline ? [{ kind: "deadline", key: "deadline", text: deadline.text }] : [];
  const rows: Row[] = [];
  for (const column of columns) {
    if (column.key === BEYOND) rows.push(...line);
    for (const row of rowsIn(column)) rows.push(row);
  }
  if (deadline?.before === null) rows.push(...line);
  return rows;
}

const known = new WeakMap<Column, readonly Row[]>();

/** Made once for a column: most of them are the same after a change. */
function rowsIn(column: Column): readonly Row[] {
  let rows = known.get(column);
  if (!rows) {
    rows = [{ kind: "head", key: `head ${column.key}`, column }, ...column.items.map((item): Row => ({ kind: "slot", key: item.slot.id, item }))];
    known.set(column, rows);
  }
  return rows;
}
