import assert from "node:assert/strict";
import { test } from "node:test";
import { commonSlot, freeSlots, identitiesFor, identityFor, openBoard, whenSlotIs } from "./browser.mjs";
import { withBudget } from "./budget.mjs";
import { startSite } from "./site.mjs";

const KEY = "F8";
const LIMIT_MS = 100;
const UNDO_MS = 5_000;
const { server, browser } = startSite();

const screenOf = (page) => page.getByRole("alertdialog");

/** Milliseconds from the key's event to the frame in which the screen covers the window: the middle of several presses, each undone. */
async function pressToScreen(page, presses = 5) {
  await page.evaluate(() => {
    const watched = window.shownAfter !== undefined;
    window.shownAfter = [];
    if (watched) return;
    window.addEventListener("keydown", (event) => {
      if (event.key !== "F8") return;
      const look = () => {
        const box = document.querySelector("dialog[open]")?.getBoundingClientRect();
        if (box && box.width >= innerWidth && box.height >= innerHeight) requestAnimationFrame(() => window.shownAfter.push(performance.now() - event.timeStamp));
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    }, true);
  });
  for (let i = 1; i <= presses; i++) {
    await page.keyboard.press(KEY);
    await page.waitForFunction((n) => window.shownAfter.length === n, i);
    await page.keyboard.press("Escape");
    await screenOf(page).waitFor({ state: "detached" });
  }
  return (await page.evaluate(() => window.shownAfter)).sort((a, b) => a - b)[Math.floor(presses / 2)];
}

test("one key shows what to do within 100 ms, network or not; it can be undone, and nothing is told then", { timeout: 90_000 }, async () => {
  const { page, context, foreign } = await openBoard(browser, server.url, await identityFor(server.url, "pharmacist"));
  const told = [];
  page.on("request", (request) => request.url().endsWith("/api/emergencies") && told.push(request.url()));

  const online = await pressToScreen(page);
  await context.setOffline(true);
  const offline = await pressToScreen(page);
  console.log(`emergency: shown ${online.toFixed(0)} ms after the key, ${offline.toFixed(0)} ms with the network off`);
  assert.ok(online < LIMIT_MS && offline < LIMIT_MS, `${online} ms online, ${offline} ms offline`);

  await page.keyboard.press(KEY);
  const screen = screenOf(page);
  await screen.getByRole("heading", { name: "Appelez le 15" }).waitFor();
  assert.equal(await screen.getByRole("link", { name: "Composer le 15" }).getAttribute("href"), "tel:15");
  await screen.getByRole("button", { name: /^Annuler/ }).click();
  await screen.waitFor({ state: "detached" });
  await context.setOffline(false);
  await freeSlots(page).first().waitFor({ timeout: 20_000 });
  await page.waitForTimeout(UNDO_MS + 500);
  assert.deepEqual(told, [], "an undone press was told");
  assert.deepEqual(foreign, []);
  await context.close();
});

test("what was pressed offline is recorded exactly once, although the first answer is lost", { timeout: 90_000 }, async () => {
  const { page, context } = await openBoard(browser, server.url, await identityFor(server.url, "pharmacist"));
  await context.setOffline(true);
  await page.getByRole("button", { name: /^Appeler le 15/ }).click();
  await screenOf(page).getByText("sera enregistré dès que le serveur répondra").waitFor({ timeout: UNDO_MS + 10_000 });

  const answers = [];
  await page.route("**/api/emergencies", async (route) => {
    const answer = await route.fetch();
    answers.push({ asked: route.request().postDataJSON(), told: await answer.json(), status: answer.status() });
    if (answers.length === 1) await route.abort("connectionreset"); // it was recorded, and nobody knows
    else await route.fulfill({ response: answer });
  });
  await context.setOffline(false);
  await screenOf(page).getByText("Passage en urgence enregistré").waitFor({ timeout: 20_000 });
  assert.ok(answers.length >= 2, "the lost answer was not asked for again");
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([201]));
  assert.equal(new Set(answers.map(({ asked }) => asked.requestId)).size, 1);
  assert.equal(new Set(answers.map(({ told }) => `${told.emergencyId} ${told.recordedAt}`)).size, 1, "recorded twice");
  assert.ok(answers[0].told.raisedAt < answers[0].told.recordedAt);

  const found = await page.evaluate((id) => fetch(`/api/commands/${id}`).then((answer) => answer.json()), answers[0].asked.requestId);
  assert.equal(found.answer.emergencyId, answers[0].told.emergencyId);
  const sentAgain = answers.length;
  await screenOf(page).getByRole("button", { name: "Fermer cet écran" }).click();
  await page.reload();
  await freeSlots(page).first().waitFor();
  assert.equal(answers.length, sentAgain, "sent again after it was acknowledged");
  await context.close();
});

