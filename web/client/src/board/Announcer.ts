/** Changes that come together are one sentence. */
const BATCH_MS = 700;
/** While they keep coming, a sentence is said no oftener than this: a screen reader must be able to finish it. */
const QUIET_MS = 5_000;

/** Gathers what is to be said politely. The first change is said after a moment, a stream of changes as one sentence every few seconds. */
export class Announcer<T> {
  private waiting: T[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private saidAt = -Infinity;

  constructor(
    private readonly say: (told: readonly T[]) => void,
    private readonly monotonic: () => number = () => performance.now(),
  ) {}

  add(told: readonly T[]): void {
    this.waiting.push(...told);
    if (this.timer !== undefined || this.waiting.length === 0) return;
    this.timer = setTimeout(() => this.flush(), Math.max(BATCH_MS, this.saidAt + QUIET_MS - this.monotonic()));
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.waiting = [];
  }

  private flush(): void {
    this.timer = undefined;
    this.saidAt = this.monotonic();
    const told = this.waiting;
    this.waiting = [];
    this.say(told);
  }
}
