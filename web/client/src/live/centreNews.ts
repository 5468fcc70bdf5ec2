import type { CentreFrame, CentreSnapshot } from "../calls/contract";
import { channel } from "./channel";

/** What the hub says of a dispatch centre's queue: all of it, or a change. */
export const snapshots = channel<[CentreSnapshot]>();
export const frames = channel<[CentreFrame]>();
