const KEPT = 60;

/**
 * The server's time, whatever the clock of this machine says. Each `asOf` (and each `Date` header) was written by
 * the server before it arrived here, so it is a lower bound on the server's present time: the highest of the recent
 * bounds is the best estimate. Based on a monotonic clock, so that a user who sets the clock changes nothing.
 */
export class ServerClock {
  private bounds: number[] = [];
  private offset: number;
  private readonly monotonic: () => number;

  constructor(monotonic: () => number = () => performance.now(), wall: () => number = () => Date.now()) {
    this.monotonic = monotonic;
    this.offset = wall() - monotonic();
  }

  now = (): number => this.monotonic() + this.offset;

  learn(serverInstant: number): void {
    if (!Number.isFinite(serverInstant)) return;
    this.bounds.push(serverInstant - this.monotonic());
    if (this.bounds.length > KEPT) this.bounds.shift();
    this.offset = Math.max(...this.bounds);
  }
}
