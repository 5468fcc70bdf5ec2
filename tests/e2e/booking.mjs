// What the tests of the booking drawer share.
import { freeSlots, openBoard } from "./browser.mjs";

let count = 0;

/** Somebody nobody has seen before: letters only, different in each process. */
export function newPatient() {
  const letters = [...`${process.pid}${++count}`].map((digit) => "abcdefghij"[Number(digit)]).join("").toUpperCase();
  return { lastName: `ESSAI${letters}`, firstName: "Ana", birthDate: "03/05/1962", sex: "F", phone: "0612345678" };
}

/** One line as pharmacy software copies it. */
export const lineOf = ({ lastName, firstName, birthDate, sex, phone }) => [lastName, firstName, birthDate, sex, phone, "44190", "Clisson"].join(";");

/** A board with the clipboard allowed and printing noticed. */
export async function openDesk(browser, url, identity, query = "?filieres=gp&modes=surgery") {
  const desk = await openBoard(browser, url, identity, query);
  desk.page.answers = [];
  desk.page.on("response", (answer) => answer.request().method() === "POST" && desk.page.answers.push(`${answer.status()} ${new URL(answer.url()).pathname}`));
  await desk.context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: new URL(url).origin });
  await desk.page.evaluate(() => {
    window.prints = 0;
    window.print = () => window.prints++;
  });
  return desk;
}

export const copyText = (page, text) => page.evaluate((line) => navigator.clipboard.writeText(line), text);

/** The n-th free slot from the end: far enough ahead not to begin while one looks. */
export const lateSlot = async (page, fromEnd = 1) => {
  const free = freeSlots(page);
  return free.nth((await free.count()) - fromEnd).getAttribute("data-slot");
};

export const card = (page, slotId) => page.locator(`[data-slot="${slotId}"]`);

/** Opens a slot and waits until it is held. */
export async function openSlot(page, slotId) {
  await card(page, slotId).click();
  await held(page, slotId);
  return page.getByRole("dialog");
}

/** Waits until the drawer says that the slot is held; when it never does, tells what the page said instead. */
export async function held(page, slotId) {
  try {
    await page.getByRole("dialog").getByText("Gardé pour vous").waitFor();
  } catch (error) {
    const seen = await page.evaluate((id) => {
      const said = [...document.querySelectorAll("[role=dialog], [role=alertdialog]")].map((dialog) => dialog.innerText.slice(0, 400));
      return { said, slot: document.querySelector(`[data-slot="${CSS.escape(id)}"]`)?.innerText ?? "not on the board", focus: document.activeElement?.outerHTML.slice(0, 200), at: new Date().toISOString() };
    }, slotId);
    throw new Error(`${slotId} was never held: ${JSON.stringify({ ...seen, answers: page.answers })}`, { cause: error });
  }
}

/** Fills an open drawer from one line, and says the rest. */
export async function pasteAndSay(page, patient) {
  const drawer = page.getByRole("dialog");
  await copyText(page, lineOf(patient));
  await drawer.getByRole("button", { name: /^Coller/ }).click();
  await drawer.getByText("6 champs remplis").waitFor();
  const tick = drawer.getByText("Aucun signe vital", { exact: true });
  if (await tick.isVisible()) await tick.click();
  await drawer.getByText("Sans médecin traitant").click();
  await chooseReason(page);
}

export async function chooseReason(page) {
  await page.getByRole("dialog").getByRole("combobox", { name: "Motif" }).click();
  await page.keyboard.type("fievre");
  await page.getByRole("option", { name: /Fièvre/ }).waitFor();
  await page.keyboard.press("Enter");
}

/** Confirms, and waits for the slip. */
export async function confirm(page) {
  await page.getByRole("button", { name: /^Confirmer/ }).click();
  await page.getByTestId("slip").waitFor();
}

/** A slow line: this window's holds wait, repeats included, until let go. */
export async function slowHolds(page) {
  let release;
  const released = new Promise((resolve) => (release = resolve));
  const wait = async (route) => {
    await released;
    await route.continue().catch(() => undefined); // given up by the page meanwhile
  };
  await page.route("**/hold", wait);
  return async () => {
    release();
    await page.unroute("**/hold", wait);
  };
}

export const focused = (page) =>
  page.evaluate(() => {
    const at = document.activeElement;
    return at?.getAttribute("aria-label") || at?.labels?.[0]?.textContent || at?.textContent?.trim().slice(0, 60) || at?.tagName || "";
  });
