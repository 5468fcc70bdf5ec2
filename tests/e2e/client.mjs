// A person at the API, without a browser.
import { randomUUID } from "node:crypto";

/** Signs in; the answers' cookies are sent back as a browser would. */
export async function signIn(url, identity) {
  const answer = await fetch(`${url}/api/session`, json("POST", { identity: identity.id }));
  if (!answer.ok) throw new Error(`${identity.id} could not sign in: ${answer.status}`);
  const cookie = answer.headers.getSetCookie().map((one) => one.split(";")[0]).join("; ");
  const ask = async (method, path, body) => {
    const reply = await fetch(url + path, json(method, body, { cookie }));
    const text = await reply.text();
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${text}`);
    return text ? JSON.parse(text) : null;
  };
  return {
    board: async (territory) => (await ask("GET", `/api/territories/${territory}/board`)).slots,
    turns: (territory) => ask("GET", `/api/territories/${territory}/turns`),
    hold: (slot) => ask("POST", `/api/slots/${encodeURIComponent(slot)}/hold`, { requestId: randomUUID() }),
    withdraw: (slot) => ask("POST", `/api/slots/${encodeURIComponent(slot)}/withdraw`, { requestId: randomUUID(), evenIfHeld: true }),
    release: (hold) => ask("POST", `/api/holds/${encodeURIComponent(hold)}/release`, { requestId: randomUUID() }),
  };
}

const json = (method, body, headers = {}) =>
  body === undefined ? { method, headers } : { method, headers: { ...headers, "content-type": "application/json" }, body: JSON.stringify(body) };
