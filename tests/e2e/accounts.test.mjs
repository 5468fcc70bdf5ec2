import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, test } from "node:test";
import { freeSlots } from "./browser.mjs";
import { startMail } from "./receivers.mjs";
import { startSite } from "./site.mjs";

const mail = await startMail({ user: "snp", password: "essai" });
after(() => mail.stop());
const SMTP = `--Notifications:Smtp:Host 127.0.0.1 --Notifications:Smtp:Port ${mail.port} --Notifications:Smtp:Security None --Notifications:Smtp:User snp --Notifications:Smtp:Password essai`;
const { server, browser } = startSite({ more: `--Demo:Enabled false --Accounts:PasswordIterations 10000 ${SMTP}` });
const PASSWORD = "quatre chevaux verts au pré";
const REVOKED_WITHIN_MS = 10_000;
const MANY = 60;
const MANY_WITHIN_MS = 5 * 60_000;

/** The code that an authenticator shows (RFC 6238): `ahead` steps of 30 s from now. */
function codeOf(secret, ahead = 0) {
  const bits = [...secret].map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + ahead));
  const hash = createHmac("sha1", key).update(step).digest();
  return String((hash.readUInt32BE(hash.at(-1) & 15) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** A window of its own, without a service worker. */
async function openWindow() {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "fr-FR", timezoneId: "Europe/Paris", serviceWorkers: "block" });
  return { context, page: await context.newPage() };
}

/** From the link to the recovery codes; answers with the second factor's secret. */
async function accept(page, link) {
  await page.goto(link);
  await page.getByRole("heading", { name: /^1\. Choisissez/ }).waitFor();
  await page.getByLabel("Mot de passe").fill(PASSWORD);
  await page.getByLabel("Encore une fois").fill(PASSWORD);
  await page.getByRole("button", { name: "Continuer" }).click();
  await page.getByRole("img", { name: /^Code QR/ }).waitFor();
  const secret = (await page.locator("code").textContent()).replaceAll(/\s/g, "");
  await page.getByLabel("Code affiché").fill(codeOf(secret));
  await page.getByRole("button", { name: "Vérifier et activer" }).click();
  await page.getByRole("heading", { name: "Codes de secours" }).waitFor();
  assert.equal(await page.getByRole("listitem").locator("code").count(), 10);
  return secret;
}

test("from the operator's invitation to a pharmacist's board, and the end of it", { timeout: 120_000 }, async () => {
  const invited = server.command("invite --territory essai --email coordination@ex.fr --name 'Claire Coordination'");
  assert.equal(invited.status, 0, invited.stderr);
  const link = invited.stdout.match(/https?:\S+/)[0];

  const { context: desk, page: coordinator } = await openWindow();
  await accept(coordinator, link);
  await coordinator.getByRole("link", { name: "Ouvrir le tableau" }).click();
  await coordinator.getByRole("link", { name: "Membres" }).click();
  await coordinator.getByRole("button", { name: "Inviter des personnes" }).click();
  const structure = await coordinator.evaluate(async () => {
    const [{ id }] = await (await fetch("/api/territories")).json();
    return (await (await fetch(`/api/territories/${id}/accounts`)).json()).organizations[0].name;
  });
  await coordinator.getByLabel("Lignes à inviter").fill(`nom;adresse;rôle;structure\nPaul Officine;paul@ex.fr;pharmacie;${structure}\nSans Adresse;;pharmacie;${structure}`);
  await coordinator.getByText(/1 ligne à corriger/).waitFor();
  await coordinator.getByRole("button", { name: "Inviter 1 personne" }).click();
  const his = await coordinator.getByLabel("Lien d’invitation de Paul Officine").inputValue();

  // A whole community at once, each with a link of their own in their own mailbox.
  await coordinator.getByRole("button", { name: "Fermer" }).click();
  await coordinator.getByRole("button", { name: "Inviter des personnes" }).click();
  const many = Array.from({ length: MANY }, (_, i) => `Membre ${"abcdefghij"[i % 10]}${"abcdefghij"[Math.trunc(i / 10)]};membre${i}@ex.fr;pharmacie;${structure}`);
  const startedAt = Date.now();
  await coordinator.getByLabel("Lignes à inviter").fill(many.join("\n"));
  await coordinator.getByRole("button", { name: `Inviter ${MANY} personnes` }).click();
  await coordinator.getByRole("heading", { name: `${MANY} invitations sont prêtes.` }).waitFor();
  await mail.inbox.take(() => mail.inbox.all.length === MANY + 2, `${MANY} invitations`, MANY_WITHIN_MS - (Date.now() - startedAt));
  console.log(`${MANY} invitations delivered within ${Date.now() - startedAt} ms`);
  const links = mail.inbox.all.map(({ text, rcpt }) => [rcpt[0], text.match(/https?:\S+#\S+/)[0]]);
  assert.equal(new Set(links.map(([to]) => to)).size, MANY + 2);
  assert.equal(new Set(links.map(([, link]) => link)).size, MANY + 2);
  assert.equal(links.find(([to]) => to === "paul@ex.fr")[1], his);

  const { context: counter, page: first } = await openWindow();
  const secret = await accept(first, his);
  const used = await openWindow(); // the link is good once
  await used.page.goto(his);
  await used.page.getByRole("alert").getByText(/Ce lien a déjà servi/).waitFor();
  await used.context.close();
  await counter.close();

  const { context: pharmacy, page: pharmacist } = await openWindow();
  await pharmacist.goto(server.url);
  await pharmacist.getByRole("heading", { name: "Connexion" }).waitFor();
  assert.equal(await pharmacist.getByText("Démonstration").count(), 0);
  await pharmacist.getByLabel("Adresse électronique").fill("paul@ex.fr");
  await pharmacist.getByLabel("Mot de passe").fill(PASSWORD);
  await pharmacist.getByLabel("Code à 6 chiffres").fill(codeOf(secret) === "000000" ? "000001" : "000000");
  await pharmacist.getByRole("button", { name: "Se connecter" }).click();
  await pharmacist.getByRole("alert").getByText(/inexact/).waitFor();
  await pharmacist.getByLabel("Code à 6 chiffres").fill(codeOf(secret, 1)); // the present one was used for the first session
  await pharmacist.getByRole("button", { name: "Se connecter" }).click();
  await freeSlots(pharmacist).first().waitFor();

  await coordinator.getByRole("button", { name: "Fermer" }).click();
  await coordinator.getByRole("button", { name: "Retirer l’accès de Paul Officine" }).click();
  await coordinator.getByRole("button", { name: "Retirer l’accès", exact: true }).click();
  const revokedAt = Date.now();
  await pharmacist.getByRole("heading", { name: "Votre session est terminée" }).waitFor({ timeout: REVOKED_WITHIN_MS });
  assert.ok(Date.now() - revokedAt < REVOKED_WITHIN_MS);
  await coordinator.getByText("accès retiré", { exact: true }).waitFor();
  await Promise.all([desk.close(), pharmacy.close()]);
});
