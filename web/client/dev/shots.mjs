// Takes the page's picture in every size and light: `BASE_URL=… node dev/shots.mjs [name…]`
import { mkdirSync } from "node:fs";
import { chromium } from "playwright-core";

const base = process.env.BASE_URL ?? "http://localhost:8099";
const out = new URL("./shots/", import.meta.url).pathname;
mkdirSync(out, { recursive: true });
const only = process.argv.slice(2);
const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args });

for (const [width, height] of [[1440, 900], [390, 844]]) {
  for (const colorScheme of ["light", "dark"]) {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme, locale: "fr-FR", timezoneId: "Europe/Paris" });
    const page = await context.newPage();
    page.on("console", (message) => message.type() === "error" && console.log(`${width} ${colorScheme}: ${message.text()}`));
    page.on("pageerror", (error) => console.log(`${width} ${colorScheme}: ${error}`));
    const shot = async (name) => {
      if (only.length && !only.includes(name)) return;
      await page.screenshot({ path: `${out}${name}-${width}-${colorScheme}.png` });
    };
    await page.goto(base);
    await page.getByRole("heading", { name: "Qui êtes-vous ?" }).waitFor();
    await shot("picker");
    await page.getByRole("button", { name: /Sophie Brossard/ }).click();
    await page.getByRole("button", { name: /\bLibre\b/ }).first().waitFor();
    await page.waitForTimeout(600);
    await shot("board");
    const filters = page.getByRole("button", { name: "Filtres" });
    if (await filters.isVisible()) {
      await filters.click();
      await shot("filters");
    }
    await page.getByText("Tous", { exact: true }).click();
    await page.waitForTimeout(200);
    await shot("board-all");
    await page.getByText("Liste", { exact: true }).click();
    await page.waitForTimeout(200);
    await shot("list");
    await page.getByText("Colonnes", { exact: true }).click();
    await page.getByText("À pourvoir", { exact: true }).click();
    if (await filters.isVisible()) await filters.click();
    await page.getByRole("button", { name: /\bLibre\b/ }).nth(2).click();
    await page.getByText("Gardé pour vous").waitFor();
    await page.waitForTimeout(400);
    await shot("drawer");
    await page.getByRole("button", { name: /Confirmer/ }).click();
    await page.waitForTimeout(300);
    await shot("drawer-errors");
    await page.getByText("Aucun signe vital", { exact: true }).click();
    await page.getByLabel("Nom de naissance").fill("Durand");
    await page.getByLabel("Prénom").fill("Ana");
    await page.getByLabel("Date de naissance").fill("03/05/1962");
    await page.getByText("F", { exact: true }).click();
    await page.getByLabel("Téléphone").fill("06 12 34 56 78");
    await page.getByText("De passage").click();
    await page.getByRole("combobox", { name: "Motif" }).click();
    await page.waitForTimeout(200);
    await page.keyboard.type("fiev");
    await page.getByRole("option", { name: /Fièvre/ }).waitFor();
    await shot("drawer-reason");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await shot("drawer-filled");
    await page.getByRole("button", { name: /Confirmer/ }).click();
    await page.getByTestId("slip").waitFor();
    await page.waitForTimeout(300);
    await shot("slip");
    await page.getByRole("button", { name: "Terminer" }).click();
    await page.getByRole("button", { name: "Aucun créneau ne convient" }).click();
    await page.getByRole("dialog").waitFor();
    await page.waitForTimeout(300);
    await shot("unserved");
    await page.keyboard.press("Escape");
    await context.setOffline(true);
    await page.waitForTimeout(3_000);
    await shot("offline");
    await context.close();
  }
}
await browser.close();
