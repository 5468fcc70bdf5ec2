import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

const PUBLIC = ["favicon.svg"];
const WORKER = "sw.js";

/** Writes into the service worker which files the application is made of. */
export function shellFiles(): Plugin {
  return {
    name: "shell-files",
    apply: "build",
    enforce: "post",
    generateBundle(_, bundle) {
      const worker = bundle[WORKER];
      if (worker?.type !== "chunk") return this.error(`${WORKER} is missing`);
      const digest = (content: string | Uint8Array): string => createHash("sha256").update(content).digest("hex").slice(0, 16);
      const built = Object.values(bundle).filter(({ fileName }) => fileName !== WORKER);
      const files = [
        // hashed names change with their content
        ...built.map((file) => ({ url: `/${file.fileName}`, revision: file.fileName.startsWith("assets/") ? null : digest(file.type === "chunk" ? file.code : file.source) })),
        ...PUBLIC.map((name) => ({ url: `/${name}`, revision: digest(readFileSync(`public/${name}`)) })),
      ];
      if (!worker.code.includes("self.SHELL_FILES")) return this.error(`${WORKER} does not name its files`);
      worker.code = worker.code.replaceAll("self.SHELL_FILES", JSON.stringify(files));
    },
  };
}
