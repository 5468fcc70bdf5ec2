import assert from "node:assert/strict";
import { test } from "node:test";
import { freeSlots, identityFor, openBoard } from "./browser.mjs";
import { startSite } from "./site.mjs";

const IDLE_S = 24; // longer than what the page takes for somebody at it
const { server, browser } = startSite({ more: `--Sessions:Idle 00:00:${IDLE_S} --Sessions:RenewAfter 00:00:01` });

test("the end of a session is warned, one action stays; when it bites nothing typed is lost", { timeout: 120_000 }, async () => {
  const { page, context } = await openBoard(browser, server.url, await identityFor(server.url, "pharmacist"));
  await freeSlots(page).last().click();
  const name = page.getByLabel("Nom de naissance");
  await name.fill("Essai");

  const stay = page.getByRole("button", { name: "Rester connecté" });
  await stay.waitFor({ timeout: IDLE_S * 1_000 });
  const renewed = page.waitForResponse((answer) => answer.url().endsWith("/api/session") && answer.ok());
  await stay.click();
  assert.match((await renewed).headers()["x-snp-session"], new RegExp(`^${IDLE_S} `));
  await stay.waitFor({ state: "detached" });
  assert.equal(await name.inputValue(), "Essai");

  await page.getByRole("heading", { name: "Votre session est terminée" }).waitFor({ timeout: 3 * IDLE_S * 1_000 });
  await page.keyboard.press("Escape"); // not a way around
  const again = page.getByRole("button", { name: /^Rouvrir ma session/ });
  await page.keyboard.press("F8");
  await page.getByRole("alertdialog").getByRole("heading", { name: "Appelez le 15" }).waitFor(); // above that too
  await page.keyboard.press("Escape");
  await again.click();
  await again.waitFor({ state: "detached" });
  assert.equal(await name.inputValue(), "Essai");
  await freeSlots(page).first().waitFor({ timeout: 20_000 });
  await context.close();
});
