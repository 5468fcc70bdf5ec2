import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { freeSlots, identityFor, openBoard } from "./browser.mjs";
import { startSite } from "./site.mjs";

const { server, browser } = startSite();

test("anybody reads the legal pages, and no address is a dead end", { timeout: 60_000 }, async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(server.url);
  for (const name of ["Accessibilité : non conforme", "Mentions légales", "Confidentialité"]) {
    const opened = context.waitForEvent("page");
    await page.getByRole("contentinfo").getByRole("link", { name }).click();
    const legal = await opened;
    await legal.getByRole("heading", { name, level: 1 }).waitFor();
    await legal.getByRole("button", { name: /^Appeler le 15/ }).waitFor();
    await legal.close();
  }
  await page.goto(`${server.url}/nulle-part/du-tout`);
  await page.getByRole("heading", { name: "Cette page n’existe pas." }).waitFor();
  await page.getByRole("link", { name: "Aller au tableau des créneaux" }).click();
  await page.getByRole("heading", { name: "Qui êtes-vous ?" }).waitFor();
  await context.close();
});

test("a page that is not there or not for this role says so and leads back", { timeout: 60_000 }, async () => {
  const { page, context, foreign } = await openBoard(browser, server.url, await identityFor(server.url, "pharmacist"));
  for (const [address, title] of [["?page=agenda", "Cette page n’est pas ouverte à votre rôle."], ["?page=nulle-part", "Cette page n’existe pas."]]) {
    await page.goto(`${server.url}/${address}`);
    await page.getByRole("heading", { name: title }).waitFor();
    await page.getByRole("link", { name: "Aller au tableau des créneaux" }).click();
    await freeSlots(page).first().waitFor();
    assert.ok(!page.url().includes("page="));
  }
  assert.deepEqual(foreign, []);
  await context.close();
});

test("? opens help about the page, not while typing; the focus comes back", { timeout: 60_000 }, async () => {
  const { page, context } = await openBoard(browser, server.url, await identityFor(server.url, "pharmacist"));
  const search = page.getByLabel("Rechercher");
  await search.fill("a");
  await search.press("?");
  assert.equal(await search.inputValue(), "a?");
  assert.equal(await page.getByRole("dialog").count(), 0);
  await search.fill("");

  const slot = freeSlots(page).first();
  await slot.focus();
  const id = await slot.getAttribute("data-slot");
  await page.keyboard.press("?");
  const help = page.getByRole("dialog");
  await help.getByRole("heading", { name: "Aide sur cette page" }).waitFor();
  await help.getByText("Prolonger le créneau gardé").waitFor();
  await page.keyboard.press("Escape");
  await help.waitFor({ state: "detached" });
  await page.waitForFunction((wanted) => document.activeElement?.getAttribute("data-slot") === wanted, id);
  await context.close();
});

test("simulated traffic is said on the ribbon", { timeout: 60_000 }, async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const { id } = await identityFor(server.url, "pharmacist");
  await context.request.post(`${server.url}/api/session`, { data: { identity: id } });
  const session = await (await context.request.get(`${server.url}/api/session`)).json();
  assert.equal(session.traffic, false);
  await page.route("**/api/session", (route) => route.fulfill({ json: { ...session, traffic: true } }));
  await page.goto(server.url);
  await page.getByText("une partie des réservations est simulée").waitFor();
  await context.close();
});

test("the import command says what changed, and which line of a file is wrong", { timeout: 30_000 }, async () => {
  const same = server.importByCommand(new URL("territory.json", import.meta.url).pathname);
  assert.deepEqual([same.status, same.stderr], [0, ""]);
  assert.match(same.stdout, /^essai : territoire inchangé, 0 agenda et 0 personne mis à jour\./);
  const wrong = join(await mkdtemp(join(tmpdir(), "snp-import-")), "wrong.json");
  await writeFile(wrong, JSON.stringify({ id: "essai", name: "" }));
  const refused = server.importByCommand(wrong);
  assert.equal(refused.status, 1);
  assert.match(refused.stderr, /^wrong\.json : .*name/m);
  await rm(dirname(wrong), { recursive: true });
});
