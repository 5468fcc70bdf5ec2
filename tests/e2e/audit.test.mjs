// Who read this patient: three clicks from the agenda. The territory's data officer sees who, when and why, and never a name.
import assert from "node:assert/strict";
import { test } from "node:test";
import { book, dayFromNow, freeOn } from "./agenda-people.mjs";
import { identityFor, openBoard } from "./browser.mjs";
import { startSite } from "./site.mjs";

const { server, browser } = startSite({ more: "--BreakGlass:HideAfter 00:00:02" });

/** A window on a page of somebody who may have no slot to look at. */
async function openAt(role, query) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "fr-FR", timezoneId: "Europe/Paris", serviceWorkers: "block" });
  const answer = await context.request.post(`${server.url}/api/session`, { data: { identity: (await identityFor(server.url, role)).id } });
  assert.ok(answer.ok(), await answer.text());
  const page = await context.newPage();
  await page.goto(`${server.url}/${query}`);
  return page;
}

test("a practitioner sees who read their patient in three clicks, and the data officer that they did", { timeout: 90_000 }, async () => {
  const own = await openBoard(browser, server.url, await identityFor(server.url, "generalPractitioner"));
  const pharmacy = await openBoard(browser, server.url, await identityFor(server.url, "pharmacist"));
  const [agenda] = (await own.context.request.get(`${server.url}/api/agendas`).then((one) => one.json())).filter((one) => one.own);
  const [slot] = await freeOn(pharmacy.context.request, server.url, agenda.id, dayFromNow(1));
  const booking = await book(pharmacy.context.request, server.url, slot.id);
  await pharmacy.context.request.get(`${server.url}/api/bookings/${booking}`);
  await own.page.goto(`${server.url}/?page=agenda`);
  await own.page.getByText("Liste", { exact: true }).click();
  const line = own.page.locator(`li[data-slot="${slot.id}"]`);
  await line.getByRole("button", { name: /^Voir le patient/ }).click();
  await line.getByRole("button", { name: "Historique et consultations" }).click();
  const trace = line.getByTestId("booking-audit");
  await trace.waitFor();
  const said = await trace.textContent();
  assert.match(said, /Réservé/);
  assert.equal((said.match(/Consultation/g) ?? []).length, 2, said); // the pharmacy's, and the practitioner's own of a moment ago
  assert.match(said, /pharmacie/i);

  const journal = await openAt("coordinator", "");
  await journal.getByRole("link", { name: "Journal" }).click();
  const rows = journal.getByRole("list", { name: /^Accès/ }).locator("[data-action]");
  await rows.first().waitFor();
  const before = await rows.count();
  const log = await journal.getByRole("main").textContent();
  assert.doesNotMatch(log, /ESSAI[A-Z]|Agathe/);
  await rows.first().getByRole("button", { name: /^Patient/ }).click();
  await journal.getByText("Tout afficher").waitFor();
  await rows.first().waitFor();
  assert.ok((await rows.count()) <= before);

  // A regulator without a right on it sees the patient against a reason, and not for long; the medical lead is told on the page they are on.
  const regulation = await openAt("regulator", "?etats=tous&delai=tout");
  await regulation.locator(`[data-slot="${slot.id}"]`).click();
  const glass = regulation.getByRole("dialog", { name: "Accès exceptionnel" });
  const show = glass.getByRole("button", { name: "Voir l’identité" });
  await glass.getByLabel("Motif").fill("court");
  assert.equal(await show.isDisabled(), true);
  await glass.getByLabel("Motif").fill("Le patient rappelle le 15");
  await show.click();
  await glass.getByTestId("glass-identity").getByText(/Agathe/).waitFor();
  await glass.getByText(/^Masqué dans/).waitFor();
  await glass.getByText("L’identité est de nouveau masquée.").waitFor({ timeout: 10_000 }); // by itself
  assert.doesNotMatch(await glass.textContent(), /Agathe/);
  await own.page.getByText("1 accès exceptionnel à examiner.").waitFor();
  await own.page.getByRole("button", { name: "Examiner" }).click();
  await own.page.getByRole("button", { name: /^Marquer examiné/ }).click();
  await own.page.getByText("Accès marqué examiné.").waitFor();
  assert.doesNotMatch(await own.page.getByRole("main").textContent(), /Agathe/);
  for (const { foreign } of [own, pharmacy]) assert.deepEqual(foreign, []);
});

test("the journal is not proposed to who may not read it", { timeout: 60_000 }, async () => {
  const page = await openAt("pharmacist", "?page=journal");
  await page.getByRole("heading", { name: /Cette page n’est pas ouverte/ }).waitFor();
  assert.equal(await page.getByRole("link", { name: "Journal" }).count(), 0);
});

