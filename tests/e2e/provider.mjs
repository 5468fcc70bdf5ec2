// A real OpenID provider, configured as Pro Santé Connect is (sas-fhir reference §8.1), that signs everybody in as `person` without asking; what it sends can be spoilt.
import { createServer } from "node:http";
import { SignJWT, UnsecuredJWT, decodeJwt, exportJWK, generateKeyPair } from "jose";
import Provider from "oidc-provider";

export const CLIENT = { id: "snplive", secret: "a secret of this test only, as long as one should be" };

const newKey = async (kid) => {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  return { privateKey, jwk: { ...(await exportJWK(privateKey)), kid, alg: "RS256", use: "sig" } };
};

/**
 * Answers nobody before the first `rotate`.
 * @param {() => string} site the product's address, known by then
 */
export async function startProvider(site) {
  const server = createServer((request, response) => (state.answer ? state.answer(request, response) : void response.destroy()));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  const issuer = `http://localhost:${port}`;
  /** `asked`: what the last authorization was asked with, pushed or not. `spoil` takes the id token's claims and returns another token, or null to leave it. */
  const state = { answer: null, person: null, acr: "eidas1", spoil: null, down: false, refuses: false, asked: null };
  let key;

  /** New signing keys; the old ones, and everybody's session, are gone. */
  const rotate = async () => {
    key = await newKey(`key-${Math.random()}`);
    const provider = make(issuer, key.jwk, state, site);
    provider.use(async (context, next) => {
      await next();
      if (context.path !== "/token" || !state.spoil || !context.body?.id_token) return;
      const { spoil } = state;
      context.body = { ...context.body, id_token: (await spoil(decodeJwt(context.body.id_token), sign)) ?? context.body.id_token };
    });
    const handle = provider.callback();
    state.answer = (request, response) => {
      if (state.down) return void response.destroy();
      if (request.url.startsWith("/interaction/")) return void interact(provider, state, request, response);
      handle(request, response);
    };
  };
  const sign = (claims, { privateKey, jwk } = key) => new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: jwk.kid }).sign(privateKey);
  const stop = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { issuer, state, rotate, stop, strangersKey: () => newKey("nobody's"), unsigned: (claims) => new UnsecuredJWT(claims).encode() };
}

function make(issuer, jwk, state, site) {
  const provider = new Provider(issuer, {
    jwks: { keys: [jwk] },
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [`${site()}/connexion/retour`],
        post_logout_redirect_uris: [`${site()}/connexion/fin`],
        token_endpoint_auth_method: "client_secret_post",
      },
    ],
    scopes: ["openid", "scope_all"],
    claims: { openid: ["sub"], scope_all: ["SubjectNameID", "SubjectRole", "given_name", "family_name"], acr: null },
    acrValues: ["eidas1", "eidas2"],
    pkce: { required: () => true },
    cookies: { keys: ["of this test"], names: { session: "idp-session", interaction: "idp-interaction", resume: "idp-resume" } },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true, logoutSource: leaveAtOnce } },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, SubjectNameID: id, SubjectRole: ["10^1.2.250.1.213.1.1.5.5"], given_name: "ANA", family_name: "ESSAI" }) }),
    loadExistingGrant: async ({ oidc }) => {
      const grant = new provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
      grant.addOIDCScope("openid scope_all");
      grant.addOIDCClaims(["SubjectNameID", "SubjectRole", "given_name", "family_name", "acr"]);
      await grant.save();
      return grant;
    },
    ttl: { Interaction: 600, Session: 3_600, Grant: 3_600, AccessToken: 600, IdToken: 600, AuthorizationCode: 60 },
  });
  provider.proxy = false;
  return provider;
}

async function interact(provider, state, request, response) {
  state.asked = (await provider.interactionDetails(request, response)).params;
  const result = state.refuses ? { error: "access_denied", error_description: "the person gave up" } : { login: { accountId: state.person, acr: state.acr, remember: false } };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

/** The provider's page that asks “do you want to leave?”, answered yes. */
function leaveAtOnce(context, form) {
  context.body = `<!doctype html><html lang="en"><title>…</title>${form.replace("</form>", '<input type="hidden" name="logout" value="yes"><button type="submit">leave</button></form>')}</html>`;
}
