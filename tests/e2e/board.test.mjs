import assert from "node:assert/strict";
import { test } from "node:test";
import { freeSlots, identitiesFor, identityFor, openBoard, whenSlotIs } from "./browser.mjs";
import { withBudget } from "./budget.mjs";
import { signIn } from "./client.mjs";
import { startSite } from "./site.mjs";
import { twoPlaces } from "./territories.mjs";

let territory;
let regulator;
let pharmacist;
/** Held at the start and never touched: it ends while the other tests run. */
let left;
const { server, browser } = startSite(
  async () => {
    territory = await twoPlaces();
    return { files: [territory.file] };
  },
  async () => {
    [regulator, pharmacist] = await identitiesFor(server.url, "regulator", "pharmacist");
    const person = await signIn(server.url, pharmacist);
    const slot = (await person.board(territory.id)).filter(({ state }) => state === "free").at(40);
    left = { slot, ...(await person.hold(slot.id)) };
  },
);

const resized = (page, width, height) => page.setViewportSize({ width, height });
const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
const choose = async (page, label, typed, option) => {
  await page.getByRole("combobox", { name: label }).click();
  await page.keyboard.type(typed);
  await page.getByRole("option", { name: option }).click();
};
/** What of the board the address must bring back. */
const shown = (page) =>
  page.evaluate(() => ({
    slots: [...document.querySelectorAll("tr[data-state] th")].map((cell) => cell.textContent),
    fields: [...document.querySelectorAll("[data-toolbar] :is(input:not([type=radio]), select)")].map((field) => field.value),
    pressed: [...document.querySelectorAll("[data-toolbar] [aria-pressed=true]")].map((chip) => chip.textContent.replace(/\d.*/, "")),
    checked: [...document.querySelectorAll("input[type=radio]:checked")].map((radio) => radio.parentElement.textContent),
    address: location.search,
  }));

test("filters narrow the board, stand in the address and survive a reload", { timeout: 90_000 }, async () => {
  const { page, context, foreign } = await openBoard(browser, server.url, regulator);
  await choose(page, "Commune du patient", "clisson", /Clisson/);
  await page.locator("[data-proposal]").first().waitFor();
  assert.match(await page.locator("[data-proposal]").first().textContent(), /\d\d:\d\d · (0,0|8,3)\skm/);
  await page.getByText(/Ordre\s: au plus tôt, puis au plus près de Clisson, puis partage équitable. Le patient choisit/).waitFor();

  await page.getByLabel("Distance").selectOption("5");
  await page.waitForFunction(() => !document.querySelector("#creneaux").textContent.includes("Vallet"));
  await page.getByLabel("Distance").selectOption("10");
  await page.waitForFunction(() => /Vallet/.test(document.querySelector("#creneaux").textContent));
  await page.getByText("Au plus près", { exact: true }).click();
  await page.getByText(/Ordre\s: au plus près de Clisson, puis au plus tôt/).waitFor();
  await choose(page, "Praticien", "deux", /Deux/);
  await choose(page, "Lieu", "vallet", /Cabinet de Vallet/);
  await page.getByLabel("Rechercher").fill("vallet");
  await page.getByRole("button", { name: /^Médecine générale/ }).click();
  await page.getByLabel("Mode", { exact: true }).selectOption("surgery");
  await page.getByText("Tout", { exact: true }).click();
  await page.getByText("Liste", { exact: true }).click();
  await page.locator("tr[data-state] th").filter({ hasText: /8,3\skm/ }).first().waitFor();

  const before = await shown(page);
  assert.ok(before.slots.length > 5 && before.slots.every((text) => /8,3\skm/.test(text)), before.slots.join());
  for (const part of ["commune=44043", "km=10", "ordre=distance", "praticien=", "lieu=Cabinet", "q=vallet", "filieres=gp", "modes=surgery", "delai=tout", "vue=liste"])
    assert.ok(before.address.includes(part), `${part} is missing in ${before.address}`);
  await page.reload();
  await page.getByRole("combobox", { name: "Lieu" }).waitFor();
  await page.locator("tr[data-state] th").filter({ hasText: /8,3\skm/ }).first().waitFor();
  const { slots, ...again } = await shown(page);
  const { slots: earlier, ...asked } = before;
  assert.deepEqual(again, asked);
  assert.ok(earlier.slice(1).every((slot) => slots.includes(slot)), "other slots"); // the first may have begun meanwhile

  await page.getByRole("button", { name: "Effacer les filtres" }).click();
  await page.waitForFunction(() => /Essai|Vigne/.test(document.querySelector("#creneaux").textContent) && !location.search.includes("praticien"));
  assert.match(page.url(), /commune=44043/, "the patient still lives there");
  assert.deepEqual([...foreign], [], "requests left the site, or a page error");
  await context.close();
});

test("the order among equals is the server's turn, told without any count", { timeout: 30_000 }, async () => {
  const turns = await (await signIn(server.url, regulator)).turns("vigne");
  assert.equal(turns.length, 2);
  for (const turn of turns) assert.deepEqual(Object.keys(turn).sort(), ["agendaId", "turn"]);
});

