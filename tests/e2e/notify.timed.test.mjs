import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import ICAL from "ical.js";
import { fillBooking, freeSlots, identityFor, openBoard, openBrowser } from "./browser.mjs";
import { checkVapid, makeBrowser, makeVapid, startHttp, startMail } from "./receivers.mjs";
import { startServer } from "./server.mjs";

const SECRET = "secret-of-the-gateway";
const ADDRESS = "cabinet@exemple.fr";
/** The weekly message leaves this long after the start: who wants it must have said so. */
const WEEKLY_IN_MS = 45_000;
const vapid = makeVapid();
const phone = makeBrowser();
const serial = [...String(process.pid)].map((digit) => "abcdefghij"[digit]).join("");
let people = 0;
let folder, mail, http, server, browser;

before(async () => {
  [folder, mail, http] = await Promise.all([mkdtemp(join(tmpdir(), "snp-notify-")), startMail({ user: "snp", password: "mot de passe" }), startHttp(SECRET)]);
  const weekly = new Date(Date.now() + WEEKLY_IN_MS);
  const paris = (options) => new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Paris", ...options }).format(weekly);
  Object.assign(process.env, {
    Notifications__PublicAddress: "http://localhost/",
    Notifications__BackOff: "00:00:00.500",
    Notifications__BackOffLimit: "00:00:02",
    Notifications__UnseenGrace: "00:00:01",
    Notifications__Smtp__Host: "127.0.0.1",
    Notifications__Smtp__Port: String(mail.port),
    Notifications__Smtp__Security: "None",
    Notifications__Smtp__User: "snp",
    Notifications__Smtp__Password: "mot de passe",
    Notifications__Sms__Url: `${http.url}/sms`,
    Notifications__Sms__Secret: SECRET,
    Notifications__WebPush__PublicKey: vapid.publicKey,
    Notifications__WebPush__PrivateKey: vapid.privateKey,
    Notifications__WebPush__AllowLoopback: "true",
    Notifications__SendTimeout: "00:00:05",
    Notifications__Weekly__Day: paris({ weekday: "long" }),
    Notifications__Weekly__Time: paris({ timeStyle: "medium" }),
    Notifications__Weekly__Look: "00:00:01",
  });
  server = await startServer({ files: [await territoryWithAnEmptyAgenda()] });
  assert.equal((await (await signIn("essai-gp-3")).put("/api/notifications/settings", { email: "gp3@exemple.fr", weekly: true })).status, 200);
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
  await Promise.all([mail?.stop(), http?.down(), folder && rm(folder, { recursive: true, force: true })]);
  for (const name of Object.keys(process.env)) if (name.startsWith("Notifications__")) delete process.env[name];
});

async function territoryWithAnEmptyAgenda() {
  const territory = JSON.parse(await readFile(new URL("territory.json", import.meta.url), "utf8"));
  // A practitioner without templates: next week is what the test opens, whatever today is.
  const [agenda] = territory.agendas;
  const [doctor] = territory.professionals.filter(({ role }) => role === "generalPractitioner");
  territory.professionals.push({ ...doctor, id: "essai-gp-3", name: "Dr Semaine", agendas: ["essai-agenda-3"] });
  territory.agendas.push({ ...agenda, id: "essai-agenda-3", practitionerId: "essai-gp-3", templates: [] });
  const file = join(folder, "territory.json");
  await writeFile(file, JSON.stringify(territory));
  return file;
}

/** The API as one person. */
async function signIn(identity) {
  const answer = await fetch(`${server.url}/api/session`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ identity }) });
  assert.equal(answer.status, 200);
  const cookie = answer.headers.getSetCookie().map((one) => one.split(";")[0]).join("; ");
  const call = async (method, path, body) => {
    const reply = await fetch(server.url + path, { method, headers: { cookie, "Content-Type": "application/json" }, ...(body && { body: JSON.stringify({ requestId: crypto.randomUUID(), ...body }) }) });
    const text = await reply.text();
    return { status: reply.status, body: text && JSON.parse(text) };
  };
  return { get: (path) => call("GET", path), post: (path, body) => call("POST", path, body), put: (path, body) => call("PUT", path, body) };
}

async function book(who, slotId) {
  const lastName = `Essai${serial}${"abcdefghijklmnopqrstuvwxyz"[people++]}`;
  const answer = await who.post(`/api/slots/${slotId}/bookings`, {
    patient: { lastName, firstName: "Ana", birthDate: "1962-05-03", sex: "F", phone: "06 12 34 56 78" }, eligibility: "NoRegisteredGp", reason: "M03.14", vitalSignsExcluded: true,
  });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return { ...answer.body, lastName };
}

