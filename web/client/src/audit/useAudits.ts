import { useEffect, useState } from "react";
import { get } from "../api/http";
import type { Identity } from "../api/contract";

const RETRY_MS = 5_000;

/** The territories whose access log this person may read: empty for nearly everybody; null until the server told. */
export function useAudits({ id }: Identity): readonly string[] | null {
  const [territories, setTerritories] = useState<readonly string[] | null>(null);
  useEffect(() => {
    let gone = false;
    let retry: ReturnType<typeof setTimeout> | undefined;
    const ask = (): void =>
      void get<string[]>("/api/access-log/territories").then(
        (answer) => void (gone || setTerritories(answer)),
        () => void (gone || (retry = setTimeout(ask, RETRY_MS))),
      );
    ask();
    return () => {
      gone = true;
      clearTimeout(retry);
    };
  }, [id]);
  return territories;
}
