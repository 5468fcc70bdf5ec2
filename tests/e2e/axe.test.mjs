import AxeBuilder from "@axe-core/playwright";
import assert from "node:assert/strict";
import { test } from "node:test";
import { identityFor } from "./browser.mjs";
import { startSite } from "./site.mjs";
import { STATES } from "./states.mjs";
import { sparse } from "./territories.mjs";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const LOOKS = [
  ["light", { width: 1440, height: 900 }],
  ["dark", { width: 390, height: 844 }],
];
/** A 1440 px window at 200 %, and the narrowest one that WCAG 1.4.10 names. */
const ZOOMED = [
  { width: 720, height: 450 },
  { width: 320, height: 640 },
];
const { server, browser } = startSite(async () => ({ files: [(await sparse()).file] }));

// One context for all: each page of it finds the code of the former one compiled (halves the opening); nothing else may pass on.
let context;
async function openState([, role, address, reach], round) {
  context ??= await browser.newContext({ viewport: LOOKS[0][1], locale: "fr-FR", timezoneId: "Europe/Paris", reducedMotion: "reduce" });
  await context.setOffline(false);
  await context.clearCookies();
  const page = await context.newPage();
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  if (role) {
    const { id } = await identityFor(server.url, role);
    await context.request.post(`${server.url}/api/session`, { data: { identity: id } });
  }
  await page.goto(server.url + address);
  if (role) await page.getByTestId("link").filter({ hasText: "En direct" }).waitFor();
  if (role && role !== "coordinator" && !address.includes("page=")) await page.locator("[data-slot]").first().waitFor();
  await reach(page, { context, round });
  return page;
}

const frames = (page) => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

/** What axe finds; it reads in several steps, so that a page that changed in between (the link was lost) is read again. */
async function look(page) {
  for (let again = 0; again < 3; again++) {
    await page.evaluate(() => {
      window.enabling = 0;
      new MutationObserver((all) => (window.enabling += all.length)).observe(document.body, { subtree: true, attributeFilter: ["disabled"] });
    });
    const { violations } = await new AxeBuilder({ page }).options({ resultTypes: ["violations"] }).setLegacyMode(true).withTags(TAGS).analyze();
    if (violations.length === 0 || (await page.evaluate(() => window.enabling)) === 0) return violations;
  }
  throw new Error("the page never stood still");
}

const told = ({ id, help, nodes }) => `${id}: ${help}\n${nodes.slice(0, 4).map(({ target, failureSummary }) => `   ${target}\n     ${failureSummary?.split("\n").slice(1).join(" ").trim()}`).join("\n")}`;

for (const [round, state] of STATES.entries()) {
  test(`accessible and reflowing: ${state[0]}`, { timeout: 120_000 }, async (t) => {
    const page = await openState(state, round % 8);
    t.after(async () => {
      await page.evaluate(() => localStorage.clear()).catch(() => undefined);
      await page.close();
    });
    const found = [];
    for (const [colorScheme, size] of LOOKS) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await frames(page);
      // What stands outside the window is not styled anew (content-visibility): axe would read the other scheme's colours.
      await page.evaluate(() => document.querySelectorAll("[data-slot]").forEach((card) => (card.style.contentVisibility = "visible")));
      await frames(page);
      found.push(...(await look(page)).map((one) => `${colorScheme} ${size.width}: ${told(one)}`));
    }
    for (const size of ZOOMED) {
      await page.setViewportSize(size);
      await frames(page);
      const wider = await page.evaluate(() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth);
      if (wider > 0) found.push(`at ${size.width} px the page is ${wider} px too wide`);
    }
    assert.equal(found.join("\n"), "");
    if (state[1]) await context.request.delete(`${server.url}/api/session`); // frees what it holds: one person holds two slots at most
  });
}
