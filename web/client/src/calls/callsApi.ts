import { get, post } from "../api/http";
import type { CallDone, CallFile, CallPatient, Centre, Exit } from "./contract";

const of = (id: string, action = ""): string => `/api/calls/${encodeURIComponent(id)}${action}`;
const centre = (id: string, action: string): string => `/api/centres/${encodeURIComponent(id)}${action}`;
const send = (path: string, requestId: string, body: object = {}): Promise<CallDone> => post<CallDone>(path, { requestId, ...body });

export type Qualification = Partial<Pick<CallFile, "priority" | "careLevel" | "stream" | "reason" | "communication" | "communeCode" | "caresFor" | "callerKind">>;

export const callsApi = {
  centres: () => get<Centre[]>("/api/centres"),
  one: (id: string) => get<CallFile>(of(id)),
  takeNext: (centreId: string, requestId: string) => send(centre(centreId, "/take-next"), requestId),
  duty: (centreId: string, onDuty: boolean) => post<{ onDuty: boolean; until: string }>(centre(centreId, "/duty"), { onDuty }),
  take: (id: string, requestId: string) => send(of(id, "/take"), requestId),
  qualify: (id: string, part: Qualification, requestId: string) => send(of(id, "/qualify"), requestId, part),
  write: (id: string, caller: CallFile["caller"], patient: CallPatient, requestId: string) => send(of(id, "/file"), requestId, { caller, patient }),
  note: (id: string, text: string, requestId: string) => send(of(id, "/note"), requestId, { text }),
  transfer: (id: string, to: string, requestId: string) => send(of(id, "/transfer"), requestId, { to }),
  release: (id: string, requestId: string) => send(of(id, "/release"), requestId),
  decide: (id: string, exit: Exit, protocol: string | undefined, requestId: string) => send(of(id, "/decide"), requestId, { exit, ...(protocol ? { protocol } : {}) }),
  close: (id: string, requestId: string) => send(of(id, "/close"), requestId),
  hangUp: (id: string, requestId: string) => send(of(id, "/hang-up"), requestId),
  sendBack: (id: string, reason: string, requestId: string) => send(of(id, "/send-back"), requestId, { reason }),
};
