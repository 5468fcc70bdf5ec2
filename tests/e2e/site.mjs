// What nearly every file of tests needs: a server with its territory, and a browser, for as long as the file's tests run.
import { after, before } from "node:test";
import { openBrowser } from "./browser.mjs";
import { startServer } from "./server.mjs";

/**
 * @param {object | (() => Promise<object>)} [options] of `startServer`, or what makes them (run before the server starts)
 * @param {() => Promise<void>} [prepare] once the server runs: hooks of one file may run side by side, so that a second `before` would not wait for it
 * @param {object} [browserOptions] of `openBrowser`
 * @returns {{ server: { url: string, stop: () => Promise<void> }, browser: Pick<import("playwright-core").Browser, "newContext" | "newPage"> }} to be used within tests only
 */
export function startSite(options = {}, prepare = async () => {}, browserOptions = {}) {
  const server = {};
  let opened;
  before(async () => {
    Object.assign(server, await startServer(typeof options === "function" ? await options() : options));
    await prepare();
    opened = await openBrowser(browserOptions);
  });
  after(async () => {
    await opened?.close();
    await server.stop?.();
  });
  return { server, browser: { newContext: (...given) => opened.newContext(...given), newPage: (...given) => opened.newPage(...given) } };
}
