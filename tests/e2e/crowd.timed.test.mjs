import assert from "node:assert/strict";
import { test } from "node:test";
import { identityFor, openBoard } from "./browser.mjs";
import { signIn } from "./client.mjs";
import { startSite } from "./site.mjs";
import { crowded } from "./territories.mjs";

const SLOTS = 10_000;
const PER_SECOND = 20;
const SECONDS = 8;
const LIMIT_MS = 200;
const ALL = "?delai=tout";

let territory;
const { server, browser } = startSite(async () => {
  territory = await crowded();
  return { files: [territory.file] };
});

/** Collects the page's long tasks (over 50 ms) from now on. */
const watchLongTasks = (page) =>
  page.evaluate(() => {
    window.longTasks = [];
    new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map(({ duration }) => Math.round(duration)))).observe({ type: "longtask" });
  });

/** Each person holds and gives back a slot once a second; together they make `PER_SECOND` changes. */
async function keepChanging(people, slots, seconds) {
  let changes = 0;
  const live = people.map(async (person, n) => {
    await pause((n * 1000) / people.length);
    for (let round = 0; round < seconds; round++) {
      const at = Date.now();
      const { holdId } = await person.hold(slots[n * seconds + round].id);
      changes++;
      await pause(at + 500 - Date.now());
      await person.release(holdId);
      changes++;
      await pause(at + 1000 - Date.now());
    }
  });
  await Promise.all(live);
  return changes;
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));

for (const [name, query] of [["columns", ALL], ["list", `${ALL}&vue=liste`]]) {
  test(`10,000 slots stay smooth in ${name} while ${PER_SECOND} changes a second arrive`, { timeout: 120_000 }, async () => {
    const identities = await fetch(`${server.url}/api/identities`).then((answer) => answer.json());
    const regulator = identities.find(({ role }) => role === "regulator");
    const pharmacists = identities.filter(({ role }) => role === "pharmacist");
    assert.equal(pharmacists.length, PER_SECOND / 2);
    const people = await Promise.all(pharmacists.map((one) => signIn(server.url, one)));
    const { page, context, foreign } = await openBoard(browser, server.url, regulator, query + (name === "list" ? "" : "&commune=44043"));
    const all = (await people[0].board(territory.id)).filter(({ state }) => state === "free");
    assert.ok(all.length > SLOTS, `${all.length} slots`);
    const shown = await page.evaluate(() => {
      const table = document.querySelector("#creneaux table");
      if (table) return Number(table.getAttribute("aria-rowcount"));
      return [...document.querySelectorAll("#creneaux ul")].reduce((sum, list) => sum + Number(list.querySelector("[aria-setsize]")?.getAttribute("aria-setsize") ?? 0), 0);
    });
    assert.ok(shown > SLOTS, `${shown} slots on the board`);
    const drawn = await page.locator("#creneaux [data-slot]").count();
    assert.ok(drawn < 500, `${drawn} slots are drawn at once`);

    // Half of the changes among the soonest (but not about to be too late), the others anywhere within the 48 hours.
    const some = people.flatMap((_, n) => Array.from({ length: SECONDS }, (_, round) => all[round % 2 ? 40 + n * SECONDS + round : 400 + n * 450 + round * 7]));
    await watchLongTasks(page);
    const began = Date.now();
    const changing = keepChanging(people, some, SECONDS);
    const using = (async () => {
      // By plain selectors: computing accessible names would make long tasks of its own.
      await page.focus("[data-slot][data-state=free]");
      for (let step = 0; Date.now() - began < (SECONDS - 1) * 1000; step++) {
        if (step % 3 === 0) await page.keyboard.press("ArrowDown");
        if (step % 3 === 1) await page.mouse.move(400, 600).then(() => page.mouse.wheel(0, step % 2 ? 2_000 : -900));
        if (step % 15 === 14) await page.fill("input[type=search]", step % 2 ? "foule" : "");
        await pause(120);
      }
    })();
    const [changes] = await Promise.all([changing, using]);
    const seconds = (Date.now() - began) / 1000;
    const tasks = await page.evaluate(() => window.longTasks);
    const longest = Math.max(0, ...tasks);
    console.log(`${all.length} slots in ${name}: ${(changes / seconds).toFixed(1)} changes/s for ${seconds.toFixed(1)} s, ${tasks.length} tasks over 50 ms, the longest ${longest} ms; ${drawn} slots drawn`);
    assert.equal(changes, 2 * people.length * SECONDS);
    assert.ok(longest <= LIMIT_MS, `tasks of ${tasks.join(", ")} ms`);
    assert.deepEqual([...foreign], [], "requests left the site, or a page error");
    await context.close();
  });
}

test("arrow keys move among cards that are not drawn yet, and Tab leaves the board", { timeout: 60_000 }, async () => {
  const { page, context } = await openBoard(browser, server.url, await identityFor(server.url, "regulator"), ALL);
  const column = page.locator("section[aria-labelledby^=column-]").nth(1);
  const size = Number(await column.locator("li[aria-setsize]").first().getAttribute("aria-setsize"));
  await column.locator("button[data-slot]").first().focus();
  await page.keyboard.press("End");
  await page.waitForFunction((last) => document.activeElement?.closest("li")?.getAttribute("aria-posinset") === last, String(size));
  assert.ok(await page.evaluate(() => {
    const { top, bottom } = document.activeElement.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  }), "the focused card is out of sight");
  await page.keyboard.press("ArrowUp");
  await page.waitForFunction((last) => document.activeElement?.closest("li")?.getAttribute("aria-posinset") === last, String(size - 1));
  const id = await page.evaluate(() => document.activeElement.dataset.slot);
  assert.equal(await page.locator("#creneaux [data-slot][tabindex='0']").count(), 1);
  // Scrolled far away, it keeps the focus.
  await page.locator("#creneaux").evaluate((board) => board.scrollTo({ top: 0 }));
  await page.waitForFunction(() => document.querySelector("#creneaux").scrollTop === 0);
  assert.equal(await page.evaluate(() => document.activeElement.dataset.slot), id);
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => !document.querySelector("#creneaux").contains(document.activeElement)));
  await context.close();
});


test("a phone scrolls through all of them, in cards and in a list, without a sideways scroll", { timeout: 90_000 }, async () => {
  for (const [query, row] of [[ALL, "li[data-index]"], [`${ALL}&vue=liste`, "tr[data-index]"]]) {
    const { page, context } = await openBoard(browser, server.url, await identityFor(server.url, "regulator"), query);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.waitForFunction(() => document.documentElement.scrollHeight > 100_000);
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight / 2));
    await page.waitForFunction((rows) => [...document.querySelectorAll(rows)].some((one) => Number(one.dataset.index) > 5_000 && one.getBoundingClientRect().top > 0), row);
    assert.ok((await page.locator(row).count()) < 100, "too many are drawn");
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0);
    await context.close();
  }
});
