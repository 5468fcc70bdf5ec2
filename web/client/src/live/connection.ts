import type { Cursor } from "../api/contract";
import type { Hub, HubEvents, OpenHub } from "./hub";
import { type LinkFacts, type LinkState, linkState } from "./linkState";
import type { PictureStore } from "./pictureStore";
import { retryDelay } from "./retryDelay";
import type { ServerClock } from "./serverClock";

const TICK_MS = 200;
const START_TIMEOUT_MS = 5_000;
const PROBE_AFTER_MS = 1_000;
const GIVE_UP_SOCKET_MS = 8_000;
const REWATCH_MS = 1_000;
/** A tick so late means that the page stood still, not the server: what was heard meanwhile is still queued behind it. */
const STOOD_STILL_MS = 500;

export interface ConnectionParts {
  store: PictureStore;
  clock: ServerClock;
  open: OpenHub;
  monotonic?: () => number;
  random?: () => number;
  /** Told after each failed attempt: the session may have ended. */
  onFailed?: () => void;
}

/**
 * Keeps one hub connection up for ever, watches the chosen territories on it, and says in one word how far the
 * picture may be trusted. It never books: booking goes over HTTP.
 */
export class LiveConnection {
  private readonly parts: Required<ConnectionParts>;
  private territories: string[] = [];
  private hub: Hub | null = null;
  private link = 0;
  private attempt = 0;
  private ticker: ReturnType<typeof setInterval> | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private facts: LinkFacts = noFacts();
  private probedAt: number | null = null;
  private tickedAt: number | null = null;
  private watchedAt = new Map<string, number>();
  private state: LinkState = linkState(noFacts(), 0);
  private listeners = new Set<() => void>();

  constructor(parts: ConnectionParts) {
    this.parts = { monotonic: () => performance.now(), random: Math.random, onFailed: () => undefined, ...parts };
  }

  start(): void {
    this.stop();
    this.tickedAt = null;
    this.ticker = setInterval(() => this.tick(), TICK_MS);
    void this.connect();
  }

  stop(): void {
    clearInterval(this.ticker);
    clearTimeout(this.retry);
    this.ticker = undefined;
    this.drop();
    this.facts = { ...noFacts(), online: this.facts.online };
    this.attempt = 0;
  }

  /** The browser's own word on the network, verified by the caller (see networkProbe.ts). */
  setOnline(online: boolean): void {
    const back = online && !this.facts.online;
    this.facts.online = online;
    if (back && !this.facts.connected) this.reconnectSoon(0);
    this.refresh();
  }

  /** What refused the link is over: no wait for the next try. */
  wake(): void {
    if (!this.facts.connected) this.reconnectSoon(0);
  }

  setTerritories(ids: readonly string[]): void {
    const added = ids.filter((id) => !this.territories.includes(id));
    const removed = this.territories.filter((id) => !ids.includes(id));
    this.territories = [...ids];
    if (this.facts.connected) {
      if (removed.length > 0) void this.hub?.call("Unwatch", removed).catch(() => undefined);
      if (added.length > 0) void this.watch(added, []);
    }
    removed.forEach((id) => this.parts.store.forget(id));
    this.refresh();
  }

  /** Asks the hub something beside the boards. */
  invoke = (method: string, ...args: unknown[]): Promise<unknown> =>
    this.hub && this.facts.connected ? this.hub.call(method, ...args) : Promise.reject(new Error("not connected"));

  getState = (): LinkState => this.state;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private async connect(): Promise<void> {
    const link = (this.link = this.parts.store.beginLink());
    const hub = (this.hub = this.parts.open(this.eventsOf(link)));
    try {
      await within(START_TIMEOUT_MS, hub.start());
      if (link !== this.link) return;
      this.heard();
      this.facts.connected = true;
      if (this.territories.length > 0) await this.watch(this.territories, []);
    } catch {
      if (link !== this.link) return;
      this.parts.onFailed();
      this.lost();
    }
    this.refresh();
  }

