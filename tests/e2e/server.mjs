// The server under test: BASE_URL names a running one, or SNP_CMD is the product's command, which runs one with a territory
// that has free slots at any hour of any day (`SNP_CMD run --port P --data DIR`, waited for on /health/ready, then filled as `SNP_CMD import` does).
import { spawn, spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

const WEB = new URL("../../web", import.meta.url).pathname;
const TERRITORY = new URL("territory.json", import.meta.url).pathname;
const READY_MS = Number(process.env.SERVER_READY_MS ?? 60_000);

/**
 * @param {object} [options]
 * @param {string[]} [options.files] territory files to import, by themselves: the test territory when none is named
 * @param {string} [options.more] further options of the server, as a shell writes them
 * @param {(url: string) => void} [options.onPort] told the address before the server starts
 * @returns {Promise<{ url: string, stop: () => Promise<void>, command: (what: string) => import("node:child_process").SpawnSyncReturns<string>, importByCommand: (file: string) => import("node:child_process").SpawnSyncReturns<string> }>}
 */
export async function startServer({ files = [TERRITORY], more = "", onPort = () => {} } = {}) {
  if (process.env.BASE_URL) return { url: process.env.BASE_URL.replace(/\/$/, ""), stop: async () => {} };
  const command = process.env.SNP_CMD;
  if (!command) throw new Error("set BASE_URL (a running server) or SNP_CMD (the product's command)");

  for (let tries = 1; ; tries++) {
    try {
      const port = await freePort();
      onPort(`http://localhost:${port}`);
      return await startOn(port, command, files, more);
    } catch (error) {
      // A port that was free a moment ago may be the source of somebody's connection now.
      if (tries === 3 || !String(error).includes("port est déjà pris")) throw error;
    }
  }
}

async function startOn(port, command, files, more) {
  const data = await mkdtemp(join(tmpdir(), "snp-e2e-"));
  const child = spawn("/bin/sh", ["-c", `exec ${command} run --contentRoot '${WEB}' --port ${port} --data '${data}' --demo-territories false ${more}`], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const keep = (part) => (output = (output + part).slice(-8_000));
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const ended = new Promise((resolve) => child.once("exit", resolve));

  const url = `http://localhost:${port}`;
  const stop = async () => {
    child.kill("SIGTERM");
    const hard = setTimeout(() => child.kill("SIGKILL"), 10_000);
    await ended;
    clearTimeout(hard);
    await rm(data, { recursive: true, force: true });
  };
  const deadline = Date.now() + READY_MS;
  while (!(await isReady(url))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error(`the server was not ready after ${READY_MS} ms (exit ${child.exitCode}):\n${output}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  try {
    await fill(url, data, files);
  } catch (error) {
    await stop();
    throw error;
  }
  const byCommand = (what) => spawnSync("/bin/sh", ["-c", `${command} ${what} --port ${port} --data '${data}'`], { encoding: "utf8" });
  return { url, stop, command: byCommand, importByCommand: (file) => byCommand(`import '${file}'`) };
}

/** What the command `import` does, without starting a process for it. */
async function fill(url, data, files) {
  const token = (await readFile(join(data, "operator.token"), "utf8")).trim();
  const contents = await Promise.all(files.map(async (file) => ({ name: basename(file), content: await readFile(file, "utf8") })));
  const answer = await fetch(`${url}/api/import`, { method: "POST", headers: { "content-type": "application/json", "x-snp-operator": token }, body: JSON.stringify({ files: contents }) });
  const told = await answer.json();
  if (!answer.ok || told.territories.some(({ problem }) => problem)) throw new Error(`the import was refused: ${JSON.stringify(told).slice(0, 2_000)}`);
}

const isReady = (url) => fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(2_000) }).then((r) => r.ok, () => false);

async function freePort() {
  const probe = createServer();
  await new Promise((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** A wire one can cut (connections die, new ones are refused) or freeze (nothing passes, nothing dies). */
export async function startWire(target) {
  const { hostname, port } = new URL(target);
  const sockets = new Set();
  let state = "whole";
  const wire = createServer((near) => {
    if (state === "cut") return near.destroy();
    const far = connect(Number(port || 80), hostname);
    for (const [from, to] of [[near, far], [far, near]]) {
      sockets.add(from);
      from.on("data", (data) => state !== "frozen" && to.write(data));
      from.on("error", () => to.destroy());
      from.on("close", () => (sockets.delete(from), to.destroy()));
    }
  });
  await new Promise((resolve) => wire.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://localhost:${wire.address().port}`,
    cut() {
      state = "cut";
      sockets.forEach((socket) => socket.destroy());
    },
    freeze: () => (state = "frozen"),
    mend() {
      // What was frozen lost bytes: those connections end, as they would after a real outage.
      if (state === "frozen") sockets.forEach((socket) => socket.destroy());
      state = "whole";
    },
    async stop() {
      sockets.forEach((socket) => socket.destroy());
      await new Promise((resolve) => wire.close(resolve));
    },
  };
}
