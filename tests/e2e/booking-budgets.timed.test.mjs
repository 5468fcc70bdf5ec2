import assert from "node:assert/strict";
import { test } from "node:test";
import { card, confirm, copyText, held, lateSlot, lineOf, newPatient, openDesk, openSlot, pasteAndSay, slowHolds } from "./booking.mjs";
import { commonSlot, identityFor, whenSlotIs } from "./browser.mjs";
import { withBudget } from "./budget.mjs";
import { startSite } from "./site.mjs";

const { server, browser } = startSite();

const desk = async (role) => openDesk(browser, server.url, await identityFor(server.url, role));

/** Loads what a warm page has loaded: the drawer, once. */
async function warm(page) {
  await openSlot(page, await lateSlot(page, 1));
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
}

async function typePatient(hand, page, drawer, patient) {
  await hand.fill(drawer.getByLabel("Nom de naissance"), patient.lastName);
  await hand.fill(drawer.getByLabel("Prénom"), patient.firstName, { reached: "Tab" });
  await hand.fill(drawer.getByLabel("Date de naissance"), "03051962", { reached: "Tab" });
  await hand.click(drawer.getByText("F", { exact: true }));
  await hand.fill(drawer.getByLabel("Téléphone"), patient.phone);
  await sayWhy(hand, page, drawer);
}

async function sayWhy(hand, page, drawer) {
  await hand.click(drawer.getByText("Sans médecin traitant"));
  const reason = drawer.getByRole("combobox", { name: "Motif" });
  await reason.click(); // a part of filling it, counted there; the machine would otherwise type before the field has scrolled into view
  await page.getByRole("option").first().waitFor();
  await hand.fill(reason, "fievre");
  await hand.sees(page.getByRole("option", { name: /Fièvre/ }));
  await hand.press(page, "Tab");
}

/** The slip; when it does not come, what stands in its place is said. */
async function booked(hand, page) {
  await hand.sees(page.getByTestId("slip"), { timeout: 15_000 }).catch(async (error) => {
    const fields = await page.locator("input").evaluateAll((all) => all.map((one) => `${one.name || one.labels?.[0]?.textContent || one.type}=${one.type === "checkbox" || one.type === "radio" ? one.checked : one.value}`));
    throw new Error(`${error.message}\n${await page.getByRole("dialog").allInnerTexts()}\n${fields.join(" · ")}\n${page.answers.join(", ")}`);
  });
}

const confirmButton = (page) => page.getByRole("button", { name: /^Confirmer/ });

test("pharmacist, board to printed slip: 45 s, 12 interactions", { timeout: 60_000 }, async () => {
  const { page, context } = await desk("pharmacist");
  await warm(page);
  const slotId = await lateSlot(page, 4);
  const patient = { ...newPatient(), lastName: newPatient().lastName.slice(0, 10) };
  await withBudget("pharmacist, board to printed slip", { interactions: 12, seconds: 45 }, async (hand) => {
    const drawer = page.getByRole("dialog");
    await hand.click(card(page, slotId));
    await hand.sees({ waitFor: () => held(page, slotId) });
    await hand.press(page, "Space");
    await typePatient(hand, page, drawer, patient);
    await hand.click(confirmButton(page));
    await booked(hand, page);
    await hand.press(page, "Enter");
  });
  assert.equal(await page.evaluate(() => window.prints), 1);
  await context.close();
});

test("pharmacist with a pasted line: 30 s, 8 interactions", { timeout: 60_000 }, async () => {
  const { page, context } = await desk("pharmacist");
  await warm(page);
  const slotId = await lateSlot(page, 5);
  await copyText(page, lineOf(newPatient()));
  await withBudget("pharmacist, pasted line", { interactions: 8, seconds: 30 }, async (hand) => {
    const drawer = page.getByRole("dialog");
    await hand.click(card(page, slotId));
    await hand.sees({ waitFor: () => held(page, slotId) });
    await hand.press(page, "Space");
    await hand.press(page, "Control+V");
    await hand.sees(drawer.getByText("6 champs remplis"));
    await sayWhy(hand, page, drawer);
    await hand.click(confirmButton(page));
    await booked(hand, page);
    await hand.press(page, "Enter");
  });
  assert.equal(await page.evaluate(() => window.prints), 1);
  await context.close();
});

test("regulator, identity already in the file: 25 s, 8 interactions", { timeout: 60_000 }, async () => {
  const { page, context } = await desk("regulator");
  await warm(page);
  const slotId = await lateSlot(page, 6);
  await copyText(page, lineOf(newPatient()));
  await withBudget("regulator, identity in the file", { interactions: 8, seconds: 25 }, async (hand) => {
    const drawer = page.getByRole("dialog");
    await hand.click(card(page, slotId));
    await hand.sees({ waitFor: () => held(page, slotId) });
    await hand.press(page, "Control+V");
    await hand.sees(drawer.getByText("6 champs remplis"));
    await sayWhy(hand, page, drawer);
    await hand.click(confirmButton(page));
    await booked(hand, page);
  });
  await context.close();
});

