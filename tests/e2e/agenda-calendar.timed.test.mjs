import assert from "node:assert/strict";
import { test } from "node:test";
import { book, dayFromNow, freeOn, identityNamed, openAgenda, timeOf } from "./agenda-people.mjs";
import { AGENDA, NAMES, territoryFile } from "./agenda-territory.mjs";
import { openBoard } from "./browser.mjs";
import { withBudget } from "./budget.mjs";
import { startSite } from "./site.mjs";

const PHONE = { width: 390, height: 844 };
const { server, browser } = startSite(async () => ({ files: [await territoryFile()] }));

const answerTo = (page, path) => page.waitForResponse((answer) => answer.request().method() === "POST" && path.test(answer.url()));

/** Where on screen a time of a day is: slots at 9:00 and 10:00 of that day give the scale. */
async function placeOf(page, day, time) {
  const free = await freeOn(page.context().request, server.url, AGENDA.own, day);
  const [nine, ten] = ["09:00", "10:00"].map((at) => free.find((slot) => timeOf(slot.start) === at));
  const box = async ({ id }) => page.locator(`[data-event="${id}"]`).boundingBox();
  await page.locator(`[data-event="${ten.id}"]`).evaluate((it) => it.scrollIntoView({ block: "start" }));
  const [from, to] = [await box(nine), await box(ten)];
  const [hours, minutes] = time.split(":").map(Number);
  return { x: from.x + from.width / 2, y: from.y + (to.y - from.y) * (hours + minutes / 60 - 9) };
}

/** Resolves with the instant at which a free slot of that time stands on the board. */
const whenFreeAt = (page, time) =>
  page.evaluate(
    (wanted) =>
      new Promise((resolve) => {
        const look = () => [...document.querySelectorAll('[data-slot][data-state="free"]')].some((card) => card.textContent.includes(wanted)) && resolve(Date.now());
        new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
        look();
      }),
    time,
  );

async function drag(page, from, to) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, (from.y + to.y) / 2, { steps: 3 });
  await page.mouse.move(to.x, to.y, { steps: 3 });
  const at = Date.now();
  await page.mouse.up();
  return at;
}

test("a practitioner drags a slot open and the regulator sees it within a second; resized and moved; taken back", { timeout: 90_000 }, async () => {
  const watching = await openBoard(browser, server.url, await identityNamed(server.url, NAMES.regulator));
  const own = await openAgenda(browser, server.url, NAMES.own, "calendar");
  const { page } = own;
  const tomorrow = dayFromNow(1);

  const [from, to] = [await placeOf(page, tomorrow, "11:32"), await placeOf(page, tomorrow, "11:48")];
  const opening = answerTo(page, /\/api\/agendas\/[^/]+\/slots$/);
  const seen = whenFreeAt(watching.page, "11:30");
  const at = await drag(page, from, to);
  const answer = await opening;
  assert.ok(answer.ok(), await answer.text());
  const [slotId] = (await answer.json()).slotIds;
  const openMs = (await seen) - at;
  console.log(`agenda: dragged slot on the regulator's board after ${openMs} ms`);
  assert.ok(openMs < 1_000, `${openMs} ms`);

  const event = page.locator(`[data-event="${slotId}"]`);
  await event.waitFor();
  assert.match(await event.textContent(), /11:30.*Libre/);
  await page.getByText(/^Créneau ouvert/).waitFor();

  // Resize: the lower edge, half an hour further down.
  const box = await event.boundingBox();
  const resizing = answerTo(page, /\/api\/slots\/[^/]+\/resize$/);
  const [half, three] = [await placeOf(page, tomorrow, "11:50"), await placeOf(page, tomorrow, "12:20")];
  const now = await event.boundingBox();
  await drag(page, { x: half.x, y: now.y + now.height - 2 }, { x: half.x, y: now.y + now.height - 2 + (three.y - half.y) });
  const resized = await resizing;
  assert.ok(resized.ok(), await resized.text());
  const longer = (await resized.json()).slotId;
  await page.locator(`[data-event="${longer}"]`).waitFor();
  assert.ok((await page.locator(`[data-event="${longer}"]`).boundingBox()).height > box.height * 1.5);

  // Taken back from the status line: as it was.
  const undoing = answerTo(page, /\/api\/slots\/[^/]+\/resize$/);
  await page.getByRole("button", { name: "Annuler", exact: true }).click();
  assert.ok((await undoing).ok());
  await page.waitForFunction(() => [...document.querySelectorAll("[data-event]")].some((one) => /11:30.*Libre/.test(one.textContent)));
  assert.deepEqual([...watching.foreign, ...own.foreign], [], "requests left the site, or a page error");
  await watching.context.close();
  await own.context.close();
});

