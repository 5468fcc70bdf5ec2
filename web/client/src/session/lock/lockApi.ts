import type { Role, Session } from "../../api/contract";
import { get, post } from "../../api/http";

export interface LockPerson {
  id: string;
  name: string;
  role: Role;
}

export interface LockView {
  /** Whether this computer is a shared one. */
  shared: boolean;
  people: LockPerson[];
  /** Who was in front of it last. */
  last?: string;
  digits: number;
}

export interface Pin {
  set: boolean;
  /** The sign-in is recent enough. */
  mayChange: boolean;
  digits: number;
  shared: boolean;
}

/** The last lock that was sent: an unlock must not overtake it. */
let locking: Promise<unknown> = Promise.resolve();

export const lockApi = {
  look: () => get<LockView>("/api/session/lock"),
  lock: (): Promise<void> => {
    const sent = post<void>("/api/session/lock", {});
    locking = sent.catch(() => undefined);
    return sent;
  },
  unlock: (person: string, pin: string) => locking.then(() => post<Session>("/api/session/unlock", { person, pin })),
  share: () => post<void>("/api/session/share", {}),
  unshare: () => post<void>("/api/session/unshare", {}),
  pin: () => get<Pin>("/api/account/pin"),
  choosePin: (pin: string, requestId: string) => post<void>("/api/account/pin", { requestId, pin }),
};
