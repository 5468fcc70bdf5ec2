import { useEffect, useState } from "react";
import { api } from "../api/api";
import type { Member, Reason } from "../api/contract";

let reasonsLoading: Promise<Reason[]> | null = null;

/** The national reason codes, asked once per page; a failed request is asked again by the next drawer. */
export function useReasons(): Reason[] {
  const [reasons, setReasons] = useState<Reason[]>([]);
  useEffect(() => {
    let gone = false;
    reasonsLoading ??= api.reasons();
    reasonsLoading.then(
      (list) => void (gone || setReasons(list)),
      () => void (reasonsLoading = null),
    );
    return () => void (gone = true);
  }, []);
  return reasons;
}

export function useMembers(territoryId: string | null): Member[] {
  const [members, setMembers] = useState<Member[]>([]);
  useEffect(() => {
    let gone = false;
    if (territoryId) api.members(territoryId).then((list) => void (gone || setMembers(list)), () => undefined);
    return () => void (gone = true);
  }, [territoryId]);
  return members;
}
