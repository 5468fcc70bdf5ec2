import assert from "node:assert/strict";
import { test } from "node:test";
import { freeSlots, identityFor, openBoard, whenAnswered } from "./browser.mjs";
import { startWire } from "./server.mjs";
import { startSite } from "./site.mjs";

const { server, browser } = startSite();

/** A whole board is kept: its head is written last. */
const kept = (page) => whenAnswered(page, async () => {
  if (!(await indexedDB.databases()).some(({ name }) => name === "snp-board")) return false;
  return new Promise((resolve) => {
    const open = indexedDB.open("snp-board");
    open.onerror = () => resolve(false);
    open.onsuccess = () => {
      const head = open.result.transaction("kept").objectStore("kept").getKey("head");
      head.onsuccess = () => (open.result.close(), resolve(head.result !== undefined));
    };
  });
});
const workerReady = (page) => whenAnswered(page, () => navigator.serviceWorker.ready.then(({ active }) => active?.state === "activated"));

for (const [name, breakLink, mendLink] of [
  ["the network is off", ({ context }) => context.setOffline(true), ({ context }) => context.setOffline(false)],
  ["the server is gone", ({ wire }) => wire.cut(), ({ wire }) => wire.mend()],
]) {
  test(`opened while ${name}: the last board, its age and the telephone numbers; back by itself`, { timeout: 90_000 }, async () => {
    const wire = await startWire(server.url);
    const { page, context } = await openBoard(browser, wire.url, await identityFor(server.url, "pharmacist"), "", { serviceWorkers: "allow" });
    await workerReady(page);
    await kept(page);
    const free = await freeSlots(page).count();

    await breakLink({ wire, context });
    await page.reload();
    await page.getByRole("heading", { name: "Dernier tableau connu" }).waitFor();
    await page.getByText(/Créneaux libres à \d\d:\d\d:\d\d, il y a \d+ s/).waitFor();
    const rows = page.getByRole("row");
    assert.ok((await rows.count()) - 1 >= free / 2, `${await rows.count()} rows for ${free} free slots`); // the board also shows what is beyond
    assert.match((await rows.nth(1).getByRole("link").getAttribute("href")) ?? "", /^tel:\+?\d+$/);
    assert.equal(await page.getByRole("button", { name: /\bLibre\b|Réserver/ }).count(), 0, "something can be booked");
    await page.getByRole("button", { name: /^Appeler le 15/ }).waitFor();

    const stored = await page.evaluate(
      () =>
        new Promise((resolve, reject) => {
          const open = indexedDB.open("snp-board");
          open.onerror = () => reject(open.error);
          open.onsuccess = () => {
            const all = open.result.transaction("kept").objectStore("kept").getAll();
            all.onsuccess = () => resolve(JSON.stringify(all.result));
          };
        }),
    );
    assert.match(stored, /"slot":/);
    for (const word of ["lastName", "birthDate", "patient"]) assert.ok(!stored.includes(`"${word}"`), `${word} is kept in the browser`);
    const cached = await page.evaluate(async () => {
      const urls = [];
      for (const name of await caches.keys()) for (const { url } of await (await caches.open(name)).keys()) urls.push(new URL(url).pathname);
      return urls;
    });
    assert.ok(cached.includes("/index.html"));
    assert.deepEqual(cached.filter((path) => /^\/(api|hubs)/.test(path)), [], "answers of the server are cached");

    await mendLink({ wire, context });
    await freeSlots(page).first().waitFor({ timeout: 20_000 });
    await context.close();
    await wire.stop();
  });
}

test("a lost link leads to the telephone numbers; leaving forgets the board", { timeout: 60_000 }, async () => {
  const wire = await startWire(server.url);
  const { page, context } = await openBoard(browser, wire.url, await identityFor(server.url, "pharmacist"), "", { serviceWorkers: "allow" });
  await workerReady(page);
  await kept(page);
  wire.cut();
  await page.getByRole("button", { name: "Téléphones des cabinets, à imprimer" }).click();
  await page.getByRole("heading", { name: "Dernier tableau connu" }).waitFor();
  await page.getByRole("row").nth(1).waitFor();
  wire.mend();
  await page.getByText("La liaison est rétablie").waitFor({ timeout: 20_000 });
  await page.getByRole("button", { name: "Revenir au tableau" }).click();
  await freeSlots(page).first().waitFor();
  await page.getByRole("button", { name: "Changer d’identité" }).click();
  await page.getByRole("heading", { name: "Qui êtes-vous ?" }).waitFor();
  wire.cut();
  await page.reload().catch(() => undefined);
  await page.getByText("Le serveur ne répond pas").waitFor();
  assert.equal(await page.getByRole("row").count(), 0);
  await context.close();
  await wire.stop();
});

for (const minutes of [-10, 10]) {
  test(`a clock ${Math.abs(minutes)} min ${minutes < 0 ? "slow" : "fast"} changes neither the time shown nor a hold`, { timeout: 60_000 }, async () => {
    const { page, context } = await openBoard(browser, server.url, await identityFor(server.url, "pharmacist"), "", {
      before: (page_) => page_.addInitScript((skew) => {
        const RealDate = Date;
        globalThis.Date = class extends RealDate {
          constructor(...given) {
            if (given.length === 0) super(RealDate.now() + skew);
            else super(...given);
          }
          static now() {
            return RealDate.now() + skew;
          }
        };
      }, minutes * 60_000),
    });
    assert.ok(Math.abs((await page.evaluate(() => Date.now())) - Date.now() - minutes * 60_000) < 30_000, "the clock is not skewed");
    await page.waitForTimeout(1_500); // the clock on the page goes on by the second
    const [, hour, minute, second] = /(\d\d):(\d\d):(\d\d)/.exec((await page.getByTestId("link").textContent()) ?? "") ?? [];
    const paris = new Intl.DateTimeFormat("fr-FR", { timeZone: "Europe/Paris", hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(new Date());
    const [h, m, s] = paris.split(":").map(Number);
    const apart = Math.abs(Number(hour) * 3600 + Number(minute) * 60 + Number(second) - (h * 3600 + m * 60 + s));
    assert.ok(Math.min(apart, 86_400 - apart) <= 3, `the page says ${hour}:${minute}:${second}, it is ${paris}`);

    await freeSlots(page).last().click();
    const countdown = await page.getByRole("timer").first().textContent();
    const [left, rest] = (countdown ?? "").split(":").map(Number);
    assert.ok(left * 60 + rest > 150 && left * 60 + rest <= 180, `a hold of three minutes shows ${countdown}`);
    await context.close();
  });
}
