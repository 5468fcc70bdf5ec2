// Who takes part in the tests of “Mon agenda”, and bookings made as a pharmacy's own software would make them.
import assert from "node:assert/strict";
import { openBoard } from "./browser.mjs";

export async function identityNamed(url, name) {
  const all = await fetch(`${url}/api/identities`).then((answer) => answer.json());
  const found = all.find((one) => one.name === name);
  assert.ok(found, `no ${name} among ${all.map((one) => one.name).join(", ")}`);
  return found;
}

/** A window of that person on “Mon agenda”. */
export async function openAgenda(browser, url, name, view) {
  const own = await openBoard(browser, url, await identityNamed(url, name));
  if (view) await own.page.evaluate((kept) => localStorage.setItem("agenda.vue", kept), view);
  await own.page.getByRole("link", { name: "Mon agenda" }).click();
  await own.page.locator("[data-event], li[data-slot]").first().waitFor();
  return own;
}

const DAY = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Paris" });
const TIME = new Intl.DateTimeFormat("fr-FR", { timeZone: "Europe/Paris", hour: "2-digit", minute: "2-digit" });

/** "2026-11-25", so many days from today in Paris. */
export const dayFromNow = (days) => {
  const [year, month, day] = DAY.format(Date.now()).split("-").map(Number);
  return new Date(Date.UTC(year, month - 1, day + days)).toISOString().slice(0, 10);
};

/** The free slots of an agenda on a day of Paris, by start. */
export async function freeOn(request, url, agendaId, day) {
  const answer = await request.get(`${url}/api/agendas/${agendaId}`).then((one) => one.json());
  return answer.slots.filter((slot) => slot.state === "free" && DAY.format(Date.parse(slot.start)) === day).sort((a, b) => Date.parse(a.start) - Date.parse(b.start));
}

export const timeOf = (instant) => TIME.format(Date.parse(instant));

let patients = 0;

/** Books a slot for another fictitious patient each time. */
export async function book(request, url, slotId) {
  const number = ++patients;
  const patient = { lastName: `ESSAI${"ABCDEFGHIJKLMNOPQRSTUVWXYZ"[number % 26]}`, firstName: "Agathe", birthDate: `19${60 + (number % 30)}-03-0${1 + (number % 9)}`, sex: "F", phone: "0612345678" };
  const [reason] = (await request.get(`${url}/api/reasons`).then((one) => one.json())).filter(({ vital }) => !vital);
  const answer = await request.post(`${url}/api/slots/${encodeURIComponent(slotId)}/bookings`, {
    data: { requestId: crypto.randomUUID(), patient, eligibility: "NoRegisteredGp", reason: reason.code, vitalSignsExcluded: true },
  });
  assert.ok(answer.ok(), `booking refused: ${answer.status()} ${await answer.text()}`);
  return (await answer.json()).bookingId;
}
