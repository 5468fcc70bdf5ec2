import type { Slot, Territory } from "../api/contract";
import type { Dossier } from "../dossier/dossier";
import type { LinkedRequest } from "../requests/prefill";
import { type Draft, EMPTY_DRAFT } from "./draft";

export type FileStage = "form" | "sending" | "done";

/** One booking under way: its drawer lives as long as its id. */
export interface BookingFile {
  id: number;
  slot: Slot;
  territory: Territory;
  /** The request that it was opened for. */
  request?: LinkedRequest;
  /** The file of the SAMU's software that it was opened for. */
  dossier?: Dossier;
}

/** What a file's form starts with. */
export const startOf = (file: BookingFile | undefined): Draft => ({ ...EMPTY_DRAFT, ...(file?.request ?? file?.dossier)?.draft });

export interface FileMark {
  stage: FileStage;
  dirty: boolean;
}

export interface Files {
  list: readonly BookingFile[];
  /** The file in front; null when there is none. */
  front: number | null;
  last: number;
}

export const NO_FILES: Files = { list: [], front: null, last: 0 };

/** As many as a person may hold slots (the territories' `maxHoldsPerPerson`). */
export const MOST_FILES = 2;

/**
 * A slot was chosen. Nothing typed is lost: a file that has been begun stays in its tab and another opens; with both begun, the file in front
 * moves to the slot with all that was typed. Null while the file in front is being sent. A request has one file: another slot for it moves that one, and
 * it never takes the place of another patient's; null when both tabs are another's. A dossier fills what has not been begun.
 */
export function openSlot(files: Files, marks: ReadonlyMap<number, FileMark>, slot: Slot, territory: Territory, request?: LinkedRequest, dossier?: Dossier): Files | null {
  if (request) return openFor(files, marks, slot, territory, request);
  const there = files.list.find((file) => file.slot.id === slot.id);
  if (there && marks.get(there.id)?.stage !== "done") return { ...files, front: there.id };
  const front = files.list.find(({ id }) => id === files.front);
  const mark = front && marks.get(front.id);
  if (mark?.stage === "sending") return null;
  if (front && mark?.stage === "done") return add(closeFile(files, front.id), { slot, territory, ...(dossier && { dossier }) });
  const untouched = !mark?.dirty && !front?.request;
  if (front && (untouched || files.list.length >= MOST_FILES)) {
    const moved: BookingFile = untouched ? { id: front.id, slot, territory, ...(dossier && { dossier }) } : { ...front, slot, territory };
    return { ...files, list: files.list.map((file) => (file.id === front.id ? moved : file)) };
  }
  return add(files, { slot, territory, ...(dossier && { dossier }) });
}

function openFor(files: Files, marks: ReadonlyMap<number, FileMark>, slot: Slot, territory: Territory, request: LinkedRequest): Files | null {
  const its = files.list.find((file) => file.request?.id === request.id);
  const stage = its && (marks.get(its.id)?.stage ?? "form");
  if (its && stage === "sending") return null;
  if (its && stage === "form") return { ...files, front: its.id, list: files.list.map((file) => (file.id === its.id ? { ...file, slot, territory } : file)) };
  const idle = files.list.filter(({ id, request: other }) => marks.get(id)?.stage === "done" || (!marks.get(id)?.dirty && !other));
  const kept = idle.reduce((left, { id }) => closeFile(left, id), files);
  return kept.list.length >= MOST_FILES ? null : add(kept, { slot, territory, request });
}

function add(files: Files, file: Omit<BookingFile, "id">): Files {
  const id = files.last + 1;
  return { list: [...files.list, { id, ...file }], front: id, last: id };
}

export const retarget = (files: Files, id: number, slot: Slot): Files =>
  ({ ...files, list: files.list.map((file) => (file.id === id ? { ...file, slot } : file)) });

export function closeFile(files: Files, id: number): Files {
  const list = files.list.filter((file) => file.id !== id);
  return { ...files, list, front: files.front === id ? (list.at(-1)?.id ?? null) : files.front };
}