test("a press that stands frees the slot in hand; an undone one leaves slot and typing", { timeout: 90_000 }, async () => {
  const [regulator, pharmacist] = await identitiesFor(server.url, "regulator", "pharmacist");
  const theirs = pharmacist.territories.find((id) => regulator.territories.includes(id));
  const query = `?territoires=${theirs}&filieres=gp&modes=surgery`;
  const watching = await openBoard(browser, server.url, regulator, query);
  const booking = await openBoard(browser, server.url, pharmacist, query);
  const slotId = await commonSlot([booking.page, watching.page]);
  await booking.page.locator(`[data-slot="${slotId}"]`).click();
  await whenSlotIs(watching.page, slotId, ["held"]);
  const name = booking.page.getByLabel("Nom de naissance");
  await name.fill("Essai");

  await booking.page.keyboard.press(KEY);
  await screenOf(booking.page).waitFor();
  assert.ok(await booking.page.evaluate(() => document.querySelector("dialog[open]").contains(document.activeElement)), "the focus is not on the screen");
  await booking.page.keyboard.press("Escape");
  await screenOf(booking.page).waitFor({ state: "detached" });
  assert.equal(await name.inputValue(), "Essai");
  assert.ok(await name.evaluate((field) => field === document.activeElement), "the focus did not come back");
  assert.equal(await watching.page.locator(`[data-slot="${slotId}"]`).getAttribute("data-state"), "held");

  const freed = whenSlotIs(watching.page, slotId, ["free"], UNDO_MS + 8_000);
  await booking.page.keyboard.press(KEY);
  await freed;
  await screenOf(booking.page).getByText("Passage en urgence enregistré").waitFor();
  assert.equal(await name.count(), 0, "the file is still there to be booked");
  await watching.context.close();
  await booking.context.close();
});

test("inside the SAS one transfers; before sign-in and over a dialog the key works too", { timeout: 60_000 }, async () => {
  const { page, context } = await openBoard(browser, server.url, await identityFor(server.url, "regulator"));
  assert.equal(await page.getByRole("button", { name: /Appeler le 15/ }).count(), 0);
  await page.getByRole("button", { name: "Aucun créneau ne convient" }).click();
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press(KEY);
  await screenOf(page).getByRole("heading", { name: "Transférez à l’AMU" }).waitFor();
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => document.querySelector("dialog[open]").contains(document.activeElement)), "the dialog below took the focus");
  await screenOf(page).getByRole("button", { name: /^Annuler/ }).click();
  await screenOf(page).waitFor({ state: "detached" });
  await page.getByRole("dialog").getByRole("button", { name: "Annuler" }).waitFor(); // the dialog below still stands
  await context.close();

  const anonymous = await browser.newPage();
  await anonymous.goto(server.url);
  await anonymous.getByRole("button", { name: /^Appeler le 15/ }).waitFor();
  await anonymous.keyboard.press(KEY);
  await screenOf(anonymous).getByRole("heading", { name: "Appelez le 15" }).waitFor();
  await anonymous.close();
});

test("budget: a shared counter computer, locked and opened again: 5 s, 2 interactions; F8 works locked", { timeout: 90_000 }, async () => {
  const { page, context, foreign } = await openBoard(browser, server.url, await identityFor(server.url, "pharmacist"));
  await page.goto(`${server.url}/?page=compte`);
  await page.getByRole("button", { name: "Choisir un code PIN" }).click();
  await page.getByLabel(/^Nouveau code PIN/).fill("2580");
  await page.getByLabel("Encore une fois").fill("2580");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await page.getByRole("button", { name: "Ce poste est partagé" }).click();
  await page.getByText("Ce poste est partagé.").waitFor();
  await page.getByRole("link", { name: "Tableau" }).click();
  await freeSlots(page).last().click();
  const name = page.getByLabel("Nom de naissance");
  await name.fill("Essai");

  const locked = page.getByRole("heading", { name: "Poste verrouillé" });
  const pin = page.getByLabel(/^Code PIN de/);
  await withBudget("verrouiller, rouvrir", { interactions: 2, seconds: 5 }, async (hand) => {
    await hand.press(page, "F9");
    await hand.sees(pin);
    await hand.fill(pin, "2580", { reached: "focused" });
    await hand.sees(locked, { state: "detached" });
  });
  await page.getByTestId("link").filter({ hasText: "En direct" }).waitFor({ timeout: 3_000 });
  assert.equal(await name.inputValue(), "Essai"); // nothing that was typed is lost

  await page.keyboard.press("F9");
  await pin.fill("1470");
  await page.getByRole("alert").getByText(/n’est pas le code PIN/).waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape"); // not a way around
  assert.equal((await context.request.get(`${server.url}/api/territories`)).status(), 423);
  await page.keyboard.press("F8");
  await page.getByRole("alertdialog").getByRole("heading", { name: "Appelez le 15" }).waitFor();
  await page.keyboard.press("Escape");
  await page.reload(); // neither
  await locked.waitFor();
  await pin.fill("2580");
  await freeSlots(page).first().waitFor();
  assert.deepEqual(foreign, []);
  await context.close();
});
