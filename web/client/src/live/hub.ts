import { HttpTransportType, HubConnectionBuilder, type IHttpConnectionOptions, LogLevel } from "@microsoft/signalr";
import type { Frame, Slot, SlotChange, Snapshot } from "../api/contract";
import type { QueueChange, QueueContent } from "../calls/contract";
import { frames, snapshots } from "./centreNews";
import { publishGlassNews } from "./glassNews";
import { publishNotice } from "./notices";
import { publishRequestNews } from "./requestNews";

/** What the live connection needs from SignalR; a test gives its own. */
export interface Hub {
  start(): Promise<void>;
  stop(): Promise<void>;
  call(method: string, ...args: unknown[]): Promise<unknown>;
}

export interface HubEvents {
  onSnapshot(message: Snapshot): void;
  onFrame(message: Frame): void;
  /** Anything at all arrived, pings included. */
  onHeard(): void;
  onClosed(): void;
}

export type OpenHub = (events: HubEvents) => Hub;

export const openSignalRHub: OpenHub = (events) => {
  // SignalR hides pings; the socket itself tells that the server lives.
  class ListeningSocket extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener("message", () => events.onHeard());
    }
  }

  // `WebSocket` is read by SignalR (HttpConnection) but missing from its published types.
  const options: IHttpConnectionOptions & { WebSocket: typeof WebSocket } = {
    skipNegotiation: true,
    transport: HttpTransportType.WebSockets,
    WebSocket: ListeningSocket,
  };
  const connection = new HubConnectionBuilder()
    .withUrl("/hubs/live", options)
    .configureLogging(LogLevel.None)
    .build();
  connection.serverTimeoutInMilliseconds = 60_000; // our own watchdog is faster and does not flap
  connection.keepAliveIntervalInMilliseconds = 10_000;

  connection.on("Snapshot", (territoryId: string, view: string, epoch: string, seq: number, asOf: string, slots: Slot[]) =>
    events.onSnapshot({ territoryId, view, epoch, seq, asOf, slots }),
  );
  connection.on("Frame", (territoryId: string, view: string, epoch: string, seq: number, asOf: string, changes: SlotChange[]) =>
    events.onFrame({ territoryId, view, epoch, seq, asOf, changes }),
  );
  connection.on("Notice", publishNotice);
  connection.on("Requests", publishRequestNews);
  connection.on("BreakGlass", publishGlassNews);
  connection.on("CentreSnapshot", (centreId: string, epoch: string, seq: number, asOf: string, queue: QueueContent) => snapshots.say({ centreId, epoch, seq, asOf, queue }));
  connection.on("CentreFrame", (centreId: string, epoch: string, seq: number, asOf: string, change: QueueChange) => frames.say({ centreId, epoch, seq, asOf, change }));
  connection.onclose(() => events.onClosed());

  return {
    start: () => connection.start(),
    stop: () => connection.stop(),
    call: (method, ...args) => connection.invoke(method, ...args),
  };
};