  private eventsOf(link: number): HubEvents {
    const { store, clock } = this.parts;
    const current = (): boolean => link === this.link;
    return {
      onHeard: () => current() && this.heard(),
      onClosed: () => current() && this.lost(),
      onSnapshot: (message) => {
        if (!current()) return;
        clock.learn(Date.parse(message.asOf));
        store.applySnapshot(link, message);
        this.heard();
        this.refresh();
      },
      onFrame: (message) => {
        if (!current()) return;
        clock.learn(Date.parse(message.asOf));
        const result = store.applyFrame(link, message);
        if (result === "gap" || result === "foreign") this.askSnapshot(message.territoryId);
        this.heard();
        this.refresh();
      },
    };
  }

  private async watch(ids: readonly string[], cursors: readonly Cursor[]): Promise<void> {
    const now = this.parts.monotonic();
    ids.forEach((id) => this.watchedAt.set(id, now));
    await this.hub?.call("Watch", ids, cursors);
  }

  private askSnapshot(territoryId: string): void {
    if (!this.territories.includes(territoryId)) return;
    const last = this.watchedAt.get(territoryId) ?? -Infinity;
    if (this.parts.monotonic() - last < REWATCH_MS && this.parts.store.isCurrent(territoryId)) return;
    const cursor = this.parts.store.cursor(territoryId);
    void this.watch([territoryId], cursor ? [cursor] : []).catch(() => undefined);
  }

  private lost(): void {
    this.drop();
    this.facts.connected = false;
    this.facts.lostAt ??= this.parts.monotonic();
    this.reconnectSoon(retryDelay(this.attempt++, this.parts.random));
    this.refresh();
  }

  private reconnectSoon(delay: number): void {
    if (this.ticker === undefined) return;
    clearTimeout(this.retry);
    this.retry = setTimeout(() => void this.connect(), delay);
  }

  private drop(): void {
    const hub = this.hub;
    this.hub = null;
    this.link = -1;
    this.probedAt = null;
    this.facts.connected = false;
    void hub?.stop().catch(() => undefined);
  }

  private heard(): void {
    this.facts.heardAt = this.parts.monotonic();
    this.probedAt = null;
  }

  /** A silent server is asked something harmless first; one that stays silent is given up. */
  private tick(): void {
    const now = this.parts.monotonic();
    const stoodStill = this.tickedAt !== null && now - this.tickedAt > TICK_MS + STOOD_STILL_MS;
    this.tickedAt = stoodStill ? null : now; // one tick is let pass, never two
    if (stoodStill) return;
    const { connected, heardAt } = this.facts;
    if (connected && heardAt !== null) {
      const silence = now - heardAt;
      if (silence > PROBE_AFTER_MS && this.probedAt === null) {
        this.probedAt = now;
        void this.hub?.call("Unwatch", []).catch(() => undefined);
      } else if (this.probedAt !== null && now - this.probedAt > GIVE_UP_SOCKET_MS) {
        this.lost();
        return;
      }
      for (const id of this.territories) {
        const asked = this.watchedAt.get(id) ?? 0;
        if (!this.parts.store.isCurrent(id) && now - asked > 3 * REWATCH_MS) this.askSnapshot(id);
      }
    }
    this.refresh();
  }

  private refresh(): void {
    const { facts } = this;
    const now = this.parts.monotonic();
    facts.synced = facts.connected && this.territories.every((id) => this.parts.store.isCurrent(id));
    if (facts.synced) {
      facts.everSynced = true;
      facts.lostAt = null;
      facts.unsyncedAt = null;
      this.attempt = 0;
    } else if (facts.connected) {
      facts.unsyncedAt ??= now;
    }
    const next = linkState(facts, now);
    const same = next.kind === this.state.kind && next.since === this.state.since && next.heardAt === this.state.heardAt;
    if (same) return;
    this.state = next;
    this.listeners.forEach((listener) => listener());
  }
}

function noFacts(): LinkFacts {
  return { online: true, connected: false, everSynced: false, synced: false, heardAt: null, lostAt: null, unsyncedAt: null };
}

function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout>;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("timeout")), ms);
  });
  return Promise.race([promise, timeout]).finally(() => clearTimeout(timer));
}
