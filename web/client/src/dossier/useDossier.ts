import { useCallback, useEffect, useMemo, useState } from "react";
import { BOARD } from "../board/pages";
import type { ChangeFilters } from "../board/useFilters";
import { takeDossiers } from "./arrival";
import type { Dossier } from "./dossier";

export interface Dossiers {
  /** The file that the next booking is for; null: none. */
  dossier: Dossier | null;
  /** Opens the board for a file: around the patient's commune. */
  open: (dossier: Dossier) => void;
  /** The file is served, or no longer meant. */
  close: (number?: string) => void;
}

/** The file of the SAMU's software that one is booking for. In memory only: a reload forgets it, and no address knows it. */
export function useDossier(change: ChangeFilters): Dossiers {
  const [dossier, setDossier] = useState<Dossier | null>(null);
  const open = useCallback(
    (next: Dossier) => {
      setDossier(next);
      change({ page: BOARD, territories: [], streams: [], commune: next.commune, modes: [], text: "", place: "", practitioner: "", km: null, horizon: "48" });
    },
    [change],
  );
  useEffect(() => takeDossiers(open), [open]);
  const close = useCallback((number?: string) => setDossier((known) => (number === undefined || known?.number === number ? null : known)), []);
  return useMemo(() => ({ dossier, open, close }), [dossier, open, close]);
}