const freeOf = async (who, agenda) => {
  const { body } = await who.get("/api/territories/essai/board");
  const soon = Date.now() + 25 * 60_000;
  return body.slots.filter((slot) => slot.agendaId === agenda && slot.state === "free" && Date.parse(slot.start) > soon);
};

test("a booking is on the practitioner's screen within a second, and “vu” reaches who booked", { timeout: 120_000 }, async () => {
  const doctor = await identityFor(server.url, "generalPractitioner");
  const own = await openBoard(browser, server.url, doctor);
  const booking = await openBoard(browser, server.url, await identityFor(server.url, "pharmacist"), `?filieres=gp&q=${encodeURIComponent(doctor.name)}`);
  await own.page.getByRole("button", { name: "Notifications : rien de nouveau" }).waitFor();

  await freeSlots(booking.page).last().click();
  await booking.page.getByText("Gardé pour vous").waitFor();
  await fillBooking(booking.page, { lastName: `Vue${serial}`, firstName: "Ana", birthDate: "03/05/1962" });
  const toast = own.page.getByTestId("notice-toasts").getByText(/^Créneau réservé\s: /);
  const shown = own.page.evaluate(
    () =>
      new Promise((resolve) => {
        const look = () => document.querySelector('[data-testid="notice-toasts"]')?.textContent.includes("Créneau réservé") && resolve(Date.now());
        new MutationObserver(look).observe(document.body, { subtree: true, childList: true });
        look();
      }),
  );
  const confirmed = await booking.page.evaluate(() => {
    const at = Date.now();
    document.querySelector("button[type=submit][form^=booking]").click();
    return at;
  });
  const ms = (await shown) - confirmed;
  console.log(`notify: on the practitioner's screen ${ms} ms after the confirmation`);
  assert.ok(ms < 1_000, `it took ${ms} ms`);
  const text = await toast.textContent();
  assert.doesNotMatch(await own.page.content(), new RegExp(`Vue${serial}`, "i"), "the patient's name is on the practitioner's board");

  await own.page.getByRole("button", { name: "Notifications : 1 non vue" }).waitFor();
  const seenThere = booking.page.getByTestId("notice-toasts").getByText(/^Vu par le cabinet/);
  const before = Date.now();
  await own.page.getByTestId("notice-toasts").getByRole("button", { name: "Vu" }).click();
  await seenThere.waitFor();
  console.log(`notify: “vu” on the requester's screen after ${Date.now() - before} ms`);
  await own.page.getByRole("button", { name: "Notifications : rien de nouveau" }).waitFor();

  // The panel by keyboard: opened, read, closed, and the focus is back.
  const bell = own.page.getByTestId("bell");
  await bell.focus();
  await own.page.keyboard.press("Enter");
  await own.page.getByRole("heading", { name: "Notifications" }).waitFor();
  await own.page.getByText(`Vu par ${doctor.name}`).waitFor();
  assert.ok(text.includes("à"), text);
  await own.page.keyboard.press("Escape");
  await own.page.waitForFunction(() => document.activeElement?.dataset.testid === "bell");
  assert.deepEqual([...own.foreign, ...booking.foreign], [], "requests left the site, or a page error");
  await own.context.close();
  await booking.context.close();
});

test("opening the agenda is seeing; what nobody sees before the start is the telesecretariat's, live", { timeout: 90_000 }, async () => {
  const [pharmacist, doctor] = [await signIn("essai-pharmacien"), await signIn("essai-gp-2")];
  const [soon] = await freeOf(pharmacist, "essai-agenda-2");
  assert.ok(Date.parse(soon.start) - Date.now() < 60 * 60_000, "the test territory has slots every half hour");

  const phoneSide = await openBoard(browser, server.url, await identityFor(server.url, "teleSecretary"));
  await phoneSide.page.getByRole("button", { name: "Rendez-vous non vus : aucun" }).waitFor();
  const made = await book(pharmacist, soon.id);
  await phoneSide.page.getByRole("button", { name: "Rendez-vous non vus : 1 à rappeler" }).click();
  await phoneSide.page.locator("[data-notice]").getByRole("link", { name: /^Appeler / }).waitFor();
  assert.equal((await doctor.get("/api/notifications/unseen?territory=essai")).status, 403);
  assert.equal((await doctor.get(`/api/notifications/bookings/${made.bookingId}`)).body.seenAt, undefined);

  const identities = await fetch(`${server.url}/api/identities`).then((answer) => answer.json());
  const own = await openBoard(browser, server.url, identities.find(({ id }) => id === "essai-gp-2"));
  await own.page.getByRole("link", { name: "Mon agenda" }).click();
  await phoneSide.page.getByRole("button", { name: "Rendez-vous non vus : aucun" }).waitFor();
  await phoneSide.page.getByText("Tous les cabinets ont vu").waitFor();
  assert.ok((await pharmacist.get(`/api/notifications/bookings/${made.bookingId}`)).body.seenAt, "who booked may know that it was seen");
  const stranger = await signIn("essai-gp-1");
  assert.equal((await stranger.post("/api/notifications/seen", { agenda: "essai-agenda-2" })).status, 404);
  await own.context.close();
  await phoneSide.context.close();
});

