import assert from "node:assert/strict";
import { test } from "node:test";
import { identityFor, openBoard, whenSlotIs } from "./browser.mjs";
import { startSite } from "./site.mjs";

const { server, browser } = startSite();

/** The list view: what the calendar does, without a pointer. */
async function asList(page) {
  await page.getByText("Liste", { exact: true }).click();
  await page.locator("li[data-slot]").first().waitFor();
}

const accepted = (page, path) => page.waitForResponse((answer) => answer.request().method() === "POST" && path.test(answer.url()) && answer.ok());

test("a practitioner opens a slot and the regulator sees it within a second; withdrawn, it goes", { timeout: 90_000 }, async () => {
  const watching = await openBoard(browser, server.url, await identityFor(server.url, "regulator"), "?filieres=gp");
  const own = await openBoard(browser, server.url, await identityFor(server.url, "generalPractitioner"));

  await own.page.getByRole("link", { name: "Mon agenda" }).focus();
  await own.page.keyboard.press("Enter");
  await own.page.getByRole("heading", { name: "Mon agenda" }).waitFor();
  assert.match(own.page.url(), /page=agenda/);
  await own.page.reload();
  await asList(own.page);

  // The test territory's templates leave ten minutes free before each half hour.
  await own.page.getByRole("button", { name: "Ouvrir un créneau", exact: true }).click();
  const form = own.page.getByRole("dialog");
  await form.getByLabel("Jour").selectOption({ label: "Demain" });
  await form.getByLabel("Début").fill("12:10");
  await form.getByText("10 min", { exact: true }).click();
  await form.getByRole("button", { name: "Ouvrir", exact: true }).click();
  await form.getByText("Un autre créneau occupe ce temps").waitFor(); // said before anything is sent

  await form.getByLabel("Début").fill("12:20");
  const opening = accepted(own.page, /\/api\/agendas\/[^/]+\/slots$/);
  const seen = watching.page.evaluate(
    () =>
      new Promise((resolve) => {
        const look = () => [...document.querySelectorAll('[data-slot][data-state="free"]')].some((card) => card.textContent.includes("12:20")) && resolve(Date.now());
        new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
        look();
      }),
  );
  const pressed = await own.page.evaluate(() => {
    const at = Date.now();
    document.querySelector("[role=dialog] button[type=submit]").click();
    return at;
  });
  const [slotId] = (await (await opening).json()).slotIds;
  const openMs = (await seen) - pressed;
  assert.match((await watching.page.locator(`[data-slot="${slotId}"]`).textContent()) ?? "", /12:20.*Libre/);

  const line = own.page.locator(`li[data-slot="${slotId}"]`);
  await line.waitFor();
  const gone = whenSlotIs(watching.page, slotId, ["withdrawn", "gone"]);
  const at = Date.now();
  await line.getByRole("button", { name: "Retirer le créneau de 12:20" }).click();
  const goneMs = (await gone) - at;
  await own.page.locator(`li[data-slot="${slotId}"][data-state="withdrawn"]`).waitFor();
  await own.page.waitForFunction((id) => document.activeElement?.getAttribute("data-slot") === id, slotId);

  console.log(`agenda: opened slot on the regulator's board after ${openMs} ms, withdrawn after ${goneMs} ms`);
  assert.ok(openMs < 1_000, `opening took ${openMs} ms`);
  assert.ok(goneMs < 1_000, `withdrawing took ${goneMs} ms`);
  assert.deepEqual([...watching.foreign, ...own.foreign], [], "requests left the site, or a page error");
  await watching.context.close();
  await own.context.close();
});

test("a slot that is being booked is withdrawn only after a warning", { timeout: 60_000 }, async () => {
  const practitioner = await identityFor(server.url, "generalPractitioner");
  const booking = await openBoard(browser, server.url, await identityFor(server.url, "pharmacist"), `?filieres=gp&q=${encodeURIComponent(practitioner.name)}`);
  const own = await openBoard(browser, server.url, practitioner);
  await own.page.getByRole("link", { name: "Mon agenda" }).click();
  await asList(own.page);
  await booking.page.getByRole("button", { name: /\bLibre\b/ }).last().click();
  await booking.page.getByText("Gardé pour vous").waitFor();
  const held = own.page.locator('li[data-slot][data-state="held"]');
  await held.waitFor(); // seen without a reload
  const slotId = await held.getAttribute("data-slot");

  const line = own.page.locator(`li[data-slot="${slotId}"]`);
  await line.getByRole("button", { name: /^Retirer le créneau/ }).click();
  await line.getByText(/est en train de réserver ce créneau/).waitFor();
  assert.equal(await line.getAttribute("data-state"), "held");
  const gone = whenSlotIs(booking.page, slotId, ["withdrawn", "gone"]);
  await line.getByRole("button", { name: "Retirer quand même" }).click();
  await gone;
  await own.page.locator(`li[data-slot="${slotId}"][data-state="withdrawn"]`).waitFor();
  await booking.context.close();
  await own.context.close();
});
