import { get } from "../api/http";
import type { AccessFilter, AccessPage, BookingHistory } from "./contract";

const booking = (id: string, part: string): string => `/api/bookings/${encodeURIComponent(id)}/${part}`;

export const auditApi = {
  list: (filter: AccessFilter) => {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(filter)) if (value !== undefined) query.set(name, String(value));
    return get<AccessPage>(`/api/access-log?${query}`);
  },
  reason: (seq: number) => get<{ seq: number; reason: string }>(`/api/access-log/${seq}/reason`),
  access: (id: string) => get<AccessPage>(booking(id, "access")),
  history: (id: string) => get<BookingHistory>(booking(id, "history")),
};
