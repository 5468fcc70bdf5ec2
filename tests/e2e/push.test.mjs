// Web push in a browser. A vendor's push service is out of reach here: the browser is given a subscription of a receiver on this computer, and what the
// server sent there is delivered to the application's own service worker as the browser itself would do it.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { book } from "./agenda-people.mjs";
import { identityFor, openBoard, whenAnswered } from "./browser.mjs";
import { makeBrowser, makeVapid, startHttp } from "./receivers.mjs";
import { startSite } from "./site.mjs";

const vapid = makeVapid();
const keys = makeBrowser();
let http;
const { server, browser } = startSite(async () => {
  http = await startHttp("unused");
  Object.assign(process.env, {
    Notifications__WebPush__PublicKey: vapid.publicKey,
    Notifications__WebPush__PrivateKey: vapid.privateKey,
    Notifications__WebPush__AllowLoopback: "true",
  });
}, undefined, { whole: true });
after(async () => {
  await http?.down();
  for (const name of Object.keys(process.env)) if (name.startsWith("Notifications__")) delete process.env[name];
});

/** What the browser's push service would do: gives a subscription once, forgets it when told. */
const subscribeTo = ({ endpoint, p256dh, auth }) => {
  let subscription = null;
  const made = { endpoint, toJSON: () => ({ endpoint, keys: { p256dh, auth } }), unsubscribe: async () => ((subscription = null), true) };
  PushManager.prototype.subscribe = async ({ userVisibleOnly, applicationServerKey }) => {
    window.askedWith = { userVisibleOnly, applicationServerKey };
    return (subscription = made);
  };
  PushManager.prototype.getSubscription = async () => subscription;
};

test("a browser subscribes, is told of a booking without a word on the patient, and leaves again", { timeout: 90_000 }, async () => {
  const doctor = await identityFor(server.url, "generalPractitioner");
  const subscription = { endpoint: `${http.url}/push/7`, p256dh: keys.p256dh, auth: keys.auth };
  const { page, context, foreign } = await openBoard(browser, server.url, doctor, "", { serviceWorkers: "allow", permissions: ["notifications"], before: (one) => one.addInitScript(subscribeTo, subscription) });
  await whenAnswered(page, () => navigator.serviceWorker.ready.then(({ active }) => active?.state === "activated"));

  await page.getByTestId("bell").click();
  await page.getByRole("button", { name: "Réglages" }).click();
  await page.getByRole("button", { name: "Recevoir sur ce navigateur" }).click();
  await page.getByText("1 navigateur inscrit.").waitFor();
  assert.deepEqual(await page.evaluate(() => window.askedWith), { userVisibleOnly: true, applicationServerKey: vapid.publicKey });

  const pharmacy = await openBoard(browser, server.url, await identityFor(server.url, "pharmacist"));
  const [agenda] = (await context.request.get(`${server.url}/api/agendas`).then((answer) => answer.json())).filter(({ own }) => own);
  const { slots } = await context.request.get(`${server.url}/api/agendas/${agenda.id}`).then((answer) => answer.json());
  const slot = slots.find(({ state, start }) => state === "free" && Date.parse(start) > Date.now() + 3_600_000);
  await book(pharmacy.context.request, server.url, slot.id);
  const pushed = await http.push.take(({ url }) => url === "/push/7", "push message");
  const message = keys.open(pushed.body);

  const cdp = await context.newCDPSession(page);
  const registered = new Promise((resolve) => cdp.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => registrations[0] && resolve(registrations[0].registrationId)));
  await cdp.send("ServiceWorker.enable");
  await cdp.send("ServiceWorker.deliverPushMessage", { origin: server.url, registrationId: await registered, data: JSON.stringify(message) });
  const shown = await whenAnswered(page, async () => {
    const [one] = await (await navigator.serviceWorker.ready).getNotifications();
    return one && { title: one.title, body: one.body, tag: one.tag, lang: one.lang, data: one.data };
  });

  assert.match(shown.title, /^Créneau réservé : \S+ \d+ \S+ à \d\d:\d\d$/);
  assert.deepEqual(shown, { title: message.title, body: message.body, tag: message.id, lang: "fr", data: message.url });
  assert.ok(shown.body.startsWith(agenda.place.name), shown.body);
  assert.match(shown.data, /^\/[?\w=&-]*$/, "leads to this site only");
  // Neither the patient, nor why, nor who sent her.
  const { reasons, words } = await forbidden(context);
  for (const word of words) assert.ok(!JSON.stringify(message).toLowerCase().includes(word.toLowerCase()), `the notification says “${word}”`);
  assert.ok(reasons > 10, `${reasons} reasons compared`);

  // What is no message of ours shows nothing, and breaks nothing.
  await cdp.send("ServiceWorker.deliverPushMessage", { origin: server.url, registrationId: await registered, data: JSON.stringify({ other: 1 }) });
  assert.equal(await page.evaluate(async () => (await (await navigator.serviceWorker.ready).getNotifications()).length), 1);

  await page.getByRole("button", { name: "Ne plus recevoir sur ce navigateur" }).click();
  await page.getByText("Aucun navigateur inscrit.").waitFor();
  assert.deepEqual(foreign.filter((one) => !one.startsWith(server.url)), []);
  await pharmacy.context.close();
  await context.close();
});

/** Every reason for a visit, and what `book` says of its patients. */
async function forbidden(context) {
  const all = await context.request.get(`${server.url}/api/reasons`).then((answer) => answer.json());
  const reasons = all.flatMap(({ code, label }) => [code, label]);
  return { reasons: reasons.length, words: [...reasons, "ESSAIB", "Agathe", "0612345678", "+33612345678", "NoRegisteredGp", "Sans médecin traitant", "Pharmaci"] };
}
