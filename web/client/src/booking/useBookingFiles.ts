import { useCallback, useMemo, useRef, useState } from "react";
import type { Slot, Territory } from "../api/contract";
import type { Dossier } from "../dossier/dossier";
import type { LinkedRequest } from "../requests/prefill";
import { type FileMark, type Files, NO_FILES, closeFile, openSlot, retarget } from "./files";

export interface BookingFiles extends Files {
  /** Opens a slot, perhaps for a request or a dossier; false while the file in front is being sent, or when no tab is free. */
  open: (slot: Slot, territory: Territory, request?: LinkedRequest, dossier?: Dossier) => boolean;
  /** Another slot for a file, as an alternative to a lost one. */
  take: (id: number, slot: Slot) => void;
  show: (id: number) => void;
  close: (id: number) => void;
  closeAll: () => void;
  /** What a drawer says of its file. */
  mark: (id: number, part: Partial<FileMark>) => void;
}

/** The bookings under way, at most two, side by side as tabs. Small: the drawers themselves are loaded later. */
export function useBookingFiles(): BookingFiles {
  const [files, setFiles] = useState<Files>(NO_FILES);
  const marks = useRef(new Map<number, FileMark>());
  const current = useRef(files);
  current.current = files;

  const open = useCallback((slot: Slot, territory: Territory, request?: LinkedRequest, dossier?: Dossier) => {
    const next = openSlot(current.current, marks.current, slot, territory, request, dossier);
    if (next) setFiles(next);
    return next !== null;
  }, []);
  const take = useCallback((id: number, slot: Slot) => setFiles((known) => retarget(known, id, slot)), []);
  const show = useCallback((id: number) => setFiles((known) => ({ ...known, front: id })), []);
  const close = useCallback((id: number) => {
    marks.current.delete(id);
    setFiles((known) => closeFile(known, id));
  }, []);
  const closeAll = useCallback(() => {
    marks.current.clear();
    setFiles((known) => ({ ...known, list: [], front: null }));
  }, []);
  const mark = useCallback((id: number, part: Partial<FileMark>) => {
    marks.current.set(id, { stage: "form", dirty: false, ...marks.current.get(id), ...part });
  }, []);
  return useMemo(() => ({ ...files, open, take, show, close, closeAll, mark }), [files, open, take, show, close, closeAll, mark]);
}