test("by keyboard alone: an event opens its panel, the panel moves the slot, focus comes back", { timeout: 60_000 }, async () => {
  const { page, context } = await openAgenda(browser, server.url, NAMES.own, "calendar");
  const day = dayFromNow(2);
  const slot = (await freeOn(context.request, server.url, AGENDA.own, day)).find(({ start }) => timeOf(start) === "11:00");
  const event = page.locator(`[data-event="${slot.id}"]`);
  await event.evaluate((it) => it.closest("[tabindex]").focus());
  await page.keyboard.press("Enter");
  const panel = page.getByRole("complementary", { name: "Créneau choisi" });
  await panel.getByRole("button", { name: "Modifier le créneau de 11:00" }).focus();
  await page.keyboard.press("Enter");
  await panel.getByLabel("Début").fill("12:40");
  const moving = answerTo(page, /\/api\/slots\/[^/]+\/resize$/);
  await panel.getByLabel("Début").press("Enter");
  const moved = await moving;
  assert.ok(moved.ok(), await moved.text());
  const { slotId } = await moved.json();
  await page.locator(`[data-event="${slotId}"]`).filter({ hasText: "12:40" }).waitFor();

  const next = page.locator(`[data-event="${slotId}"]`);
  await next.evaluate((it) => it.closest("[tabindex]").focus());
  await page.keyboard.press("Enter");
  await panel.getByRole("button", { name: "Fermer le panneau" }).waitFor();
  await page.keyboard.press("Escape");
  await page.waitForFunction((id) => document.activeElement?.querySelector(`[data-event="${id}"]`), slotId);
  await context.close();
});

test("budget: two extra slots on a phone, six taps and 20 s", { timeout: 60_000 }, async () => {
  const { page, context } = await openAgenda(browser, server.url, NAMES.own);
  await page.setViewportSize(PHONE);
  await page.evaluate(() => localStorage.removeItem("agenda.vue"));
  await page.reload();
  await page.locator("li[data-slot]").first().waitFor(); // the list is the phone's view
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), PHONE.width, "the page scrolls sideways");
  const opening = answerTo(page, /\/api\/agendas\/[^/]+\/slots$/);
  await withBudget("deux créneaux de plus, au téléphone", { interactions: 6, seconds: 20 }, async (hand) => {
    await hand.click(page.getByRole("button", { name: /^Ouvrir un créneau, / }).nth(1));
    const form = page.getByRole("dialog");
    await hand.click(form.getByText("2 de suite", { exact: true }));
    await hand.click(form.getByRole("button", { name: "Ouvrir", exact: true }));
    await hand.sees(page.getByText("2 créneaux ouverts."));
  });
  assert.equal((await (await opening).json()).slotIds.length, 2);
  await context.close();
});

test("budget: a usual week asks nothing of the practitioner", { timeout: 60_000 }, async () => {
  const { page, context } = await openAgenda(browser, server.url, NAMES.other, "list");
  await withBudget("semaine habituelle", { interactions: 0 }, async (hand) => {
    for (const days of [1, 2, 3, 4, 5]) {
      const free = await freeOn(context.request, server.url, AGENDA.other, dayFromNow(days));
      assert.ok(free.length >= 6, `only ${free.length} slots opened by themselves in ${days} days`);
      await hand.sees(page.locator(`li[data-slot="${free[0].id}"][data-state="free"]`));
    }
  });
  await context.close();
});

test("budget: five outcomes, five taps and 15 s", { timeout: 90_000 }, async () => {
  const own = await openAgenda(browser, server.url, NAMES.own, "list");
  const pharmacy = await openBoard(browser, server.url, await identityNamed(server.url, NAMES.pharmacist));
  // Five short slots that are about to begin: an outcome is recorded after the start only.
  const soon = Date.now() + 12_000;
  const slots = Array.from({ length: 5 }, (_, i) => ({ start: new Date(soon + i * 1_000).toISOString(), end: new Date(soon + (i + 1) * 1_000).toISOString(), mode: "surgery", minNotice: 0 }));
  const opened = await own.context.request.post(`${server.url}/api/agendas/${AGENDA.own}/slots`, { data: { requestId: crypto.randomUUID(), slots } });
  assert.ok(opened.ok(), await opened.text());
  const { slotIds } = await opened.json();
  for (const id of slotIds) await book(pharmacy.context.request, server.url, id);
  await own.page.locator(`li[data-slot="${slotIds[4]}"][data-over]`).waitFor({ timeout: 30_000 });

  await withBudget("cinq issues", { interactions: 5, seconds: 15 }, async (hand) => {
    for (const [i, id] of slotIds.entries()) {
      const name = i === 2 ? "Non honoré" : "Honoré";
      await hand.click(own.page.locator(`li[data-slot="${id}"]`).getByRole("button", { name, exact: true }));
      await hand.sees(own.page.locator(`li[data-slot="${id}"]`).getByRole("button", { name, exact: true, pressed: true }));
    }
  });
  await own.context.close();
  await pharmacy.context.close();
});
