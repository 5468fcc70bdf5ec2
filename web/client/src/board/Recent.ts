const KEEP_MS = 4_000;

/** Slots that changed within the last seconds: kept on screen, so that nothing vanishes under a hand, and lit up once. */
export class Recent {
  private readonly changed = new Map<string, number>();
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  add(ids: readonly string[], now = performance.now()): void {
    for (const id of ids) {
      this.changed.delete(id); // so that the order stays that of time
      this.changed.set(id, now);
    }
    this.sweepLater(now);
  }

  /** Those lit at `now` and since when. */
  lit(now: number): ReadonlyMap<string, number> {
    return new Map([...this.changed].filter(([, at]) => at > now - KEEP_MS));
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) clearTimeout(this.timer);
    };
  }

  private sweepLater(now: number): void {
    const [oldest] = this.changed.values();
    clearTimeout(this.timer);
    if (oldest !== undefined && this.listeners.size > 0) this.timer = setTimeout(() => this.sweep(), Math.max(0, oldest + KEEP_MS - now) + 50);
  }

  private sweep(): void {
    const now = performance.now();
    for (const [id, at] of this.changed) if (at <= now - KEEP_MS) this.changed.delete(id);
    this.listeners.forEach((listener) => listener());
    this.sweepLater(now);
  }
}
