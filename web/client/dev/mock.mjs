// A stand-in for the real server, to look at the page: `node dev/mock.mjs --port 8099 [--traffic]`.
// Never part of the product nor of `./snp test`.
import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import { randomUUID } from "node:crypto";
import { extname, join, normalize } from "node:path";
import { WebSocketServer } from "ws";
import { identities, makeSlots, members, reasons, territories } from "./data.mjs";

const arg = (name, otherwise) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : otherwise);
const port = Number(arg("--port", "8099"));
const skew = Number(process.env.MOCK_SKEW_MS ?? 0);
const holdMs = Number(process.env.MOCK_HOLD_MS ?? 180_000);
const root = new URL("../../wwwroot", import.meta.url).pathname;
const types = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };
const now = () => Date.now() + skew;
const iso = (at) => new Date(at).toISOString();

const boards = new Map(territories.map((t) => [t.id, { epoch: randomUUID(), seq: 0, slots: new Map(makeSlots(t.id, now()).map((s) => [s.id, s])) }]));
const sessions = new Map();
const holds = new Map();
const done = new Map();
const sockets = new Set();
const find = (id) => [...boards].map(([t, b]) => [t, b, b.slots.get(id)]).find(([, , s]) => s) ?? [];

function change(id, part) {
  const [territory, board, slot] = find(id);
  const next = { ...slot, ...part };
  board.slots.set(id, next);
  board.seq++;
  for (const socket of sockets) {
    if (socket.watching?.has(territory)) invoke(socket, "Frame", territory, "all", board.epoch, board.seq, iso(now()), [{ id, slot: next }]);
  }
}
const invoke = (socket, target, ...args) => socket.send(JSON.stringify({ type: 1, target, arguments: args }) + "\x1e");
const snapshot = (socket, t) => {
  const b = boards.get(t);
  invoke(socket, "Snapshot", t, "all", b.epoch, b.seq, iso(now()), [...b.slots.values()]);
};

const problem = (status, code, more = {}) => ({ status, body: { type: `urn:snp:${code}`, title: code, status, code, ...more } });
const alternatives = (slot) => [...boards.values()].flatMap((b) => [...b.slots.values()]).filter((s) => s.state === "free" && s.stream === slot.stream && Date.parse(s.start) > now() + 9e5).slice(0, 3);

function handle(method, path, body, me) {
  const ok = (value, status = 200) => ({ status, body: value });
  if (path === "/api/identities") return ok(identities);
  if (path === "/api/session/ways") return ok({ demo: true, password: false });
  if (!me) return problem(401, "not-signed-in");
  if (path === "/api/session") return ok({ identity: me, demo: true });
  if (path === "/api/territories") return ok(territories);
  if (path === "/api/reasons") return ok(reasons);
  if (path.endsWith("/members")) return ok(members);
  if (path === "/api/requests/unserved") return ok({ careRequestId: randomUUID() }, 201);
  if (done.has(body?.requestId)) return done.get(body.requestId);
  let m;
  if ((m = /^\/api\/slots\/([^/]+)\/hold$/.exec(path))) {
    const [, , slot] = find(m[1]);
    if (slot.state === "booked") return problem(409, "slot-taken", { alternatives: alternatives(slot), detail: "Pharmacie de la Vigne a été la première." });
    if (slot.state === "held" && Date.parse(slot.heldUntil) > now()) return problem(409, "slot-held", { alternatives: alternatives(slot), detail: `Par ${slot.heldBy}.` });
    const hold = { holdId: randomUUID(), until: iso(now() + holdMs) };
    holds.set(hold.holdId, m[1]);
    change(m[1], { state: "held", heldBy: me.organization, heldUntil: hold.until });
    return ok(hold);
  }
  if ((m = /^\/api\/holds\/([^/]+)\/(extend|release)$/.exec(path))) {
    const id = holds.get(m[1]);
    if (!id) return problem(404, "not-found");
    if (m[2] === "release") {
      holds.delete(m[1]);
      if (find(id)[2].state === "held") change(id, { state: "free", heldBy: null, heldUntil: null });
      return { status: 204 };
    }
    const until = iso(Date.parse(find(id)[2].heldUntil) + 120_000);
    change(id, { heldUntil: until });
    return ok({ holdId: m[1], until });
  }
  if ((m = /^\/api\/slots\/([^/]+)\/bookings$/.exec(path))) {
    const [, , slot] = find(m[1]);
    if (slot.state === "booked") return problem(409, "slot-taken", { alternatives: alternatives(slot) });
    if (body.patient.lastName === "DOUBLON" && !body.override) return problem(409, "patient-already-booked", { detail: "Jusqu’au 24 novembre à 18:00." });
    if (body.patient.firstName === "Erreur") return problem(422, "invalid-input", { errors: { "patient.phone": ["Numéro inconnu."] } });
    change(m[1], { state: "booked", taken: slot.capacity, heldBy: null, heldUntil: null });
    const answer = ok({ bookingId: randomUUID(), careRequestId: randomUUID(), slot: find(m[1])[2] }, 201);
    done.set(body.requestId, answer);
    return answer;
  }
  return problem(404, "not-found");
}

