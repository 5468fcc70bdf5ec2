import { useCallback, useEffect, useState } from "react";
import { type Filters, formatFilters, parseFilters } from "./filters";

export type ChangeFilters = (change: Partial<Filters>) => void;

export function useFilters(): [Filters, ChangeFilters] {
  const [filters, setFilters] = useState(() => parseFilters(location.search));

  useEffect(() => {
    const wanted = location.pathname + formatFilters(filters);
    if (wanted === location.pathname + location.search) return;
    // Another page is a step to go back from; a filter is not.
    if (parseFilters(location.search).page === filters.page) history.replaceState(null, "", wanted);
    else history.pushState(null, "", wanted);
  }, [filters]);
  useEffect(() => {
    const onPop = (): void => setFilters(parseFilters(location.search));
    window.addEventListener("popstate", onPop);
    return () => window.removeEventListener("popstate", onPop);
  }, []);

  const change = useCallback((part: Partial<Filters>) => setFilters((known) => ({ ...known, ...part })), []);
  return [filters, change];
}
