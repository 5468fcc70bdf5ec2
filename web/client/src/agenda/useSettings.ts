import { useCallback, useEffect, useRef, useState } from "react";
import { type AgendaSettings, agendaApi } from "./agendaApi";

export interface SettingsRead {
  settings: AgendaSettings | null;
  failed: boolean;
  refresh: () => void;
}

/** The settings of an agenda, asked again after each change made here and when the link comes back. */
export function useSettings(agendaId: string, isLive: boolean): SettingsRead {
  const [settings, setSettings] = useState<AgendaSettings | null>(null);
  const [failed, setFailed] = useState(false);
  const asked = useRef(0);
  const refresh = useCallback(() => {
    const mine = ++asked.current; // an older answer never replaces a newer one
    agendaApi.settings(agendaId).then(
      (answer) => {
        if (mine !== asked.current) return;
        setSettings(answer);
        setFailed(false);
      },
      () => void (mine === asked.current && setFailed(true)),
    );
  }, [agendaId]);
  useEffect(() => {
    if (isLive || asked.current === 0) refresh();
  }, [refresh, isLive]);
  return { settings, failed, refresh };
}
