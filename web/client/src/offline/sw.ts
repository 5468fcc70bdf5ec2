/// <reference lib="webworker" />
// Opens the application without a network. It keeps the program only: never an answer of the server.
import "../notifications/pushWorker";
import { cleanupOutdatedCaches, matchPrecache, precacheAndRoute } from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";

declare const self: ServiceWorkerGlobalScope & { SHELL_FILES: { url: string; revision: string | null }[] };

const PAGE = "/index.html";
/** A line that is silent must not keep the page from opening. */
const PAGE_TIMEOUT_MS = 3_000;

// A new version waits until every window of the former one is gone: their code must stay complete.
precacheAndRoute(self.SHELL_FILES);
cleanupOutdatedCaches();

// The newest page when the server answers, else the kept one.
registerRoute(
  new NavigationRoute(
    async ({ request }) => {
      try {
        return await fetch(request, { signal: AbortSignal.timeout(PAGE_TIMEOUT_MS) });
      } catch {
        return (await matchPrecache(PAGE)) ?? Response.error();
      }
    },
    { denylist: [/^\/(api|hubs|openapi|health|fhir|semaine)(\/|$)/] },
  ),
);
