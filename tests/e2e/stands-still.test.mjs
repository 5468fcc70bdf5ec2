import assert from "node:assert/strict";
import { test } from "node:test";
import { identityFor, openBoard } from "./browser.mjs";
import { startSite } from "./site.mjs";

const { server, browser } = startSite();

for (const width of [1440, 390]) {
  test(`a board that was scrolled to stands still at ${width} px: a card is not drawn away between press and release`, { timeout: 60_000 }, async () => {
    const { page, context } = await openBoard(browser, server.url, await identityFor(server.url, "regulator"), "", { viewport: { width, height: 844 } });
    const moves = await page.evaluate(async () => {
      const frame = () => new Promise(requestAnimationFrame);
      const topOf = (card) => card.getBoundingClientRect().top;
      const card = [...document.querySelectorAll("[data-slot]")].sort((a, b) => topOf(a) - topOf(b)).at(-30);
      card.scrollIntoView({ block: "center" });
      const at = [];
      for (let n = 0; n < 40; n++) {
        await frame();
        at.push(Math.round(topOf(card)));
      }
      return at;
    });
    assert.ok(Math.max(...moves) - Math.min(...moves) <= 1, `the card moved: ${moves}`);
    await context.close();
  });
}
