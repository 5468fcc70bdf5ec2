// Receivers on this computer, as independent of our code as they can be: nodemailer's SMTP server and MIME parser, Mozilla's http_ece for web push, node's own
// HMAC. Each can be taken down and brought back on the same port, be slow, or refuse.
import { createECDH, createHmac, createPublicKey, randomBytes, timingSafeEqual, verify } from "node:crypto";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

const ece = createRequire(import.meta.url)("http_ece");

/** What has arrived, and a wait for what shall. */
class Inbox {
  all = [];
  #waiting = [];
  add(message) {
    this.all.push(message);
    this.#waiting = this.#waiting.filter(({ wanted, resolve }) => !wanted(message) || (resolve(message), false));
  }
  async take(wanted, what, ms = 20_000) {
    const there = this.all.find(wanted);
    if (there) return there;
    let timer;
    const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new Error(`no ${what} within ${ms} ms; there are ${this.all.length}`)), ms)));
    return Promise.race([new Promise((resolve) => this.#waiting.push({ wanted, resolve })), late]).finally(() => clearTimeout(timer));
  }
}

export async function startMail({ user, password }) {
  const inbox = new Inbox();
  const state = { refuse: [], refused: 0 };
  const server = new SMTPServer({
    allowInsecureAuth: true,
    hideSTARTTLS: true,
    disableReverseLookup: true,
    logger: false,
    onAuth: (auth, _, done) => (auth.username === user && auth.password === password ? done(null, { user }) : done(new Error("wrong password"))),
    onRcptTo: ({ address }, _, done) => {
      if (state.refuse.includes(address)) {
        state.refuse.splice(state.refuse.indexOf(address), 1);
        state.refused++;
        return done(Object.assign(new Error("try later"), { responseCode: 451 }));
      }
      done();
    },
    onData: (stream, session, done) => simpleParser(stream).then((mail) => (inbox.add({ ...mail, rcpt: session.envelope.rcptTo.map((to) => to.address) }), done()), done),
  });
  server.on("error", () => {});
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { inbox, state, port: server.server.address().port, stop: () => new Promise((resolve) => server.close(resolve)) };
}

/** One HTTP receiver for the SMS webhook (`/sms`) and a push service (`/push/…`). */
export async function startHttp(secret) {
  const sms = new Inbox();
  const push = new Inbox();
  const state = { sms: [], hang: false };
  const handle = (request, response) => {
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      const body = Buffer.concat(parts);
      if (request.url === "/sms") {
        const answer = state.sms.shift() ?? 200;
        sms.add({ answer, signed: isSigned(request.headers["x-snplive-signature"], body, secret), key: request.headers["idempotency-key"], ...JSON.parse(body) });
        return response.writeHead(answer).end();
      }
      push.add({ url: request.url, headers: request.headers, body });
      if (!state.hang) response.writeHead(201).end();
    });
  };
  let server;
  let port = 0;
  const up = async () => {
    server = createServer(handle);
    await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
    port = server.address().port;
  };
  const down = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  await up();
  return { sms, push, state, get url() { return `http://127.0.0.1:${port}`; }, up, down };
}

function isSigned(header, body, secret) {
  const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(header ?? "") ?? [];
  if (!t || Math.abs(Date.now() / 1000 - Number(t)) > 300) return false;
  return timingSafeEqual(Buffer.from(v1, "hex"), createHmac("sha256", secret).update(`${t}.`).update(body).digest());
}

const base64url = (bytes) => Buffer.from(bytes).toString("base64url");

export function makeVapid() {
  const pair = createECDH("prime256v1");
  pair.generateKeys();
  return { publicKey: base64url(pair.getPublicKey()), privateKey: base64url(pair.getPrivateKey()) };
}

/** A browser's side of web push. */
export function makeBrowser() {
  const pair = createECDH("prime256v1");
  pair.generateKeys();
  const secret = randomBytes(16);
  return {
    p256dh: base64url(pair.getPublicKey()),
    auth: base64url(secret),
    open: (body) => JSON.parse(ece.decrypt(body, { version: "aes128gcm", privateKey: pair, authSecret: base64url(secret) }).toString("utf8")),
  };
}

/** Checks the server's signature as a push service does (RFC 8292); returns the claims. */
export function checkVapid(header, publicKey) {
  const [, signed, signature, key] = /^vapid t=([\w-]+\.[\w-]+)\.([\w-]+), k=([\w-]+)$/.exec(header ?? "") ?? [];
  if (key !== publicKey) throw new Error(`not our key: ${header}`);
  const point = Buffer.from(key, "base64url");
  const jwk = { kty: "EC", crv: "P-256", x: base64url(point.subarray(1, 33)), y: base64url(point.subarray(33)) };
  const good = verify("sha256", Buffer.from(signed), { key: createPublicKey({ key: jwk, format: "jwk" }), dsaEncoding: "ieee-p1363" }, Buffer.from(signature, "base64url"));
  if (!good) throw new Error("the signature does not fit");
  return JSON.parse(Buffer.from(signed.split(".")[1], "base64url"));
}
