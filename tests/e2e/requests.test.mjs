// A request without a call: asked at one door, seen live at the desk, taken, booked for with nothing typed twice, seen served on both screens.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { copyText, lateSlot, lineOf, newPatient, openDesk } from "./booking.mjs";
import { identitiesFor, identityFor, openBoard, openBrowser } from "./browser.mjs";
import { startServer } from "./server.mjs";

let server;
let browser;
before(async () => {
  server = await startServer();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const toRequests = async (page) => {
  await page.getByRole("link", { name: "Demandes" }).click();
  await page.getByRole("heading", { name: "Demandes", exact: true }).waitFor();
};
const row = (page, id) => page.locator(`[data-request="${id}"]`);

/** Asks through the API, as a pharmacist at another counter; the test at hand is about what follows. */
async function ask(context, url, territoryId, patient) {
  const reply = await context.request.post(`${url}/api/requests`, {
    data: {
      requestId: randomUUID(), territoryId, stream: "gp", eligibility: "NoRegisteredGp", reason: "M03.14", vitalSignsExcluded: true,
      patient: { lastName: patient.lastName, firstName: patient.firstName, birthDate: "1962-05-03", sex: "F", phone: patient.phone },
    },
  });
  assert.equal(reply.status(), 201, await reply.text());
  return (await reply.json()).id;
}

test("a pharmacist asks, the telesecretary sees it live, takes it, books for it, and both see it served", { timeout: 120_000 }, async () => {
  const [pharmacist, tele] = await identitiesFor(server.url, "pharmacist", "teleSecretary");
  const counter = await openDesk(browser, server.url, pharmacist);
  const desk = await openBoard(browser, server.url, tele);
  await toRequests(counter.page);
  await toRequests(desk.page);
  await desk.page.getByText("Aucune demande n’attend.").waitFor();

  // The form: one key, one pasted line, three choices.
  const patient = newPatient();
  await counter.page.keyboard.press("Alt+n");
  const form = counter.page.getByRole("dialog", { name: "Nouvelle demande" });
  await copyText(counter.page, lineOf(patient));
  await form.getByRole("button", { name: /^Coller/ }).click();
  await form.getByText("6 champs remplis").waitFor();
  await form.getByText("Aucun signe vital", { exact: true }).click();
  await form.getByText("Médecin traitant non disponible").click();
  await form.getByRole("combobox", { name: "Motif" }).click();
  await counter.page.keyboard.type("fievre");
  await counter.page.getByRole("option", { name: /Fièvre/ }).waitFor();
  await counter.page.keyboard.press("Enter");
  await form.getByRole("button", { name: "Envoyer la demande" }).click();
  await form.getByText(/1\s+champ est à compléter/).waitFor(); // was the registered GP asked?
  await form.getByText("Oui", { exact: true }).click();
  await form.getByRole("button", { name: "Envoyer la demande" }).click();
  await counter.page.getByText(/Demande envoyée/).waitFor();

  const id = await desk.page.locator("[data-request]").first().getAttribute("data-request"); // live: nobody reloaded
  const [mine, theirs] = [row(counter.page, id), row(desk.page, id)];
  for (const text of ["Fièvre", "Médecin traitant contacté", "À prendre", pharmacist.organization]) await theirs.getByText(text).first().waitFor();
  assert.doesNotMatch(await theirs.innerText(), new RegExp(patient.lastName, "i")); // the patient is asked for, never listed
  assert.match(await theirs.innerText(), /reste\s+4[78]\s+h/);

  await theirs.getByRole("button", { name: /^Prendre/ }).focus();
  await desk.page.keyboard.press("p");
  await theirs.getByText("Entre vos mains").waitFor();
  await mine.getByText(new RegExp(tele.name)).waitFor();

  await theirs.getByRole("button", { name: /^Réserver/ }).focus();
  await desk.page.keyboard.press("r");
  await desk.page.getByTestId("linked-request").getByText(new RegExp(patient.lastName)).waitFor();
  assert.match(desk.page.url(), /filieres=gp/);
  assert.match(desk.page.url(), /commune=44043/);
  assert.doesNotMatch(desk.page.url(), new RegExp(patient.lastName, "i"));
  await desk.page.locator('[data-slot][data-state="free"]').first().waitFor();
  await desk.page.locator(`[data-slot="${await lateSlot(desk.page)}"]`).click();
  const drawer = desk.page.getByRole("dialog");
  await drawer.getByText("Gardé pour vous").waitFor();
  await drawer.getByTestId("linked").waitFor();
  await drawer.getByRole("button", { name: /^Confirmer/ }).click(); // nothing typed twice
  await desk.page.getByTestId("slip").waitFor();
  await mine.getByText("Rendez-vous pris").waitFor();
  await desk.page.getByRole("button", { name: "Terminer" }).click();
  await desk.page.getByRole("heading", { name: "Demandes", exact: true }).waitFor(); // back to what waits
  await theirs.getByText("Rendez-vous pris").waitFor();
  assert.deepEqual([...counter.foreign, ...desk.foreign], []);
  await Promise.all([counter.context.close(), desk.context.close()]);
});

test("unserved in two interactions, and whoever asked sees why", { timeout: 60_000 }, async () => {
  const [pharmacist, tele] = await identitiesFor(server.url, "pharmacist", "teleSecretary");
  const counter = await openBoard(browser, server.url, pharmacist);
  const desk = await openBoard(browser, server.url, tele);
  await toRequests(counter.page);
  await toRequests(desk.page);
  const id = await ask(counter.context, server.url, tele.territories[0], newPatient());
  const theirs = row(desk.page, id);
  await theirs.getByRole("button", { name: /^Sans suite/ }).click();
  await theirs.getByRole("button", { name: "Trop loin" }).click();
  await theirs.getByText(/Sans suite\s*: trop loin/).waitFor();
  await row(counter.page, id).getByText(/Sans suite\s*: trop loin/).waitFor();
  await Promise.all([counter.context.close(), desk.context.close()]);
});

test("two at the desk: one takes it, the other is told, and takes it over with one confirmation", { timeout: 60_000 }, async () => {
  const [pharmacist, tele] = await identitiesFor(server.url, "pharmacist", "teleSecretary");
  const coordinator = await identityFor(server.url, "coordinator");
  const counter = await openBoard(browser, server.url, pharmacist);
  const desk = await openBoard(browser, server.url, tele);
  const cpts = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "fr-FR", serviceWorkers: "block" });
  const page = await cpts.newPage();
  await cpts.request.post(`${server.url}/api/session`, { data: { identity: coordinator.id } });
  await page.goto(`${server.url}/?page=demandes`);
  await page.getByRole("heading", { name: "Demandes", exact: true }).waitFor();
  await toRequests(desk.page);
  const patient = newPatient();
  const id = await ask(counter.context, server.url, tele.territories[0], patient);

  const seen = row(page, id);
  await seen.getByText("À prendre").waitFor();
  assert.equal(await seen.getByRole("button", { name: /Voir le patient/ }).count(), 0); // a coordinator sees no patient…
  await row(desk.page, id).getByRole("button", { name: /^Prendre/ }).click();
  await seen.getByText(new RegExp(tele.name)).waitFor();
  assert.equal(await seen.getByRole("button", { name: /^Prendre/ }).count(), 0);
  await seen.getByRole("button", { name: /^Reprendre/ }).click();
  await seen.getByRole("button", { name: "Reprendre", exact: true }).click();
  await seen.getByText("Entre vos mains").waitFor();
  await seen.getByRole("button", { name: /Voir le patient/ }).click(); // …until the request is in their hands
  await seen.getByTestId("patient").getByText(new RegExp(patient.lastName)).waitFor();
  await row(desk.page, id).getByText(new RegExp(coordinator.name)).waitFor();
  await seen.getByRole("button", { name: /^Rendre/ }).click();
  await row(desk.page, id).getByText("À prendre").waitFor();
  await Promise.all([counter.context.close(), desk.context.close(), cpts.close()]);
});