test("a page opens to who is granted it, and closes when the grant ends, without a reload", { timeout: 60_000 }, async () => {
  const pharmacy = await openAt("pharmacist", "");
  const officer = await openAt("coordinator", "");
  const api = officer.context().request;
  const [territory] = await api.get(`${server.url}/api/territories`).then((one) => one.json());
  const grants = `${server.url}/api/territories/${territory.id}/grants`;
  const journal = pharmacy.getByRole("link", { name: "Journal" });
  await pharmacy.getByText("En direct").first().waitFor();
  assert.equal(await journal.count(), 0);
  await pharmacy.evaluate(() => (window.sameDocument = true));

  const data = { requestId: crypto.randomUUID(), role: "pharmacist", stream: "*", actions: ["readAudit"], source: "Réunion du bureau" };
  const added = await api.post(grants, { data });
  assert.ok(added.ok(), await added.text());
  await journal.click();
  await pharmacy.getByRole("heading", { name: "Journal d’accès" }).waitFor();
  const [{ id }] = (await added.json()).grants;
  const ended = await api.post(`${grants}/${id}/end`, { data: { requestId: crypto.randomUUID() } });
  assert.ok(ended.ok(), await ended.text());
  await pharmacy.getByRole("heading", { name: /Cette page n’est pas ouverte/ }).waitFor();
  assert.equal(await journal.count(), 0);
  assert.equal(await pharmacy.evaluate(() => window.sameDocument), true);
});

test("the data officer serves one person's rights: file, objection, correction, copy, and no erasure before the appointment", { timeout: 60_000 }, async () => {
  const pharmacy = await openAt("pharmacist", "");
  const api = pharmacy.context().request;
  const [territory] = await api.get(`${server.url}/api/territories`).then((one) => one.json());
  const { slots } = await api.get(`${server.url}/api/territories/${territory.id}/board`).then((one) => one.json());
  const slot = slots.filter(({ state, stream, start }) => state === "free" && stream === "gp" && Date.parse(start) < Date.now() + 40 * 3_600_000).at(-1);
  const patient = { lastName: "ESSAIPERSONNE", firstName: "Agathe", birthDate: "1961-03-09", sex: "F", phone: "0639980199", registeredGp: "Dr Essai" };
  const [reason] = (await api.get(`${server.url}/api/reasons`).then((one) => one.json())).filter(({ vital }) => !vital);
  const booked = await api.post(`${server.url}/api/slots/${encodeURIComponent(slot.id)}/bookings`, {
    data: { requestId: crypto.randomUUID(), patient, eligibility: "NoRegisteredGp", reason: reason.code, vitalSignsExcluded: true },
  });
  assert.ok(booked.ok(), await booked.text());

  const page = await openAt("coordinator", "?page=personnes");
  await page.getByLabel("Nom de naissance").fill("essaipersonne");
  await page.getByLabel("Prénom").fill("AGATHE");
  await page.getByLabel("Date de naissance").fill("09/03/1961");
  await page.getByRole("button", { name: "Rechercher" }).click();
  const file = page.getByTestId("person");
  await file.waitFor();
  assert.match(await file.textContent(), /ESSAIPERSONNE Agathe.*09\/03\/1961.*06\s39\s98\s01\s99/s);
  assert.doesNotMatch(page.url(), /essai/i);
  await file.getByRole("button", { name: "Enregistrer l’opposition" }).click();
  await file.getByRole("button", { name: "Lever l’opposition" }).waitFor();
  await file.getByRole("button", { name: "Corriger l’identité" }).click();
  await file.getByLabel("Prénom").fill("Agathine");
  await file.getByRole("button", { name: "Enregistrer la correction" }).click();
  await file.getByRole("heading", { name: "ESSAIPERSONNE Agathine" }).waitFor();
  await file.getByText("L’identité est corrigée.").waitFor(); // beside what was done: the page's top may be out of sight
  const [copy] = await Promise.all([page.waitForEvent("download"), file.getByRole("button", { name: "Exporter (JSON)" }).click()]);
  assert.match(copy.suggestedFilename(), /^personne-[0-9a-f]{8}\.json$/);
  await file.getByRole("button", { name: "Effacer la personne" }).click();
  await file.getByRole("button", { name: "Effacer définitivement" }).click();
  await file.getByText(/l’effacement sera possible ensuite/).waitFor();
  // Who booked sees the objection, and no more of it.
  const shown = (await api.get(`${server.url}/api/bookings/${(await booked.json()).bookingId}`).then((one) => one.json())).patient;
  assert.deepEqual([shown.firstName, shown.objection], ["Agathine", true]);
  // On a phone the tabs are wider than the screen: where one is can be seen all the same.
  await page.setViewportSize({ width: 390, height: 844 });
  await page.reload();
  await page.waitForFunction(() => {
    const tab = document.querySelector("nav [aria-current]")?.getBoundingClientRect();
    return tab && tab.left >= 0 && tab.right <= innerWidth;
  });
});