test("telesecretary, on behalf: 60 s, 14 interactions", { timeout: 60_000 }, async () => {
  const { page, context } = await desk("teleSecretary");
  await warm(page);
  const slotId = await lateSlot(page, 7);
  const patient = newPatient();
  await withBudget("telesecretary, on behalf", { interactions: 14, seconds: 60 }, async (hand) => {
    const drawer = page.getByRole("dialog");
    await hand.click(card(page, slotId));
    await hand.sees({ waitFor: () => held(page, slotId) });
    await hand.fill(drawer.getByRole("combobox", { name: "Pour le compte de" }), "essai un", { reached: "focused" });
    await hand.sees(page.getByRole("option", { name: /Dr Essai Un/ }));
    await hand.press(page, "Tab");
    await hand.press(page, "Space");
    await typePatient(hand, page, drawer, patient);
    await hand.click(confirmButton(page));
    await booked(hand, page);
  });
  await context.close();
});

test("lost race: an alternative by one key, 3 s", { timeout: 60_000 }, async () => {
  const [first, second] = [await desk("pharmacist"), await desk("regulator")];
  await warm(second.page);
  const slotId = await commonSlot([first.page, second.page], 8);
  const letGo = await slowHolds(second.page);
  await card(second.page, slotId).click();
  await openSlot(first.page, slotId);
  await letGo();
  const drawer = second.page.getByRole("dialog");
  await drawer.getByText(/Pharmacie de l'Essai est en train de réserver ce créneau, jusqu’à \d\d:\d\d\./).waitFor();
  await withBudget("lost race", { interactions: 1, seconds: 3 }, async (hand) => {
    await hand.press(second.page, "1");
    await hand.sees(drawer.getByText("Gardé pour vous"));
  });
  await first.context.close();
  await second.context.close();
});

test("cancelling frees the slot everywhere: 20 s, 5 interactions; the patient is named on demand only", { timeout: 90_000 }, async () => {
  const { page, context } = await desk("pharmacist");
  const watching = await desk("regulator");
  const patient = newPatient();
  const slotId = await commonSlot([page, watching.page], 10);
  await openSlot(page, slotId);
  await pasteAndSay(page, patient);
  const booked = page.waitForResponse(/\/bookings$/);
  await confirm(page);
  const { bookingId } = await (await booked).json();
  await page.getByRole("button", { name: "Terminer" }).click();
  await whenSlotIs(watching.page, slotId, ["booked", "gone"]);

  // Warm: the page has been opened once.
  const list = page.waitForResponse(/\/api\/bookings$/);
  await page.getByRole("link", { name: "Mes réservations" }).click();
  assert.ok(!(await (await list).text()).includes(patient.lastName));
  await page.getByRole("heading", { name: "Mes réservations" }).waitFor();
  await page.getByRole("link", { name: "Tableau" }).click();

  const row = page.locator(`li[data-booking="${bookingId}"]`);
  const free = whenSlotIs(watching.page, slotId, ["free"], 20_000);
  await withBudget("cancel", { interactions: 5, seconds: 20 }, async (hand) => {
    await hand.click(page.getByRole("link", { name: "Mes réservations" }));
    await hand.click(row.getByRole("button", { name: /^Annuler le rendez-vous de/ }));
    await hand.click(row.getByText("Réservé par erreur"));
    await hand.click(row.getByRole("button", { name: "Annuler le rendez-vous", exact: true }));
    await hand.sees(page.getByText(/annulé, créneau libéré/));
  });
  await free;
  await page.waitForFunction(() => document.activeElement?.tagName === "H1");
  const cancelled = page.locator('li[data-booking][data-status="cancelled"]').first();
  await cancelled.waitFor();
  assert.match((await cancelled.textContent()) ?? "", /Annulé/);
  assert.match((await cancelled.textContent()) ?? "", /Réservé par erreur/);
  await context.close();
  await watching.context.close();
});

test("“Mes réservations” follows the board and names the patient to those concerned only", { timeout: 90_000 }, async () => {
  const pharmacist = await identityFor(server.url, "pharmacist");
  const list = await openDesk(browser, server.url, pharmacist);
  await list.page.getByRole("link", { name: "Mes réservations" }).click();
  await list.page.getByRole("heading", { name: "Mes réservations" }).waitFor();
  assert.match(list.page.url(), /page=reservations/);
  await list.page.getByRole("heading", { name: /^À venir/ }).waitFor(); // the list has come
  const rows = list.page.locator("li[data-booking]");
  const before = await rows.count();

  // A colleague at the other counter books: it comes without a reload.
  const counter = await openDesk(browser, server.url, pharmacist);
  const patient = newPatient();
  await openSlot(counter.page, await lateSlot(counter.page, 3));
  await pasteAndSay(counter.page, patient);
  await confirm(counter.page);
  await list.page.waitForFunction((n) => document.querySelectorAll("li[data-booking]").length > n, before);
  assert.equal(await list.page.getByText(patient.lastName).count(), 0);

  const newest = list.page.locator('li[data-booking][data-status="booked"]').last();
  await newest.getByRole("button", { name: /^Voir le patient/ }).click();
  await list.page.getByText(patient.lastName).first().waitFor();
  await newest.getByRole("button", { name: /^Masquer/ }).click();
  assert.equal(await list.page.getByText(patient.lastName).count(), 0);

  // Another organisation's list does not hold it.
  const other = await openDesk(browser, server.url, await identityFor(server.url, "generalPractitioner"));
  await other.page.getByRole("link", { name: "Mes réservations" }).click();
  await other.page.getByText("Aucune réservation à venir").waitFor();
  for (const one of [list, counter, other]) {
    assert.deepEqual(one.foreign, []);
    await one.context.close();
  }
});
