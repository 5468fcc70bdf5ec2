import type { CareStream } from "../api/contract";

export type NoticeKind = "booked" | "cancelled" | "toReplace" | "weekly";
export type NoticeNews = "queued" | "seen" | "unseen" | "again";

export interface Delivery {
  channel: "email" | "push" | "sms";
  to: string;
  status: "pending" | "sent" | "failed";
  attempts: number;
  problem?: string;
}

/** Never tells who the patient is. */
export interface Notice {
  id: string;
  kind: NoticeKind;
  agendaId: string;
  territoryId: string;
  stream: CareStream;
  start: string;
  end: string;
  place: string;
  phone?: string;
  practitioner?: string;
  bookingId?: string;
  at: string;
  seenAt?: string;
  seenBy?: string;
  escalated: boolean;
  deliveries?: Delivery[];
}

export interface NoticeList {
  notices: Notice[];
  unseen: number;
}

export interface NoticeSettings {
  channels: { email: boolean; sms: boolean; pushKey?: string };
  email?: string;
  phone?: string;
  weekly: boolean;
  browsers: string[];
}
