import { useState } from "react";

export type WeekView = "calendar" | "list";

const PHONE = "(max-width: 720px)";
const KEY = "agenda.vue";

/** Calendar or list: what this browser showed last; on a phone the list. */
export function useWeekView(): [WeekView, (view: WeekView) => void] {
  const [view, setView] = useState<WeekView>(() => {
    const kept = localStorage.getItem(KEY);
    return kept === "calendar" || kept === "list" ? kept : matchMedia(PHONE).matches ? "list" : "calendar";
  });
  return [
    view,
    (next) => {
      localStorage.setItem(KEY, next);
      setView(next);
    },
  ];
}