const server = createServer(async (req, res) => {
  const { pathname } = new URL(req.url, "http://x");
  if (pathname === "/health/ready") return res.end("ok");
  if (pathname.startsWith("/api/")) {
    let text = "";
    for await (const part of req) text += part;
    const body = text ? JSON.parse(text) : undefined;
    const cookie = /snp=([^;]+)/.exec(req.headers.cookie ?? "")?.[1];
    res.setHeader("Date", new Date(now()).toUTCString());
    if (pathname === "/api/session" && req.method === "POST") {
      const id = randomUUID();
      sessions.set(id, identities.find((one) => one.id === body.identity));
      return res.writeHead(204, { "Set-Cookie": `snp=${id}; HttpOnly; SameSite=Strict; Path=/` }).end();
    }
    if (pathname === "/api/session" && req.method === "DELETE") return sessions.delete(cookie), res.writeHead(204).end();
    const { status, body: answer } = handle(req.method, pathname, body, sessions.get(cookie));
    return res.writeHead(status, { "Content-Type": status < 400 ? "application/json" : "application/problem+json" }).end(answer === undefined ? undefined : JSON.stringify(answer));
  }
  const file = join(root, normalize(pathname === "/" ? "/index.html" : pathname));
  if (!existsSync(file)) return res.writeHead(404).end();
  res.writeHead(200, { "Content-Type": types[extname(file)] ?? "application/octet-stream" });
  createReadStream(file).pipe(res);
});

new WebSocketServer({ server, path: "/hubs/live" }).on("connection", (socket) => {
  socket.watching = new Set();
  let greeted = false;
  socket.on("message", (data) => {
    for (const text of String(data).split("\x1e").filter(Boolean)) {
      const message = JSON.parse(text);
      if (!greeted) {
        greeted = true;
        sockets.add(socket);
        socket.send("{}\x1e");
        continue;
      }
      if (message.type !== 1) continue;
      const [ids] = message.arguments;
      if (message.target === "Watch") ids.forEach((id) => (socket.watching.add(id), snapshot(socket, id)));
      if (message.target === "Unwatch") ids.forEach((id) => socket.watching.delete(id));
      if (message.invocationId) socket.send(JSON.stringify({ type: 3, invocationId: message.invocationId, result: null }) + "\x1e");
    }
  });
  socket.on("close", () => sockets.delete(socket));
});
setInterval(() => sockets.forEach((socket) => socket.send('{"type":6}\x1e')), Number(process.env.MOCK_PING_MS ?? 1_000));

if (process.argv.includes("--traffic")) {
  setInterval(() => {
    const all = [...boards.get("sud-loire").slots.values()].filter((s) => Date.parse(s.start) > now() + 9e5);
    const slot = all[Math.floor(Math.random() * all.length)];
    if (slot?.state === "free") change(slot.id, { state: "held", heldBy: "Pharmacie de la Vigne", heldUntil: iso(now() + 20_000) });
    else if (slot?.state === "held") change(slot.id, { state: "booked", taken: slot.capacity, heldBy: null, heldUntil: null });
  }, 1_500);
}
process.on("SIGTERM", () => process.exit(0));
server.listen(port, () => console.log(`mock on http://localhost:${port}`));
