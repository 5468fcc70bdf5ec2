export type LinkKind = "connecting" | "live" | "reconnecting" | "stale" | "offline";

export interface LinkState {
  kind: LinkKind;
  /** Since when the picture is no longer confirmed. */
  since: number | null;
  /** When the server was last heard. */
  heardAt: number | null;
}

/** Instants are of one monotonic clock. */
export interface LinkFacts {
  online: boolean;
  connected: boolean;
  everSynced: boolean;
  /** Every chosen territory has a picture of this connection without a hole. */
  synced: boolean;
  heardAt: number | null;
  /** When the connection was lost, until every picture is confirmed again. */
  lostAt: number | null;
  /** Since when a picture is missing or has a hole although the connection stands. */
  unsyncedAt: number | null;
}

/** Nothing heard for so long: the picture is no longer offered, the socket gets some more time. */
export const SILENCE_MS = 2_000;
/** A hole, or a territory just chosen, normally closes at once: no banner for it. */
export const GRACE_MS = 1_000;
/** A reconnection that lasts is told as what it is for the user: stale data. */
export const STALE_AFTER_MS = 10_000;

/** One place decides whether what is on screen may be offered: only "live" may. */
export function linkState(facts: LinkFacts, now: number): LinkState {
  const { heardAt, lostAt, unsyncedAt } = facts;
  if (!facts.online) return { kind: "offline", since: heardAt, heardAt };
  if (lostAt !== null) {
    const kind = now - lostAt > STALE_AFTER_MS ? "stale" : "reconnecting";
    return { kind, since: heardAt ?? lostAt, heardAt };
  }
  if (!facts.everSynced) return { kind: "connecting", since: null, heardAt };
  if (heardAt !== null && now - heardAt > SILENCE_MS) return { kind: "stale", since: heardAt, heardAt };
  const inGrace = unsyncedAt === null || now - unsyncedAt < GRACE_MS;
  if (!facts.connected || (!facts.synced && !inGrace)) return { kind: "reconnecting", since: unsyncedAt ?? heardAt, heardAt };
  return { kind: "live", since: null, heardAt };
}
