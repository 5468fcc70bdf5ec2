import { useRef } from "react";

/** The list as it was before when each of its members is still the same: what depends on it need not be computed again. */
export function useSame<T>(list: readonly T[]): readonly T[] {
  const known = useRef(list);
  const before = known.current;
  if (before.length !== list.length || list.some((one, index) => one !== before[index])) known.current = list;
  return known.current;
}
