import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LiveConnection } from "./connection";
import type { Hub, HubEvents } from "./hub";
import { PictureStore } from "./pictureStore";
import { retryDelay } from "./retryDelay";
import { ServerClock } from "./serverClock";
import { testSlot } from "./testing";

class FakeHub implements Hub {
  static all: FakeHub[] = [];
  static reachable = true;
  static answers = true;
  calls: string[] = [];
  constructor(readonly events: HubEvents) {
    FakeHub.all.push(this);
  }
  static get last(): FakeHub {
    return FakeHub.all.at(-1)!;
  }
  start(): Promise<void> {
    return FakeHub.reachable ? Promise.resolve() : Promise.reject(new Error("refused"));
  }
  stop(): Promise<void> {
    return Promise.resolve();
  }
  call(method: string, ids: unknown): Promise<unknown> {
    this.calls.push(method);
    if (!FakeHub.answers) return new Promise(() => undefined);
    this.events.onHeard();
    if (method === "Watch") for (const id of ids as string[]) this.snapshot(id);
    return Promise.resolve();
  }
  snapshot(territoryId: string): void {
    this.events.onSnapshot({ territoryId, view: "v", epoch: "e", seq: 1, asOf: new Date(0).toISOString(), slots: [testSlot("a")] });
  }
}

describe("LiveConnection", () => {
  let connection: LiveConnection;
  const kind = (): string => connection.getState().kind;

  beforeEach(async () => {
    vi.useFakeTimers();
    FakeHub.all = [];
    FakeHub.reachable = FakeHub.answers = true;
    connection = new LiveConnection({
      store: new PictureStore(),
      clock: new ServerClock(),
      open: (events) => new FakeHub(events),
      monotonic: () => Date.now(),
      random: () => 0.5,
    });
    connection.setTerritories(["t1", "t2"]);
    connection.start();
    await vi.advanceTimersByTimeAsync(300);
  });
  afterEach(() => {
    connection.stop();
    vi.useRealTimers();
  });

  it("is live once every territory has its picture", () => expect(kind()).toBe("live"));

  it("is not live from the instant the link closes, and comes back by itself", async () => {
    FakeHub.reachable = false;
    FakeHub.last.events.onClosed();
    expect(kind()).toBe("reconnecting");
    await vi.advanceTimersByTimeAsync(11_000);
    expect(kind()).toBe("stale");
    FakeHub.reachable = true;
    await vi.advanceTimersByTimeAsync(8_000);
    expect(kind()).toBe("live");
  });

  it("a page that stood still hears what was sent meanwhile before it doubts the server", async () => {
    vi.setSystemTime(Date.now() + 5_000);
    vi.advanceTimersToNextTimer();
    expect(kind()).toBe("live");
    FakeHub.last.events.onHeard(); // queued behind the tick
    await vi.advanceTimersByTimeAsync(400);
    expect(kind()).toBe("live");
  });

  it("a page that stood still and then hears nothing is stale one tick later, however often it stands still", async () => {
    FakeHub.answers = false;
    for (let i = 0; i < 2; i++) {
      vi.setSystemTime(Date.now() + 5_000);
      vi.advanceTimersToNextTimer();
    }
    expect(kind()).toBe("stale");
  });

  it("never gives up", async () => {
    FakeHub.reachable = false;
    FakeHub.last.events.onClosed();
    await vi.advanceTimersByTimeAsync(3_600_000);
    const before = FakeHub.all.length;
    await vi.advanceTimersByTimeAsync(20_000);
    expect(FakeHub.all.length).toBeGreaterThan(before);
  });

  it("tells a silent link within 3 s, then replaces it", async () => {
    FakeHub.answers = false;
    await vi.advanceTimersByTimeAsync(3_000);
    expect(kind()).toBe("stale");
    const silent = FakeHub.last;
    FakeHub.answers = true;
    await vi.advanceTimersByTimeAsync(12_000);
    expect(FakeHub.last).not.toBe(silent);
    expect(kind()).toBe("live");
  });

  it("asks a server that pings rarely, and stays live", async () => {
    await vi.advanceTimersByTimeAsync(60_000);
    expect(kind()).toBe("live");
    expect(FakeHub.all).toHaveLength(1);
    expect(FakeHub.last.calls).toContain("Unwatch");
  });

  it("asks for a snapshot on a gap, without a banner when it comes at once", async () => {
    const { events } = FakeHub.last;
    events.onFrame({ territoryId: "t1", view: "v", epoch: "e", seq: 3, asOf: new Date(0).toISOString(), changes: [] });
    expect(FakeHub.last.calls.filter((call) => call === "Watch")).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(kind()).toBe("live");
  });

  it("stays live while a territory is added, and does not wait for it for ever", async () => {
    FakeHub.answers = false;
    connection.setTerritories(["t1", "t2", "t3"]);
    expect(kind()).toBe("live");
    await vi.advanceTimersByTimeAsync(1_300);
    expect(kind()).toBe("reconnecting");
  });

  it("believes a verified offline at once", () => {
    connection.setOnline(false);
    expect(kind()).toBe("offline");
    connection.setOnline(true);
    expect(kind()).toBe("live");
  });
});

describe("retryDelay", () => {
  it("is capped and jittered", () => {
    expect(retryDelay(0, () => 1)).toBeLessThanOrEqual(100);
    expect(retryDelay(1_000, () => 0.999)).toBeLessThanOrEqual(7_000);
    expect(retryDelay(1_000, () => 0)).toBeGreaterThanOrEqual(3_000);
  });
});