test("a card that leaves the board under the focus hands it to its neighbour", { timeout: 60_000 }, async () => {
  const { page, context } = await openBoard(browser, server.url, regulator);
  const practitioner = await identityFor(server.url, "generalPractitioner");
  await page.getByLabel("Rechercher").fill(practitioner.name);
  await page.waitForFunction((name) => [...document.querySelectorAll("#creneaux [data-slot]")].every((card) => card.textContent.includes(name)), practitioner.name);
  const card = page.locator("#creneaux [data-slot][data-state=free]").nth(4);
  const id = await card.getAttribute("data-slot");
  await card.focus();
  await (await signIn(server.url, practitioner)).withdraw(id);
  await page.locator(`[data-slot="${id}"][data-state="withdrawn"]`).getByText("Retiré").waitFor(); // stays a moment, under the hand
  assert.equal(await page.evaluate(() => document.activeElement.dataset.slot), id);
  await whenSlotIs(page, id, ["gone"]);
  await page.waitForFunction(() => document.activeElement?.dataset.slot);
  await context.close();
});

test("a phone shows its first card in the upper half, search and counters above it, and the foot in one line", { timeout: 60_000 }, async () => {
  const { page, context } = await openBoard(browser, server.url, pharmacist, "", { viewport: { width: 390, height: 844 } });
  const top = await page.locator("button[data-slot]").first().evaluate((card) => card.getBoundingClientRect().top + scrollY);
  assert.ok(top <= 400, `the first card starts at ${top} px`); // 360 px where the order takes two lines
  for (const part of [page.getByLabel("Rechercher"), page.getByTestId("free-24"), page.getByRole("button", { name: "Filtres" }), page.getByRole("button", { name: /^Appeler le 15/ })]) {
    assert.ok((await part.boundingBox()).y < top, `${part} stands below the first card`);
  }
  const lines = await page.locator("footer").evaluate((foot) => new Set([...foot.querySelectorAll("a, button")].map((one) => Math.round(one.getBoundingClientRect().top))).size);
  assert.equal(lines, 1);
  await context.close();
});

test("a phone shows everything without a sideways scroll, and so does text at 200 %", { timeout: 90_000 }, async () => {
  for (const [width, height] of [[390, 844], [720, 450], [320, 640]]) {
    const { page, context } = await openBoard(browser, server.url, regulator, "?commune=44043&etats=tous&delai=tout");
    await resized(page, width, height);
    await freeSlots(page).first().waitFor();
    assert.equal(await overflow(page), 0, `columns at ${width} px`);
    await page.getByRole("button", { name: "Filtres", exact: true }).click();
    await page.getByRole("combobox", { name: "Praticien" }).waitFor();
    assert.equal(await overflow(page), 0, `filters at ${width} px`);
    await page.getByText("Liste", { exact: true }).click();
    await page.getByRole("button", { name: /^Réserver/ }).first().waitFor();
    assert.equal(await overflow(page), 0, `list at ${width} px`);
    await context.close();
  }
});

test("no slot suits: told in two interactions, without identity", { timeout: 60_000 }, async () => {
  const { page, context } = await openBoard(browser, server.url, pharmacist);
  await page.getByRole("combobox", { name: "Commune du patient" }).waitFor(); // the page is warm
  for (const why of ["Aucun créneau", "Trop loin", "Trop tard", "Refusé par le patient"]) {
    const sent = page.waitForRequest((request) => request.url().endsWith("/api/requests/unserved"));
    await withBudget(`aucun créneau ne convient (${why})`, { interactions: 2, seconds: 10 }, async (hand) => {
      await hand.click(page.getByRole("button", { name: "Aucun créneau ne convient" }));
      await hand.click(page.getByRole("dialog").getByRole("button", { name: why, exact: true }));
      await hand.sees(page.getByText("Demande sans solution enregistrée."));
    });
    const body = (await sent).postDataJSON();
    assert.deepEqual(Object.keys(body).sort(), ["eligibility", "reason", "reasonNotServed", "requestId", "stream", "territoryId"]);
    await page.waitForFunction(() => document.activeElement?.textContent === "Aucun créneau ne convient");
    await page.reload();
    await freeSlots(page).first().waitFor();
  }
  await context.close();
});

test("a hold that nobody ends is over at its time, on another screen and without a message", { timeout: 180_000 }, async () => {
  const { page, context } = await openBoard(browser, server.url, regulator, "?delai=tout&etats=tous");
  const until = Date.parse(left.until);
  const card = page.locator(`[data-slot="${left.slot.id}"]`);
  await page.getByLabel("Rechercher").fill(left.slot.practitioner.name);
  if (Date.now() < until - 2_000) {
    await page.waitForFunction((id) => document.querySelector(`[data-slot="${CSS.escape(id)}"]`)?.dataset.state === "held", left.slot.id);
    assert.match(await card.textContent(), /En cours de réservation \(par .+\)/);
    const free = await whenSlotIs(page, left.slot.id, ["free"], until - Date.now() + 10_000);
    console.log(`hold expiry: shown ${free - until} ms after its end`);
    assert.ok(free >= until - 500 && free < until + 2_000, `shown ${free - until} ms after its end`);
  } else await whenSlotIs(page, left.slot.id, ["free"]);
  await context.close();
});