test("e-mail, web push and SMS reach real receivers: down and back, slow, refusing", { timeout: 120_000 }, async () => {
  const [pharmacist, doctor] = [await signIn("essai-pharmacien"), await signIn("essai-gp-1")];
  assert.equal((await doctor.put("/api/notifications/settings", { email: "pas une adresse" })).status, 400);
  assert.equal((await doctor.post("/api/notifications/browsers", { endpoint: "http://10.0.0.1/x", p256dh: phone.p256dh, auth: phone.auth })).status, 400);
  assert.equal((await doctor.put("/api/notifications/settings", { email: ADDRESS, phone: "06 39 98 00 01", weekly: true })).status, 200);
  assert.equal((await doctor.post("/api/notifications/browsers", { endpoint: `${http.url}/push/1`, p256dh: phone.p256dh, auth: phone.auth })).status, 200);

  // The SMS gateway refuses twice, the mail server once.
  http.state.sms.push(503, 429);
  mail.state.refuse.push(ADDRESS);
  const [first, second] = (await freeOf(pharmacist, "essai-agenda-1")).slice(3);
  const made = await book(pharmacist, first.id);
  const sms = await http.sms.take((one) => one.answer === 200, "accepted SMS");
  const message = await mail.inbox.take((one) => one.rcpt.includes(ADDRESS), "e-mail");
  const pushed = await http.push.take(() => true, "push message");

  assert.equal(http.sms.all.length, 3);
  assert.ok(http.sms.all.every((one) => one.signed && one.id === sms.id && one.key === sms.id), "every attempt is signed, under the same id");
  assert.match(sms.to, /^\+33639980001$|^06/);
  assert.equal(mail.state.refused, 1);
  assert.deepEqual(message.rcpt, [ADDRESS]);
  const shown = phone.open(pushed.body);
  assert.equal(new URL(http.url).origin, checkVapid(pushed.headers.authorization, vapid.publicKey).aud);
  assert.equal(pushed.headers["content-encoding"], "aes128gcm");
  assert.match(shown.title, /^Créneau réservé/);

  const event = eventOf(message);
  assert.deepEqual(
    [event.method, event.uid, event.sequence, event.start, event.end],
    ["REQUEST", `${made.bookingId}@snplive`, 0, Date.parse(first.start), Date.parse(first.end)],
  );
  for (const all of [JSON.stringify(sms), message.text, message.subject, event.text, JSON.stringify(shown)])
    assert.doesNotMatch(all, new RegExp(`${made.lastName}|Ana|1962|M03`, "i"), "no patient data leaves");

  // The whole HTTP receiver is down: mail still comes, and so does a cancellation's calendar; SMS and push follow when it is back.
  await http.down();
  const counted = [http.sms.all.length, http.push.all.length];
  assert.equal((await pharmacist.post(`/api/bookings/${made.bookingId}/cancel`, { reason: "patientRequest" })).status, 200);
  const cancelled = eventOf(await mail.inbox.take((one) => one.rcpt.includes(ADDRESS) && /annulée/.test(one.subject), "cancellation by e-mail"));
  assert.deepEqual([cancelled.method, cancelled.uid, cancelled.sequence, cancelled.status], ["CANCEL", event.uid, 1, "CANCELLED"]);
  assert.deepEqual([http.sms.all.length, http.push.all.length], counted);
  await http.up();
  await http.sms.take((one) => /annulée/.test(one.text), "SMS after the receiver came back");
  await http.push.take((one) => /annulée/.test(phone.open(one.body).title), "push after the receiver came back");

  // A push service that never answers delays neither the booking nor the other channels.
  http.state.hang = true;
  const began = Date.now();
  const later = await book(pharmacist, second.id);
  const bookedMs = Date.now() - began;
  await mail.inbox.take((one) => one.rcpt.includes(ADDRESS) && /^Créneau réservé/.test(one.subject) && eventOf(one).uid.startsWith(later.bookingId), "e-mail beside a hanging push service");
  const ms = Date.now() - began;
  console.log(`notify: with a hanging push service, booked in ${bookedMs} ms, e-mail after ${ms} ms`);
  assert.ok(ms < 5_000, `the e-mail took ${ms} ms`);
  http.state.hang = false;
  const kept = await doctor.get("/api/notifications");
  assert.ok(kept.body.notices.every((one) => one.deliveries.every(({ to }) => to)), "the practice sees what became of each message");
});

