import { get, post, put } from "../api/http";
import type { NoticeList, NoticeSettings } from "./contract";

const segment = encodeURIComponent;

export const noticesApi = {
  list: () => get<NoticeList>("/api/notifications"),
  unseen: (territoryId: string) => get<NoticeList>(`/api/notifications/unseen?territory=${segment(territoryId)}`),
  see: (agenda: string, notices: string[] | undefined, requestId: string) =>
    post<void>("/api/notifications/seen", { requestId, agenda, ...(notices && { notices }) }),
  settings: () => get<NoticeSettings>("/api/notifications/settings"),
  saveSettings: (settings: { email?: string; phone?: string; weekly: boolean }, requestId: string) =>
    put<NoticeSettings>("/api/notifications/settings", { requestId, ...settings }),
  addBrowser: (browser: { endpoint: string; p256dh: string; auth: string }, requestId: string) =>
    post<NoticeSettings>("/api/notifications/browsers", { requestId, ...browser }),
  removeBrowser: (browser: string, requestId: string) => post<NoticeSettings>("/api/notifications/browsers/remove", { requestId, browser }),
};
