import { chromium } from "playwright-core";

const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Without its own windows it opens pages twice as fast; `whole` where a part is needed that it lacks (notifications). */
export const openBrowser = ({ whole = false } = {}) =>
  chromium.launch({ executablePath: (whole && process.env.CHROMIUM_WHOLE) || (process.env.CHROMIUM ?? "/usr/bin/chromium"), args: ARGS });

/** Two identities of the wanted roles that see a common territory. */
export async function identitiesFor(url, roleA, roleB) {
  const all = await fetch(`${url}/api/identities`).then((answer) => answer.json());
  for (const a of all.filter((one) => one.role === roleA)) {
    for (const b of all.filter((one) => one.role === roleB)) {
      if (a.territories.some((id) => b.territories.includes(id))) return [a, b];
    }
  }
  throw new Error(`no ${roleA} and ${roleB} with a common territory among ${all.length} identities`);
}

export async function identityFor(url, role) {
  const all = await fetch(`${url}/api/identities`).then((answer) => answer.json());
  const found = all.find((one) => one.role === role);
  if (!found) throw new Error(`no ${role} among ${all.length} identities`);
  return found;
}

/** A window of its own (own cookies), signed in through the real picker, with its first slots on screen. Without a service worker, which would hide requests from tests. */
export async function openBoard(browser, url, identity, query = "", { before, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "fr-FR", timezoneId: "Europe/Paris", serviceWorkers: "block", ...options });
  const page = await context.newPage();
  await before?.(page);
  const foreign = [];
  page.on("request", (request) => {
    if (new URL(request.url()).origin !== new URL(url).origin) foreign.push(request.url());
  });
  page.on("pageerror", (error) => foreign.push(`error: ${error}`));
  await page.goto(url + "/" + query);
  await page.getByRole("heading", { name: "Qui êtes-vous ?" }).waitFor();
  await page.locator("button", { hasText: identity.name }).filter({ hasText: identity.organization }).first().click();
  await freeSlots(page).first().waitFor();
  return { context, page, foreign };
}

/** What `ask` answers in the page, once it is something. `page.waitForFunction` would take the promise of "not yet" for an answer. */
export async function whenAnswered(page, ask, timeout = 15_000) {
  const end = Date.now() + timeout;
  for (;;) {
    const answer = await page.evaluate(ask);
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`nothing after ${timeout} ms from ${ask}`);
    await page.waitForTimeout(50);
  }
}

export const freeSlots = (page) => page.getByRole("button", { name: /\bLibre\b/ });

/**
 * A free slot that stands on every one of these screens (of a long column a screen holds a part only), as late as possible:
 * far enough ahead not to begin while one looks. `fromEnd` 1 is the last.
 */
export async function commonSlot(pages, fromEnd = 1) {
  const shown = await Promise.all(pages.map((page) => page.locator('[data-slot][data-state="free"]').evaluateAll((cards) => cards.map((card) => card.dataset.slot))));
  const common = shown[0].filter((id) => shown.every((ids) => ids.includes(id)));
  if (common.length < fromEnd) throw new Error(`${common.length} free slots stand on all ${pages.length} screens`);
  return common.at(-fromEnd);
}

/** Resolves with the wall-clock instant at which the slot's card reached one of the states (or left the board). */
export const whenSlotIs = (page, slotId, states, timeout = 10_000) =>
  page.evaluate(
    ([id, wanted, limit]) =>
      new Promise((resolve, reject) => {
        const reached = () => {
          const card = document.querySelector(`[data-slot="${CSS.escape(id)}"]`);
          return wanted.includes(card?.dataset.state ?? "gone");
        };
        if (reached()) return resolve(Date.now());
        const observer = new MutationObserver(() => {
          if (!reached()) return;
          observer.disconnect();
          resolve(Date.now());
        });
        observer.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-state"] });
        setTimeout(() => reject(new Error(`slot ${id} never became ${wanted}`)), limit);
      }),
    [slotId, states, timeout],
  );

/** Fills the booking form as a person would, by its labels. */
export async function fillBooking(page, patient) {
  const drawer = page.getByRole("dialog");
  const tick = drawer.getByText("Aucun signe vital", { exact: true });
  if (await tick.isVisible()) await tick.click();
  await drawer.getByLabel("Nom de naissance").fill(patient.lastName);
  await drawer.getByLabel("Prénom").fill(patient.firstName);
  await drawer.getByLabel("Date de naissance").fill(patient.birthDate);
  await drawer.getByText("F", { exact: true }).click();
  await drawer.getByLabel("Téléphone").fill("06 12 34 56 78");
  await drawer.getByText("Sans médecin traitant").click();
  await drawer.getByRole("combobox", { name: "Motif" }).click();
  await page.keyboard.type("fievre");
  await page.getByRole("option", { name: /Fièvre/ }).waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
}
