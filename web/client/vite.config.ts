import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { frenchSpaces } from "./french-spaces";
import { shellFiles } from "./shell-files";

const server = process.env["SNP_SERVER"] ?? "http://localhost:8080";

export default defineConfig({
  plugins: [frenchSpaces(), react(), shellFiles()],
  build: {
    outDir: "../wwwroot",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0, // keeps a strict Content-Security-Policy possible: no data: addresses
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: { index: "index.html", sw: "src/offline/sw.ts" },
      output: { entryFileNames: ({ name }) => (name === "sw" ? "sw.js" : "assets/[name]-[hash].js") }, // a worker's name is its identity
    },
  },
  server: {
    proxy: {
      "/api": server,
      "/hubs": { target: server, ws: true },
    },
  },
});
