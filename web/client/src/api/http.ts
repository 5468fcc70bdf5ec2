import { setLocked } from "../session/lock/lockState";
import { isAttended } from "../session/presence";
import { SESSION_HEADER, learnSessionEnd } from "../session/sessionEnd";
import { OutcomeUnknown, Problem, type ProblemBody } from "./problem";

const TIMEOUT_MS = 8_000;
/** A shared computer that is locked refuses everything else. */
const LOCKED = 423;
const UNATTENDED_HEADER = "X-Snp-Unattended";

type Listener = () => void;
const signedOut = new Set<Listener>();
const serverDates = new Set<(instant: number) => void>();

export function onSignedOut(listener: Listener): () => void {
  signedOut.add(listener);
  return () => signedOut.delete(listener);
}

/** Every answer carries the server's clock in its `Date` header (a lower bound, to the second). */
export function onServerDate(listener: (instant: number) => void): () => void {
  serverDates.add(listener);
  return () => serverDates.delete(listener);
}

export const get = <T>(path: string): Promise<T> => request<T>("GET", path);
export const post = <T>(path: string, body: unknown, keepalive = false): Promise<T> =>
  request<T>("POST", path, body, keepalive);
export const put = <T>(path: string, body: unknown): Promise<T> => request<T>("PUT", path, body);
export const del = (path: string): Promise<void> => request<void>("DELETE", path);

async function request<T>(method: string, path: string, body?: unknown, keepalive = false): Promise<T> {
  const response = await send(method, path, body, keepalive);
  const date = Date.parse(response.headers.get("Date") ?? "");
  if (Number.isFinite(date)) serverDates.forEach((listener) => listener(date));
  learnSessionEnd(response.headers.get(SESSION_HEADER));

  if (response.ok) return response.status === 204 ? (undefined as T) : ((await readJson(response)) as T);
  if (response.status === 401) signedOut.forEach((listener) => listener());
  if (response.status === LOCKED) setLocked(true);

  const problem = new Problem(response.status, ((await readJson(response)) ?? {}) as ProblemBody);
  const definitive = response.status < 500 || problem.code === "ledger-unavailable";
  if (definitive) throw problem;
  throw new OutcomeUnknown(problem.message);
}

async function send(method: string, path: string, body: unknown, keepalive: boolean): Promise<Response> {
  const init: RequestInit = {
    method,
    keepalive,
    credentials: "same-origin",
    headers: {
      Accept: "application/json",
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      ...(isAttended() ? {} : { [UNATTENDED_HEADER]: "1" }),
    },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  };
  if (body !== undefined) init.body = JSON.stringify(body);
  try {
    return await fetch(path, init);
  } catch (error) {
    throw new OutcomeUnknown(String(error));
  }
}

async function readJson(response: Response): Promise<unknown> {
  try {
    const text = await response.text();
    return text ? JSON.parse(text) : undefined;
  } catch (error) {
    if (response.ok) throw new OutcomeUnknown(String(error));
    return undefined;
  }
}
