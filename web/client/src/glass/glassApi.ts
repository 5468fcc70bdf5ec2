import type { BookingDetail } from "../api/contract";
import { get, post } from "../api/http";
import type { GlassAccess, GlassBooking } from "./contract";

export const glassApi = {
  ofSlot: (slotId: string) => get<GlassBooking[]>(`/api/slots/${encodeURIComponent(slotId)}/break-glass`),
  open: (bookingId: string, reason: string, requestId: string) => post<BookingDetail & { hideAfterSeconds: number }>(`/api/bookings/${encodeURIComponent(bookingId)}/break-glass`, { requestId, reason }),
  list: () => get<GlassAccess[]>("/api/break-glass"),
  examine: (id: string, requestId: string) => post<GlassAccess>(`/api/break-glass/${encodeURIComponent(id)}/examine`, { requestId }),
};
