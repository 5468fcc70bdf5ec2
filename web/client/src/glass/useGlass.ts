import { useCallback, useMemo } from "react";
import type { Territory } from "../api/contract";
import { onGlassNews } from "../live/glassNews";
import type { Live } from "../live/useLive";
import { type Read, useRead } from "../live/useRead";
import type { GlassAccess } from "./contract";
import { glassApi } from "./glassApi";

const DEBOUNCE_MS = 200;
const NONE: Promise<GlassAccess[]> = Promise.resolve([]);

/** What the medical lead has to examine: empty, and never asked, for nearly everybody. */
export function useGlass(territories: readonly Territory[], live: Live): Read<GlassAccess[]> {
  const reviews = useMemo(() => territories.some(({ may }) => may?.includes("reviewBreakGlass")), [territories]);
  const ask = useCallback(() => (reviews ? glassApi.list() : NONE), [reviews]);
  return useRead(ask, live, onGlassNews, DEBOUNCE_MS);
}

export const toExamine = (read: Read<GlassAccess[]>): number => read.answer?.filter(({ examinedAt }) => !examinedAt).length ?? 0;