function eventOf(message) {
  const file = message.attachments.find(({ contentType }) => contentType === "text/calendar");
  assert.ok(file, `no calendar in “${message.subject}”`);
  const text = file.content.toString("utf8");
  const calendar = new ICAL.Component(ICAL.parse(text));
  const event = new ICAL.Event(calendar.getFirstSubcomponent("vevent"));
  return {
    text, method: calendar.getFirstPropertyValue("method"), uid: event.uid, sequence: event.sequence, status: event.component.getFirstPropertyValue("status"),
    start: event.startDate.toJSDate().getTime(), end: event.endDate.toJSDate().getTime(),
  };
}

test("the weekly message: looking changes nothing, one tap answers, twice does nothing more", { timeout: 120_000 }, async () => {
  const doctor = await signIn("essai-gp-3");
  const nextMonday = new Date(Date.now() + ((8 - new Date().getUTCDay()) % 7 || 7) * 86_400_000).toISOString().slice(0, 10);
  const opened = await doctor.post("/api/agendas/essai-agenda-3/slots", {
    slots: ["10:00", "10:30"].map((time) => ({ start: `${nextMonday}T${time}:00Z`, end: `${nextMonday}T${time.slice(0, 3)}${time.endsWith("00") ? "20" : "50"}:00Z`, mode: "surgery" })),
  });
  assert.equal(opened.status, 201, JSON.stringify(opened.body));
  const inWeek = async () => {
    const { body } = await doctor.get(`/api/agendas/essai-agenda-3?from=${nextMonday}T06:00:00Z&to=${nextMonday}T18:00:00Z`);
    return body.slots.filter(({ state }) => state === "free").length;
  };
  const free = await inWeek();
  assert.equal(free, 2);

  const weekly = await mail.inbox.take((one) => one.rcpt.includes("gp3@exemple.fr") && /semaine/.test(one.subject), "weekly message", 2 * WEEKLY_IN_MS);
  const links = [...weekly.text.matchAll(/http:\/\/localhost\/semaine\/\S+/g)].map(([link]) => server.url + new URL(link).pathname);
  assert.equal(links.length, 3);
  const [asUsual, absent, oneMore] = links;

  for (let scanner = 0; scanner < 3; scanner++) for (const link of links) assert.equal((await fetch(link)).status, 200);
  assert.equal(await inWeek(), free, "a mail scanner changed something");

  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "fr-FR" });
  const page = await context.newPage();
  const tap = async (link, title) => {
    const answer = await page.goto(link);
    assert.match(answer.headers()["content-security-policy"], /script-src 'self'/);
    await page.getByRole("heading", { name: title }).waitFor();
    await page.getByText(/^Agenda de Dr Semaine, /).waitFor();
    assert.equal(await page.getByText(/seul le bouton agit/).isVisible(), false);
    await page.getByText("Aide sur cette page").click();
    assert.equal(await page.getByText(/seul le bouton agit/).isVisible(), true);
    if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `link-${links.indexOf(link)}.png`) });
    await page.getByRole("button").click();
    await page.getByRole("heading", { name: "C’est fait" }).waitFor();
  };
  await tap(oneMore, "Ouvrir un créneau de plus ?");
  assert.equal(await inWeek(), free + 1);
  await tap(asUsual, "Confirmer la semaine comme d’habitude ?");
  assert.equal(await inWeek(), free + 1);
  await tap(absent, "Retirer vos créneaux libres de cette semaine ?");
  assert.equal(await inWeek(), 0);

  assert.match(await (await fetch(oneMore, { method: "POST" })).text(), /déjà enregistrée/);
  assert.equal(await inWeek(), 0);
  assert.equal((await fetch(`${absent.slice(0, -8)}AAAAAAAA`)).status, 404);
  assert.equal((await fetch(oneMore, { method: "POST", headers: { Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" } })).status, 403);
  await context.close();
});
