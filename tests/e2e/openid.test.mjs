// Sign-in at an OpenID provider, against a real one in this process: the good way in and out in a browser, every bad one over HTTP.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { request } from "playwright-core";
import { CLIENT, startProvider } from "./provider.mjs";
import { startSite } from "./site.mjs";
import { known } from "./territories.mjs";

let provider;
let person;
let site;
const { server, browser } = startSite(async () => {
  provider = await startProvider(() => site);
  const territory = await known();
  person = territory.people;
  process.env.OpenId__ClientSecret = CLIENT.secret;
  return { files: [territory.file], more: `--Demo:Enabled false --OpenId:Authority ${provider.issuer} --OpenId:ClientId ${CLIENT.id} --OpenId:Refresh 00:00:01`, onPort: (url) => (site = url) };
}, () => provider.rotate());
after(async () => {
  await provider?.stop();
  delete process.env.OpenId__ClientSecret;
});

/** Follows the way in like a browser does; answers with where it led and who is signed in then. */
async function signIn({ as = person.gp, ...spoilt } = {}) {
  Object.assign(provider.state, { person: `8${as}`, acr: "eidas1", spoil: null, refuses: false, down: false }, spoilt);
  const http = await request.newContext({ baseURL: server.url });
  const answer = await http.get("/connexion/fournisseur");
  const led = new URL(answer.url());
  const session = await http.get("/api/session");
  const identity = session.ok() ? (await session.json()).identity : null;
  return { http, led, code: led.searchParams.get("erreur"), identity };
}

const refused = async (code, spoilt) => {
  const { http, code: told, identity } = await signIn(spoilt);
  assert.equal(identity, null);
  assert.equal(told, code);
  await http.dispose();
};

test("in and out: the practitioner is found by RPPS number, and leaving ends the provider's session too", { timeout: 60_000 }, async () => {
  Object.assign(provider.state, { person: `8${person.gp}` });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "fr-FR", timezoneId: "Europe/Paris", serviceWorkers: "block" });
  const page = await context.newPage();
  await page.goto(server.url);
  const door = page.getByRole("link", { name: "Se connecter avec Pro Santé Connect" });
  await door.waitFor(); // a new browser takes every server for a demonstration until the server has told
  assert.equal(await page.getByText("Démonstration").count(), 0);
  await door.click();
  await page.getByText("Dr Connu Un").first().waitFor();
  const { response_type, acr_values, scope, code_challenge_method, state, nonce } = provider.state.asked;
  assert.deepEqual([response_type, acr_values, scope, code_challenge_method], ["code", "eidas1", "openid scope_all", "S256"]);
  assert.ok(state && nonce.length >= 32);
  const session = (await context.cookies()).find(({ name }) => name === "snp");
  assert.deepEqual([session.httpOnly, session.sameSite], [true, "Strict"]);

  await page.getByRole("button", { name: "Changer" }).or(page.getByRole("button", { name: "Se déconnecter" })).first().click();
  await page.getByRole("button", { name: "leave" }).click(); // the provider's own page
  await page.getByRole("link", { name: "Se connecter avec Pro Santé Connect" }).waitFor();
  assert.equal((await context.request.get(`${server.url}/api/session`)).status(), 401);
  await context.close();
});

test("who is proven and belongs to no territory is told so; who gives up too", { timeout: 30_000 }, async () => {
  await refused("inconnu", { as: person.stranger });
  await refused("annulee", { refuses: true });
});

test("a weaker proof than was asked for is none", { timeout: 30_000 }, () => refused("refusee", { acr: "eidas2" }));

test("a spoilt id token proves nothing: issuer, audience, nonce, time, signature, none at all", { timeout: 60_000 }, async () => {
  const now = Math.floor(Date.now() / 1000);
  const stranger = await provider.strangersKey();
  const changes = {
    issuer: (claims, sign) => sign({ ...claims, iss: "http://elsewhere.invalid" }),
    audience: (claims, sign) => sign({ ...claims, aud: "somebody-else" }),
    nonce: (claims, sign) => sign({ ...claims, nonce: "another" }),
    expired: (claims, sign) => sign({ ...claims, iat: now - 7_200, exp: now - 3_600 }),
    "another's key": (claims, sign) => sign(claims, stranger),
    "no algorithm": (claims) => provider.unsigned(claims),
  };
  for (const [what, spoil] of Object.entries(changes)) {
    const { code, identity } = await signIn({ spoil });
    assert.deepEqual([what, code, identity], [what, "refusee", null]);
  }
  assert.equal((await signIn()).identity.name, "Dr Connu Un"); // and untouched it does
});

test("a code is worth one session: replayed with a fresh state it opens none", { timeout: 30_000 }, async () => {
  const first = await request.newContext({ baseURL: server.url });
  Object.assign(provider.state, { person: `8${person.gp}`, spoil: null, refuses: false });
  const back = await backFromProvider(first);
  const used = await first.get(back.href);
  assert.equal(new URL(used.url()).pathname, "/");
  const second = await request.newContext({ baseURL: server.url });
  const fresh = await backFromProvider(second);
  fresh.searchParams.set("code", back.searchParams.get("code"));
  const replayed = await second.get(fresh.href);
  assert.equal(new URL(replayed.url()).searchParams.get("erreur"), "refusee");
  assert.equal((await second.get("/api/session")).status(), 401);
  // And the way back without having gone there, or twice, proves nothing either.
  const third = await request.newContext({ baseURL: server.url });
  assert.equal(new URL((await third.get(back.href)).url()).searchParams.get("erreur"), "refusee");
});

test("the provider changes its keys: people still come in", { timeout: 30_000 }, async () => {
  await signIn();
  await provider.rotate();
  await new Promise((resolve) => setTimeout(resolve, 1_100)); // keys are read again at most once a second here
  const outcomes = [await signIn(), await signIn()];
  assert.equal(outcomes.at(-1).identity?.name, "Dr Connu Un", JSON.stringify(outcomes.map(({ code }) => code)));
});

test("the provider is down: it is said, and others' sessions go on", { timeout: 30_000 }, async () => {
  const { http } = await signIn();
  const other = await request.newContext({ baseURL: server.url });
  const back = await backFromProvider(other);
  provider.state.down = true;
  assert.equal(new URL((await other.get(back.href)).url()).searchParams.get("erreur"), "indisponible");
  assert.equal((await http.get("/api/session")).status(), 200);
  provider.state.down = false;
});

/** The way in up to the address that leads back to us, which is not followed. */
async function backFromProvider(http) {
  let at = "/connexion/fournisseur";
  for (let hop = 0; hop < 8; hop++) {
    const answer = await http.get(at, { maxRedirects: 0 });
    at = new URL(answer.headers().location, answer.url()).href;
    if (at.includes("/connexion/retour")) return new URL(at);
  }
  throw new Error(`no way back: ${at}`);
}
