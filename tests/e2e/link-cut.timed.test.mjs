import assert from "node:assert/strict";
import { test } from "node:test";
import { freeSlots, identityFor, openBoard } from "./browser.mjs";
import { startWire } from "./server.mjs";
import { startSite } from "./site.mjs";

const LIMIT_MS = 3_000;
const { server, browser } = startSite();

for (const [name, breakLink, mendLink] of [
  ["the server is gone", ({ wire }) => wire.cut(), ({ wire }) => wire.mend()],
  ["the line is silent", ({ wire }) => wire.freeze(), ({ wire }) => wire.mend()],
  ["the network is off", ({ context }) => context.setOffline(true), ({ context }) => context.setOffline(false)],
]) {
  test(`${name}: banner within 3 s, no slot offered, back by itself`, { timeout: 60_000 }, async () => {
    const wire = await startWire(server.url);
    const { page, context } = await openBoard(browser, wire.url, await identityFor(server.url, "pharmacist"));
    const banner = page.getByRole("alert").filter({ hasText: "Aucun créneau n’est proposé" });
    assert.equal(await banner.count(), 0);

    const at = Date.now();
    await breakLink({ wire, context });
    await banner.waitFor({ timeout: LIMIT_MS });
    const shownMs = Date.now() - at;
    assert.equal(await freeSlots(page).count(), 0, "a slot is still offered");
    assert.ok((await page.getByRole("button", { name: /À confirmer/ }).count()) > 0, "the last picture is gone");
    console.log(`${name}: banner after ${shownMs} ms`);

    await mendLink({ wire, context });
    await freeSlots(page).first().waitFor({ timeout: 20_000 });
    assert.equal(await banner.count(), 0);
    console.log(`${name}: live again ${Date.now() - at - shownMs} ms after the repair`);
    await context.close();
    await wire.stop();
  });
}
